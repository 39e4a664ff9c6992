package org.tallystick.fuzz;

import org.tallystick.codec.Cbor;
import org.tallystick.cose.CoseSign1;
import org.tallystick.format.Format;
import org.tallystick.format.Signed;

/** Takes published messages apart and changes them. */
final class MessageParts {
  private MessageParts() {}

  /** Payload of the COSE_Sign1 in the first vector of a kind. */
  static byte[] payload(String kind, String member) {
    return CoseSign1.decode(Vectors.hex(Vectors.first(kind), member)).payload();
  }

  /** A wish for a new certificate. */
  static byte[] certificateRequest() {
    byte[] payload =
        Cbor.map()
            .put(1, Cbor.of(Format.VERSION))
            .put(2, Cbor.of(SignedPayload.filled(16, 5)))
            .put(3, Cbor.of(6))
            .build()
            .encode();
    return Signed.sign(
        SignedPayload.SIGNER, "certificate-request", SignedPayload.CONSORTIUM, payload);
  }

  /** A map with another value under a key. */
  static byte[] with(byte[] map, long key, Cbor value) {
    Cbor.MapBuilder changed = Cbor.map();
    for (Cbor.Entry entry : ((Cbor.Map) Cbor.decode(map)).entries()) {
      long at = entry.key().asLong();
      changed.put(at, at == key ? value : entry.value());
    }
    return changed.build().encode();
  }
}
