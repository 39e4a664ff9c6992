package org.tallystick.wallet;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.tallystick.node.Environment;

/** The consortium's own 8-digit BINs: {@code TALLYSTICK_BINS}, separated by commas. */
@ApplicationScoped
public class OwnBins {
  private static final Pattern COMMA = Pattern.compile(",");
  private static final String FALLBACK = "99990000";

  @Inject Environment environment;

  /** Whether the consortium issued a card of this BIN itself. */
  public boolean contains(String bin) {
    return all().contains(bin);
  }

  /** All of them, ascending. */
  public SortedSet<String> all() {
    String bins = environment.text("TALLYSTICK_BINS").orElse(FALLBACK);
    return Arrays.stream(COMMA.split(bins))
        .map(String::strip)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
