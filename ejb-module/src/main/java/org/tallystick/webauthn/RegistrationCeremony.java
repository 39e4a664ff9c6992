package org.tallystick.webauthn;

import static org.tallystick.webauthn.CeremonyRefusedException.require;

import java.io.ByteArrayOutputStream;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.crypto.VerificationKey;
import org.tallystick.webauthn.AuthenticatorSays.NewCredential;
import org.tallystick.webauthn.CeremonyRefusedException.Fault;

/**
 * A new security key: the steps of W3C Web Authentication Level 3, 7.1, that a server takes.
 * Attestation {@code none} was asked for: nothing is known of the key's maker, and self attestation
 * is all that is checked beside.
 */
public final class RegistrationCeremony {
  /** What a new key is remembered by. */
  public record Credential(
      byte[] id, VerificationKey key, long signCount, boolean backupEligible) {}

  private static final int MAX_ATTESTATION_BYTES = 8192;

  private RegistrationCeremony() {}

  /**
   * Checks what the browser has brought.
   *
   * @param challenge what was asked to be signed
   * @param attestationObject CBOR map of {@code fmt}, {@code attStmt}, {@code authData}
   * @throws CeremonyRefusedException if a step fails; that the credential is new (step 26) is for
   *     the caller to see
   */
  public static Credential check(
      RelyingParty site, byte[] challenge, ClientSays client, byte[] attestationObject)
      throws CeremonyRefusedException {
    // 7 to 11: type, challenge, origin, no frame of another site
    client.check("webauthn.create", challenge, site);
    // 12, 13: hash, CBOR
    Cbor.Map attestation = attestation(attestationObject);
    byte[] authData = member(attestation, "authData").asBytes();
    AuthenticatorSays says = AuthenticatorSays.read(authData);
    // 14 to 17: RP ID, user present and verified, backup flags
    says.check(site);
    // 18 to 20: an ES256 key; 25: its id
    NewCredential created =
        says.credential().orElseThrow(() -> new CeremonyRefusedException(Fault.KEY));
    // 21 to 24: attestation
    requireAttestation(attestation, created.key(), authData, client.hash());
    // 27
    return new Credential(created.id(), created.key(), says.signCount(), says.backupEligible());
  }

  private static Cbor.Map attestation(byte[] bytes) throws CeremonyRefusedException {
    try {
      if (Cbor.decode(bytes, MAX_ATTESTATION_BYTES) instanceof Cbor.Map map
          && member(map, "authData") instanceof Cbor.Bytes
          && member(map, "fmt") instanceof Cbor.Text
          && member(map, "attStmt") instanceof Cbor.Map) {
        return map;
      }
    } catch (MalformedInputException e) {
      CeremonyRefusedException refusal = new CeremonyRefusedException(Fault.MALFORMED);
      refusal.initCause(e);
      throw refusal;
    }
    throw new CeremonyRefusedException(Fault.MALFORMED);
  }

  private static Cbor member(Cbor.Map map, String name) throws CeremonyRefusedException {
    return map.get(name).orElseThrow(() -> new CeremonyRefusedException(Fault.MALFORMED));
  }

  /** 8.7 none: an empty statement; 8.2 packed, self attestation: alg and sig, no certificates. */
  private static void requireAttestation(
      Cbor.Map attestation, VerificationKey key, byte[] authData, byte[] clientHash)
      throws CeremonyRefusedException {
    Cbor format = member(attestation, "fmt");
    Cbor.Map statement = (Cbor.Map) member(attestation, "attStmt");
    if (format.equals(Cbor.of("none"))) {
      require(statement.entries().isEmpty(), Fault.ATTESTATION);
      return;
    }
    boolean self = format.equals(Cbor.of("packed")) && statement.entries().size() == 2;
    require(self && Cbor.of(-7).equals(statement.get("alg").orElse(null)), Fault.ATTESTATION);
    require(
        statement.get("sig").orElse(null) instanceof Cbor.Bytes signature
            && key.verifyDer(signed(authData, clientHash), signature.value()),
        Fault.ATTESTATION);
  }

  static byte[] signed(byte[] authData, byte[] clientHash) {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.writeBytes(authData);
    message.writeBytes(clientHash);
    return message.toByteArray();
  }
}
