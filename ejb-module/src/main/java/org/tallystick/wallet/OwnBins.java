package org.tallystick.wallet;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.tallystick.node.Environment;

/**
 * The consortium's own BINs: {@code TALLYSTICK_BINS}, of 8 digits, separated by commas.
 *
 * <p>Source: ISO/IEC 7812-1:2017, which made issuer identification numbers of 6 digits longer.
 */
@ApplicationScoped
public class OwnBins {
  private static final Pattern COMMA = Pattern.compile(",");
  private static final Pattern BIN = Pattern.compile("[1-9][0-9]{7}");
  private static final String FALLBACK = "99990000";

  @Inject Environment environment;

  /** Whether the consortium issued a card of this BIN itself. */
  public boolean contains(String bin) {
    return all().contains(bin);
  }

  /**
   * All of them, ascending.
   *
   * @throws IllegalStateException where one is none
   */
  public SortedSet<String> all() {
    String bins = environment.text("TALLYSTICK_BINS").orElse(FALLBACK);
    SortedSet<String> all = new TreeSet<>();
    for (String part : COMMA.split(bins, -1)) {
      String bin = part.strip();
      if (!BIN.matcher(bin).matches()) {
        throw new IllegalStateException(
            "TALLYSTICK_BINS: every BIN has 8 digits and does not begin with 0 (ISO/IEC"
                + " 7812-1:2017), separated by commas; one of 6 digits stands for a hundred of 8:"
                + " name those that are your own");
      }
      all.add(bin);
    }
    return all;
  }
}
