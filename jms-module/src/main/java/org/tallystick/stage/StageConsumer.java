package org.tallystick.stage;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.inject.Inject;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.Queue;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.tallystick.code.CodeIntake;
import org.tallystick.decision.DecisionIntake;
import org.tallystick.node.Environment;

/**
 * Starts the threads that feed both stages, {@code TALLYSTICK_STAGE_THREADS} for each, and waits
 * for them to end before the application goes.
 */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class StageConsumer {
  private static final Logger LOG = System.getLogger(StageConsumer.class.getName());
  private static final int THREADS = 4;
  private static final int MAX_THREADS = 32;
  private static final long STOP_SECONDS = 10;

  @Resource ManagedExecutorService executor;

  @Resource(lookup = "jms/tallystick/factory")
  ConnectionFactory factory;

  @Resource(lookup = "jms/tallystick/halves")
  Queue halves;

  @Resource(lookup = "jms/tallystick/paired")
  Queue paired;

  @Inject CodeIntake codes;
  @Inject DecisionIntake decisions;
  @Inject Environment environment;

  private final CountDownLatch stopped = new CountDownLatch(1);
  private final List<Future<?>> threads = new ArrayList<>();

  @PostConstruct
  void start() {
    int count = environment.number("TALLYSTICK_STAGE_THREADS", THREADS, 1, MAX_THREADS);
    for (int i = 0; i < count; i++) {
      threads.add(executor.submit(new StageLoop(factory, halves, codes, stopped)));
      threads.add(executor.submit(new StageLoop(factory, paired, decisions, stopped)));
    }
  }

  @PreDestroy
  void stop() {
    stopped.countDown();
    for (Future<?> thread : threads) {
      try {
        thread.get(STOP_SECONDS, TimeUnit.SECONDS);
      } catch (ExecutionException | TimeoutException e) {
        LOG.log(Level.WARNING, "a stage thread did not end", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
