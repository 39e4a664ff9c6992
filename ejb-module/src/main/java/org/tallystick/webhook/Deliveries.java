package org.tallystick.webhook;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.tallystick.page.Cursors;
import org.tallystick.page.Page;
import org.tallystick.staff.Actor;
import org.tallystick.stage.StageFaultException;
import org.tallystick.webhook.WebhookOutcome.Due;
import org.tallystick.webhook.WebhookOutcome.Paused;
import org.tallystick.webhook.WebhookOutcome.Unknown;

/** What was sent to a webhook and what is to be; and sending it again. */
@Stateless
public class Deliveries {
  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  @Inject Cursors cursors;
  @Inject Clock clock;

  /**
   * Those of a webhook, newest first; empty where there is no such webhook.
   *
   * @param after the cursor of the page before
   */
  public Optional<Page<Delivery>> page(
      Actor actor, UUID webhook, Optional<String> after, int limit) {
    long institution = WebhookRights.institution(actor);
    try {
      Optional<Webhook> found = webhooks().find(webhook, institution);
      return found.isEmpty() ? Optional.empty() : Optional.of(page(found.get(), after, limit));
    } catch (SQLException e) {
      throw new StageFaultException(e);
    }
  }

  private Page<Delivery> page(Webhook webhook, Optional<String> after, int limit)
      throws SQLException {
    String list = "webhook-deliveries/" + webhook.publicId();
    Optional<String> position = cursors.position(list, after);
    long before = Long.MAX_VALUE;
    if (position.isPresent()) {
      before =
          deliveries()
              .find(UUID.fromString(position.get()), webhook.id())
              .map(Delivery::id)
              .orElse(0L);
    }
    List<Delivery> found = deliveries().page(webhook.id(), before, limit + 1);
    return cursors.page(list, found, limit, delivery -> delivery.publicId().toString());
  }

  /** Sends a test event, as any other is sent. */
  public WebhookOutcome test(Actor actor, UUID webhook) {
    long institution = WebhookRights.institution(actor);
    try {
      Optional<Webhook> found = webhooks().lock(webhook, institution);
      if (found.isEmpty() || found.get().state() == WebhookState.PAUSED) {
        return found.isEmpty() ? new Unknown() : new Paused();
      }
      UUID id = UUID.randomUUID();
      Event event =
          new Event(
              EventType.TEST,
              OffsetDateTime.now(clock),
              Map.of("webhook", found.get().publicId().toString()));
      deliveries().tellOne(found.get().id(), id, event);
      return due(id, found.get());
    } catch (SQLException e) {
      throw new StageFaultException(e);
    }
  }

  /** Sends one again at once, whatever became of it: the same body under the same webhook-id. */
  public WebhookOutcome again(Actor actor, UUID webhook, UUID delivery) {
    long institution = WebhookRights.institution(actor);
    try {
      Optional<Webhook> found = webhooks().lock(webhook, institution);
      if (found.isEmpty() || deliveries().find(delivery, found.get().id()).isEmpty()) {
        return new Unknown();
      }
      if (found.get().state() == WebhookState.PAUSED) {
        return new Paused();
      }
      return deliveries().again(delivery, found.get().id(), OffsetDateTime.now(clock))
          ? due(delivery, found.get())
          : new Unknown();
    } catch (SQLException e) {
      throw new StageFaultException(e);
    }
  }

  private WebhookOutcome due(UUID delivery, Webhook webhook) throws SQLException {
    return new Due(deliveries().find(delivery, webhook.id()).orElseThrow());
  }

  private WebhookRows webhooks() {
    return new WebhookRows(entities.unwrap(Connection.class));
  }

  private DeliveryRows deliveries() {
    return new DeliveryRows(entities.unwrap(Connection.class));
  }
}
