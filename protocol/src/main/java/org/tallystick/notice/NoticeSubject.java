package org.tallystick.notice;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tallystick.agreement.AgreementTerms;
import org.tallystick.code.Purpose;
import org.tallystick.code.TransactionNumber;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.money.Money;

/**
 * What a notice is about, one shape for each kind.
 *
 * <p>Source: docs/PROTOCOL.md section N, table of kinds.
 */
public sealed interface NoticeSubject
    permits NoticeSubject.DeviceBound,
        NoticeSubject.DeviceSuspended,
        NoticeSubject.NotMeUsed,
        NoticeSubject.AuthorityUsed,
        AgreementToSign,
        AgreementSigned,
        RegistrationMoved {
  /** Number of the kind on the wire. */
  int kind();

  /** The subject's bytes. */
  byte[] encode();

  /**
   * Strict inverse of {@link #encode}.
   *
   * @throws MalformedInputException if the kind is unknown or the subject has any other shape
   */
  static NoticeSubject decode(long kind, byte[] bytes) {
    if (kind == DeviceBound.KIND) {
      return new DeviceBound(bytes);
    } else if (kind == DeviceSuspended.KIND) {
      return DeviceSuspended.of(Cbor.decode(bytes).asArray(2));
    } else if (kind == NotMeUsed.KIND) {
      return NotMeUsed.of(Cbor.decode(bytes).asArray(2));
    } else if (kind == AuthorityUsed.KIND) {
      return AuthorityUsed.of(Cbor.decode(bytes).asArray(6));
    } else if (kind == AgreementToSign.KIND) {
      return new AgreementToSign(AgreementTerms.of(Cbor.decode(bytes)));
    } else if (kind == RegistrationMoved.KIND) {
      return RegistrationMoved.of(Cbor.decode(bytes).asArray(2));
    } else if (kind == AgreementSigned.KIND) {
      return AgreementSigned.of(Cbor.decode(bytes).asArray(4));
    }
    throw new MalformedInputException("unknown kind of notice");
  }

  /**
   * Kind 1: a device was bound to the account.
   *
   * @param bindingRecord the COSE_Sign1, which the device checks like its own
   */
  record DeviceBound(byte[] bindingRecord) implements NoticeSubject {
    static final int KIND = 1;

    @Override
    public int kind() {
      return KIND;
    }

    @Override
    public byte[] encode() {
      return bindingRecord;
    }
  }

  /**
   * Kind 2: a device of the account was suspended.
   *
   * @param deviceId 16 bytes
   * @param reason at most 32 characters
   */
  record DeviceSuspended(byte[] deviceId, String reason) implements NoticeSubject {
    static final int KIND = 2;

    private static final int MAX_REASON = 32;

    @Override
    public int kind() {
      return KIND;
    }

    @Override
    public byte[] encode() {
      return Cbor.array(Cbor.of(deviceId), Cbor.of(reason)).encode();
    }

    private static DeviceSuspended of(List<Cbor> parts) {
      return new DeviceSuspended(parts.get(0).asBytes(16), parts.get(1).asText(MAX_REASON));
    }
  }

  /**
   * Kind 3: another device of the account said "not me".
   *
   * @param deviceId that was to be suspended, 16 bytes, or null
   * @param number whose waiting halves were to end, text, or null
   */
  record NotMeUsed(byte @Nullable [] deviceId, @Nullable String number) implements NoticeSubject {
    static final int KIND = 3;

    @Override
    public int kind() {
      return KIND;
    }

    @Override
    public byte[] encode() {
      return Cbor.array(
              deviceId == null ? Cbor.NULL : Cbor.of(deviceId),
              number == null ? Cbor.NULL : Cbor.of(number))
          .encode();
    }

    private static NotMeUsed of(List<Cbor> parts) {
      Cbor device = parts.get(0);
      Cbor number = parts.get(1);
      return new NotMeUsed(
          device.isNull() ? null : device.asBytes(16), number.isNull() ? null : text(number));
    }
  }

  /**
   * Kind 4: an authority that a half of this device left behind was used; the payer's receipt of
   * it.
   *
   * @param number transaction number, text
   * @param purpose COMPLETE or CHARGE
   * @param amount that moved
   * @param timeMillis bank clock
   * @param codeHash of the payee's code, 32 bytes, or null where the bank released the hold
   */
  record AuthorityUsed(
      String number, Purpose purpose, Money amount, long timeMillis, byte @Nullable [] codeHash)
      implements NoticeSubject {
    static final int KIND = 4;

    /** Checks that it is a later step of a purchase. */
    public AuthorityUsed(
        String number, Purpose purpose, Money amount, long timeMillis, byte @Nullable [] codeHash) {
      if (!purpose.isLaterStep() || timeMillis < 0) {
        throw new MalformedInputException("an authority is used by a later step, at some time");
      }
      this.number = number;
      this.purpose = purpose;
      this.amount = amount;
      this.timeMillis = timeMillis;
      this.codeHash = codeHash;
    }

    @Override
    public int kind() {
      return KIND;
    }

    @Override
    public byte[] encode() {
      return Cbor.array(
              Cbor.of(number),
              Cbor.of(purpose.value()),
              Cbor.of(amount.minor()),
              Cbor.of(amount.currency()),
              Cbor.of(timeMillis),
              codeHash == null ? Cbor.NULL : Cbor.of(codeHash))
          .encode();
    }

    private static AuthorityUsed of(List<Cbor> parts) {
      Cbor hash = parts.get(5);
      return new AuthorityUsed(
          text(parts.get(0)),
          Purpose.of(parts.get(1).asLong()),
          Money.of(parts.get(2).asLong(), parts.get(3).asText(3)),
          parts.get(4).asLong(),
          hash.isNull() ? null : hash.asBytes(32));
    }
  }

  private static String text(Cbor number) {
    return TransactionNumber.text(TransactionNumber.bytes(number.asText(16)));
  }
}
