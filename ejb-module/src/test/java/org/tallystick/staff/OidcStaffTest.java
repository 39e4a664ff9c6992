package org.tallystick.staff;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tallystick.jose.IssuerKey;
import org.tallystick.jose.JwsAlgorithm;
import org.tallystick.node.Environment;
import org.tallystick.node.MovableClock;
import org.tallystick.staff.Identification.Known;
import org.tallystick.staff.Identification.Unavailable;
import org.tallystick.staff.Identification.Unknown;
import org.tallystick.staff.Identification.WithoutRole;

/** Tokens of an issuer that runs beside the test. */
@SuppressWarnings("UnnecessaryAssignment") // the test stands in for the container
class OidcStaffTest {
  private static final String ISSUER = "https://id.bank.example/realms/staff";
  private static final Identification UNKNOWN = new Unknown();

  interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  private final MovableClock clock = new MovableClock();
  private final IssuerKey key = new IssuerKey(JwsAlgorithm.ES256, "k1");
  private final AtomicInteger asked = new AtomicInteger();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;
  private Answer answer = exchange -> send(exchange, 200, set(key.jwk()));
  private static final String OURS = "ygnHmvmwZeUKX1nZcG5bPA";
  private OidcStaff staff;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/keys",
        exchange -> {
          asked.incrementAndGet();
          try (exchange) {
            answer.to(exchange);
          }
        });
    server.setExecutor(threads);
    server.start();
    staff = new OidcStaff();
    staff.clock = clock;
    staff.tenants =
        institution -> institution.equals(OURS) ? OptionalLong.of(7) : OptionalLong.empty();
    staff.environment = new Environment(settings());
    staff.begin();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  private Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>();
    settings.put("TALLYSTICK_OIDC_ISSUER", ISSUER);
    settings.put("TALLYSTICK_OIDC_AUDIENCE", "tallystick");
    settings.put(
        "TALLYSTICK_OIDC_JWKS_URI", "http://127.0.0.1:" + server.getAddress().getPort() + "/keys");
    settings.put("TALLYSTICK_OIDC_ROLES_CLAIM", "realm_access.roles");
    settings.put("TALLYSTICK_OIDC_ROLES", "bank-clerk=CLERK, bank-auditor=AUDITOR");
    return settings;
  }

  private static String set(String... keys) {
    return "{\"keys\":[" + String.join(",", keys) + "]}";
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private String claims() {
    long now = clock.instant().getEpochSecond();
    return "{\"iss\":\""
        + ISSUER
        + "\",\"aud\":[\"other\",\"tallystick\"],\"sub\":\"anna-1\",\"client_id\":\"desk\","
        + "\"jti\":\"j1\",\"iat\":"
        + now
        + ",\"exp\":"
        + (now + 300)
        + ",\"realm_access\":{\"roles\":[\"bank-clerk\",\"offline_access\"]}}";
  }

  private Identification identify(String token) {
    return staff.identify(token);
  }

  @Test
  void token_whole_isSomebody_underTheIssuersName() {
    assertThat(identify(key.token(claims())))
        .isEqualTo(
            new Known(new StaffIdentity(new Actor("oidc:anna-1", Set.of(Role.CLERK)), false)));
  }

  @ParameterizedTest
  @EnumSource(JwsAlgorithm.class)
  void token_ofEachAlgorithm_isGood(JwsAlgorithm algorithm) {
    IssuerKey one = new IssuerKey(algorithm, "one");
    answer = exchange -> send(exchange, 200, set(one.jwk()));
    assertThat(identify(one.token(claims()))).isInstanceOf(Known.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https://id.bank.example/realms/staff|https://id.evil.example",
        "\"tallystick\"|\"other bank\"",
        "\"jti\":\"j1\",|",
        "\"client_id\":\"desk\",|",
        "anna-1|anna 1",
        "anna-1|anna\\u0000",
        "\"sub\":\"anna-1\"|\"sub\":7"
      })
  void token_thatSaysSomethingElse_isNobodys(String from, String to) {
    String claims = claims().replace(from, to == null ? "" : to);
    assertThat(claims).isNotEqualTo(claims());
    assertThat(identify(key.token(claims))).isEqualTo(UNKNOWN);
    assertThat(asked).as("no reason to ask for keys").hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"typ\":\"JWT\",\"alg\":\"ES256\",\"kid\":\"k1\"}",
        "{\"alg\":\"ES256\",\"kid\":\"k1\"}",
        "{\"typ\":\"at+jwt\",\"alg\":\"none\"}",
        "{\"typ\":\"at+jwt\",\"alg\":\"HS256\",\"kid\":\"k1\"}",
        "{\"typ\":\"at+jwt\",\"alg\":\"RS256\",\"kid\":\"k1\"}"
      })
  void token_ofAnotherTypeOrAlgorithm_isNobodys(String header) {
    assertThat(identify(key.token(header, claims()))).isEqualTo(UNKNOWN);
  }

  @Test
  void token_overOrTooEarly_isNobodys() {
    String token = key.token(claims());
    clock.advance(Duration.ofSeconds(359));
    assertThat(identify(token)).isInstanceOf(Known.class);
    clock.advance(Duration.ofSeconds(1));
    assertThat(identify(token)).isEqualTo(UNKNOWN);
    String early = key.token(claims());
    clock.advance(Duration.ofSeconds(-61));
    assertThat(identify(early)).isEqualTo(UNKNOWN);
  }

  @Test
  void token_withoutAnyRoleOfThisBank_isRefusedItsRights() {
    String claims = claims().replace("bank-clerk", "bank-visitor");
    assertThat(identify(key.token(claims))).isEqualTo(new WithoutRole());
  }

  @Test
  void token_ofSomeoneOfAnInstitution_neverPassesForTheConsortiumsOwn() {
    Map<String, String> settings = settings();
    settings.put("TALLYSTICK_OIDC_INSTITUTION_CLAIM", "bank");
    staff.environment = new Environment(settings);
    staff.begin();
    assertThat(identify(key.token(claims()))).isInstanceOf(Known.class);
    for (String bank : new String[] {"\"AAAA\"", "7", "null", "[]"}) {
      String claims = claims().replaceFirst("\\{", "{\"bank\":" + bank + ",");
      assertThat(identify(key.token(claims))).as(bank).isEqualTo(new WithoutRole());
    }
    String ofOurs = claims().replaceFirst("\\{", "{\"bank\":\"" + OURS + "\",");
    assertThat(identify(key.token(ofOurs)))
        .isInstanceOfSatisfying(
            Known.class, known -> assertThat(known.identity().actor().institution()).isEqualTo(7));
  }

  /** Whatever the issuer says: administrators are the consortium's, local ones an institution's. */
  @Test
  void token_withARoleThatIsNotForItsSide_hasNone() {
    Map<String, String> settings = settings();
    settings.put("TALLYSTICK_OIDC_INSTITUTION_CLAIM", "bank");
    settings.put(
        "TALLYSTICK_OIDC_ROLES", "boss=ADMINISTRATOR, local=LOCAL_ADMINISTRATOR, program=PARTNER");
    staff.environment = new Environment(settings);
    staff.begin();
    String ours = "{\"bank\":\"" + OURS + "\",";
    String boss = claims().replace("bank-clerk", "boss");
    assertThat(identify(key.token(boss))).isInstanceOf(Known.class);
    assertThat(identify(key.token(boss.replaceFirst("\\{", ours)))).isEqualTo(new WithoutRole());
    String local = claims().replace("bank-clerk", "local");
    assertThat(identify(key.token(local))).isEqualTo(new WithoutRole());
    assertThat(identify(key.token(local.replaceFirst("\\{", ours)))).isInstanceOf(Known.class);
    String program = claims().replace("bank-clerk", "program");
    assertThat(identify(key.token(program))).isEqualTo(new WithoutRole());
    assertThat(identify(key.token(program.replaceFirst("\\{", ours)))).isEqualTo(new WithoutRole());
  }

  @Test
  void token_ofAnotherKeyUnderTheSameName_isNobodys() {
    IssuerKey forger = new IssuerKey(JwsAlgorithm.ES256, "k1");
    assertThat(identify(forger.token(claims()))).isEqualTo(UNKNOWN);
  }

  @Test
  void keys_changed_areFetchedAgain_butOnceAMinuteAtMost() {
    assertThat(identify(key.token(claims()))).isInstanceOf(Known.class);
    IssuerKey next = new IssuerKey(JwsAlgorithm.EDDSA, "k2");
    answer = exchange -> send(exchange, 200, set(key.jwk(), next.jwk()));
    assertThat(identify(next.token(claims()))).isEqualTo(UNKNOWN);
    clock.advance(OidcKeys.PAUSE);
    assertThat(identify(next.token(claims()))).isInstanceOf(Known.class);
    assertThat(asked).hasValue(2);
    IssuerKey invented = new IssuerKey(JwsAlgorithm.ES256, "invented");
    for (int i = 0; i < 20; i++) {
      assertThat(identify(invented.token(claims()))).isEqualTo(UNKNOWN);
    }
    assertThat(asked).hasValue(2);
  }

  @Test
  void keys_takenBack_areGoodNoMoreAfterAQuarterOfAnHour() {
    assertThat(identify(key.token(claims()))).isInstanceOf(Known.class);
    answer = exchange -> send(exchange, 200, set(new IssuerKey(JwsAlgorithm.ES256, "k2").jwk()));
    clock.advance(OidcKeys.REFRESH.plusSeconds(1));
    assertThat(identify(key.token(claims()))).isEqualTo(UNKNOWN);
  }

  @Test
  void keys_thatCannotBeHad_holdForADay_thenNobodyIsKnown() {
    assertThat(identify(key.token(claims()))).isInstanceOf(Known.class);
    answer = exchange -> send(exchange, 500, "{}");
    clock.advance(OidcKeys.LONGEST);
    assertThat(identify(key.token(claims()))).isInstanceOf(Known.class);
    clock.advance(Duration.ofSeconds(1));
    assertThat(identify(key.token(claims()))).isEqualTo(new Unavailable());
  }

  @Test
  void keys_atFirst_notToBeHad_makeItUnavailable_notUnknown() {
    Answer good = answer;
    for (String bad : new String[] {"", "{}", "{\"keys\":[]}", "<html>"}) {
      answer = exchange -> send(exchange, 200, bad);
      assertThat(identify(key.token(claims()))).as(bad).isEqualTo(new Unavailable());
      clock.advance(OidcKeys.PAUSE);
    }
    answer =
        exchange -> {
          exchange.getResponseHeaders().add("Location", "/elsewhere");
          exchange.sendResponseHeaders(302, -1);
        };
    assertThat(identify(key.token(claims()))).isEqualTo(new Unavailable());
    clock.advance(OidcKeys.PAUSE);
    answer = good;
    assertThat(identify(key.token(claims()))).isInstanceOf(Known.class);
  }

  @Test
  void keys_withoutEnd_areBrokenOff() {
    answer =
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          OutputStream body = exchange.getResponseBody();
          byte[] blanks = " ".repeat(8192).getBytes(UTF_8);
          for (int i = 0; i < 100_000; i++) {
            body.write(blanks);
          }
        };
    long begun = System.nanoTime();
    assertThat(identify(key.token(claims()))).isEqualTo(new Unavailable());
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(6));
  }

  @Test
  void keys_thatDrip_areWaitedForThreeSecondsOnly() {
    answer =
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          OutputStream body = exchange.getResponseBody();
          for (int i = 0; i < 40; i++) {
            body.write(' ');
            body.flush();
            try {
              Thread.sleep(250);
            } catch (InterruptedException e) {
              return;
            }
          }
        };
    long begun = System.nanoTime();
    assertThat(identify(key.token(claims()))).isEqualTo(new Unavailable());
    assertThat(Duration.ofNanos(System.nanoTime() - begun))
        .isBetween(Duration.ofSeconds(2), Duration.ofSeconds(6));
  }

  @Test
  void keys_ofAServerThatIsDown_makeItUnavailable() {
    server.stop(0);
    assertThat(identify(key.token(claims()))).isEqualTo(new Unavailable());
  }

  @Test
  void withoutAnIssuer_nobodyIsKnown() {
    staff.environment = new Environment(Map.of());
    staff.begin();
    assertThat(identify(key.token(claims()))).isEqualTo(UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource({
    "TALLYSTICK_OIDC_JWKS_URI, http://id.bank.example/keys",
    "TALLYSTICK_OIDC_JWKS_URI, file:///etc/passwd",
    "TALLYSTICK_OIDC_JWKS_URI, not an address",
    "TALLYSTICK_OIDC_ROLES, clerk",
    "TALLYSTICK_OIDC_ROLES, clerk=KING",
    "TALLYSTICK_OIDC_ROLES, =CLERK",
    "TALLYSTICK_OIDC_AUDIENCE, ' '"
  })
  void settings_notGood_areRefused(String name, String value) {
    Map<String, String> settings = settings();
    settings.put(name, value);
    assertThatThrownBy(() -> OidcIssuer.of(new Environment(settings)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("TALLYSTICK_OIDC_");
  }
}
