package org.tallystick.webhook;

import jakarta.enterprise.concurrent.ManagedThreadFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.postgresql.ds.common.BaseDataSource;
import org.tallystick.node.Server;
import org.tallystick.party.BackOffice;
import org.tallystick.staff.Actor;
import org.tallystick.webhook.Webhook.Target;
import org.tallystick.webhook.WebhookOutcome.WithSecret;

/** A node that sends webhooks, in a process of its own so that it can be killed. */
@SuppressWarnings("UnnecessaryAssignment") // stands in for the container
final class WebhookNode implements AutoCloseable {
  private static final String SECRET = "secret";
  private static final long PAUSE_MILLIS = 100;

  private final Process process;
  private final Path said;

  private WebhookNode(Process process, Path said) {
    this.process = process;
    this.said = said;
  }

  /**
   * Starts one.
   *
   * @param folder keys, and what it says
   * @param later how far its clock is ahead of {@link org.tallystick.node.MovableClock}'s start
   * @param url where it sets up a webhook first, and has one event for it; or empty
   */
  static WebhookNode started(DataSource database, Path folder, Duration later, String url)
      throws IOException {
    Path said = folder.resolve("node-" + later.toSeconds() + ".txt");
    return new WebhookNode(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "-D" + Server.GIVEN + "=" + url((BaseDataSource) database),
                WebhookNode.class.getName(),
                folder.toString(),
                Long.toString(later.toSeconds()),
                url)
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start(),
        said);
  }

  private static String url(BaseDataSource database) {
    return "jdbc:postgresql://%s:%d/%s?user=%s"
        .formatted(
            database.getServerNames()[0],
            database.getPortNumbers()[0],
            database.getDatabaseName(),
            database.getUser());
  }

  /** What the first node was given to check signatures by. */
  static String secret(Path folder) throws IOException {
    return Files.readString(folder.resolve(SECRET));
  }

  /** All that it has written. */
  String said() throws IOException {
    return Files.readString(said);
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      throw new IllegalStateException("a killed process lives");
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    BackOffice office = new BackOffice(folder);
    office.clock.advance(Duration.ofSeconds(Long.parseLong(arguments[1])));
    if (!arguments[2].isEmpty()) {
      Files.writeString(folder.resolve(SECRET), set(new WebhookOffice(office), arguments[2]));
    }
    WebhookRound round = new WebhookRound();
    round.threads = new Threads();
    round.stage = new Transacted(office);
    round.sender = WebhooksFixture.sender(office);
    round.start();
    while (true) {
      round.round();
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  private static String set(WebhookOffice office, String url) {
    Actor program = office.program(office.institution());
    Target target = new Target(url, Set.of(EventType.REGISTRATION_MOVED));
    WithSecret created = (WithSecret) office.in(() -> office.webhooks.create(program, target));
    office.tested(program, created.webhook());
    return created.secret();
  }

  /** Gives each call the transaction that the container would, one at a time. */
  private static final class Transacted extends WebhookStage {
    Transacted(BackOffice office) {
      entities = office.entities;
      random = office.random;
      clock = office.clock;
    }

    @Override
    public synchronized List<ClaimedDelivery> claim(int most, int each, Map<Long, Integer> busy) {
      return Server.inTransaction(entities, () -> super.claim(most, each, busy));
    }

    @Override
    public synchronized void settle(ClaimedDelivery claimed, int status, String word) {
      Server.inTransaction(
          entities,
          () -> {
            super.settle(claimed, status, word);
            return true;
          });
    }
  }

  private static final class Threads implements ManagedThreadFactory {
    @Override
    public Thread newThread(Runnable work) {
      return new Thread(work);
    }

    @Override
    public ForkJoinWorkerThread newThread(ForkJoinPool pool) {
      throw new UnsupportedOperationException("nothing here forks");
    }
  }
}
