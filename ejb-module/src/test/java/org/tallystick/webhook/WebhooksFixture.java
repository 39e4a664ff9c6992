package org.tallystick.webhook;

import java.util.Map;
import org.tallystick.node.Environment;
import org.tallystick.page.CursorsFixture;
import org.tallystick.party.BackOffice;
import org.tallystick.party.RegistrationEvents;

/** What is done with webhooks, wired by hand. */
@SuppressWarnings("UnnecessaryAssignment") // the test stands in for the container
public final class WebhooksFixture {
  private WebhooksFixture() {}

  public static EventOutbox outbox(BackOffice office) {
    EventOutbox outbox = new EventOutbox();
    outbox.entities = office.entities;
    return outbox;
  }

  public static RegistrationEvents registrations(BackOffice office) {
    RegistrationWebhooks registrations = new RegistrationWebhooks();
    registrations.outbox = outbox(office);
    return registrations;
  }

  static SecretVault vault(BackOffice office) {
    SecretVault vault = new SecretVault();
    vault.vault = office.vault;
    return vault;
  }

  /** May reach this machine. */
  static WebhookSender sender(BackOffice office) {
    WebhookSender sender = new WebhookSender();
    sender.environment = new Environment(Map.of("TALLYSTICK_WEBHOOK_LOOPBACK", "true"));
    sender.vault = vault(office);
    sender.clock = office.clock;
    return sender;
  }

  static Webhooks webhooks(BackOffice office) {
    Webhooks webhooks = new Webhooks();
    webhooks.entities = office.entities;
    webhooks.vault = vault(office);
    webhooks.sender = sender(office);
    webhooks.random = office.random;
    webhooks.clock = office.clock;
    return webhooks;
  }

  static Deliveries deliveries(BackOffice office) {
    Deliveries deliveries = new Deliveries();
    deliveries.entities = office.entities;
    deliveries.cursors = CursorsFixture.cursors(office.vault);
    deliveries.clock = office.clock;
    return deliveries;
  }

  static WebhookStage stage(BackOffice office) {
    WebhookStage stage = new WebhookStage();
    stage.entities = office.entities;
    stage.random = office.random;
    stage.clock = office.clock;
    return stage;
  }
}
