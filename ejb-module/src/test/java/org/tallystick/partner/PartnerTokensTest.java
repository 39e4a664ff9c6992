package org.tallystick.partner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.tallystick.codec.Base64Url;
import org.tallystick.institution.Institution;
import org.tallystick.institution.InstitutionState;
import org.tallystick.institution.InstitutionsFixture;
import org.tallystick.node.AtOnce;
import org.tallystick.node.Server;
import org.tallystick.partner.ClientAssertion.Claims;
import org.tallystick.partner.ClientOutcome.KeysNotValid;
import org.tallystick.partner.ClientOutcome.Stands;
import org.tallystick.partner.TokenOutcome.Issued;
import org.tallystick.partner.TokenOutcome.NotProven;
import org.tallystick.partner.TokenOutcome.ScopeNotAllowed;
import org.tallystick.party.BackOffice;
import org.tallystick.staff.Actor;
import org.tallystick.staff.Role;
import org.tallystick.staff.Scope;

/** Programs of partner banks over a real database: only who holds the key gets in, and once. */
class PartnerTokensTest {
  private static final Actor ADMIN = InstitutionsFixture.ADMINISTRATOR;
  private static final String HERE = "http://127.0.0.1:8080";

  @TempDir Path keys;
  private BackOffice office;
  private PartnerClients clients;
  private PartnerTokens tokens;
  private Institution institution;
  private Jws program;
  private String client;

  @BeforeEach
  void open() {
    office = new BackOffice(keys);
    clients = PartnersFixture.clients(office);
    tokens = PartnersFixture.tokens(office);
    institution = InstitutionsFixture.opened(office);
    program = new Jws("key-1", JwsAlgorithm.ES256);
    client = registered(program.jwk());
  }

  private <T> T in(Supplier<T> work) {
    return Server.inTransaction(office.entities, work);
  }

  private String registered(PublicJwk... jwks) {
    String name = "c" + UUID.randomUUID().toString().substring(0, 30);
    assertThat(register(name, terms(jwks))).isInstanceOf(Stands.class);
    return name;
  }

  private ClientOutcome register(String name, ClientTerms terms) {
    String id = Base64Url.encode(institution.publicId());
    return in(() -> clients.register(ADMIN, id, name, terms));
  }

  @Test
  void oneName_registeredTwiceAtOnce_isTakenOnce() throws Exception {
    String name = "twin-" + UUID.randomUUID().toString().substring(0, 30);
    String id = Base64Url.encode(institution.publicId());
    List<Boolean> stands =
        AtOnce.run(
            3,
            i -> {
              BackOffice own = new BackOffice(keys);
              PartnerClients others = PartnersFixture.clients(own);
              ClientTerms terms = terms(program.jwk());
              return () ->
                  Server.inTransaction(own.entities, () -> others.register(ADMIN, id, name, terms))
                      instanceof Stands;
            });
    assertThat(stands).containsExactlyInAnyOrder(true, false, false);
  }

  private static ClientTerms terms(PublicJwk... jwks) {
    return new ClientTerms(
        List.of(jwks), null, Set.of(Scope.REGISTRATIONS, Scope.TRANSACTIONS_READ));
  }

  private Claims claims(String name) {
    long now = office.clock.instant().getEpochSecond();
    return new Claims(name, name, HERE, now, now + 60, UUID.randomUUID().toString());
  }

  private TokenOutcome issue(ClientAssertion assertion) {
    return in(() -> tokens.issue(assertion, Set.of()));
  }

  private Optional<Actor> actor(TokenOutcome issued) {
    return in(() -> tokens.actor(((Issued) issued).token(), null));
  }

  @ParameterizedTest
  @EnumSource(JwsAlgorithm.class)
  void assertion_ofEachAlgorithm_givesAToken_thatIsItsInstitutions(JwsAlgorithm algorithm) {
    Jws other = new Jws("k", algorithm);
    String name = registered(other.jwk());
    TokenOutcome outcome = issue(other.sign(claims(name)));
    assertThat(actor(outcome))
        .hasValue(
            Actor.partner(
                name, institution.id(), Set.of(Scope.REGISTRATIONS, Scope.TRANSACTIONS_READ)));
    assertThat(actor(outcome).orElseThrow().roles()).containsExactly(Role.PARTNER);
  }

  @Test
  void token_afterTenMinutes_isOver_andForgotten() {
    TokenOutcome outcome = issue(program.sign(claims(client)));
    office.clock.advance(Duration.ofMinutes(10).minusSeconds(1));
    assertThat(actor(outcome)).isPresent();
    office.clock.advance(Duration.ofSeconds(1));
    assertThat(actor(outcome)).isEmpty();
    assertThat(in(tokens::forget)).isGreaterThanOrEqualTo(2);
    assertThat(in(tokens::forget)).isZero();
  }

