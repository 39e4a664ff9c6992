package org.tallystick.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.tallystick.it.PairedTimes.Verdict;

/**
 * Two kinds of request that have to take equally long.
 *
 * @param name what is asked
 * @param existing makes one about what exists
 * @param unknown makes one about what does not
 */
record Compared(String name, Supplier<RawRequest> existing, Supplier<RawRequest> unknown) {
  /** Before the first pair counts, a quarter as many have gone the same way. */
  private static final int WARM_UP = 4;

  /** A stranger at an address with one identifier. */
  static Compared of(Stranger stranger, Operation operation, Thing thing) {
    String parameter = operation.parameters().get(0);
    return new Compared(
        stranger + " " + operation,
        () -> stranger.asks(operation.request(Map.of(parameter, thing.existing()))),
        () -> stranger.asks(operation.request(Map.of(parameter, thing.unknown()))));
  }

  /**
   * Measures until the figures say something: {@code pairs} pairs, and while they leave it open as
   * many again, all of them judged together, so many rounds at most.
   *
   * @param coin says which of a pair comes first
   */
  PairedTimes measure(KeptConnection bank, int pairs, int rounds, double boundMillis, Random coin)
      throws IOException {
    pairs(bank, Math.max(1, pairs / WARM_UP), coin);
    PairedTimes times = pairs(bank, pairs, coin);
    for (int round = 1;
        round < rounds && times.verdict(boundMillis) == Verdict.UNDECIDED;
        round++) {
      times = times.and(pairs(bank, pairs, coin));
    }
    return times;
  }

  /** One of each, word for word. */
  void assertAlike(KeptConnection bank) throws IOException {
    assertThat(StrangerIT.same(bank.send(existing.get()), List.of()))
        .isEqualTo(StrangerIT.same(bank.send(unknown.get()), List.of()));
  }

  private PairedTimes pairs(KeptConnection bank, int count, Random coin) throws IOException {
    long[] here = new long[count];
    long[] nowhere = new long[count];
    for (int i = 0; i < count; i++) {
      RawRequest one = existing.get();
      RawRequest other = unknown.get();
      if (coin.nextBoolean()) {
        here[i] = nanos(bank, one);
        nowhere[i] = nanos(bank, other);
      } else {
        nowhere[i] = nanos(bank, other);
        here[i] = nanos(bank, one);
      }
    }
    return new PairedTimes(here, nowhere);
  }

  private long nanos(KeptConnection bank, RawRequest request) throws IOException {
    RawAnswer answer = bank.send(request);
    if (List.of(429, 500, 503).contains(answer.status())) {
      throw new IllegalStateException(name + " was answered " + answer.start());
    }
    return bank.nanos();
  }

  @Override
  public String toString() {
    return name;
  }
}
