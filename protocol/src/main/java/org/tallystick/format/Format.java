package org.tallystick.format;

import org.tallystick.codec.Cbor;

/**
 * The constants that every message shares, and the external AAD that ties a signature or a seal to
 * its place.
 *
 * <p>Source: docs/PROTOCOL.md section 1 and 1.1.
 */
public final class Format {
  /** Version of the message format. */
  public static final int VERSION = 1;

  /** Consortium of a bank that does not name one. */
  public static final String DEFAULT_CONSORTIUM = "TL";

  private Format() {}

  /**
   * External AAD of a signature or a code.
   *
   * @param type what is signed, without the {@code ts/} of its COSE typ
   * @param suite of the device that signs or is meant; CLASSIC for what devices of any suite read:
   *     key sets, certificates, bills
   * @param consortium two letters; recipient and transaction consortium are the same in format 1
   * @param number transaction number as text, empty outside a transaction
   * @param account the clear account field, empty where there is none
   * @return deterministic CBOR array of eight items
   */
  public static byte[] aad(
      String type, Suite suite, String consortium, String number, String account) {
    return Cbor.array(
            Cbor.of("tallystick"),
            Cbor.of(type),
            Cbor.of(VERSION),
            suite.toCbor(),
            Cbor.of(consortium),
            Cbor.of(consortium),
            Cbor.of(number),
            Cbor.of(account))
        .encode();
  }

  /** COSE typ header value of a signed type, RFC 9596. */
  public static String typ(String type) {
    return "ts/" + type;
  }

  /** CBOR array of one label, the info of derivations that need no other context. */
  public static byte[] label(String label) {
    return Cbor.array(Cbor.of(label)).encode();
  }
}