  @Test
  void assertion_again_isRefused_asLongAsItLives() {
    ClientAssertion once = program.sign(claims(client));
    assertThat(issue(once)).isInstanceOf(Issued.class);
    assertThat(issue(once)).isEqualTo(new NotProven());
    office.clock.advance(Duration.ofSeconds(59));
    in(tokens::forget);
    assertThat(issue(once)).isEqualTo(new NotProven());
  }

  /** Seconds from now, or another text where the claim is one. */
  @ParameterizedTest
  @CsvSource({
    "issued at, 31", // from the future
    "life, 301",
    "life, 0",
    "expired, 0",
    "expired, -1",
    "far, 331",
    "issuer, another",
    "subject, another",
    "audience, https://another.example",
    "audience, http://127.0.0.1:8080/",
    "audience, http://127.0.0.1:8080/api/v1/token/",
  })
  void assertion_withAnythingElse_isRefused(String what, String value) {
    Claims good = claims(client);
    long now = good.issuedAt();
    long seconds = value.matches("-?[0-9]+") ? Long.parseLong(value) : 0;
    Claims bad =
        switch (what) {
          case "issued at" -> times(good, now + seconds, now + seconds + 60);
          case "life" -> times(good, now, now + seconds);
          case "expired" -> times(good, now - 60, now + seconds);
          case "far" -> times(good, now + 30, now + seconds);
          case "issuer" -> new Claims(value, client, HERE, now, now + 60, "x");
          case "subject" -> new Claims(client, value, HERE, now, now + 60, "x");
          default -> new Claims(client, client, value, now, now + 60, "x");
        };
    assertThat(issue(program.sign(bad))).isEqualTo(new NotProven());
    assertThat(issue(program.sign(good))).isInstanceOf(Issued.class);
  }

  private static Claims times(Claims of, long from, long until) {
    return new Claims(of.issuer(), of.subject(), of.audience(), from, until, of.id());
  }

  @Test
  void assertion_forTheTokenEndpoint_isTakenToo() {
    Claims good = claims(client);
    Claims endpoint =
        new Claims(
            client, client, HERE + "/api/v1/token", good.issuedAt(), good.expiresAt(), good.id());
    assertThat(issue(program.sign(endpoint))).isInstanceOf(Issued.class);
  }

  @Test
  void assertion_ofAnotherKey_orUnderAnothersName_isRefused() {
    Jws stranger = new Jws("key-1", JwsAlgorithm.ES256);
    assertThat(issue(stranger.sign(claims(client)))).isEqualTo(new NotProven());
    String other = registered(stranger.jwk());
    assertThat(issue(program.sign(claims(other)))).isEqualTo(new NotProven());
    assertThat(issue(program.sign(claims("nobody")))).isEqualTo(new NotProven());
    assertThat(issue(stranger.sign(claims(other)))).isInstanceOf(Issued.class);
  }

  /** A key serves for its own algorithm and under its own name, whatever a header says. */
  @Test
  void header_thatNamesAnotherKeyOrAlgorithm_isRefused() {
    Jws second = new Jws("key-2", JwsAlgorithm.EDDSA);
    String both = registered(program.jwk(), second.jwk());
    for (JwsAlgorithm named : JwsAlgorithm.values()) {
      assertThat(issue(program.sign("key-2", named, claims(both)))).isEqualTo(new NotProven());
    }
    assertThat(issue(program.sign("key-1", JwsAlgorithm.EDDSA, claims(both))))
        .isEqualTo(new NotProven());
    assertThat(issue(program.sign("key-1", JwsAlgorithm.PS256, claims(both))))
        .isEqualTo(new NotProven());
    assertThat(issue(program.sign("KEY-1", JwsAlgorithm.ES256, claims(both))))
        .isEqualTo(new NotProven());
    assertThat(issue(program.sign("key-1", JwsAlgorithm.ES256, claims(both))))
        .isInstanceOf(Issued.class);
  }

  @Test
  void signature_ofAnyOtherForm_isRefused() {
    ClientAssertion good = program.sign(claims(client));
    for (byte[] signature : List.of(new byte[0], new byte[64], new byte[63], new byte[5000])) {
      assertThat(
              issue(
                  new ClientAssertion(
                      good.kid(), good.algorithm(), good.claims(), good.input(), signature)))
          .isEqualTo(new NotProven());
    }
  }

