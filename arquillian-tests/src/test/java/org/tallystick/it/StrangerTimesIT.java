package org.tallystick.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tallystick.it.PairedTimes.Verdict;

/**
 * A stranger cannot tell by the clock either what exists: over one connection, about what exists
 * and about what does not, in pairs whose order a coin decides; {@link PairedTimes} says how they
 * are judged, and that was settled before anything was measured. What is refused before anything is
 * looked up (no token, no role) is not measured: there is nothing to tell apart.
 *
 * <p>The figures of each are printed, with the coin's seed.
 */
final class StrangerTimesIT extends BankIT {
  /**
   * What may be told, in milliseconds. One statement to the database more costs about twice as
   * much, a commit that has to reach the disk, a signature or a password's hash several times; to
   * find a row and make an object of it a tenth.
   */
  private static final double BOUND = 0.25;

  private static final int PAIRS = 1000;
  private static final double LEAK = 1.0;

  private static Random coin() {
    long seed = new SecureRandom().nextLong();
    System.out.println("strangers' times: seed " + seed);
    return new Random(seed);
  }

  /** All addresses with one identifier where a stranger gets as far as the look-up. */
  static List<Compared> looked() throws IOException {
    List<Compared> all = new ArrayList<>();
    try (KeptConnection bank = new KeptConnection(baseUri())) {
      for (Operation operation : StrangerIT.operations()) {
        List<String> parameters = operation.parameters();
        Thing thing =
            parameters.size() == 1
                ? Thing.of(operation.path(), parameters.get(0)).orElse(null)
                : null;
        if (thing == null || thing == Thing.INSTITUTION && operation.path().contains("/brand")) {
          continue;
        }
        for (Stranger stranger : Stranger.values()) {
          Compared compared = Compared.of(stranger, operation, thing);
          int status = bank.send(compared.existing().get()).status();
          if (status == 404 || status == 409 || status == 422 || status == 200) {
            all.add(compared);
          }
        }
      }
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("looked")
  void stranger_cannotTellByTheClock(Compared compared) throws IOException {
    try (KeptConnection bank = new KeptConnection(baseUri())) {
      PairedTimes times = compared.measure(bank, PAIRS, BOUND, coin());
      System.out.println(compared + ": " + times);
      assertThat(times.verdict(BOUND)).as("%s: %s", compared, times).isEqualTo(Verdict.EQUAL);
    }
  }

  /** The instrument itself: what is known to leak a millisecond, on the same machine and day. */
  @Test
  void plantedMillisecond_isFound() throws IOException {
    String word = Thing.ACCOUNT.existing();
    Compared compared =
        new Compared(
            "a proxy that leaks",
            () -> RawRequest.of("GET", "accounts/" + word, ""),
            () -> RawRequest.of("GET", "accounts/" + Thing.ACCOUNT.unknown(), ""));
    assertThat(through(word, LEAK, compared).verdict(BOUND)).isEqualTo(Verdict.DIFFERENT);
    assertThat(through(word, LEAK, compared).effect()).isCloseTo(LEAK, within(BOUND));
    assertThat(through("nothing is called so", LEAK, compared).verdict(BOUND))
        .isEqualTo(Verdict.EQUAL);
  }

  private static PairedTimes through(String word, double leakMillis, Compared compared)
      throws IOException {
    long nanos = (long) (leakMillis * TimeUnit.MILLISECONDS.toNanos(1));
    try (SlowProxy proxy = new SlowProxy(baseUri(), word, nanos);
        KeptConnection bank = new KeptConnection(proxy.address())) {
      PairedTimes times = compared.measure(bank, PAIRS, BOUND, coin());
      System.out.println(compared + " (" + word + "): " + times);
      return times;
    }
  }
}
