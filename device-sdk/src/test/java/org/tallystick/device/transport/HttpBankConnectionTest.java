package org.tallystick.device.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tallystick.bill.Bill;
import org.tallystick.device.DeviceEvents;
import org.tallystick.device.TallystickDevice;
import org.tallystick.device.fixture.Bench;
import org.tallystick.device.fixture.FakeBankServer;
import org.tallystick.device.result.BankProblem;
import org.tallystick.device.result.Result;
import org.tallystick.device.state.Ending;
import org.tallystick.device.state.FileSteps;
import org.tallystick.device.state.OutboxEntry;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HttpBankConnectionTest {
  private static final Duration LONG = Duration.ofSeconds(15);

  @TempDir Path folder;
  private Bench bench;
  private FakeBankServer server;
  private final List<Long> pauses = new ArrayList<>();
  private final List<TallystickDevice> devices = new ArrayList<>();

  @BeforeEach
  void server() throws IOException {
    bench = new Bench(folder);
    server = new FakeBankServer(bench.bank);
  }

  @AfterEach
  void close() throws IOException {
    devices.forEach(TallystickDevice::close);
    bench.close();
    server.close();
  }

  private HttpBankConnection connection() {
    return new HttpBankConnection(
        server.url(), new Backoff(4, 100, 400, new Random(1), pauses::add));
  }

  private TallystickDevice device(String name, String role) {
    TallystickDevice device =
        TallystickDevice.open(
            bench.settings(name, FileSteps.REAL), connection(), DeviceEvents.NONE);
    devices.add(device);
    device
        .enrol(
            bench.bank.activate(role, name),
            Bench.PIN.toCharArray(),
            Bench.FOOTPRINT,
            agreement -> true)
        .orElseThrow();
    return device;
  }

  private void pay(Duration payerWaits) throws InterruptedException {
    TallystickDevice payee = device("till", "PROVIDER");
    TallystickDevice payer = device("phone", "USER");
    OutboxEntry bill = payee.makeBill(Bench.coffee()).orElseThrow();
    payee.send(bill).orElseThrow();
    Bill.Checked checked =
        payer.readBill(payee.bill(bill.number()).orElseThrow().qrText()).orElseThrow();
    OutboxEntry half = payer.approve(checked, "Card 1", Bench.PIN.toCharArray()).orElseThrow();
    Thread later =
        new Thread(
            () -> {
              try {
                Thread.sleep(payerWaits.toMillis());
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              payer.send(half).orElseThrow();
            });
    later.start();
    assertThat(payee.awaitAnswer(bill, LONG).orElseThrow().ending()).isEqualTo(Ending.APPROVED);
    assertThat(payer.awaitAnswer(half, LONG).orElseThrow().ending()).isEqualTo(Ending.APPROVED);
    later.join();
  }

  @Test
  void answer_pushedBySocket_arrivesWithoutAsking() throws InterruptedException {
    pay(Duration.ofMillis(700));
    assertThat(server.paths()).anyMatch(path -> path.startsWith("GET /ws/v1/answers"));
    assertThat(server.paths()).noneMatch(path -> path.startsWith("GET /api/v1/answers/"));
  }

  @Test
  void answer_noSocket_comesByLongPoll() throws InterruptedException {
    server.hasSocket(false);
    pay(Duration.ofMillis(700));
    assertThat(server.paths())
        .anyMatch(path -> path.matches("GET /api/v1/answers/.{22}\\?wait=[1-9]\\d*"));
  }

  @Test
  void request_passingFailures_isRepeatedWithGrowingPauses() {
    server.answersOnce("503 Busy", "");
    server.answersOnce("500 Oops", "<html>");
    server.answersOnce("429 Slow down", "{}");
    assertThat(connection().keys().refusal()).isEmpty();
    assertThat(pauses).hasSize(3);
    assertThat(pauses.get(0)).isBetween(50L, 100L);
    assertThat(pauses.get(1)).isBetween(100L, 200L);
    assertThat(pauses.get(2)).isBetween(200L, 400L);
  }

  @Test
  void request_thatCameTooSlowly_isRepeated() {
    server.answersOnce("408 Too slow", "{}");
    assertThat(connection().keys().refusal()).isEmpty();
    assertThat(pauses).hasSize(1);
  }

  @Test
  void request_bankAway_endsAfterTheBound() throws IOException {
    int port;
    try (ServerSocket nobody = new ServerSocket(0)) {
      port = nobody.getLocalPort();
    }
    HttpBankConnection connection =
        new HttpBankConnection(
            "http://127.0.0.1:" + port, new Backoff(4, 100, 400, new Random(1), pauses::add));
    Result<?> result = connection.send("TL::x");
    assertThat(result.refusal().orElseThrow().type()).isEqualTo(BankProblem.UNREACHABLE);
    assertThat(pauses).hasSize(3);
  }

  private HttpBankConnection connection(BankRoutes routes) {
    return new HttpBankConnection(routes, new Backoff(2, 100, 400, new Random(1), pauses::add));
  }

  private static String nobody() throws IOException {
    try (ServerSocket nobody = new ServerSocket(0)) {
      return "http://127.0.0.1:" + nobody.getLocalPort();
    }
  }

  @Test
  void nodes_oneAway_isPassedOverWithoutPause() throws IOException {
    BankRoutes routes = BankRoutes.of(List.of(nobody(), server.url()));
    assertThat(connection(routes.preferring(0)).keys().refusal()).isEmpty();
    assertThat(connection(routes.preferring(1)).keys().refusal()).isEmpty();
    assertThat(pauses).isEmpty();
  }

  @Test
  void nodes_oneCannotServe_theNextIsAskedAtOnce() {
    server.answersOnce("503 Busy", "");
    server.answersOnce("502 Gateway", "<html>");
    List<String> reached = new ArrayList<>();
    BankRoutes.Watch watch =
        new BankRoutes.Watch() {
          @Override
          public void reached(String baseUrl, String path) {
            reached.add(baseUrl);
          }
        };
    String other = server.url().replace("127.0.0.1", "localhost");
    BankRoutes routes = BankRoutes.of(List.of(server.url(), other)).preferring(0).watchedBy(watch);
    assertThat(connection(routes).keys().refusal()).isEmpty();
    assertThat(reached).containsExactly(server.url(), other, server.url());
    assertThat(pauses).hasSize(1);
  }

  @Test
  void nodes_oneWithoutTheBankYet_isPassedOver() {
    server.answersOnce("404 Not found", "<html>");
    BankRoutes routes = BankRoutes.of(List.of(server.url(), server.url()));
    assertThat(connection(routes).keys().refusal()).isEmpty();
    assertThat(pauses).isEmpty();
    server.answersOnce("404 Not found", "{\"type\":\"urn:x\",\"title\":\"No\",\"status\":404}");
    assertThat(connection(routes).keys().refusal().orElseThrow().type()).isEqualTo("urn:x");
  }

  @Test
  void nodes_otherFailure_pausesBeforeTheNext() {
    server.answersOnce("500 Oops", "");
    String other = server.url().replace("127.0.0.1", "localhost");
    assertThat(connection(BankRoutes.of(List.of(server.url(), other))).keys().refusal()).isEmpty();
    assertThat(pauses).hasSize(1);
  }

  @Test
  void nodes_allAway_endsAfterTheBound() throws IOException {
    Result<?> result = connection(BankRoutes.of(List.of(nobody(), nobody()))).send("TL::x");
    assertThat(result.refusal().orElseThrow().type()).isEqualTo(BankProblem.UNREACHABLE);
    assertThat(pauses).hasSize(1);
  }

  @Test
  void nodes_inTurn_shareTheRequests() {
    List<String> reached = new ArrayList<>();
    BankRoutes.Watch watch =
        new BankRoutes.Watch() {
          @Override
          public void reached(String baseUrl, String path) {
            reached.add(baseUrl);
          }
        };
    String other = server.url().replace("127.0.0.1", "localhost");
    HttpBankConnection connection =
        connection(BankRoutes.of(List.of(server.url(), other)).watchedBy(watch));
    for (int i = 0; i < 6; i++) {
      connection.keys().orElseThrow();
    }
    assertThat(reached).hasSize(6);
    assertThat(reached.stream().filter(other::equals)).hasSize(3);
  }

  @Test
  void answer_socketAtOneNodeOnly_isStillPushed() throws IOException, InterruptedException {
    List<String> ways = new ArrayList<>();
    BankRoutes.Watch watch =
        new BankRoutes.Watch() {
          @Override
          public void pushed(byte[] pickup) {
            ways.add("pushed");
          }
        };
    BankRoutes routes = BankRoutes.of(List.of(nobody(), server.url())).preferring(0);
    TallystickDevice payee =
        TallystickDevice.open(
            bench.settings("till", FileSteps.REAL),
            connection(routes.watchedBy(watch)),
            DeviceEvents.NONE);
    devices.add(payee);
    payee
        .enrol(bench.bank.activate("PROVIDER", "till"), null, Bench.FOOTPRINT, agreement -> true)
        .orElseThrow();
    TallystickDevice payer = device("phone", "USER");
    OutboxEntry bill = payee.makeBill(Bench.coffee()).orElseThrow();
    payee.send(bill).orElseThrow();
    Bill.Checked checked =
        payer.readBill(payee.bill(bill.number()).orElseThrow().qrText()).orElseThrow();
    payer.send(payer.approve(checked, "Card 1", Bench.PIN.toCharArray()).orElseThrow());
    assertThat(payee.awaitAnswer(bill, LONG).orElseThrow().ending()).isEqualTo(Ending.APPROVED);
    assertThat(ways).containsExactly("pushed");
  }

  @Test
  void refusal_problemDetails_areShownAndNotRepeated() {
    server.answersOnce(
        "400 Bad Request",
        "{\"type\":\"urn:x:shape\",\"title\":\"Wrong\\nshape\",\"status\":400,\"trace\":[1]}");
    assertThat(connection().send("x").refusal())
        .contains(new BankProblem("urn:x:shape", "Wrong shape", 400));
    server.answersOnce("413 Too Large", "nothing");
    assertThat(connection().send("x").refusal().orElseThrow().type()).isEqualTo("about:blank");
    server.answersOnce("302 Found", "");
    assertThat(connection().send("x").refusal()).isPresent();
    assertThat(pauses).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"state\":1}",
        "{\"state\":\"ACCEPTED\",\"state\":\"ACCEPTED\"}",
        "{\"state\":\"ACCEPTED\",\"more\":1}",
        "{\"state\":\"ACCEPTED\"} {}"
      })
  void reply_anyOtherForm_isRefused(String body) {
    server.answersOnce("202 Accepted", body);
    assertThat(connection().send("x").refusal().orElseThrow().type())
        .isEqualTo(BankProblem.MALFORMED);
  }

  @Test
  void reply_tooLong_isRefused() {
    server.answersOnce("202 Accepted", "{\"state\":\"" + "A".repeat(70_000) + "\"}");
    assertThat(connection().send("x").refusal().orElseThrow().type())
        .isEqualTo(BankProblem.MALFORMED);
  }

  @Test
  void address_plainHttpElsewhere_isRefused() {
    Backoff backoff = Backoff.standard(new Random());
    for (String good :
        new String[] {
          "https://bank.example",
          "https://bank.example:8443/base/",
          "http://127.0.0.1:80",
          "http://localhost:8080",
          "http://[::1]:8080"
        }) {
      assertThatCode(() -> new HttpBankConnection(good, backoff)).doesNotThrowAnyException();
    }
    for (String bad :
        new String[] {
          "http://bank.example", "http://127.0.0.1.bank.example", "http://10.0.0.1",
              "ftp://localhost",
          "https://user@bank.example", "https://bank.example?x", "bank", "http://localhost.example"
        }) {
      assertThatThrownBy(() -> new HttpBankConnection(bad, backoff))
          .as(bad)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
