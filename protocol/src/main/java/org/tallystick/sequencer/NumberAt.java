package org.tallystick.sequencer;

import java.util.Comparator;
import java.util.List;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MalformedInputException;

/**
 * One sequencer number of a device: numbers of different epochs have nothing to do with each other.
 *
 * @param epoch from 0
 * @param n in that epoch
 */
public record NumberAt(long epoch, long n) implements Comparable<NumberAt> {
  private static final Comparator<NumberAt> ORDER =
      Comparator.comparingLong(NumberAt::epoch).thenComparingLong(NumberAt::n);

  /** Refuses what no sequencer counts. */
  public NumberAt {
    if (epoch < 0 || n < 0) {
      throw new MalformedInputException("negative epoch or number");
    }
  }

  /** As item of a message: [epoch, n]. */
  public Cbor toCbor() {
    return Cbor.array(Cbor.of(epoch), Cbor.of(n));
  }

  /** Inverse of {@link #toCbor}. */
  public static NumberAt of(Cbor item) {
    List<Cbor> parts = item.asArray(2);
    return new NumberAt(parts.get(0).asLong(), parts.get(1).asLong());
  }

  /** By epoch, then by number. */
  @Override
  public int compareTo(NumberAt other) {
    return ORDER.compare(this, other);
  }
}
