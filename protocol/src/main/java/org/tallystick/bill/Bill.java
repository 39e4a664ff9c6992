package org.tallystick.bill;

import java.nio.charset.StandardCharsets;
import org.tallystick.codec.Base64Url;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.cose.CoseSign1;
import org.tallystick.crypto.Sha256;
import org.tallystick.crypto.Signer;
import org.tallystick.format.Format;
import org.tallystick.format.Signed;
import org.tallystick.format.Suite;
import org.tallystick.keys.BankKeySet;

/**
 * A signed bill with its provider certificate, as it goes from payee to payer.
 *
 * <p>Source: docs/PROTOCOL.md section 6; TSE-08.
 *
 * @param signed COSE_Sign1 of the body
 * @param certificate COSE_Sign1 of the certificate
 */
public record Bill(byte[] signed, byte[] certificate) {
  /** Most bytes of a bill. */
  public static final int MAX_LENGTH = 2048;

  /** What a QR starts with. */
  public static final String QR_PREFIX = "TALLY1:";

  private static final byte[] HASH_TAG = "tallystick bill".getBytes(StandardCharsets.US_ASCII);

  /** Signs a body by the payee's device. */
  public static Bill sign(BillBody body, Signer device, byte[] certificate) {
    byte[] signed =
        Signed.sign(
            device, "bill", Suite.CLASSIC, body.consortium(), body.number(), "", body.encode());
    return new Bill(signed, certificate);
  }

  /** Hash that both halves name, 32 bytes. */
  public byte[] hash() {
    return Sha256.of(HASH_TAG, signed);
  }

  /** CBOR of both parts. */
  public byte[] encode() {
    return Cbor.array(Cbor.of(signed), Cbor.of(certificate)).encode();
  }

  /** B1: strict inverse of {@link #encode}. */
  public static Bill decode(byte[] bytes) {
    var parts = Cbor.decode(bytes, MAX_LENGTH).asArray(2);
    return new Bill(parts.get(0).asBytes(), parts.get(1).asBytes());
  }

  /** Text for a QR. */
  public String qrText() {
    return QR_PREFIX + Base64Url.encode(encode());
  }

  /** Bill of a scanned text. */
  public static Bill ofQrText(String text) {
    if (!text.startsWith(QR_PREFIX) || text.length() > MAX_LENGTH * 2) {
      throw new MalformedInputException("not a Tallystick bill");
    }
    return decode(Base64Url.decode(text.substring(QR_PREFIX.length())));
  }

  /** The body, unchecked but for its form; who trusts it first calls {@link #check}. */
  public BillBody body() {
    return BillBody.decode(CoseSign1.decode(signed).payload());
  }

  /**
   * A bill that holds.
   *
   * @param bill as received
   * @param body what is asked for
   * @param provider who asks
   */
  public record Checked(Bill bill, BillBody body, ProviderCertificate provider) {}

  /**
   * Checks B2 to B7, off line.
   *
   * @throws IllegalArgumentException with the step that failed
   */
  public Checked check(BankKeySet bank, long nowMillis) {
    ProviderCertificate provider = ProviderCertificate.verify(certificate, bank, nowMillis);
    require(
        provider.notBeforeMillis() <= nowMillis && nowMillis <= provider.notAfterMillis(),
        "B2: provider certificate is not valid now");
    BillBody unsigned = body();
    CoseSign1 parsed = CoseSign1.decode(signed);
    byte[] aad = Format.aad("bill", Suite.CLASSIC, bank.consortium(), unsigned.number(), "");
    require(
        parsed.verify(provider.deviceKey(), Format.typ("bill"), aad),
        "B3: bill is not signed by the certified device");
    require(
        unsigned.consortium().equals(bank.consortium())
            && provider.consortium().equals(bank.consortium()),
        "B4: bill of another consortium");
    require(nowMillis <= unsigned.expiresMillis(), "B6: bill expired");
    require(
        printable(provider.displayName()) && printable(provider.place()),
        "B7: name with control or bidirectional characters");
    require(
        unsigned.items().stream().allMatch(item -> printable(item.text())),
        "B7: item with control or bidirectional characters");
    return new Checked(this, unsigned, provider);
  }

  /** Whether a text holds neither control, format nor bidirectional characters. */
  public static boolean printable(String text) {
    return text.codePoints()
        .noneMatch(
            c -> {
              int type = Character.getType(c);
              return type == Character.CONTROL
                  || type == Character.FORMAT
                  || type == Character.LINE_SEPARATOR
                  || type == Character.PARAGRAPH_SEPARATOR
                  || type == Character.UNASSIGNED
                  || type == Character.PRIVATE_USE
                  || type == Character.SURROGATE;
            });
  }

  private static void require(boolean holds, String step) {
    if (!holds) {
      throw new MalformedInputException(step);
    }
  }
}
