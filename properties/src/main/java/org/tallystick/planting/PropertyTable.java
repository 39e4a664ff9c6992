package org.tallystick.planting;

import java.util.stream.Collectors;

/** The table of docs/PROPERTIES.md, made from the list of plants so that neither rots. */
final class PropertyTable {
  private PropertyTable() {}

  /** Markdown, one part for each property. */
  static String text() {
    StringBuilder text = new StringBuilder();
    for (Property property : Property.values()) {
      text.append("### ").append(property.number()).append(". ").append(property.claim());
      text.append("\n| rule taken out | of | tests that fail then |\n|---|---|---|\n");
      for (Plant plant : Plants.of(property)) {
        String type = plant.className().substring(plant.className().lastIndexOf('.') + 1);
        text.append("| `").append(plant.name()).append("` | `").append(type).append("` | ");
        text.append(tests(plant)).append(" |\n");
      }
      text.append('\n');
    }
    return text.toString();
  }

  /** Names of a plant's tests. */
  static String tests(Plant plant) {
    return plant.tests().stream()
        .map(test -> "`" + test.shortText() + "`")
        .collect(Collectors.joining(", "));
  }
}
