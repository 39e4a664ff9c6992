package org.tallystick.staff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.codec.Base64Url;
import org.tallystick.staff.SignInOutcome.KeyNeeded;
import org.tallystick.staff.SignInOutcome.Refused;
import org.tallystick.staff.SignInOutcome.SignedIn;
import org.tallystick.staff.StaffKeys.Outcome;
import org.tallystick.webauthn.TestAuthenticator;
import org.tallystick.webauthn.TestAuthenticator.Assertion;

class StaffKeysTest {
  private static final Map<String, String> SITE =
      Map.of("TALLYSTICK_WEBAUTHN_RP_ID", "bank.example");
  private static final Map<String, String> REQUIRED =
      Map.of("TALLYSTICK_WEBAUTHN_RP_ID", "bank.example", "TALLYSTICK_SECOND_FACTOR", "required");

  @TempDir Path data;
  private final TestAuthenticator key = new TestAuthenticator();
  private StaffOffice office;
  private String clerk;

  @BeforeEach
  void hire() {
    office = new StaffOffice(data, SITE);
    clerk = office.hire(Role.CLERK);
  }

  private Outcome add(String token, TestAuthenticator with) {
    byte[] challenge = begin(token);
    return add(token, with, challenge);
  }

  private byte[] begin(String token) {
    return Base64Url.decode(
        office.transacted(() -> office.keys.begin(token)).orElseThrow().challenge());
  }

  private Outcome add(String token, TestAuthenticator with, byte[] challenge) {
    byte[] client = with.clientData("webauthn.create", challenge);
    return office.transacted(
        () -> office.keys.add(token, "blue key", client, with.attestationObject()));
  }

  private byte[] challenge() {
    KeyNeeded needed = (KeyNeeded) office.desk.signIn(clerk, StaffOffice.OWN);
    return Base64Url.decode(needed.asked().challenge());
  }

  private SignInOutcome signIn(TestAuthenticator with, byte[] challenge) {
    Assertion made = with.sign(challenge);
    return office.transacted(
        () ->
            office.keys.signIn(
                with.credentialId,
                null,
                made.clientDataJson(),
                made.authenticatorData(),
                made.signature()));
  }

  private String signInWithKey() {
    key.count++;
    return ((SignedIn) signIn(key, challenge())).token();
  }

  @Test
  void key_registered_isNeededFromThenOn() {
    String token = office.signIn(clerk);
    assertThat(add(token, key)).isEqualTo(Outcome.DONE);
    KeyNeeded needed = (KeyNeeded) office.desk.signIn(clerk, StaffOffice.OWN);
    assertThat(needed.asked().credentials()).containsExactly(Base64Url.encode(key.credentialId));
    assertThat(needed.asked().rpId()).isEqualTo("bank.example");
    office.clock.advance(Duration.ofSeconds(1));
    String second = signInWithKey();
    assertThat(office.identity(second).orElseThrow().actor().roles()).containsExactly(Role.CLERK);
    assertThat(office.transacted(() -> office.sessions.own(second)).get(0).withKey()).isTrue();
    StaffKeys.View view = office.transacted(() -> office.keys.own(second)).get(0);
    assertThat(view.name()).isEqualTo("blue key");
    assertThat(view.usedAt()).isNotNull();
  }

  @Test
  void key_registered_endsOtherSessionsWithoutKey() {
    String other = office.signIn(clerk);
    String token = office.signIn(clerk);
    add(token, key);
    assertThat(office.identity(other)).isEmpty();
    assertThat(office.identity(token)).isPresent();
  }

  @Test
  void challenge_isGoodOnce_evenAfterAFailure() {
    add(office.signIn(clerk), key);
    key.count = 5;
    byte[] challenge = challenge();
    key.flags = 0x01;
    assertThat(signIn(key, challenge)).isEqualTo(new Refused());
    key.flags = TestAuthenticator.PRESENT_AND_VERIFIED;
    assertThat(signIn(key, challenge)).isEqualTo(new Refused());
    byte[] fresh = challenge();
    assertThat(signIn(key, fresh)).isInstanceOf(SignedIn.class);
    key.count = 6;
    assertThat(signIn(key, fresh)).isEqualTo(new Refused());
  }

