package org.tallystick.webauthn;

import static org.tallystick.webauthn.CeremonyRefusedException.require;

import org.tallystick.crypto.VerificationKey;
import org.tallystick.webauthn.CeremonyRefusedException.Fault;

/**
 * A known security key signs: the steps of W3C Web Authentication Level 3, 7.2, that a server
 * takes.
 */
public final class AuthenticationCeremony {
  /** What is remembered of the key. */
  public record Known(VerificationKey key, long signCount, boolean backupEligible) {}

  private AuthenticationCeremony() {}

  /**
   * Checks what the browser has brought; that the key is one of the user's (steps 5 and 6) is for
   * the caller to see.
   *
   * @return the key's new count
   * @throws CeremonyRefusedException if a step fails; {@code CLONE} only when everything else is
   *     good
   */
  public static long check(
      RelyingParty site,
      byte[] challenge,
      Known known,
      ClientSays client,
      byte[] authenticatorData,
      byte[] signature)
      throws CeremonyRefusedException {
    // 10 to 14: type, challenge, origin, no frame of another site
    client.check("webauthn.get", challenge, site);
    AuthenticatorSays says = AuthenticatorSays.read(authenticatorData);
    require(says.credential().isEmpty(), Fault.MALFORMED);
    // 15 to 18: RP ID, user present and verified, backup flags
    says.check(site);
    // 19: a key cannot begin or cease to be one that is backed up
    require(says.backupEligible() == known.backupEligible(), Fault.BACKUP_FLAGS);
    // 20, 21: hash, signature
    require(isSigned(known.key(), client, authenticatorData, signature), Fault.SIGNATURE);
    // 22: count; keys that do not count say 0 always
    boolean counts = says.signCount() != 0 || known.signCount() != 0;
    require(!counts || says.signCount() > known.signCount(), Fault.CLONE);
    return says.signCount();
  }

  static boolean isSigned(
      VerificationKey key, ClientSays client, byte[] authenticatorData, byte[] signature) {
    return key.verifyDer(RegistrationCeremony.signed(authenticatorData, client.hash()), signature);
  }
}
