package org.tallystick.webhook;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.tallystick.keys.KeyVault;

/** Seals webhooks' secrets, each for its webhook alone. */
@ApplicationScoped
public class SecretVault {
  @Inject KeyVault vault;

  /** Seals. */
  public byte[] seal(WebhookSecret secret, UUID webhook) {
    return vault.personalKey().seal(secret.reveal(), context(webhook));
  }

  /** Opens what signs now: the present one, and the one before while its time lasts. */
  public List<WebhookSecret> open(SealedSecrets sealed, UUID webhook) {
    List<WebhookSecret> secrets = new ArrayList<>();
    secrets.add(open(sealed.present(), webhook));
    byte[] former = sealed.former();
    if (former != null) {
      secrets.add(open(former, webhook));
    }
    return secrets;
  }

  private WebhookSecret open(byte[] sealed, UUID webhook) {
    return WebhookSecret.adopt(vault.personalKey().open(sealed, context(webhook)));
  }

  private static String context(UUID webhook) {
    return "webhook/" + webhook + "/secret";
  }
}
