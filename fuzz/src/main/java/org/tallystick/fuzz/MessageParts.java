package org.tallystick.fuzz;

import java.nio.ByteBuffer;
import org.tallystick.bill.ProviderCertificate;
import org.tallystick.codec.Cbor;
import org.tallystick.cose.CoseSign1;
import org.tallystick.format.Format;
import org.tallystick.format.Signed;
import org.tallystick.format.Suite;

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
        SignedPayload.SIGNER,
        "certificate-request",
        Suite.CLASSIC,
        SignedPayload.CONSORTIUM,
        payload);
  }

  /** A number of one byte, then the bytes. */
  static byte[] after(int number, byte[] bytes) {
    return ByteBuffer.allocate(1 + bytes.length).put((byte) number).put(bytes).array();
  }

  /** A provider's certificate, good for ever. */
  static byte[] certificate() {
    return new ProviderCertificate(
            SignedPayload.CONSORTIUM,
            SignedPayload.filled(16, 6),
            SignedPayload.filled(16, 5),
            SignedPayload.KEY,
            "Example Shop",
            "Basel",
            Long.MIN_VALUE,
            Long.MAX_VALUE)
        .sign(SignedPayload.SIGNER);
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
