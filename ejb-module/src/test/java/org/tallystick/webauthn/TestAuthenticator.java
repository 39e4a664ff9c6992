package org.tallystick.webauthn;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.tallystick.codec.Base64Url;
import org.tallystick.codec.Cbor;
import org.tallystick.crypto.Sha256;
import org.tallystick.crypto.SigningKey;

/** An emulated security key with its browser; what it says can be changed before it says it. */
public final class TestAuthenticator {
  public static final int PRESENT_AND_VERIFIED = 0x05;

  public String rpId = "bank.example";
  public String origin = "https://bank.example";
  public String extraMembers = "";
  public int flags = PRESENT_AND_VERIFIED;
  public long count = 1;
  public final byte[] credentialId = new byte[32];
  private final SigningKey key;

  /** What comes of an assertion. */
  public record Assertion(byte[] clientDataJson, byte[] authenticatorData, byte[] signature) {}

  public TestAuthenticator() {
    SecureRandom random = new SecureRandom();
    random.nextBytes(credentialId);
    key = SigningKey.generate(random);
  }

  public byte[] clientData(String type, byte[] challenge) {
    return ("{\"type\":\""
            + type
            + "\",\"challenge\":\""
            + Base64Url.encode(challenge)
            + "\",\"origin\":\""
            + origin
            + "\",\"crossOrigin\":false"
            + extraMembers
            + "}")
        .getBytes(UTF_8);
  }

  public byte[] attestationObject() {
    byte[] point =
        SECNamedCurves.getByName("secp256r1")
            .getCurve()
            .decodePoint(key.verificationKey().compressed())
            .getEncoded(false);
    return attestationObject(
        Cbor.map()
            .put(1, Cbor.of(2))
            .put(3, Cbor.of(-7))
            .put(-1, Cbor.of(1))
            .put(-2, Cbor.of(Arrays.copyOfRange(point, 1, 33)))
            .put(-3, Cbor.of(Arrays.copyOfRange(point, 33, 65)))
            .build()
            .encode());
  }

  public byte[] attestationObject(byte[] coseKey) {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    data.writeBytes(head(flags | 0x40));
    data.writeBytes(new byte[16]);
    data.writeBytes(ByteBuffer.allocate(2).putShort((short) credentialId.length).array());
    data.writeBytes(credentialId);
    data.writeBytes(coseKey);
    return Cbor.map()
        .put("fmt", Cbor.of("none"))
        .put("attStmt", Cbor.map().build())
        .put("authData", Cbor.of(data.toByteArray()))
        .build()
        .encode();
  }

  public Assertion sign(byte[] challenge) {
    byte[] client = clientData("webauthn.get", challenge);
    byte[] data = head(flags);
    byte[] raw = key.sign(RegistrationCeremony.signed(data, Sha256.of(client)));
    return new Assertion(client, data, der(raw));
  }

  private byte[] head(int withFlags) {
    return ByteBuffer.allocate(37)
        .put(Sha256.of(rpId.getBytes(UTF_8)))
        .put((byte) withFlags)
        .putInt((int) count)
        .array();
  }

  private static byte[] der(byte[] raw) {
    byte[] r = new BigInteger(1, raw, 0, 32).toByteArray();
    byte[] s = new BigInteger(1, raw, 32, 32).toByteArray();
    return ByteBuffer.allocate(6 + r.length + s.length)
        .put((byte) 0x30)
        .put((byte) (4 + r.length + s.length))
        .put((byte) 2)
        .put((byte) r.length)
        .put(r)
        .put((byte) 2)
        .put((byte) s.length)
        .put(s)
        .array();
  }
}
