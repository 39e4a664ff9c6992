package org.tallystick.device;

import java.time.Duration;
import org.tallystick.bill.ProviderCertificate;
import org.tallystick.crypto.VerificationKey;
import org.tallystick.keys.KeyUse;
import org.tallystick.keys.KeyVault;
import org.tallystick.party.Party;

/**
 * Writes provider certificates: good for 23 hours, and from ten minutes before, because clocks
 * differ.
 *
 * <p>Source: docs/PROTOCOL.md section 6.
 */
public final class ProviderCertificates {
  private static final long EARLIER = Duration.ofMinutes(10).toMillis();
  private static final long VALIDITY = Duration.ofHours(23).toMillis();

  private final String consortium;
  private final KeyVault vault;

  /** Certificates of a consortium, signed by the vault's certificate key. */
  public ProviderCertificates(String consortium, KeyVault vault) {
    this.consortium = consortium;
    this.vault = vault;
  }

  /**
   * A certificate for a provider's device, COSE_Sign1.
   *
   * @throws IllegalArgumentException if the party is not a provider
   */
  public byte[] certify(Party party, byte[] deviceId, VerificationKey deviceKey, long nowMillis) {
    String displayName =
        party
            .identity()
            .displayName()
            .orElseThrow(() -> new IllegalArgumentException("only providers are certified"));
    return new ProviderCertificate(
            consortium,
            party.accountIdentifier(),
            deviceId,
            deviceKey,
            displayName,
            party.identity().place().orElse(""),
            nowMillis - EARLIER,
            nowMillis + VALIDITY)
        .sign(vault.signer(KeyUse.CERTIFICATE));
  }
}
