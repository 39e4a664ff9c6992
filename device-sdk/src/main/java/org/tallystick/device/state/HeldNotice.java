package org.tallystick.device.state;

import java.util.List;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MalformedInputException;

/**
 * A notice of the bank that holds, as the person may see it again.
 *
 * @param epoch of the chain it came by
 * @param k number in that epoch, from 1
 * @param kind number of the kind
 * @param timeMillis bank clock
 * @param subject what it is about, bytes of the kind's own form
 * @param logIndex of its line
 */
public record HeldNotice(
    long epoch, long k, int kind, long timeMillis, byte[] subject, long logIndex) {
  private static final int MAX_SUBJECT = 2048;

  Cbor toCbor() {
    return Cbor.array(
        Cbor.of(epoch),
        Cbor.of(k),
        Cbor.of(kind),
        Cbor.of(timeMillis),
        Cbor.of(subject),
        Cbor.of(logIndex));
  }

  static HeldNotice of(Cbor item) {
    List<Cbor> parts = item.asArray(6);
    byte[] subject = parts.get(4).asBytes();
    if (subject.length > MAX_SUBJECT) {
      throw new MalformedInputException("subject over 2,048 bytes");
    }
    return new HeldNotice(
        parts.get(0).asLong(),
        parts.get(1).asLong(),
        (int) parts.get(2).asLong(),
        parts.get(3).asLong(),
        subject,
        parts.get(5).asLong());
  }
}
