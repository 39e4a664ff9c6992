package org.tallystick.enrolment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.bill.ProviderCertificate;
import org.tallystick.codec.Cbor;
import org.tallystick.crypto.Secret;
import org.tallystick.crypto.Sha256;
import org.tallystick.device.Aliases;
import org.tallystick.device.Device;
import org.tallystick.device.DeviceState;
import org.tallystick.device.DeviceVault;
import org.tallystick.device.SequencerVault;
import org.tallystick.enrolment.BindOutcome.Answered;
import org.tallystick.enrolment.BindOutcome.Doubled;
import org.tallystick.format.Suite;
import org.tallystick.log.LogLine;
import org.tallystick.party.Party;
import org.tallystick.party.PartyRole;
import org.tallystick.party.RegistrationState;
import org.tallystick.sequencer.Epoch;

class EnrolmentExchangeTest {
  @TempDir Path keys;
  private ExchangeFixture bank;
  private Party party;
  private Enrolment enrolment;
  private NewDevice device;

  @BeforeEach
  void issue() {
    bank = new ExchangeFixture(keys);
    begin(PartyRole.USER);
  }

  private void begin(PartyRole role) {
    party = bank.party(role);
    ActivationIssuer.Drawn drawn = bank.issue(party);
    enrolment = drawn.enrolment();
    device = NewDevice.attended(drawn.text());
  }

  private byte[] message1() {
    return device.answer(enrolment.offer()).orElseThrow();
  }

  private byte[] bound() {
    return ((Answered) bank.bind(enrolment, party, message1())).message2();
  }

  private ConfirmOutcome confirm(byte[] mac) {
    return bank.exchange.confirm(enrolment, party, mac);
  }

  @Test
  void goodRun_bothSidesHoldTheSame() {
    byte[] message2 = bound();
    BindReply reply = device.open(message2, ExchangeFixture.CONSORTIUM);
    Device stored = bank.devices.devices.get(0);
    assertThat(stored.state()).isEqualTo(DeviceState.PENDING);
    assertThat(reply.profile()).isEqualTo(BindReply.ATTENDED);
    assertThat(reply.certificate()).isNull();
    assertThat(reply.binding().deviceId()).isEqualTo(stored.deviceId());
    assertThat(reply.binding().accountIdentifier()).isEqualTo(party.accountIdentifier());
    assertThat(reply.binding().contractId()).isEqualTo(party.contractId());
    assertThat(reply.binding().bindingValue()).isEqualTo(bank.bindingValue);
    assertThat(reply.timeMillis()).isEqualTo(bank.clock.millis());

    BindingRecord record = BindingRecord.verify(reply.bindingRecord(), bank.keySet());
    assertThat(record.deviceKey()).isEqualTo(device.key.verificationKey());
    assertThat(record.contractHash()).isEqualTo(device.contractHash());
    assertThat(record.role()).isEqualTo("USER");
    assertThat(record.bindHash())
        .isEqualTo(
            Sha256.of(new DeviceVault(bank.vault).bindRequest(bank.vault.personalKey(), stored)));
    assertThat(stored.evidence().bindingRecord()).isEqualTo(reply.bindingRecord());
    assertThat(stored.evidence().publicKey()).isEqualTo(record.deviceKey().compressed());

    assertThat(confirm(device.confirmation(message2))).isInstanceOf(ConfirmOutcome.Confirmed.class);
    assertThat(stored.state()).isEqualTo(DeviceState.ACTIVE);
    assertThat(enrolment.state()).isEqualTo(EnrolmentState.CONFIRMED);
    assertThat(enrolment.secret()).isEmpty();
  }

  @Test
  void deviceThatKnowsSuite2_getsIt_anotherStaysInSuite1() {
    assertThat(device.open(bound(), ExchangeFixture.CONSORTIUM).binding().suite())
        .isEqualTo(Suite.HYBRID);
    assertThat(bank.devices.devices.get(0).evidence().suite()).isEqualTo(Suite.HYBRID);
    begin(PartyRole.USER);
    device.knows(List.of(Suite.CLASSIC.value()));
    assertThat(device.open(bound(), ExchangeFixture.CONSORTIUM).binding().suite())
        .isEqualTo(Suite.CLASSIC);
  }

