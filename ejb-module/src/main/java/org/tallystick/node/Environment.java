package org.tallystick.node;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the operator has set, by environment variable or, second, by system property: {@code
 * TALLYSTICK_DATA} or {@code tallystick.data}.
 */
@ApplicationScoped
public class Environment {
  private final Map<String, String> variables;

  /** The environment of this process. */
  public Environment() {
    this(System.getenv());
  }

  /** An environment of the given variables, for tests. */
  public Environment(Map<String, String> variables) {
    this.variables = Map.copyOf(variables);
  }

  /** The text of a variable; blank counts as not set. */
  public Optional<String> text(String name) {
    String property = name.toLowerCase(Locale.ROOT).replace('_', '.');
    return Optional.ofNullable(variables.get(name))
        .or(() -> Optional.ofNullable(System.getProperty(property)))
        .filter(text -> !text.isBlank());
  }

  /**
   * The whole number of a variable.
   *
   * @throws IllegalStateException if it is set to something else or outside the bounds
   */
  public int number(String name, int fallback, int least, int most) {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return fallback;
    }
    int number;
    try {
      number = Integer.parseInt(text.get().strip());
    } catch (NumberFormatException e) {
      throw new IllegalStateException(name + " is not a whole number", e);
    }
    if (number < least || number > most) {
      throw new IllegalStateException(name + " must lie between " + least + " and " + most);
    }
    return number;
  }

  /** The node's folder: {@code TALLYSTICK_DATA}, else {@code data} where the node was started. */
  public Path dataFolder() {
    return Path.of(text("TALLYSTICK_DATA").orElse("data"));
  }

  /** What operators call this node: {@code TALLYSTICK_NODE}, else {@code node-1}. */
  public String nodeName() {
    String name = text("TALLYSTICK_NODE").orElse("node-1");
    if (!name.matches("[A-Za-z0-9-]{1,40}")) {
      throw new IllegalStateException("TALLYSTICK_NODE: letters, digits and hyphens, up to 40");
    }
    return name;
  }

  /** The folder of the keys: {@code TALLYSTICK_KEYS}, else {@code keys} in the node's folder. */
  public Path keyFolder() {
    return text("TALLYSTICK_KEYS").map(Path::of).orElseGet(() -> dataFolder().resolve("keys"));
  }
}
