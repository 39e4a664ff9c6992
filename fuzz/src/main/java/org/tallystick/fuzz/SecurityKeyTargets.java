package org.tallystick.fuzz;

import static org.tallystick.fuzz.Parser.bytes;
import static org.tallystick.fuzz.Parser.text;
import static org.tallystick.fuzz.SignedPayload.KEY;
import static org.tallystick.fuzz.SignedPayload.SIGNER;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.tallystick.codec.Base64Url;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.crypto.Sha256;
import org.tallystick.webauthn.AuthenticationCeremony;
import org.tallystick.webauthn.AuthenticationCeremony.Known;
import org.tallystick.webauthn.CeremonyRefusedException;
import org.tallystick.webauthn.ClientSays;
import org.tallystick.webauthn.RegistrationCeremony;
import org.tallystick.webauthn.RelyingParty;

/**
 * What a security key and its browser bring. What the key says is signed by the target, so that a
 * change of it gets behind the signature.
 */
final class SecurityKeyTargets {
  private static final String ID = "bank.example";
  private static final String ORIGIN = "https://bank.example";
  private static final RelyingParty SITE = new RelyingParty(ID, Set.of(ORIGIN));
  private static final byte[] CHALLENGE = new byte[32];
  private static final int PRESENT_AND_VERIFIED = 0x05;
  private static final int ATTESTED = 0x40;
  private static final int HEAD_LENGTH = 37;
  private static final int HALF_SIGNATURE = 32;

  static final List<Target> ALL =
      List.of(
          new Target(
              "security-key-client",
              () -> {
                byte[] attestation = attestation();
                return bytes(client -> register(client, attestation))
                    .seeded(clientData("webauthn.create"));
              }),
          new Target(
              "security-key-registration",
              () -> {
                byte[] client = clientData("webauthn.create");
                return bytes(attestation -> register(client, attestation)).seeded(attestation());
              }),
          new Target(
              "security-key-assertion",
              () -> bytes(SecurityKeyTargets::assertion).seeded(head(PRESENT_AND_VERIFIED))),
          new Target(
              "security-key-signature",
              () ->
                  bytes(signature -> authenticate(head(PRESENT_AND_VERIFIED), signature))
                      .seeded(signature(head(PRESENT_AND_VERIFIED)))),
          new Target(
              "security-key-origins",
              () ->
                  text(origins -> RelyingParty.of(ID, origins))
                      .refusing(IllegalStateException.class)
                      .seeded(ORIGIN, ORIGIN + ", https://office.bank.example:8443")));

  private SecurityKeyTargets() {}

  private static void register(byte[] client, byte[] attestation) {
    try {
      RegistrationCeremony.check(SITE, CHALLENGE, ClientSays.read(client), attestation);
    } catch (CeremonyRefusedException e) {
      throw refusal(e);
    }
  }

  private static void assertion(byte[] authenticatorData) {
    authenticate(authenticatorData, signature(authenticatorData));
  }

  private static void authenticate(byte[] authenticatorData, byte[] signature) {
    try {
      AuthenticationCeremony.check(
          SITE,
          CHALLENGE,
          new Known(KEY, 0, false),
          ClientSays.read(clientData("webauthn.get")),
          authenticatorData,
          signature);
    } catch (CeremonyRefusedException e) {
      throw refusal(e);
    }
  }

  private static MalformedInputException refusal(CeremonyRefusedException e) {
    return new MalformedInputException(e.fault().name());
  }

  private static byte[] clientData(String type) {
    return "{\"type\":\"%s\",\"challenge\":\"%s\",\"origin\":\"%s\",\"crossOrigin\":false}"
        .formatted(type, Base64Url.encode(CHALLENGE), ORIGIN)
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Of a new key whose id is one zero byte. */
  private static byte[] attestation() {
    byte[] key = coseKey();
    byte[] data =
        ByteBuffer.allocate(HEAD_LENGTH + 16 + 2 + 1 + key.length)
            .put(head(PRESENT_AND_VERIFIED | ATTESTED))
            .position(HEAD_LENGTH + 16)
            .putShort((short) 1)
            .put((byte) 0)
            .put(key)
            .array();
    return Cbor.map()
        .put("fmt", Cbor.of("none"))
        .put("attStmt", Cbor.map().build())
        .put("authData", Cbor.of(data))
        .build()
        .encode();
  }

  private static byte[] coseKey() {
    byte[] point =
        SECNamedCurves.getByName("secp256r1")
            .getCurve()
            .decodePoint(KEY.compressed())
            .getEncoded(false);
    return Cbor.map()
        .put(1, Cbor.of(2))
        .put(3, Cbor.of(-7))
        .put(-1, Cbor.of(1))
        .put(-2, Cbor.of(Arrays.copyOfRange(point, 1, 33)))
        .put(-3, Cbor.of(Arrays.copyOfRange(point, 33, 65)))
        .build()
        .encode();
  }

  /** Authenticator data without a new key; the count is 1. */
  private static byte[] head(int flags) {
    return ByteBuffer.allocate(HEAD_LENGTH)
        .put(Sha256.of(ID.getBytes(StandardCharsets.US_ASCII)))
        .put((byte) flags)
        .putInt(1)
        .array();
  }

  /** As keys write it: DER. */
  private static byte[] signature(byte[] authenticatorData) {
    byte[] clientHash = Sha256.of(clientData("webauthn.get"));
    byte[] raw =
        SIGNER.sign(
            ByteBuffer.allocate(authenticatorData.length + clientHash.length)
                .put(authenticatorData)
                .put(clientHash)
                .array());
    byte[] r = new BigInteger(1, raw, 0, HALF_SIGNATURE).toByteArray();
    byte[] s = new BigInteger(1, raw, HALF_SIGNATURE, HALF_SIGNATURE).toByteArray();
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
