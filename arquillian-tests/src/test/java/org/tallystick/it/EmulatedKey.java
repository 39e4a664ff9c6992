package org.tallystick.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Map;
import org.tallystick.codec.Base64Url;
import org.tallystick.codec.Cbor;
import org.tallystick.crypto.Sha256;

/** A security key and its browser, for the tests' server on this machine. */
final class EmulatedKey {
  private final byte[] id = new byte[32];
  private final KeyPair pair;
  private final String origin;
  private int count;

  EmulatedKey(String origin) throws GeneralSecurityException {
    this.origin = origin;
    new SecureRandom().nextBytes(id);
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    pair = generator.generateKeyPair();
  }

  /** What {@code toJSON()} makes of a new key. */
  Map<String, Object> create(String challenge) {
    ECPublicKey key = (ECPublicKey) pair.getPublic();
    byte[] cose =
        Cbor.map()
            .put(1, Cbor.of(2))
            .put(3, Cbor.of(-7))
            .put(-1, Cbor.of(1))
            .put(-2, Cbor.of(fixed(key.getW().getAffineX().toByteArray())))
            .put(-3, Cbor.of(fixed(key.getW().getAffineY().toByteArray())))
            .build()
            .encode();
    byte[] data =
        ByteBuffer.allocate(37 + 18 + id.length + cose.length)
            .put(head(0x45))
            .put(new byte[16])
            .putShort((short) id.length)
            .put(id)
            .put(cose)
            .array();
    byte[] attestation =
        Cbor.map()
            .put("fmt", Cbor.of("none"))
            .put("attStmt", Cbor.map().build())
            .put("authData", Cbor.of(data))
            .build()
            .encode();
    return credential(
        Map.of(
            "clientDataJSON",
            Base64Url.encode(client("webauthn.create", challenge)),
            "attestationObject",
            Base64Url.encode(attestation),
            "transports",
            new String[] {"usb"},
            "publicKeyAlgorithm",
            -7));
  }

  /** What {@code toJSON()} makes of a signature. */
  Map<String, Object> sign(String challenge) throws GeneralSecurityException {
    byte[] client = client("webauthn.get", challenge);
    byte[] data = head(0x05);
    Signature signer = Signature.getInstance("SHA256withECDSA");
    signer.initSign(pair.getPrivate());
    signer.update(data);
    signer.update(Sha256.of(client));
    return credential(
        Map.of(
            "clientDataJSON", Base64Url.encode(client),
            "authenticatorData", Base64Url.encode(data),
            "signature", Base64Url.encode(signer.sign())));
  }

  private Map<String, Object> credential(Map<String, Object> response) {
    String encoded = Base64Url.encode(id);
    return Map.of(
        "id",
        encoded,
        "rawId",
        encoded,
        "type",
        "public-key",
        "authenticatorAttachment",
        "cross-platform",
        "clientExtensionResults",
        Map.of(),
        "response",
        response);
  }

  private byte[] client(String type, String challenge) {
    return ("{\"type\":\""
            + type
            + "\",\"challenge\":\""
            + challenge
            + "\",\"origin\":\""
            + origin
            + "\",\"crossOrigin\":false}")
        .getBytes(UTF_8);
  }

  private byte[] head(int flags) {
    count++;
    return ByteBuffer.allocate(37)
        .put(Sha256.of("localhost".getBytes(UTF_8)))
        .put((byte) flags)
        .putInt(count)
        .array();
  }

  static byte[] fixed(byte[] number) {
    byte[] fixed = new byte[32];
    int from = Math.max(0, number.length - 32);
    System.arraycopy(number, from, fixed, 32 - (number.length - from), number.length - from);
    return fixed;
  }
}
