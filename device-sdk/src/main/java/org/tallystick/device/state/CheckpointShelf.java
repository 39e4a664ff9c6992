package org.tallystick.device.state;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.tree.SignedCheckpoint;

/**
 * The bank's checkpoint that the device holds, and what it keeps against the bank. It never
 * mutates; each method gives a permitted next state.
 *
 * <p>Shape: [held or null, since, [[older or null, newer, step] …]].
 *
 * <p>Source: docs/PROTOCOL.md section 9.1, C5.
 *
 * @param held the newest that was checked, or null
 * @param sinceMillis lines up to this time may have been lost in a bank restore, 0 for none
 * @param evidence first found first
 */
public record CheckpointShelf(
    @Nullable SignedCheckpoint held, long sinceMillis, List<Evidence> evidence) {
  /** Most kept; what was found first stays. */
  public static final int MAX_EVIDENCE = 4;

  /** Before the first checkpoint. */
  public static final CheckpointShelf EMPTY = new CheckpointShelf(null, 0, List.of());

  private static final int MAX_STEP = 16;

  /**
   * Two checkpoints that the bank has signed and that do not go together.
   *
   * @param older held when the other came, or null where none was
   * @param newer not taken, or, with step {@code recovery}, begun anew from
   * @param step of the protocol that failed, or {@code recovery}
   */
  public record Evidence(@Nullable SignedCheckpoint older, SignedCheckpoint newer, String step) {
    boolean isAs(Evidence other) {
      return step.equals(other.step) && Arrays.equals(newer.sign1(), other.newer.sign1());
    }
  }

  /** Copies the list. */
  public CheckpointShelf {
    evidence = List.copyOf(evidence);
  }

  /** C5: a checkpoint holds. */
  public CheckpointShelf with(SignedCheckpoint checked, long since) {
    return new CheckpointShelf(checked, since, evidence);
  }

  /** Something is kept against the bank, once. */
  public CheckpointShelf with(Evidence found) {
    if (evidence.size() >= MAX_EVIDENCE || evidence.stream().anyMatch(found::isAs)) {
      return this;
    }
    List<Evidence> more = new ArrayList<>(evidence);
    more.add(found);
    return new CheckpointShelf(held, sinceMillis, more);
  }

  Cbor toCbor() {
    return Cbor.array(
        StateCodec.written(held, SignedCheckpoint::toCbor),
        Cbor.of(sinceMillis),
        Cbor.array(
            evidence.stream()
                .map(
                    one ->
                        Cbor.array(
                            StateCodec.written(one.older(), SignedCheckpoint::toCbor),
                            one.newer().toCbor(),
                            Cbor.of(one.step())))
                .toList()));
  }

  static CheckpointShelf of(Cbor item) {
    List<Cbor> parts = item.asArray(3);
    List<Evidence> evidence = new ArrayList<>();
    for (Cbor one : parts.get(2).asArray()) {
      List<Cbor> members = one.asArray(3);
      evidence.add(
          new Evidence(
              StateCodec.orNull(members.get(0), SignedCheckpoint::of),
              SignedCheckpoint.of(members.get(1)),
              members.get(2).asText(MAX_STEP)));
    }
    if (evidence.size() > MAX_EVIDENCE) {
      throw new MalformedInputException("more evidence than is kept");
    }
    return new CheckpointShelf(
        StateCodec.orNull(parts.get(0), SignedCheckpoint::of), parts.get(1).asLong(), evidence);
  }
}
