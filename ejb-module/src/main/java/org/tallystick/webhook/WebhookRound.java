package org.tallystick.webhook;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.EJB;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.tallystick.schedule.TimerRound;

/**
 * Sends what is due, each second and whenever a delivery has ended. Every node does: what one takes
 * the others pass over, so together they send more and no period has to be given to one of them.
 */
@Singleton
@Startup
@DependsOn("SchemaAtStart")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class WebhookRound {
  private static final Logger LOG = System.getLogger(WebhookRound.class.getName());
  private static final long IDLE_SECONDS = 30;
  private static final long STOP_SECONDS = 12;

  @Resource ManagedThreadFactory threads;
  @EJB WebhookStage stage;
  @Inject WebhookSender sender;

  private final WebhookLanes lanes = new WebhookLanes();
  private final TimerRound rounds = new TimerRound(WebhookRound.class, "webhooks are not sent");
  private @Nullable ThreadPoolExecutor workers;
  private @Nullable ScheduledThreadPoolExecutor watchdog;
  private @Nullable ThreadPoolExecutor lookups;
  private @Nullable Exchange exchange;

  @PostConstruct
  void start() {
    ScheduledThreadPoolExecutor guard = new ScheduledThreadPoolExecutor(1, threads);
    guard.setRemoveOnCancelPolicy(true);
    watchdog = guard;
    ThreadPoolExecutor names =
        new ThreadPoolExecutor(
            0,
            BoundedResolver.MOST,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(), // whoever finds none free does not wait
            threads);
    lookups = names;
    exchange = sender.exchange(guard, names);
    workers =
        new ThreadPoolExecutor(
            WebhookLanes.MOST,
            WebhookLanes.MOST,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(), // never longer than there are lanes
            threads);
    workers.allowCoreThreadTimeOut(true);
  }

  /** One round. */
  @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
  public void round() {
    rounds.run(() -> lanes.free() > 0, this::take);
  }

  private void take() {
    for (ClaimedDelivery claimed : stage.claim(lanes.free(), WebhookLanes.EACH, lanes.busy())) {
      lanes.enter(claimed.webhook());
      if (workers != null) {
        workers.execute(() -> deliver(claimed));
      }
    }
  }

  private void deliver(ClaimedDelivery claimed) {
    try {
      if (exchange != null) {
        ExchangeResult result = sender.send(claimed, exchange);
        stage.settle(claimed, result.status(), result.word());
      }
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "a delivery is not settled; it will be sent again", e);
    } finally {
      lanes.leave(claimed.webhook());
    }
    round();
  }

  @PreDestroy
  void stop() {
    if (workers == null || watchdog == null || lookups == null) {
      return;
    }
    workers.shutdown();
    try {
      if (!workers.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        LOG.log(Level.WARNING, "deliveries under way did not end; they will be sent again");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    watchdog.shutdownNow();
    lookups.shutdownNow();
  }
}
