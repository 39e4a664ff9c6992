package org.tallystick.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.node.Server;
import org.tallystick.schema.Migration;

/** Nodes that are killed while they send: the event comes again, as it was, until it is settled. */
class WebhookKillTest {
  private static final long PATIENCE_SECONDS = 30;
  private static final String STATE =
      "select state || ', ' || attempts || ' attempts, ' || coalesce(last_result, 'none')"
          + " from webhook_delivery";

  @TempDir Path folder;

  private final BlockingQueue<OutputStream> asked = new LinkedBlockingQueue<>();
  private final BlockingQueue<Boolean> done = new LinkedBlockingQueue<>();

  @Test
  void node_killedBeforeTheAnswer_orBetweenAnswerAndCommit_leavesTheEventToTheNext()
      throws Exception {
    DataSource database = Server.emptyDatabase();
    Migration.run(database);
    try (Receiver receiver = Receiver.plain(this::hold)) {
      String url = "http://127.0.0.1:" + receiver.port() + "/in";
      try (WebhookNode first = WebhookNode.started(database, folder, Duration.ZERO, url)) {
        nextRequest(first);
        first.kill();
        end();
      }
      assertThat(asked(database, STATE)).isEqualTo("PENDING, 1 attempts, none");

      try (WebhookNode second = WebhookNode.started(database, folder, WebhookStage.LEASE, "");
          Connection lock = database.getConnection()) {
        OutputStream answer = nextRequest(second);
        lock.setAutoCommit(false);
        try (Statement statement = lock.createStatement()) {
          statement.execute("select id from webhook_delivery for update");
        }
        good(answer);
        end();
        awaitOneThatWaits(database);
        second.kill();
        lock.rollback();
      }
      assertThat(asked(database, STATE)).isEqualTo("PENDING, 2 attempts, none");

      Duration twice = WebhookStage.LEASE.multipliedBy(2);
      try (WebhookNode third = WebhookNode.started(database, folder, twice, "")) {
        good(nextRequest(third));
        end();
        await(database, STATE, "DELIVERED, 3 attempts, HTTP_200");
        assertThat(asked.poll(1, TimeUnit.SECONDS)).as("once it is settled").isNull();
      }
      assertThat(receiver.requests()).hasSize(3);
      assertSameAndSigned(receiver.requests());
    }
  }

  private void assertSameAndSigned(List<String> requests) throws Exception {
    Map<String, String> first = parts(requests.get(0));
    assertThat(first.get("body")).contains("webhook.test");
    for (String request : requests) {
      Map<String, String> parts = parts(request);
      assertThat(parts.get("body")).isEqualTo(first.get("body"));
      assertThat(parts.get("webhook-id")).isNotEmpty().isEqualTo(first.get("webhook-id"));
      assertThat(parts.get("webhook-signature")).isEqualTo("v1," + signature(parts));
    }
  }

  /** Standard Webhooks, "Signature scheme", with nothing of the bank's. */
  private String signature(Map<String, String> parts) throws Exception {
    byte[] secret =
        Base64.getDecoder().decode(WebhookNode.secret(folder).substring("whsec_".length()));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret, "HmacSHA256"));
    String signed =
        parts.get("webhook-id") + "." + parts.get("webhook-timestamp") + "." + parts.get("body");
    return Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
  }

  private static Map<String, String> parts(String request) {
    int end = request.indexOf("\r\n\r\n");
    Map<String, String> parts = new TreeMap<>();
    request
        .substring(0, end)
        .lines()
        .skip(1)
        .map(line -> line.split(": ", 2))
        .forEach(line -> parts.put(line[0], line[1]));
    parts.put("body", request.substring(end + 4));
    return parts;
  }

  private void hold(OutputStream out) throws InterruptedException {
    asked.add(out);
    done.take();
  }

  private OutputStream nextRequest(WebhookNode node) throws Exception {
    OutputStream out = asked.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(out).as("a request of who said: %s", node.said()).isNotNull();
    return out;
  }

  private void end() {
    done.add(true);
  }

  private static void good(OutputStream out) throws IOException {
    out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  /** Until a statement of the node is held up by the lock: it has read the answer. */
  private static void awaitOneThatWaits(DataSource database) throws InterruptedException {
    await(
        database,
        "select count(*)::text from pg_stat_activity"
            + " where datname = current_database() and wait_event_type = 'Lock'",
        "1");
  }

  private static void await(DataSource database, String query, String expected)
      throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!asked(database, query).equals(expected) && System.nanoTime() < end) {
      Thread.sleep(20);
    }
    assertThat(asked(database, query)).isEqualTo(expected);
  }

  private static String asked(DataSource database, String query) {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      result.next();
      return result.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
