package org.tallystick.device.state;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tallystick.code.DeviceSequence;
import org.tallystick.log.LogLine;

/**
 * What an enrolled device has beside its halves. It never mutates; each method gives a permitted
 * next state.
 *
 * @param identity fixed at enrolment
 * @param sequence before the next code
 * @param reached lowest n that the bank may still be waiting for
 * @param aliases one-time account fields left, 17 bytes each
 * @param logIndex last contiguous log line, 0 for none
 * @param logHead head after it, 32 bytes
 * @param certificate provider certificate, or null
 * @param enrolmentId of the activation, 16 bytes
 * @param confirmation MAC of E5 that the bank has not acknowledged yet, or null once active
 */
public record Bound(
    Identity identity,
    DeviceSequence sequence,
    long reached,
    List<byte[]> aliases,
    long logIndex,
    byte[] logHead,
    byte @Nullable [] certificate,
    byte[] enrolmentId,
    byte @Nullable [] confirmation) {
  /** Most aliases held. */
  public static final int MAX_ALIASES = 32;

  /** Copies the list. */
  public Bound {
    aliases = List.copyOf(aliases);
  }

  /** The bank has acknowledged the enrolment. */
  public Bound active() {
    return new Bound(
        identity, sequence, reached, aliases, logIndex, logHead, certificate, enrolmentId, null);
  }

  /** A fresh certificate is here. */
  public Bound certified(byte[] fresh) {
    return new Bound(
        identity, sequence, reached, aliases, logIndex, logHead, fresh, enrolmentId, confirmation);
  }

  /** A code was made: the first alias is used up, the sequence goes on. */
  public Bound sealed(DeviceSequence next) {
    return new Bound(
        identity,
        next,
        reached,
        aliases.subList(1, aliases.size()),
        logIndex,
        logHead,
        certificate,
        enrolmentId,
        confirmation);
  }

  /** An answer to code {@code n} came with the next log line and fresh aliases (A6). */
  public Bound answered(long n, LogLine line, List<byte[]> fresh) {
    List<byte[]> held = new ArrayList<>(aliases);
    for (byte[] alias : fresh) {
      if (held.size() < MAX_ALIASES) {
        held.add(alias);
      }
    }
    return new Bound(
        identity,
        sequence,
        Math.max(reached, n + 1),
        held,
        line.index(),
        line.head(),
        certificate,
        enrolmentId,
        confirmation);
  }
}
