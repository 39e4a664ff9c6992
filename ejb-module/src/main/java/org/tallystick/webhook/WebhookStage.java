package org.tallystick.webhook;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tallystick.stage.StageFaultException;

/**
 * The short transactions around a delivery: one takes it, one settles it, and what is between them
 * is in neither. A node that dies in between leaves it to whoever asks after {@link #LEASE}; so it
 * may arrive twice, with the same webhook-id.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class WebhookStage {
  /** How long a delivery is the node's that took it. */
  static final Duration LEASE = Duration.ofSeconds(60);

  /** How long a webhook may fail without a break. */
  static final Duration FAILING = Duration.ofDays(5);

  /** How long deliveries can be looked at and asked for again. */
  static final Duration KEPT = Duration.ofDays(30);

  private static final Logger LOG = System.getLogger(WebhookStage.class.getName());

  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  @Inject SecureRandom random;
  @Inject Clock clock;

  /**
   * Takes deliveries that are due.
   *
   * @param most how many in all
   * @param each how many of one webhook may be under way at this node
   * @param busy how many are
   */
  public List<ClaimedDelivery> claim(int most, int each, Map<Long, Integer> busy) {
    try {
      return deliveries().claim(most, each, busy, now(), now().plus(LEASE));
    } catch (SQLException e) {
      throw new StageFaultException(e);
    }
  }

  /** Notes what came of an attempt, for the delivery and for where it went. */
  public void settle(ClaimedDelivery claimed, int status, String word) {
    ExchangeResult result = new ExchangeResult(status, word);
    try {
      // the webhook first, as who deletes it does
      if (result.good()) {
        webhooks().arrived(claimed.webhook());
        settle(claimed, DeliveryState.DELIVERED, result, Optional.empty());
      } else if (result.gone()) {
        warn(claimed, webhooks().gone(claimed.webhook(), now()));
        settle(claimed, DeliveryState.FAILED, result, Optional.empty());
      } else {
        warn(claimed, webhooks().failed(claimed.webhook(), now(), now().minus(FAILING)));
        Optional<Duration> pause = BackOff.after(claimed.attempts(), random);
        settle(
            claimed,
            pause.isPresent() ? DeliveryState.PENDING : DeliveryState.FAILED,
            result,
            pause);
      }
    } catch (SQLException e) {
      throw new StageFaultException(e);
    }
  }

  private void settle(
      ClaimedDelivery claimed, DeliveryState state, ExchangeResult result, Optional<Duration> pause)
      throws SQLException {
    OffsetDateTime now = now();
    boolean ours =
        deliveries().settle(claimed, state, result.word(), now, pause.map(now::plus).orElse(null));
    if (!ours) {
      LOG.log(Level.DEBUG, "a delivery was taken or asked for again before it was settled");
    }
  }

  private static void warn(ClaimedDelivery claimed, boolean paused) {
    if (paused) {
      LOG.log(
          Level.WARNING, "webhook {0} is paused: nothing arrives there", claimed.webhookPublicId());
    }
  }

  /** Forgets what is too old; returns how many deliveries, at most as many as the limit. */
  public int expire(int limit) {
    try {
      webhooks().forgetFormer(now());
      return deliveries().expire(now().minus(KEPT), limit);
    } catch (SQLException e) {
      throw new StageFaultException(e);
    }
  }

  private WebhookRows webhooks() {
    return new WebhookRows(entities.unwrap(Connection.class));
  }

  private DeliveryRows deliveries() {
    return new DeliveryRows(entities.unwrap(Connection.class));
  }

  private OffsetDateTime now() {
    return OffsetDateTime.now(clock);
  }
}
