package org.tallystick.device.state;

import org.jspecify.annotations.Nullable;
import org.tallystick.answer.ReplyKeys;
import org.tallystick.code.Purpose;
import org.tallystick.code.Role;
import org.tallystick.code.SignedMap;
import org.tallystick.codec.Cbor;
import org.tallystick.cose.CoseSign1;
import org.tallystick.crypto.Secret;

/**
 * A half that is made and has no final answer yet; what is sent is {@link #code}, always those
 * bytes.
 *
 * @param epoch of the sequencer
 * @param n sequencer number
 * @param number transaction number, text
 * @param role payer or payee
 * @param purpose purchase or cancel
 * @param code exact text
 * @param codeHash 32 bytes
 * @param half the COSE_Sign1 inside the code
 * @param replyRoot root of the answer's keys
 * @param bill as encoded, or null where there is none
 * @param notAfterMillis after which the bank refuses it
 * @param state how far it has come
 * @param heldAnswer sealed answer that waits for earlier log lines, or null
 * @param loyaltyId that the half carries, or null
 * @param levels whose PINs the half proves, as bits
 */
public record OutboxEntry(
    long epoch,
    long n,
    String number,
    Role role,
    Purpose purpose,
    String code,
    byte[] codeHash,
    byte[] half,
    Secret replyRoot,
    byte @Nullable [] bill,
    long notAfterMillis,
    EntryState state,
    byte @Nullable [] heldAnswer,
    @Nullable String loyaltyId,
    int levels) {

  /** The same half, further on. */
  public OutboxEntry at(EntryState next) {
    return new OutboxEntry(
        epoch,
        n,
        number,
        role,
        purpose,
        code,
        codeHash,
        half,
        replyRoot,
        bill,
        notAfterMillis,
        next,
        heldAnswer,
        loyaltyId,
        levels);
  }

  /** The same half with an answer that cannot be taken yet. */
  public OutboxEntry holding(byte[] answer) {
    return new OutboxEntry(
        epoch,
        n,
        number,
        role,
        purpose,
        code,
        codeHash,
        half,
        replyRoot,
        bill,
        notAfterMillis,
        EntryState.HELD,
        answer,
        loyaltyId,
        levels);
  }

  /** Whether it is the half with this number of the sequencer. */
  public boolean is(long otherEpoch, long otherN) {
    return epoch == otherEpoch && n == otherN;
  }

  /** What the party signed. */
  public SignedMap terms() {
    return SignedMap.decode(CoseSign1.decode(half).payload());
  }

  /** Token with which its answer is asked for, 16 bytes. */
  public byte[] pickup() {
    return ReplyKeys.pickup(replyRoot);
  }

  /** The clear account field that the half's signature covers. */
  public String account() {
    return code.split("::", 4)[2];
  }

  Cbor toCbor() {
    return Cbor.map()
        .put(1, Cbor.of(epoch))
        .put(2, Cbor.of(n))
        .put(3, Cbor.of(number))
        .put(4, Cbor.of(role.value()))
        .put(5, Cbor.of(purpose.value()))
        .put(6, Cbor.of(code))
        .put(7, Cbor.of(codeHash))
        .put(8, Cbor.of(half))
        .put(9, Cbor.of(replyRoot.reveal()))
        .put(10, StateCodec.orNull(bill))
        .put(11, Cbor.of(notAfterMillis))
        .put(12, Cbor.of(state.value()))
        .put(13, StateCodec.orNull(heldAnswer))
        .put(14, StateCodec.written(loyaltyId, Cbor::of))
        .put(15, Cbor.of(levels))
        .build();
  }

  @Override
  public String toString() {
    return "OutboxEntry[" + number + ", n=" + n + ", " + role + ", " + purpose + ", " + state + "]";
  }
}
