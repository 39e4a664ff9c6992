package org.tallystick.keys;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.tallystick.format.Format;
import org.tallystick.format.Suite;
import org.tallystick.node.Environment;

/**
 * Who this bank is: {@code TALLYSTICK_CONSORTIUM}, two upper-case letters, and {@code
 * TALLYSTICK_BANK_NAME}, at most 64 characters; and the lowest suite that it enrols devices in:
 * {@code TALLYSTICK_MINIMUM_SUITE}, 1 or 2.
 */
@ApplicationScoped
public class Bank {
  private static final int MAX_NAME = 64;

  private final String consortium;
  private final String name;
  private final Suite minimumSuite;

  /** For CDI, which makes a proxy of it. */
  protected Bank() {
    this(new Environment());
  }

  /**
   * As the operator has set it.
   *
   * @throws IllegalStateException if a value has another form
   */
  @Inject
  public Bank(Environment environment) {
    consortium = environment.text("TALLYSTICK_CONSORTIUM").orElse(Format.DEFAULT_CONSORTIUM);
    name = environment.text("TALLYSTICK_BANK_NAME").orElse("Tallystick Bank");
    String suite = environment.text("TALLYSTICK_MINIMUM_SUITE").orElse("1");
    if (!suite.matches("[12]")) {
      throw new IllegalStateException("TALLYSTICK_MINIMUM_SUITE must be 1 or 2");
    }
    minimumSuite = Suite.of(Integer.parseInt(suite));
    if (!consortium.matches("[A-Z]{2}")) {
      throw new IllegalStateException("TALLYSTICK_CONSORTIUM must be two upper-case letters");
    }
    if (name.length() > MAX_NAME) {
      throw new IllegalStateException("TALLYSTICK_BANK_NAME has more than 64 characters");
    }
  }

  /** Two letters. */
  public String consortium() {
    return consortium;
  }

  /** For people. */
  public String name() {
    return name;
  }

  /** Lowest suite that new devices may have. */
  public Suite minimumSuite() {
    return minimumSuite;
  }
}
