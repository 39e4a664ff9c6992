package org.tallystick.code;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.tallystick.alias.AliasKey;
import org.tallystick.codec.Base64Url;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.codec.MapReader;
import org.tallystick.cose.CoseEncrypt0;
import org.tallystick.crypto.Sha256;
import org.tallystick.format.Format;
import org.tallystick.format.Sealed;
import org.tallystick.format.Suite;
import org.tallystick.sequencer.OneTimeKeys;

/**
 * A one-time-use code as it travels: {@code consortium::number::account::encrypted}.
 *
 * <p>Source: docs/PROTOCOL.md section 5; RFC 9052 section 5.2; TSE-09.
 *
 * @param text the exact ASCII text
 * @param consortium two letters
 * @param number canonical transaction number
 * @param account clear account field, a one-time alias
 * @param alias the same, 17 bytes
 * @param suite of the device, as the header says
 * @param hint 8 bytes
 * @param sealed the COSE_Encrypt0
 * @param hash by which the bank knows the code again, 32 bytes
 */
public record Code(
    String text,
    String consortium,
    String number,
    String account,
    byte[] alias,
    Suite suite,
    byte[] hint,
    CoseEncrypt0 sealed,
    byte[] hash) {
  /** Longest code, characters. */
  public static final int MAX_LENGTH = 8192;

  /** COSE private-use label of the suite. */
  public static final long SUITE_LABEL = -70001;

  /** COSE private-use label of the hint. */
  public static final long HINT_LABEL = -70002;

  private static final int IV_LENGTH = 12;

  /** Half and private map inside a code. */
  record Content(byte[] half, byte[] privateMap) {
    byte[] encode() {
      return Cbor.array(Cbor.of(half), Cbor.of(privateMap)).encode();
    }

    static Content decode(byte[] plaintext) {
      var parts = Cbor.decode(plaintext).asArray(2);
      return new Content(parts.get(0).asBytes(), parts.get(1).asBytes());
    }
  }

  /** O1: parses a received text. */
  public static Code parse(String text) {
    if (text.length() > MAX_LENGTH) {
      throw new MalformedInputException("code over 8192 characters");
    }
    byte[] ascii = text.getBytes(StandardCharsets.US_ASCII); // else ?, which no field takes
    String[] fields = fields(text);
    requireConsortium(fields[0]);
    TransactionNumber.bytes(fields[1]);
    byte[] alias = Base64Url.decode(fields[2]);
    if (alias.length != AliasKey.LENGTH) {
      throw new MalformedInputException("clear account field has 17 bytes");
    }
    int sealedFrom = fields[0].length() + fields[1].length() + fields[2].length() + 6;
    CoseEncrypt0 sealed = CoseEncrypt0.decode(Base64Url.decode(ascii, sealedFrom));
    MapReader headers = MapReader.of(sealed.headers());
    headers.integer(1, 3, 3);
    headers.bytes(5, IV_LENGTH);
    Suite suite = Suite.of(headers.integer(SUITE_LABEL));
    byte[] hint = headers.bytes(HINT_LABEL, 8);
    headers.end();
    return new Code(
        text, fields[0], fields[1], fields[2], alias, suite, hint, sealed, Sha256.of(ascii));
  }

  /** The clear ones, in front of the sealed one. */
  private static String[] fields(String text) {
    String[] fields = new String[3];
    int from = 0;
    for (int i = 0; i < 3; i++) {
      int to = text.indexOf("::", from);
      if (to < 0) {
        throw new MalformedInputException("a code has four fields");
      }
      fields[i] = text.substring(from, to);
      from = to + 2;
    }
    return fields;
  }

  /** Checks the form of a consortium code: two upper-case letters. */
  public static void requireConsortium(String consortium) {
    if (consortium.length() != 2
        || !isUpperCase(consortium.charAt(0))
        || !isUpperCase(consortium.charAt(1))) {
      throw new MalformedInputException("a consortium has two letters");
    }
  }

  private static boolean isUpperCase(char c) {
    return c >= 'A' && c <= 'Z';
  }

  static byte[] hash(String text) {
    return Sha256.of(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** Seals half and private map; the text is final. */
  static String seal(
      OneTimeKeys keys, String consortium, String number, String account, Content content) {
    byte[] aad = Format.aad("code", keys.suite(), consortium, number, account);
    byte[] plaintext = content.encode();
    try (Sealed seal = keys.seal()) {
      Cbor.Map headers =
          Cbor.map()
              .put(SUITE_LABEL, keys.suite().toCbor())
              .put(HINT_LABEL, Cbor.of(keys.hint()))
              .build();
      byte[] sealed = seal.seal(headers, aad, plaintext);
      return String.join("::", consortium, number, account, Base64Url.encode(sealed));
    } finally {
      Arrays.fill(plaintext, (byte) 0);
    }
  }

  /** O5: tag, then the IV recomputed; empty where either does not hold. */
  Optional<byte[]> open(OneTimeKeys keys) {
    byte[] aad = Format.aad("code", suite, consortium, number, account);
    try (Sealed seal = keys.seal()) {
      return seal.open(sealed, aad);
    }
  }

  @Override
  public String toString() {
    return "Code[" + consortium + "::" + number + "]";
  }
}
