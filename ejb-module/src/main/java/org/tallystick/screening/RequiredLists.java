package org.tallystick.screening;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.tallystick.node.Environment;

/**
 * The lists without which nobody is approved: {@code TALLYSTICK_SCREENING_REQUIRED}, separated by
 * commas; and how long ago each was given to the bank at most: {@code
 * TALLYSTICK_SCREENING_MAX_AGE_DAYS}, 1 to 366. Without the first any one list will do.
 */
@ApplicationScoped
public class RequiredLists {
  private static final String NAMES = "TALLYSTICK_SCREENING_REQUIRED";
  private static final String DAYS = "TALLYSTICK_SCREENING_MAX_AGE_DAYS";
  private static final Pattern COMMA = Pattern.compile(",");
  private static final int MOST_DAYS = 366;

  @Inject Environment environment;

  /**
   * Their names, ascending; none where any list will do.
   *
   * @throws IllegalStateException where one is no name of a list
   */
  public SortedSet<String> names() {
    SortedSet<String> names = new TreeSet<>();
    Optional<String> text = environment.text(NAMES);
    if (text.isEmpty()) {
      return names;
    }
    for (String part : COMMA.split(text.get(), -1)) {
      String name = part.strip();
      if (!ListName.valid(name)) {
        throw new IllegalStateException(
            NAMES
                + ": names of lists as GET /screening shows them, such as OFAC-SDN,UN: capitals,"
                + " digits and hyphens, separated by commas");
      }
      names.add(name);
    }
    if (names.size() > Editions.MOST_LISTS) {
      throw new IllegalStateException(NAMES + ": more than " + Editions.MOST_LISTS + " lists");
    }
    return names;
  }

  /**
   * How old they may be, if that matters.
   *
   * @throws IllegalStateException where it is set to something else, or without lists that it is
   *     for
   */
  public Optional<Duration> maxAge() {
    if (environment.text(DAYS).isEmpty()) {
      return Optional.empty();
    }
    if (names().isEmpty()) {
      throw new IllegalStateException(DAYS + " is for the lists of " + NAMES + ": name them");
    }
    return Optional.of(Duration.ofDays(environment.number(DAYS, 1, 1, MOST_DAYS)));
  }

  /** Both as one line, for comparing nodes. */
  public String text() {
    return String.join(",", names())
        + maxAge().map(age -> " not older than " + age.toDays() + " days").orElse("");
  }
}