  @Test
  void challenge_afterTwoMinutes_isOver() {
    add(office.signIn(clerk), key);
    key.count = 5;
    byte[] challenge = challenge();
    office.clock.advance(Duration.ofSeconds(119));
    assertThat(signIn(key, challenge)).isInstanceOf(SignedIn.class);
    key.count = 6;
    byte[] late = challenge();
    office.clock.advance(Duration.ofMinutes(2));
    assertThat(signIn(key, late)).isEqualTo(new Refused());
  }

  @Test
  void challenge_forAnotherPurpose_orPerson_isRefused() {
    String token = office.signIn(clerk);
    byte[] toAdd = begin(token);
    add(token, key);
    key.count = 5;
    assertThat(signIn(key, toAdd)).isEqualTo(new Refused());
    byte[] toSignIn = challenge();
    assertThat(add(token, new TestAuthenticator(), toSignIn)).isEqualTo(Outcome.REFUSED);
    String stranger = office.signIn(office.hire(Role.CLERK));
    byte[] strangers = begin(stranger);
    assertThat(add(token, new TestAuthenticator(), strangers)).isEqualTo(Outcome.REFUSED);
  }

  @Test
  void key_ofAnotherPerson_isRefused() {
    add(office.signIn(clerk), key);
    TestAuthenticator others = new TestAuthenticator();
    add(office.signIn(office.hire(Role.CLERK)), others);
    others.count = 5;
    assertThat(signIn(others, challenge())).isEqualTo(new Refused());
  }

  @Test
  void key_thatSaysAnotherHandle_isRefused() {
    add(office.signIn(clerk), key);
    key.count = 5;
    Assertion made = key.sign(challenge());
    assertThat(
            office.transacted(
                () ->
                    office.keys.signIn(
                        key.credentialId,
                        new byte[32],
                        made.clientDataJson(),
                        made.authenticatorData(),
                        made.signature())))
        .isEqualTo(new Refused());
  }

  @Test
  void key_whoseCountFalls_isSuspected_andSignsInNoMore() {
    String token = office.signIn(clerk);
    add(token, key);
    key.count = 7;
    assertThat(signIn(key, challenge())).isInstanceOf(SignedIn.class);
    assertThat(signIn(key, challenge())).isEqualTo(new Refused());
    assertThat(office.transacted(() -> office.keys.own(token)).get(0).cloneSuspected()).isTrue();
    key.count = 8;
    assertThat(signIn(key, challenge())).isEqualTo(new Refused());
    assertThat(
            office
                .transacted(
                    () ->
                        office
                            .accounts
                            .changes(StaffOffice.ADMIN, clerk, Optional.empty(), 50)
                            .orElseThrow())
                .changes())
        .extracting(line -> line.what().name())
        .containsExactly("OPENED", "PASSWORD_CHOSEN", "KEY_ADDED", "KEY_CLONE_SUSPECTED");
  }

  @Test
  void key_knownAlready_isNotRegisteredAgain() {
    String token = office.signIn(clerk);
    assertThat(add(token, key)).isEqualTo(Outcome.DONE);
    assertThat(add(token, key)).isEqualTo(Outcome.KNOWN_KEY);
  }

  @Test
  void keys_asManyAsMayBe_andNoMore() {
    String token = office.signIn(clerk);
    for (int i = 0; i < StaffKeys.MOST_KEYS; i++) {
      assertThat(add(token, new TestAuthenticator())).isEqualTo(Outcome.DONE);
    }
    assertThat(add(token, new TestAuthenticator())).isEqualTo(Outcome.TOO_MANY);
  }

  @Test
  void key_isRenamed_andRemoved_byItsOwnerOnly() {
    String token = office.signIn(clerk);
    add(token, key);
    String id = office.transacted(() -> office.keys.own(token)).get(0).key();
    String stranger = office.signIn(office.hire(Role.CLERK));
    assertThat(office.transacted(() -> office.keys.rename(stranger, id, "mine")))
        .isEqualTo(Outcome.NOT_FOUND);
    assertThat(office.transacted(() -> office.keys.remove(stranger, id)))
        .isEqualTo(Outcome.NOT_FOUND);
    assertThat(office.transacted(() -> office.keys.rename(token, id, "grey key")))
        .isEqualTo(Outcome.DONE);
    assertThat(office.transacted(() -> office.keys.own(token)).get(0).name()).isEqualTo("grey key");
    assertThat(office.transacted(() -> office.keys.remove(token, id))).isEqualTo(Outcome.DONE);
    assertThat(office.desk.signIn(clerk, StaffOffice.OWN)).isInstanceOf(SignedIn.class);
  }

