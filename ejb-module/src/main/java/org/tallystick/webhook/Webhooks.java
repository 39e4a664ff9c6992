package org.tallystick.webhook;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import org.tallystick.staff.Actor;
import org.tallystick.stage.StageFaultException;
import org.tallystick.webhook.Webhook.Target;
import org.tallystick.webhook.WebhookOutcome.AddressNotValid;
import org.tallystick.webhook.WebhookOutcome.OtherVersion;
import org.tallystick.webhook.WebhookOutcome.Stands;
import org.tallystick.webhook.WebhookOutcome.TooMany;
import org.tallystick.webhook.WebhookOutcome.Unknown;
import org.tallystick.webhook.WebhookOutcome.WithSecret;

/**
 * Where an institution's programs want to be told of what. Webhooks are the institution's: each of
 * its programs that may have webhooks sees and changes all of them. Who set one up last answers for
 * it: it hears of nothing that this program may not see, and of nothing once that one is revoked.
 */
@Stateless
public class Webhooks {
  /** Of an institution. */
  public static final int MOST = 8;

  /** How long the secret before a new one signs too. */
  static final Duration OVERLAP = Duration.ofHours(24);

  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  @Inject SecretVault vault;
  @Inject WebhookSender sender;
  @Inject SecureRandom random;
  @Inject Clock clock;

  /** Sets one up. */
  public WebhookOutcome create(Actor actor, Target target) {
    long institution = permitted(actor, target);
    if (!isGood(target)) {
      return new AddressNotValid();
    }
    UUID id = UUID.randomUUID();
    try (WebhookSecret secret = WebhookSecret.draw(random)) {
      WebhookRows rows = rows();
      rows.lockInstitution(institution);
      if (rows.ofInstitution(institution).size() >= MOST) {
        return new TooMany();
      }
      rows.insert(id, institution, actor.client(), target, vault.seal(secret, id), now());
      return new WithSecret(rows.find(id, institution).orElseThrow(), secret.shown());
    } catch (SQLException e) {
      throw new StageFaultException(e);
    }
  }

  /** All of the institution's, oldest first; at most eight. */
  public List<Webhook> all(Actor actor) {
    long institution = WebhookRights.institution(actor);
    try {
      return rows().ofInstitution(institution);
    } catch (SQLException e) {
      throw new StageFaultException(e);
    }
  }

  /** One. */
  public Optional<Webhook> find(Actor actor, UUID id) {
    long institution = WebhookRights.institution(actor);
    try {
      return rows().find(id, institution);
    } catch (SQLException e) {
      throw new StageFaultException(e);
    }
  }

  /**
   * Changes where what is sent, and whether. Who makes a paused one active begins anew: the days of
   * failure are counted from then on, and what was still to be sent is sent.
   *
   * @param versions which of them the caller has seen
   */
  public WebhookOutcome change(
      Actor actor, UUID id, LongPredicate versions, Target target, WebhookState state) {
    long institution = permitted(actor, target);
    if (!isGood(target)) {
      return new AddressNotValid();
    }
    try {
      WebhookRows rows = rows();
      Optional<Webhook> found = rows.lock(id, institution);
      if (found.isEmpty()) {
        return new Unknown();
      }
      Webhook webhook = found.get();
      if (!versions.test(webhook.version())) {
        return new OtherVersion();
      }
      rows.update(webhook.id(), actor.client(), target, pause(webhook, state));
      return new Stands(rows.find(id, institution).orElseThrow());
    } catch (SQLException e) {
      throw new StageFaultException(e);
    }
  }

  /** Gives it another secret; the present one signs beside it for a day, the one before no more. */
  public WebhookOutcome rotate(Actor actor, UUID id) {
    long institution = WebhookRights.institution(actor);
    try (WebhookSecret secret = WebhookSecret.draw(random)) {
      WebhookRows rows = rows();
      Optional<Webhook> found = rows.lock(id, institution);
      if (found.isEmpty()) {
        return new Unknown();
      }
      rows.rotate(found.get().id(), vault.seal(secret, id), now().plus(OVERLAP));
      return new WithSecret(rows.find(id, institution).orElseThrow(), secret.shown());
    } catch (SQLException e) {
      throw new StageFaultException(e);
    }
  }

  /** Deletes it, and with it what was still to be sent; false where there is none. */
  public boolean delete(Actor actor, UUID id) {
    long institution = WebhookRights.institution(actor);
    try {
      return rows().delete(id, institution);
    } catch (SQLException e) {
      throw new StageFaultException(e);
    }
  }

  private Webhook.@Nullable Pause pause(Webhook webhook, WebhookState state) {
    if (state == WebhookState.ACTIVE) {
      return null;
    }
    Webhook.@Nullable Pause present = webhook.pause();
    return present == null ? new Webhook.Pause(PauseReason.OWNER, now()) : present;
  }

  private boolean isGood(Target target) {
    return WebhookAddress.of(target.url(), sender.loopback()).isPresent();
  }

  private static long permitted(Actor actor, Target target) {
    long institution = WebhookRights.institution(actor);
    target.events().forEach(event -> event.scope().ifPresent(actor::requireScope));
    return institution;
  }

  private WebhookRows rows() {
    return new WebhookRows(entities.unwrap(Connection.class));
  }

  private OffsetDateTime now() {
    return OffsetDateTime.now(clock);
  }
}
