package org.tallystick.webauthn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tallystick.webauthn.AuthenticationCeremony.Known;
import org.tallystick.webauthn.CeremonyRefusedException.Fault;
import org.tallystick.webauthn.RegistrationCeremony.Credential;
import org.tallystick.webauthn.TestAuthenticator.Assertion;

class CeremoniesTest {
  private static final RelyingParty SITE =
      RelyingParty.of("bank.example", "https://bank.example, https://office.bank.example:8443");
  private static final byte[] CHALLENGE = new byte[32];

  private final TestAuthenticator key = new TestAuthenticator();
  private Known known;

  @BeforeEach
  void registers() throws CeremonyRefusedException {
    Credential credential = register();
    assertThat(credential.id()).isEqualTo(key.credentialId);
    known = new Known(credential.key(), credential.signCount(), credential.backupEligible());
    key.count = 2;
  }

  private Credential register() throws CeremonyRefusedException {
    return RegistrationCeremony.check(
        SITE,
        CHALLENGE,
        ClientSays.read(key.clientData("webauthn.create", CHALLENGE)),
        key.attestationObject());
  }

  private long authenticate(Assertion made) throws CeremonyRefusedException {
    return AuthenticationCeremony.check(
        SITE,
        CHALLENGE,
        known,
        ClientSays.read(made.clientDataJson()),
        made.authenticatorData(),
        made.signature());
  }

  private static void assertRefused(Fault fault, WebAuthnVectorsTest.Ceremony ceremony) {
    assertThatThrownBy(ceremony::run)
        .isInstanceOfSatisfying(
            CeremonyRefusedException.class, e -> assertThat(e.fault()).isEqualTo(fault));
  }

  private void assertBothRefused(Fault fault, Consumer<TestAuthenticator> change) {
    change.accept(key);
    assertRefused(fault, this::register);
    assertRefused(fault, () -> authenticate(key.sign(CHALLENGE)));
  }

  @Test
  void authentication_whole_givesTheNewCount() throws Exception {
    assertThat(authenticate(key.sign(CHALLENGE))).isEqualTo(2);
  }

  @Test
  void ceremony_ofAnotherType_isRefused() throws Exception {
    ClientSays create = ClientSays.read(key.clientData("webauthn.create", CHALLENGE));
    Assertion made = key.sign(CHALLENGE);
    assertRefused(
        Fault.TYPE,
        () ->
            AuthenticationCeremony.check(
                SITE, CHALLENGE, known, create, made.authenticatorData(), made.signature()));
    ClientSays get = ClientSays.read(made.clientDataJson());
    assertRefused(
        Fault.TYPE,
        () -> RegistrationCeremony.check(SITE, CHALLENGE, get, key.attestationObject()));
  }

  @Test
  void ceremony_forAnotherChallenge_isRefused() {
    byte[] other = new byte[32];
    other[0] = 1;
    assertRefused(Fault.CHALLENGE, () -> authenticate(key.sign(other)));
  }

  @Test
  void ceremony_fromAnotherOrigin_isRefused() throws Exception {
    key.origin = "https://office.bank.example:8443";
    assertThat(authenticate(key.sign(CHALLENGE))).isEqualTo(2);
    assertBothRefused(Fault.ORIGIN, k -> k.origin = "https://bank.example.evil.example");
  }

  @Test
  void ceremony_inAFrame_isRefused() {
    assertBothRefused(
        Fault.CROSS_ORIGIN, k -> k.extraMembers = ",\"topOrigin\":\"https://bank.example\"");
    assertBothRefused(Fault.CROSS_ORIGIN, k -> k.extraMembers = ",\"crossOrigin\":true");
  }

  @Test
  void ceremony_forAnotherSite_isRefused() {
    assertBothRefused(Fault.RP_ID, k -> k.rpId = "evil.example");
  }

  @Test
  void ceremony_withoutUser_orUnverified_isRefused() {
    assertBothRefused(Fault.USER_NOT_PRESENT, k -> k.flags = 0x04);
    assertBothRefused(Fault.USER_NOT_VERIFIED, k -> k.flags = 0x01);
  }

  @Test
  void ceremony_withOddBackupFlags_isRefused() {
    assertBothRefused(Fault.BACKUP_FLAGS, k -> k.flags = 0x15);
    key.flags = 0x0D;
    assertRefused(Fault.BACKUP_FLAGS, () -> authenticate(key.sign(CHALLENGE)));
  }

  @Test
  void authentication_byAnotherKey_isRefused() {
    TestAuthenticator other = new TestAuthenticator();
    other.count = 2;
    assertRefused(Fault.SIGNATURE, () -> authenticate(other.sign(CHALLENGE)));
  }

  @Test
  void authentication_withACountThatStandsOrFalls_isAClone() {
    key.count = 1;
    assertRefused(Fault.CLONE, () -> authenticate(key.sign(CHALLENGE)));
    key.count = 0;
    assertRefused(Fault.CLONE, () -> authenticate(key.sign(CHALLENGE)));
  }

  @Test
  void authentication_ofAKeyThatDoesNotCount_isGoodAgainAndAgain() throws Exception {
    key.count = 0;
    known = new Known(known.key(), 0, false);
    assertThat(authenticate(key.sign(CHALLENGE))).isZero();
    assertThat(authenticate(key.sign(CHALLENGE))).isZero();
  }

  @Test
  void registration_ofAnotherKindOfKey_isRefused() {
    byte[] zeros = new byte[77];
    assertRefused(
        Fault.KEY,
        () ->
            RegistrationCeremony.check(
                SITE,
                CHALLENGE,
                ClientSays.read(key.clientData("webauthn.create", CHALLENGE)),
                key.attestationObject(zeros)));
  }

  @Test
  void registration_cutOrLengthenedAnywhere_isRefused_neverThrowsElse() throws Exception {
    byte[] whole = key.attestationObject();
    ClientSays client = ClientSays.read(key.clientData("webauthn.create", CHALLENGE));
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> RegistrationCeremony.check(SITE, CHALLENGE, client, cut))
          .isInstanceOf(CeremonyRefusedException.class);
    }
    for (int length = 0; length < 37; length++) {
      byte[] cut = new byte[length];
      assertThatThrownBy(() -> AuthenticatorSays.read(cut))
          .isInstanceOf(CeremonyRefusedException.class);
    }
    assertThatThrownBy(() -> AuthenticatorSays.read(new byte[38]))
        .isInstanceOf(CeremonyRefusedException.class);
  }

  @Test
  void site_withAnOriginThatDoesNotFit_isRefused() {
    assertThat(RelyingParty.of("localhost", "http://localhost:8080").origins())
        .isEqualTo(Set.of("http://localhost:8080"));
    for (String origin :
        new String[] {
          "http://bank.example", "https://evil.example", "https://evilbank.example", "",
          "https://bank.example/", "https://user@bank.example", "bank.example", "ftp://bank.example"
        }) {
      assertThatThrownBy(() -> RelyingParty.of("bank.example", origin))
          .as(origin)
          .isInstanceOf(IllegalStateException.class);
    }
  }
}
