package org.tallystick.device.state;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tallystick.code.DeviceSequence;
import org.tallystick.log.LogLine;
import org.tallystick.sequencer.NumberAt;

/**
 * What an enrolled device has beside its halves. It never mutates; each method gives a permitted
 * next state.
 *
 * @param identity fixed at enrolment
 * @param epoch what is not for codes in the sequencer's epoch
 * @param sequence before the next code
 * @param reached lowest n that the bank may still be waiting for
 * @param aliases one-time account fields left, 17 bytes each
 * @param log the device's own copy of its log
 * @param certificate provider certificate, or null
 * @param enrolmentId of the activation, 16 bytes
 * @param confirmation MAC of E5 that the bank has not acknowledged yet, or null once active
 * @param pending request that may have changed something at the bank and has no reply yet, or null
 */
public record Bound(
    Identity identity,
    HeldEpoch epoch,
    DeviceSequence sequence,
    long reached,
    List<byte[]> aliases,
    DeviceLog log,
    byte @Nullable [] certificate,
    byte[] enrolmentId,
    byte @Nullable [] confirmation,
    @Nullable PendingRequest pending) {
  /** Most aliases held. */
  public static final int MAX_ALIASES = 32;

  /** Copies the list. */
  public Bound {
    aliases = List.copyOf(aliases);
  }

  /** The bank has acknowledged the enrolment. */
  public Bound active() {
    return new Bound(
        identity, epoch, sequence, reached, aliases, log, certificate, enrolmentId, null, pending);
  }

  /** A fresh certificate is here. */
  public Bound certified(byte[] fresh) {
    return new Bound(
        identity,
        epoch,
        sequence,
        reached,
        aliases,
        log,
        fresh,
        enrolmentId,
        confirmation,
        pending);
  }

  /** A code was made: the first alias is used up, the sequence goes on. */
  public Bound sealed(DeviceSequence next) {
    return withAliases(aliases.subList(1, aliases.size())).with(next, reached);
  }

  /** An answer to code {@code n} of an epoch came with the next log line and fresh aliases (A6). */
  public Bound answered(NumberAt at, LogLine line, List<byte[]> fresh) {
    boolean isPresent = at.epoch() == sequence.epoch();
    return refreshed(fresh)
        .with(sequence, isPresent ? Math.max(reached, at.n() + 1) : reached)
        .logged(line);
  }

  /** The device's log has one line more, by an answer or a notice. */
  public Bound logged(LogLine line) {
    return with(log.with(line));
  }

  /** Index of the last contiguous log line, 0 for none. */
  public long logIndex() {
    return log.index();
  }

  /** Head after the last contiguous log line, 32 bytes. */
  public byte[] logHead() {
    return log.head();
  }

  /** The device's log is further on. */
  public Bound with(DeviceLog next) {
    return new Bound(
        identity,
        epoch,
        sequence,
        reached,
        aliases,
        next,
        certificate,
        enrolmentId,
        confirmation,
        pending);
  }

  /** The last alias is used up by a request. */
  public Bound asked() {
    return withAliases(aliases.subList(0, aliases.size() - 1));
  }

  /** Fresh aliases are here. */
  public Bound refreshed(List<byte[]> fresh) {
    List<byte[]> held = new ArrayList<>(aliases);
    for (byte[] alias : fresh) {
      if (held.size() < MAX_ALIASES) {
        held.add(alias);
      }
    }
    return withAliases(held);
  }

  /** A request is about to be sent, or, with null, its reply was taken. */
  public Bound pending(@Nullable PendingRequest request) {
    return new Bound(
        identity,
        epoch,
        sequence,
        reached,
        aliases,
        log,
        certificate,
        enrolmentId,
        confirmation,
        request);
  }

  /** What is not for codes went on. */
  public Bound with(HeldEpoch next) {
    return new Bound(
        identity,
        next,
        sequence,
        reached,
        aliases,
        log,
        certificate,
        enrolmentId,
        confirmation,
        pending);
  }

  /** The PIN is another one. */
  public Bound with(PinMaterial pin) {
    return with(identity.with(pin));
  }

  /** The PIN of a level is another one, or, with null, there is none any more. */
  public Bound with(int level, @Nullable PinMaterial pin) {
    return with(identity.with(level, pin));
  }

  /** The party has accepted a newer agreement. */
  public Bound agreed(long version, byte[] hash) {
    return with(identity.agreed(version, hash));
  }

  private Bound with(Identity next) {
    return new Bound(
        next,
        epoch,
        sequence,
        reached,
        aliases,
        log,
        certificate,
        enrolmentId,
        confirmation,
        pending);
  }

  /** A rekey is done: chain and string2 of the old epoch are out, the new epoch is in. */
  public Bound rekeyed(HeldEpoch fresh, DeviceSequence first, List<byte[]> freshAliases) {
    return with(fresh).refreshed(freshAliases).with(first, first.n());
  }

  private Bound with(DeviceSequence next, long nextReached) {
    return new Bound(
        identity,
        epoch,
        next,
        nextReached,
        aliases,
        log,
        certificate,
        enrolmentId,
        confirmation,
        pending);
  }

  private Bound withAliases(List<byte[]> held) {
    return new Bound(
        identity,
        epoch,
        sequence,
        reached,
        held,
        log,
        certificate,
        enrolmentId,
        confirmation,
        pending);
  }
}
