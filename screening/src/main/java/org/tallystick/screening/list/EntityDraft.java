package org.tallystick.screening.list;

import java.util.ArrayList;
import java.util.List;
import org.tallystick.screening.EntityKind;
import org.tallystick.screening.ListedEntity;
import org.tallystick.screening.ListedName;
import org.tallystick.screening.NameKind;

/** An entry while it is read. */
final class EntityDraft {
  private static final String CUT = "…";

  private final String id;
  private final EntityKind kind;
  private final ListLimits limits;
  private final List<ListedName> names = new ArrayList<>();
  private final List<String> details = new ArrayList<>();

  EntityDraft(String id, EntityKind kind, ListLimits limits) {
    this.id = id;
    this.kind = kind;
    this.limits = limits;
  }

  /** Adds a name; one that is empty or stands there already, in any kind, is left out. */
  void name(String text, NameKind nameKind) {
    String tidy = Texts.tidy(text);
    if (!tidy.isEmpty() && names.stream().noneMatch(name -> name.text().equals(tidy))) {
      names.add(new ListedName(tidy, nameKind));
    }
  }

  /** Adds a name as it is, even if it stands there already. */
  void everyName(String text, NameKind nameKind) {
    names.add(new ListedName(Texts.tidy(text), nameKind));
  }

  /** Adds a line for the clerk, unless it is empty or there are enough. */
  void detail(String label, String text) {
    String tidy = Texts.tidy(text);
    if (tidy.isEmpty() || details.size() == limits.details()) {
      return;
    }
    String line = label.isEmpty() ? tidy : label + ": " + tidy;
    details.add(
        line.length() <= limits.detailLength()
            ? line
            : Texts.start(line, limits.detailLength() - CUT.length()) + CUT);
  }

  ListedEntity finish(String file, long line) throws ListRefusedException {
    if (id.isEmpty() || id.length() > limits.nameLength()) {
      throw new ListRefusedException(
          file, line, "its entry has no number, or one that is too long");
    }
    if (names.isEmpty() || names.get(0).text().isEmpty()) {
      throw new ListRefusedException(file, line, "its entry has no name");
    }
    if (names.size() > limits.names()) {
      throw new ListRefusedException(
          file, line, "its entry has more than " + limits.names() + " names");
    }
    for (ListedName name : names) {
      if (name.text().length() > limits.nameLength()) {
        throw new ListRefusedException(
            file, line, "its entry has a name of more than " + limits.nameLength() + " characters");
      }
    }
    return new ListedEntity(id, kind, names, details);
  }
}
