package org.tallystick.bench.stage.server;

import jakarta.annotation.Resource;
import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;

/** Starts the threads a form needs, and waits for them to end before the application goes. */
@WebListener
@DataSourceDefinition(
    name = StageSettings.DATA_SOURCE,
    className = "org.postgresql.ds.PGSimpleDataSource",
    url = "${ENV=STAGE_DB_URL}",
    user = "postgres",
    password = "postgres",
    initialPoolSize = 2,
    minPoolSize = 2,
    maxPoolSize = 40,
    transactional = false)
public class StageLifecycle implements ServletContextListener {
  private static final Logger LOG = System.getLogger(StageLifecycle.class.getName());
  private static final long STOP_SECONDS = 10;

  @Resource private ManagedExecutorService executor;

  @Resource(lookup = StageSettings.DATA_SOURCE)
  private DataSource dataSource;

  @Resource(lookup = StageSettings.CONNECTION_FACTORY)
  private ConnectionFactory connectionFactory;

  private final CountDownLatch stopped = new CountDownLatch(1);
  private final List<Future<?>> threads = new ArrayList<>();

  /** For the server. */
  public StageLifecycle() {}

  @Override
  public void contextInitialized(ServletContextEvent event) {
    try {
      event
          .getServletContext()
          .setAttribute(SenderPool.ATTRIBUTE, new SenderPool(connectionFactory));
    } catch (JMSException e) {
      throw new IllegalStateException("the ingress has no senders", e);
    }
    StageSettings settings = StageSettings.fromSystem();
    BatchWriter writer = new BatchWriter(dataSource);
    boolean ackFirst = settings.plant() == StageSettings.Plant.ACK_FIRST;
    for (int i = 0; i < StageSettings.WRITERS; i++) {
      switch (settings.form()) {
        case THREAD ->
            threads.add(
                executor.submit(new ThreadStage(connectionFactory, writer, ackFirst, stopped)));
        case INBOX ->
            threads.add(executor.submit(new InboxDrain(connectionFactory, writer, stopped)));
        case MDB -> LOG.log(Level.DEBUG, "the bean needs no thread of its own");
      }
    }
  }

  @Override
  public void contextDestroyed(ServletContextEvent event) {
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