  @Test
  void rotation_endsTheOldKeyAndItsTokens() {
    TokenOutcome before = issue(program.sign(claims(client)));
    Jws fresh = new Jws("key-2", JwsAlgorithm.ES256);
    ClientOutcome changed =
        in(() -> clients.change(ADMIN, client, PartnerTokensTest::any, terms(fresh.jwk())));
    assertThat(((Stands) changed).client().keys()).hasSize(1);
    assertThat(actor(before)).isEmpty();
    assertThat(issue(program.sign(claims(client)))).isEqualTo(new NotProven());
    assertThat(issue(fresh.sign(claims(client)))).isInstanceOf(Issued.class);
  }

  @Test
  void change_underAnOldVersion_isNotMade() {
    int seen = in(() -> clients.find(ADMIN, client)).orElseThrow().version();
    ClientOutcome first =
        in(() -> clients.change(ADMIN, client, v -> v == seen, terms(program.jwk())));
    assertThat(((Stands) first).client().version()).isGreaterThan(seen);
    assertThat(in(() -> clients.change(ADMIN, client, v -> v == seen, terms(program.jwk()))))
        .isEqualTo(new ClientOutcome.OtherVersion());
    int now = ((Stands) first).client().version();
    assertThat(in(() -> clients.find(ADMIN, client)).orElseThrow().version()).isEqualTo(now);
    assertThat(in(() -> clients.change(ADMIN, client, v -> v == now, terms(program.jwk()))))
        .isInstanceOf(Stands.class);
  }

  @Test
  void revocation_endsAllAtOnce_andForGood() {
    TokenOutcome before = issue(program.sign(claims(client)));
    assertThat(in(() -> clients.revoke(ADMIN, client, "left"))).isInstanceOf(Stands.class);
    assertThat(actor(before)).isEmpty();
    assertThat(issue(program.sign(claims(client)))).isEqualTo(new NotProven());
    assertThat(
            in(() -> clients.change(ADMIN, client, PartnerTokensTest::any, terms(program.jwk()))))
        .isEqualTo(new ClientOutcome.NotPermitted());
    assertThat(register(client, terms(program.jwk()))).isEqualTo(new ClientOutcome.NameTaken());
  }

  @Test
  void suspendedInstitution_itsProgramsGetNothing_untilItIsBack() {
    TokenOutcome before = issue(program.sign(claims(client)));
    InstitutionsFixture.move(office, institution.publicId(), InstitutionState.SUSPENDED);
    assertThat(actor(before)).isEmpty();
    assertThat(issue(program.sign(claims(client)))).isEqualTo(new NotProven());
    InstitutionsFixture.move(office, institution.publicId(), InstitutionState.ACTIVE);
    assertThat(actor(before)).isPresent();
    assertThat(issue(program.sign(claims(client)))).isInstanceOf(Issued.class);
  }

  @Test
  void scope_less_isGiven_more_isNot() {
    TokenOutcome less =
        in(() -> tokens.issue(program.sign(claims(client)), Set.of(Scope.REGISTRATIONS)));
    assertThat(actor(less).orElseThrow().scopes()).containsExactly(Scope.REGISTRATIONS);
    assertThat(in(() -> tokens.issue(program.sign(claims(client)), Set.of(Scope.WEBHOOKS))))
        .isEqualTo(new ScopeNotAllowed());
  }

  @Test
  void certificate_bindsItsTokens() {
    String name = "m" + UUID.randomUUID().toString().substring(0, 30);
    byte[] certificate = new byte[32];
    certificate[0] = 7;
    assertThat(register(name, new ClientTerms(List.of(), certificate, Set.of(Scope.WEBHOOKS))))
        .isInstanceOf(Stands.class);
    byte[] another = new byte[32];
    assertThat(in(() -> tokens.issue(name, another, Set.of()))).isEqualTo(new NotProven());
    assertThat(in(() -> tokens.issue(client, certificate, Set.of()))).isEqualTo(new NotProven());
    String token = ((Issued) in(() -> tokens.issue(name, certificate, Set.of()))).token();
    assertThat(in(() -> tokens.actor(token, certificate))).isPresent();
    assertThat(in(() -> tokens.actor(token, another))).isEmpty();
    assertThat(in(() -> tokens.actor(token, null))).isEmpty();
  }

  @Test
  void client_withKeysAndCertificate_orNeither_orDoubledKeys_isNotTaken() {
    PublicJwk key = program.jwk();
    List<ClientTerms> bad =
        List.of(
            new ClientTerms(List.of(key), new byte[32], Set.of()),
            new ClientTerms(List.of(), null, Set.of()),
            terms(key, key));
    for (ClientTerms terms : bad) {
      assertThat(register("x" + UUID.randomUUID().toString().substring(0, 30), terms))
          .isEqualTo(new KeysNotValid());
    }
  }

  private static boolean any(long version) {
    return version >= 0;
  }
}
