package org.tallystick.request;

import java.nio.charset.StandardCharsets;
import org.tallystick.alias.AliasKey;
import org.tallystick.code.Code;
import org.tallystick.codec.Base64Url;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.codec.MapReader;
import org.tallystick.cose.CoseEncrypt0;
import org.tallystick.crypto.AesGcm;
import org.tallystick.crypto.Sha256;
import org.tallystick.format.Format;
import org.tallystick.format.Suite;

/**
 * A request as it travels: {@code consortium::REQUEST::account::encrypted}.
 *
 * <p>Source: docs/PROTOCOL.md section R; RFC 9052 section 5.2.
 *
 * @param text the exact ASCII text
 * @param consortium two letters
 * @param account clear account field, a one-time alias
 * @param suite of the device, as the header says
 * @param nonce 16 bytes
 * @param challenge 32 bytes, as the header says
 * @param blocks length of the reply, in blocks
 * @param sealed the COSE_Encrypt0
 */
public record SealedRequest(
    String text,
    String consortium,
    String account,
    Suite suite,
    byte[] nonce,
    byte[] challenge,
    int blocks,
    CoseEncrypt0 sealed) {
  /** What stands where a code has its transaction number. */
  public static final String MARK = "REQUEST";

  /** Longest request, characters. */
  public static final int MAX_LENGTH = Code.MAX_LENGTH;

  /** Most blocks of a reply. */
  public static final int MAX_BLOCKS = 8;

  /** COSE private-use label of the nonce. */
  public static final long NONCE_LABEL = -70003;

  /** COSE private-use label of the challenge. */
  public static final long CHALLENGE_LABEL = -70004;

  /** COSE private-use label of the reply's blocks. */
  public static final long BLOCKS_LABEL = -70005;

  /**
   * R1: parses a received text.
   *
   * @throws MalformedInputException if it has any other shape
   */
  public static SealedRequest parse(String text) {
    if (text.length() > MAX_LENGTH) {
      throw new MalformedInputException("request over " + MAX_LENGTH + " characters");
    }
    String[] fields = text.split("::", -1);
    if (fields.length != 4 || !fields[1].equals(MARK)) {
      throw new MalformedInputException("not the fields of a request");
    }
    Code.requireConsortium(fields[0]);
    if (Base64Url.decode(fields[2]).length != AliasKey.LENGTH) {
      throw new MalformedInputException("clear account field has 17 bytes");
    }
    CoseEncrypt0 sealed = CoseEncrypt0.decode(Base64Url.decode(fields[3]));
    MapReader headers = MapReader.of(sealed.headers());
    headers.integer(1, 3, 3);
    headers.bytes(5, AesGcm.IV_LENGTH);
    SealedRequest request =
        new SealedRequest(
            text,
            fields[0],
            fields[2],
            Suite.of(headers.integer(Code.SUITE_LABEL)),
            headers.bytes(NONCE_LABEL, RequestKeys.NONCE_LENGTH),
            headers.bytes(CHALLENGE_LABEL, Challenges.LENGTH),
            (int) headers.integer(BLOCKS_LABEL, 1, MAX_BLOCKS),
            sealed);
    headers.end();
    return request;
  }

  /** The alias, 17 bytes. */
  public byte[] alias() {
    return Base64Url.decode(account);
  }

  /** T: hash of the text, 32 bytes; the reply is bound to it, and the bank knows it again by it. */
  public byte[] hash() {
    return hash(text);
  }

  static byte[] hash(String text) {
    return Sha256.of(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** External AAD, the same for seal and signature. */
  static byte[] aad(Suite suite, String consortium, String account) {
    return Format.aad(RequestBody.TYPE, suite, consortium, "", account);
  }

  /** Protected headers beside algorithm and IV. */
  static Cbor.Map headers(RequestKeys keys, byte[] challenge, int blocks) {
    return Cbor.map()
        .put(Code.SUITE_LABEL, keys.suite().toCbor())
        .put(NONCE_LABEL, Cbor.of(keys.nonce()))
        .put(CHALLENGE_LABEL, Cbor.of(challenge))
        .put(BLOCKS_LABEL, Cbor.of(blocks))
        .build();
  }

  @Override
  public String toString() {
    return "SealedRequest[" + consortium + "]";
  }
}
