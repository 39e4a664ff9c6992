package org.tallystick.code;

import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.answer.Progress;
import org.tallystick.cose.CoseSign1;

/**
 * An opened half as it is stored.
 *
 * @param id number of the row
 * @param device index of the device
 * @param epoch of its sequencer
 * @param n of its sequencer
 * @param consortium two letters
 * @param number transaction number, text
 * @param account clear account field, text
 * @param codeHash 32 bytes
 * @param terms what it says, or null where it could not be read
 * @param replyRootWrapped root of the answer's keys; null once answered
 * @param receivedAt bank clock when the code was on disk
 * @param state where it stands
 * @param refusal exact reason where it ended alone
 * @param slot where it is, if it got in
 * @param dueAt when a step that did not follow is asked for again
 */
public record HalfRow(
    long id,
    long device,
    long epoch,
    long n,
    String consortium,
    String number,
    String account,
    byte[] codeHash,
    @Nullable Terms terms,
    byte @Nullable [] replyRootWrapped,
    OffsetDateTime receivedAt,
    HalfState state,
    @Nullable String refusal,
    @Nullable Long slot,
    OffsetDateTime dueAt) {
  private static final byte[] YES = {1};

  /**
   * What a readable half says.
   *
   * @param sign1 the COSE_Sign1
   * @param signed its payload
   * @param kept of its private map
   */
  public record Terms(byte[] sign1, SignedMap signed, Kept kept) {
    /** Reads the payload of a half that was checked when it was opened. */
    public static Terms of(byte[] sign1, Kept kept) {
      return new Terms(sign1, SignedMap.decode(CoseSign1.decode(sign1).payload()), kept);
    }
  }

  /**
   * What the decision needs of a half's private map.
   *
   * @param shorthandWrapped wallet shorthand, or null where there is none or it is no longer needed
   * @param loyaltyWrapped loyalty id, or null likewise
   * @param levels whose PINs were proven, bits 2^(level − 1)
   */
  public record Kept(
      byte @Nullable [] shorthandWrapped, byte @Nullable [] loyaltyWrapped, int levels) {
    /** Of a half that was refused when it was opened. */
    public static final Kept NOTHING = new Kept(null, null, 0);
  }

  /** What it says, if it could be read. */
  public Optional<Terms> readable() {
    return Optional.ofNullable(terms);
  }

  /** Whether its device wants to hear how far it is (8.1). */
  public boolean asksForProgress() {
    return readable()
        .map(said -> said.signed().extensions().other().get(Progress.EXTENSION))
        .filter(asked -> Arrays.equals(asked, YES))
        .isPresent();
  }

  /**
   * Until when it waits for its twin: no longer than a day from when it was on disk, whatever its
   * device takes the time to be.
   */
  public OffsetDateTime notAfter() {
    long latest = receivedAt.toInstant().toEpochMilli() + SignedMap.MAX_LIFE_MILLIS;
    long stated = readable().orElseThrow().signed().notAfterMillis();
    return Times.ofMillis(Math.min(stated, latest));
  }

  /** The same half, in a slot. */
  public HalfRow placed(long slotId, HalfState now) {
    return with(now, null, slotId);
  }

  /** The same half, ended alone. */
  public HalfRow refused(String exactReason) {
    return with(HalfState.REFUSED, exactReason, slot);
  }

  private HalfRow with(HalfState newState, @Nullable String newRefusal, @Nullable Long newSlot) {
    return new HalfRow(
        id,
        device,
        epoch,
        n,
        consortium,
        number,
        account,
        codeHash,
        terms,
        replyRootWrapped,
        receivedAt,
        newState,
        newRefusal,
        newSlot,
        dueAt);
  }

  @Override
  public String toString() {
    return "Half(" + id + ", " + state + ")";
  }
}
