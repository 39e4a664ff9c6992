package org.tallystick.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.idempotency.KeyOutcome.Again;
import org.tallystick.idempotency.KeyOutcome.Go;
import org.tallystick.idempotency.KeyOutcome.OtherPayload;
import org.tallystick.idempotency.KeyOutcome.UnderWay;
import org.tallystick.keys.KeyVault;
import org.tallystick.keys.Pkcs12KeyVault;
import org.tallystick.node.MovableClock;
import org.tallystick.node.Server;

/** Requests under a key, over a real database. */
@SuppressWarnings("UnnecessaryAssignment") // the test stands in for the container
class KeyedRequestsTest {
  private static final KeyedAnswer ANSWER =
      new KeyedAnswer(
          201,
          "{\"token\":\"s3cret\"}".getBytes(UTF_8),
          Map.of("Content-Type", "application/json"));

  @TempDir Path keys;
  private final MovableClock clock = new MovableClock();
  private KeyVault vault;
  private KeyedRequests requests;
  private final String key = UUID.randomUUID().toString();

  @BeforeEach
  void open() {
    vault = Pkcs12KeyVault.open(keys, "a password".toCharArray(), clock, new SecureRandom());
    requests = bean();
  }

  private KeyedRequests bean() {
    KeyedRequests bean = new KeyedRequests();
    bean.entities = Server.entityManager();
    bean.vault = vault;
    bean.clock = clock;
    return bean;
  }

  private KeyedRequest request(String body) {
    return new KeyedRequest("party/7", "POST", "wallet/accounts", key, "", body.getBytes(UTF_8));
  }

  private <T> T in(KeyedRequests bean, Supplier<T> work) {
    return Server.inTransaction(bean.entities, work);
  }

  private KeyOutcome doOnce(KeyedRequest request) {
    return in(
        requests,
        () -> {
          KeyOutcome outcome = requests.begin(request);
          if (outcome instanceof Go) {
            requests.keep(request, ANSWER);
          }
          return outcome;
        });
  }

  @Test
  void sameRequestAgain_getsTheStoredAnswer() {
    assertThat(doOnce(request("a"))).isEqualTo(new Go());
    assertThat(doOnce(request("a")))
        .isInstanceOfSatisfying(
            Again.class,
            again -> assertThat(again.answer()).usingRecursiveComparison().isEqualTo(ANSWER));
  }

  @Test
  void otherPayload_underTheSameKey_isRefused() {
    doOnce(request("a"));
    assertThat(doOnce(request("b"))).isEqualTo(new OtherPayload());
    KeyedRequest query =
        new KeyedRequest("party/7", "POST", "wallet/accounts", key, "x=1", "a".getBytes(UTF_8));
    assertThat(doOnce(query)).isEqualTo(new OtherPayload());
  }

  @Test
  void sameKey_ofAnotherCallerMethodOrPath_isAnotherKey() {
    byte[] body = "a".getBytes(UTF_8);
    doOnce(request("a"));
    for (KeyedRequest other :
        List.of(
            new KeyedRequest("party/8", "POST", "wallet/accounts", key, "", body),
            new KeyedRequest("staff/7", "POST", "wallet/accounts", key, "", body),
            new KeyedRequest("party/7", "PUT", "wallet/accounts", key, "", body),
            new KeyedRequest("party/7", "POST", "wallet/cards", key, "", body),
            new KeyedRequest("party/7", "POST", "wallet/accounts", key + "x", "", body))) {
      assertThat(doOnce(other)).as("%s", other).isEqualTo(new Go());
    }
  }

  @Test
  void requestThatIsUnderWay_isNotDoneBesideItself_andIsFreeAfterARollback() {
    KeyedRequests other = bean();
    requests.entities.getTransaction().begin();
    assertThat(requests.begin(request("a"))).isEqualTo(new Go());
    assertThat(in(other, () -> other.begin(request("a")))).isEqualTo(new UnderWay());
    requests.keep(request("a"), ANSWER);
    // as when the node dies: the database takes effect and answer back together
    requests.entities.getTransaction().rollback();
    assertThat(in(other, () -> other.begin(request("a")))).isEqualTo(new Go());
  }

  @Test
  void answer_isForgottenAfterADay() {
    doOnce(request("a"));
    clock.advance(KeyedRequests.LIFE.minusSeconds(1));
    assertThat(doOnce(request("b"))).isEqualTo(new OtherPayload());
    clock.advance(Duration.ofSeconds(2));
    assertThat(doOnce(request("b"))).isEqualTo(new Go());
    clock.advance(KeyedRequests.LIFE.plusSeconds(1));
    assertThat(in(requests, () -> requests.expire(100_000))).isPositive();
  }

  @Test
  void database_holdsNothingOfRequestOrAnswerInClear() throws Exception {
    doOnce(request("guess me"));
    try (Connection connection = Server.connection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select r::text from idempotent_answer r")) {
      StringBuilder all = new StringBuilder();
      while (rows.next()) {
        all.append(rows.getString(1));
      }
      for (String clear : List.of("s3cret", "guess me", key, "wallet", "party/7")) {
        String hex = HexFormat.of().formatHex(clear.getBytes(UTF_8));
        assertThat(all.toString()).doesNotContain(hex).doesNotContain(clear);
      }
    }
  }

  @Test
  void sameRequest_byManyAtOnce_isDoneOnce() throws Exception {
    int callers = 8;
    int rounds = 25;
    ExecutorService threads = Executors.newFixedThreadPool(callers);
    try {
      for (int round = 0; round < rounds; round++) {
        KeyedRequest request =
            new KeyedRequest("party/7", "POST", "race", key + round, "", new byte[] {1});
        CyclicBarrier start = new CyclicBarrier(callers);
        List<Future<KeyOutcome>> outcomes = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
          outcomes.add(threads.submit(() -> raced(request, start)));
        }
        int done = 0;
        Set<Class<?>> others = new HashSet<>();
        for (Future<KeyOutcome> outcome : outcomes) {
          if (outcome.get() instanceof Go) {
            done++;
          } else {
            others.add(outcome.get().getClass());
          }
        }
        assertThat(done).isOne();
        assertThat(others).isSubsetOf(Again.class, UnderWay.class);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private KeyOutcome raced(KeyedRequest request, CyclicBarrier start) throws Exception {
    KeyedRequests bean = bean();
    start.await();
    try {
      return in(
          bean,
          () -> {
            KeyOutcome outcome = bean.begin(request);
            if (outcome instanceof Go) {
              bean.keep(request, ANSWER);
            }
            return outcome;
          });
    } finally {
      bean.entities.close();
    }
  }
}