  @Test
  void minimumSuite2_refusesADeviceOfSuite1(@TempDir Path folder) {
    bank = new ExchangeFixture(folder, Map.of("TALLYSTICK_MINIMUM_SUITE", "2"));
    party = bank.party(PartyRole.USER);
    ActivationIssuer.Drawn drawn = bank.issue(party);
    assertThat(Offer.decode(drawn.enrolment().offer()).suites())
        .containsExactly(Suite.HYBRID.value());
    NewDevice old = NewDevice.attended(drawn.text());
    old.knows(List.of(Suite.CLASSIC.value()));
    assertThatThrownBy(() -> old.answer(drawn.enrolment().offer()))
        .isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void goodRun_sequencerAndLog_startAlike() {
    BindReply reply = device.open(bound(), ExchangeFixture.CONSORTIUM);
    byte[] deviceId = reply.binding().deviceId();
    Epoch epoch =
        new SequencerVault(bank.vault).open(bank.devices.sequencers.get(0), deviceId).newest();
    assertThat(epoch.next()).isEqualTo(device.secrets().first());
    assertThat(epoch.number()).isZero();
    assertThat(epoch.root()).isEqualTo(device.secrets().root());
    Epoch.Chain chain = Objects.requireNonNull(epoch.chain());
    assertThat(chain.current()).isEqualTo(device.secrets().string1());
    assertThat(chain.string2()).isEqualTo(device.secrets().string2());
    assertThat(bank.devices.heads.get(0).lineIndex()).isZero();
    assertThat(bank.devices.heads.get(0).head())
        .isEqualTo(LogLine.seed(reply.binding().suite(), deviceId, reply.bindingRecord()));
  }

  @Test
  void aliases_areManyDifferentOnes_andLeadToTheDevice() {
    BindReply reply = device.open(bound(), ExchangeFixture.CONSORTIUM);
    Aliases aliases = new Aliases(bank.vault, NewDevice.RANDOM);
    assertThat(reply.aliases()).hasSize(BindReply.ALIASES).doesNotHaveDuplicates();
    assertThat(reply.aliases())
        .allSatisfy(alias -> assertThat(aliases.deviceIndex(alias)).hasValue(1L));
  }

  @Test
  void pinVerifier_comesBackAsItWasSent() {
    byte[] verifier = NewDevice.drawn(32);
    ActivationIssuer.Drawn drawn = bank.issue(party);
    enrolment = drawn.enrolment();
    device = new NewDevice(drawn.text(), verifier);
    bound();
    try (var pin =
        new DeviceVault(bank.vault).pinVerifier(bank.devices.devices.get(0)).orElseThrow()) {
      assertThat(pin.toBytes()).isEqualTo(verifier);
    }
  }

  @Test
  void provider_getsOperatorProfile_andACertificateForADay() {
    begin(PartyRole.PROVIDER);
    BindReply reply = device.open(bound(), ExchangeFixture.CONSORTIUM);
    assertThat(reply.profile()).isEqualTo(BindReply.OPERATOR);
    ProviderCertificate certificate =
        ProviderCertificate.verify(reply.certificate(), bank.keySet(), bank.clock.millis());
    assertThat(certificate.displayName()).isEqualTo("Corner Shop");
    assertThat(certificate.deviceKey()).isEqualTo(device.key.verificationKey());
    assertThat(certificate.notAfterMillis() - bank.clock.millis()).isEqualTo(23 * 3_600_000L);
    assertThat(certificate.notAfterMillis() - certificate.notBeforeMillis())
        .isLessThanOrEqualTo(24 * 3_600_000L);
  }

  @Test
  void provider_withoutPin_isBound_userWithoutPin_isNot() {
    begin(PartyRole.PROVIDER);
    ActivationIssuer.Drawn drawn = bank.issue(party);
    enrolment = drawn.enrolment();
    device = new NewDevice(drawn.text(), null);
    assertThat(bank.bind(enrolment, party, message1())).isInstanceOf(Answered.class);

    party = bank.party(PartyRole.USER);
    drawn = bank.issue(party);
    enrolment = drawn.enrolment();
    device = new NewDevice(drawn.text(), null);
    assertThat(bank.bind(enrolment, party, message1()))
        .isEqualTo(new BindOutcome.Refused("no PIN"));
  }

  @Test
  void sameMessage_again_getsTheSameBytes_evenAfterConfirmation() {
    byte[] message1 = message1();
    byte[] first = ((Answered) bank.bind(enrolment, party, message1)).message2();
    byte[] second = ((Answered) bank.bind(enrolment, party, message1)).message2();
    assertThat(second).isEqualTo(first);
    device.open(first, ExchangeFixture.CONSORTIUM);
    confirm(device.confirmation(first));
    assertThat(((Answered) bank.bind(enrolment, party, message1)).message2()).isEqualTo(first);
    assertThat(bank.devices.devices).hasSize(1);
  }

  @Test
  void secondAuthenticMessage_cancelsBoth() {
    byte[] message2 = bound();
    device.open(message2, ExchangeFixture.CONSORTIUM);
    byte[] mac = device.confirmation(message2);
    byte[] other = message1(); // sealed anew: other bytes
    assertThat(bank.bind(enrolment, party, other)).isInstanceOf(Doubled.class);
    assertThat(enrolment.state()).isEqualTo(EnrolmentState.CANCELLED);
    assertThat(enrolment.secret()).isEmpty();
    assertThat(bank.devices.devices.get(0).state()).isEqualTo(DeviceState.REVOKED);
    assertThat(bank.devices.transitions).hasSize(1);
    assertThat(confirm(mac)).isInstanceOf(ConfirmOutcome.Refused.class);
    assertThat(bank.bind(enrolment, party, other)).isInstanceOf(BindOutcome.Refused.class);
  }

  @Test
  void strangersMessage_afterBinding_cancelsNothing() {
    byte[] message2 = bound();
    NewDevice stranger = NewDevice.attended(wrongCode());
    byte[] message = stranger.answer(enrolment.offer()).orElseThrow();
    assertThat(bank.bind(enrolment, party, message)).isInstanceOf(BindOutcome.Refused.class);
    device.open(message2, ExchangeFixture.CONSORTIUM);
    assertThat(confirm(device.confirmation(message2))).isInstanceOf(ConfirmOutcome.Confirmed.class);
  }

  @Test
  void wrongCode_isRefused_andUsesNothingUp() {
    byte[] message = NewDevice.attended(wrongCode()).answer(enrolment.offer()).orElseThrow();
    assertThat(bank.bind(enrolment, party, message)).isInstanceOf(BindOutcome.Refused.class);
    assertThat(enrolment.state()).isEqualTo(EnrolmentState.OFFERED);
    assertThat(bank.bind(enrolment, party, message1())).isInstanceOf(Answered.class);
  }

  private String wrongCode() {
    Offer offer = Offer.decode(enrolment.offer());
    return new Activation(
            offer.enrolmentId(), Secret.random(NewDevice.RANDOM, 16), offer.fingerprint())
        .text();
  }

  @Test
  void noise_isRefused_andUsesNothingUp() {
    for (byte[] noise :
        new byte[][] {
          {},
          NewDevice.drawn(200),
          Cbor.array(Cbor.of(new byte[65]), Cbor.of(new byte[40])).encode(),
          Cbor.array(Cbor.of(new byte[3]), Cbor.of("text")).encode()
        }) {
      assertThat(bank.bind(enrolment, party, noise)).isInstanceOf(BindOutcome.Refused.class);
    }
    assertThat(bank.bind(enrolment, party, message1())).isInstanceOf(Answered.class);
  }

  @Test
  void requestThatDisagrees_isRefused_andUsesNothingUp() {
    Offer offer = Offer.decode(enrolment.offer());
    byte[] good = Sha256.of(device.terms(offer).info());
    byte[] otherInfo = device.seal(offer, new byte[32], offer.contractHash());
    byte[] otherContract = device.seal(offer, good, new byte[32]);
    assertThat(bank.bind(enrolment, party, otherInfo))
        .isEqualTo(new BindOutcome.Refused("request"));
    assertThat(bank.bind(enrolment, party, otherContract))
        .isEqualTo(new BindOutcome.Refused("request"));
    assertThat(bank.bind(enrolment, party, message1())).isInstanceOf(Answered.class);
  }

  @Test
  void keyThatIsBound_isRefused() {
    bound();
    ActivationIssuer.Drawn next = bank.issue(party);
    NewDevice sameKey = new NewDevice(next.text(), NewDevice.drawn(32), device.key);
    byte[] message = sameKey.answer(next.enrolment().offer()).orElseThrow();
    assertThat(bank.bind(next.enrolment(), party, message))
        .isEqualTo(new BindOutcome.Refused("key bound before"));
    assertThat(next.enrolment().state()).isEqualTo(EnrolmentState.OFFERED);
  }

  @Test
  void expired_isRefused_atEachStep() {
    byte[] message1 = message1();
    byte[] message2 = ((Answered) bank.bind(enrolment, party, message1)).message2();
    device.open(message2, ExchangeFixture.CONSORTIUM);
    byte[] mac = device.confirmation(message2);
    bank.clock.advance(ActivationIssuer.LIFE);
    assertThat(enrolment.openAt(OffsetDateTime.now(bank.clock))).isFalse();
    assertThat(bank.bind(enrolment, party, message1)).isEqualTo(new BindOutcome.Refused("expired"));
    assertThat(confirm(mac)).isEqualTo(new ConfirmOutcome.Refused("expired"));
    assertThat(bank.exchange.expire(enrolment)).isTrue();
    assertThat(bank.exchange.expire(enrolment)).isFalse();
    assertThat(enrolment.secret()).isEmpty();
    assertThat(bank.devices.devices.get(0).state()).isEqualTo(DeviceState.REVOKED);
    assertThat(confirm(mac)).isInstanceOf(ConfirmOutcome.Refused.class);
  }

  @Test
  void confirmation_mayBeRepeated_aWrongOneChangesNothing() {
    byte[] message2 = bound();
    device.open(message2, ExchangeFixture.CONSORTIUM);
    byte[] mac = device.confirmation(message2);
    assertThat(confirm(new byte[32])).isInstanceOf(ConfirmOutcome.Refused.class);
    assertThat(confirm(device.secrets().bankConfirmation()))
        .isInstanceOf(ConfirmOutcome.Refused.class);
    assertThat(confirm(mac)).isInstanceOf(ConfirmOutcome.Confirmed.class);
    bank.clock.advance(ActivationIssuer.LIFE);
    assertThat(confirm(mac)).isInstanceOf(ConfirmOutcome.Confirmed.class);
    assertThat(confirm(new byte[32])).isInstanceOf(ConfirmOutcome.Refused.class);
    assertThat(bank.devices.transitions).hasSize(1);
  }

  @Test
  void confirmation_beforeBinding_isRefused() {
    assertThat(confirm(new byte[32])).isInstanceOf(ConfirmOutcome.Refused.class);
  }

  @Test
  void suspendedParty_getsNoDevice() {
    byte[] message2 = bound();
    device.open(message2, ExchangeFixture.CONSORTIUM);
    party.moveTo(RegistrationState.CLOSED, "approver", "why", OffsetDateTime.now(bank.clock));
    assertThat(confirm(device.confirmation(message2)))
        .isEqualTo(new ConfirmOutcome.Refused("party"));
    ActivationIssuer.Drawn next = bank.issue(party);
    byte[] message = NewDevice.attended(next.text()).answer(next.enrolment().offer()).orElseThrow();
    assertThat(bank.bind(next.enrolment(), party, message))
        .isEqualTo(new BindOutcome.Refused("party"));
  }

  @Test
  void nothing_printsASecret() {
    ActivationIssuer.Drawn drawn = bank.issue(party);
    assertThat(drawn.toString()).doesNotContain(drawn.text());
    assertThat(new ActivationOutcome.Issued(drawn.text(), drawn.enrolment().expiresAt()))
        .hasToString("Issued[...]");
  }
}