  @Test
  void session_ofAQuarterOfAnHour_neitherAddsNorRemoves() {
    String token = office.signIn(clerk);
    add(token, key);
    String id = office.transacted(() -> office.keys.own(token)).get(0).key();
    byte[] challenge = begin(token);
    office.clock.advance(StaffKeys.FRESH.minusSeconds(1));
    byte[] late = begin(token);
    office.clock.advance(Duration.ofSeconds(1));
    assertThat(office.transacted(() -> office.keys.begin(token))).isEmpty();
    assertThat(add(token, new TestAuthenticator(), late)).isEqualTo(Outcome.SIGN_IN_AGAIN);
    assertThat(add(token, new TestAuthenticator(), challenge)).isEqualTo(Outcome.REFUSED);
    assertThat(office.transacted(() -> office.keys.remove(token, id)))
        .isEqualTo(Outcome.SIGN_IN_AGAIN);
  }

  @Test
  void keyRequired_aSessionWithoutOne_mayOnlyRegisterOne() {
    office = new StaffOffice(data, REQUIRED);
    String token = office.signIn(clerk);
    StaffIdentity identity = office.identity(token).orElseThrow();
    assertThat(identity.keyMissing()).isTrue();
    assertThat(identity.actor().roles()).isEmpty();
    assertThat(add(token, key)).isEqualTo(Outcome.DONE);
    assertThat(office.identity(token).orElseThrow().keyMissing()).isTrue();
    String second = signInWithKey();
    assertThat(office.identity(second).orElseThrow().keyMissing()).isFalse();
    String id = office.transacted(() -> office.keys.own(second)).get(0).key();
    assertThat(office.transacted(() -> office.keys.remove(second, id))).isEqualTo(Outcome.LAST_KEY);
  }

  @Test
  void recovery_needsTwoPersons_neitherOfThemTheOneItIsAbout() {
    String token = office.signIn(clerk);
    add(token, key);
    Actor second = new Actor("second", java.util.Set.of(Role.APPROVER));
    assertThatThrownBy(
            () -> office.transacted(() -> office.accounts.recover(second, clerk, "lost")))
        .isInstanceOf(NotPermittedException.class);
    assertThat(recover(StaffOffice.ADMIN)).isEqualTo(StaffAccounts.Outcome.PROPOSED);
    assertThat(recover(StaffOffice.ADMIN)).isEqualTo(StaffAccounts.Outcome.SECOND_PERSON_NEEDED);
    assertThat(recover(new Actor(clerk, java.util.Set.of(Role.APPROVER))))
        .isEqualTo(StaffAccounts.Outcome.OWN_ACCOUNT);
    assertThat(office.identity(token)).isPresent();
    assertThat(recover(second)).isEqualTo(StaffAccounts.Outcome.DONE);
    assertThat(office.identity(token)).isEmpty();
    assertThat(office.desk.signIn(clerk, StaffOffice.OWN)).isInstanceOf(SignedIn.class);
  }

  @Test
  void recovery_notConfirmedInADay_beginsAnew() {
    assertThat(recover(StaffOffice.ADMIN)).isEqualTo(StaffAccounts.Outcome.PROPOSED);
    office.clock.advance(Duration.ofHours(24));
    Actor second = new Actor("second", java.util.Set.of(Role.ADMINISTRATOR));
    assertThat(recover(second)).isEqualTo(StaffAccounts.Outcome.PROPOSED);
    assertThat(recover(second)).isEqualTo(StaffAccounts.Outcome.SECOND_PERSON_NEEDED);
  }

  private StaffAccounts.Outcome recover(Actor actor) {
    return office.transacted(() -> office.accounts.recover(actor, clerk, "key lost"));
  }
}
