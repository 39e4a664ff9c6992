package org.tallystick.enrolment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.codec.Base64Url;
import org.tallystick.device.Device;
import org.tallystick.device.DeviceMove;
import org.tallystick.device.DeviceState;
import org.tallystick.device.Devices;
import org.tallystick.device.DevicesFixture;
import org.tallystick.device.SuspensionReason;
import org.tallystick.enrolment.ActivationOutcome.Issued;
import org.tallystick.enrolment.BindOutcome.Answered;
import org.tallystick.node.AtOnce;
import org.tallystick.node.Server;
import org.tallystick.party.BackOffice;
import org.tallystick.party.Party;
import org.tallystick.party.PartyTransition;
import org.tallystick.party.Registered;
import org.tallystick.party.RegistrationState;
import org.tallystick.staff.NotPermittedException;

/** The beans over a real database. */
class EnrolmentsTest {
  @TempDir Path keys;
  private BackOffice office;
  private Activations activations;
  private Enrolments enrolments;
  private Devices devices;
  private Party party;

  @BeforeEach
  void open() {
    office = new BackOffice(keys);
    enrolments = EnrolmentsFixture.enrolments(office);
    activations = EnrolmentsFixture.activations(office, enrolments);
    devices = DevicesFixture.over(office);
    party = office.active();
  }

  private <T> T tx(Supplier<T> work) {
    return Server.inTransaction(office.entities, work);
  }

  private ActivationOutcome issue() {
    return tx(() -> activations.issue(party));
  }

  private static byte[] id(Issued issued) {
    return Activation.parse(issued.activation()).enrolmentId();
  }

  /** A whole run; returns the new device. */
  private Device enrol() {
    Issued issued = (Issued) issue();
    byte[] id = id(issued);
    NewDevice device = NewDevice.attended(issued.activation());
    byte[] message1 = device.answer(tx(() -> enrolments.offer(id)).orElseThrow()).orElseThrow();
    byte[] message2 = ((Answered) tx(() -> enrolments.bind(id, message1))).message2();
    assertThat(((Answered) tx(() -> enrolments.bind(id, message1))).message2()).isEqualTo(message2);
    BindReply reply = device.open(message2, "TL");
    byte[] mac = device.confirmation(message2);
    for (int i = 0; i < 2; i++) {
      assertThat(tx(() -> enrolments.confirm(id, mac)))
          .isInstanceOf(ConfirmOutcome.Confirmed.class);
    }
    assertThat(tx(() -> enrolments.offer(id))).isEmpty();
    return tx(() -> devices.byDeviceId(reply.binding().deviceId())).orElseThrow();
  }

  @Test
  void wholeRun_leavesAnActiveDevice_andNoSecrets() {
    Device device = enrol();
    assertThat(device.state()).isEqualTo(DeviceState.ACTIVE);
    Object left =
        office
            .entities
            .createNativeQuery(
                "select count(*) from enrolment where device_pk = ? and state = 'CONFIRMED'"
                    + " and code_wrapped is null and hpke_scalar_wrapped is null")
            .setParameter(1, device.index())
            .getSingleResult();
    assertThat(left).hasToString("1");
    assertThat(tx(() -> devices.byIndex(device.index())).map(Device::deviceId)).isPresent();
  }

  @Test
  void locks_comeInAscendingOrder_andHoldTheState() {
    Device device = enrol();
    party = office.active();
    Device other = enrol();
    List<Long> asked = List.of(other.index(), device.index());
    List<Long> sequencers =
        tx(() -> devices.lockSequencers(asked).stream().map(row -> row.deviceIndex()).toList());
    List<Long> heads =
        tx(() -> devices.lockLogHeads(asked).stream().map(row -> row.deviceIndex()).toList());
    assertThat(sequencers).containsExactly(device.index(), other.index());
    assertThat(heads).containsExactly(device.index(), other.index());
  }

  @Test
  void secondActivation_whileOneIsOpen_isNotIssued_untilItHasExpired() {
    byte[] first = id((Issued) issue());
    assertThat(issue()).isInstanceOf(ActivationOutcome.StillOpen.class);
    office.clock.advance(ActivationIssuer.LIFE);
    assertThat(issue()).isInstanceOf(Issued.class);
    assertThat(tx(() -> enrolments.offer(first))).isEmpty();
  }

  @Test
  void furtherDevice_needsAnApproval_thatServesOnce() {
    enrol();
    assertThat(issue()).isInstanceOf(ActivationOutcome.ApprovalNeeded.class);
    String registration = Base64Url.encode(party.identifiers().registration());
    assertThatThrownBy(() -> activations.allow(BackOffice.CLERK, registration))
        .isInstanceOf(NotPermittedException.class);
    assertThat(tx(() -> activations.allow(BackOffice.APPROVER, "AAAA"))).isEmpty();
    assertThat(tx(() -> activations.allow(BackOffice.APPROVER, registration))).isPresent();
    assertThat(tx(() -> activations.allow(BackOffice.APPROVER, registration))).isPresent();
    enrol();
    assertThat(issue()).isInstanceOf(ActivationOutcome.ApprovalNeeded.class);
    tx(() -> activations.allow(BackOffice.APPROVER, registration));
    office.clock.advance(Duration.ofDays(1));
    assertThat(issue()).isInstanceOf(ActivationOutcome.ApprovalNeeded.class);
  }

  @Test
  void firstDevice_makesAnApprovedPartyActive_inItsOwnName() {
    party = office.approved(office.apply());
    Device device = enrol();
    assertThat(office.parties.byId(party.id()).map(Party::state))
        .hasValue(RegistrationState.ACTIVE);
    List<PartyTransition> lines =
        office
            .entities
            .createNamedQuery("PartyTransition.ofParty", PartyTransition.class)
            .setParameter("party", party.id())
            .getResultList();
    PartyTransition last = lines.get(lines.size() - 1);
    assertThat(last.to()).isEqualTo(RegistrationState.ACTIVE);
    assertThat(last.actor()).isEqualTo("device:" + Base64Url.encode(device.deviceId()));
    assertThat(lines).extracting(PartyTransition::to).containsOnlyOnce(RegistrationState.ACTIVE);
  }

  @Test
  void approvedParty_whoseRegistrationIsClosedMeanwhile_isNotActivatedByItsDevice() {
    Registered registered = office.apply();
    party = office.approved(registered);
    Issued issued = (Issued) issue();
    byte[] id = id(issued);
    NewDevice device = NewDevice.attended(issued.activation());
    byte[] message1 = device.answer(tx(() -> enrolments.offer(id)).orElseThrow()).orElseThrow();
    byte[] message2 = ((Answered) tx(() -> enrolments.bind(id, message1))).message2();
    device.open(message2, "TL");
    byte[] mac = device.confirmation(message2);
    office.move(registered, RegistrationState.CLOSED);
    assertThat(tx(() -> enrolments.confirm(id, mac))).isInstanceOf(ConfirmOutcome.Refused.class);
    assertThat(office.party(registered).state()).isEqualTo(RegistrationState.CLOSED);
  }

  @Test
  void identificationThatIsOver_getsNoActivation() {
    party = office.approved(office.apply());
    office.clock.advance(Duration.ofDays(800));
    assertThat(issue()).isInstanceOf(ActivationOutcome.NotActive.class);
  }

  @Test
  void registrationThatIsNotActive_getsNoActivation() {
    party = office.parties.byRegistration(office.apply().registration()).orElseThrow();
    assertThat(issue()).isInstanceOf(ActivationOutcome.NotActive.class);
  }

  /** A round of expiry that outlasts its period has another one beside it. */
  @Test
  void expirySideBySide_endsAnEnrolmentOnce() throws Exception {
    BackOffice otherNode = new BackOffice(keys);
    Enrolments others = EnrolmentsFixture.enrolments(otherNode);
    for (int round = 0; round < 20; round++) {
      byte[] id = id((Issued) issue());
      office.clock.advance(ActivationIssuer.LIFE);
      otherNode.clock.advance(ActivationIssuer.LIFE);
      assertThat(
              AtOnce.run(
                  2,
                  i ->
                      () ->
                          i == 0
                              ? tx(() -> enrolments.expire(id))
                              : Server.inTransaction(otherNode.entities, () -> others.expire(id))))
          .as("round %d", round)
          .containsOnlyOnce(true);
    }
  }

  @Test
  void expiry_endsWhatIsOverdue_andRevokesTheDevice() {
    Issued issued = (Issued) issue();
    byte[] id = id(issued);
    NewDevice device = NewDevice.attended(issued.activation());
    byte[] message1 = device.answer(tx(() -> enrolments.offer(id)).orElseThrow()).orElseThrow();
    byte[] message2 = ((Answered) tx(() -> enrolments.bind(id, message1))).message2();
    byte[] deviceId = device.open(message2, "TL").binding().deviceId();
    assertThat(tx(() -> enrolments.expire(id))).isFalse();
    office.clock.advance(ActivationIssuer.LIFE);
    assertThat(tx(() -> enrolments.overdue(1_000)))
        .anySatisfy(overdue -> assertThat(overdue).isEqualTo(id));
    assertThat(tx(() -> enrolments.expire(id))).isTrue();
    assertThat(tx(() -> enrolments.expire(id))).isFalse();
    assertThat(tx(() -> enrolments.overdue(1_000)))
        .noneSatisfy(overdue -> assertThat(overdue).isEqualTo(id));
    assertThat(tx(() -> devices.byDeviceId(deviceId)).map(Device::state))
        .hasValue(DeviceState.REVOKED);
    assertThat(tx(() -> enrolments.bind(id, message1))).isInstanceOf(BindOutcome.Refused.class);
  }

  @Test
  void secondDevice_withTheSameActivation_endsBoth_inTheDatabase() {
    Issued issued = (Issued) issue();
    byte[] id = id(issued);
    byte[] offer = tx(() -> enrolments.offer(id)).orElseThrow();
    byte[] one = NewDevice.attended(issued.activation()).answer(offer).orElseThrow();
    byte[] two = NewDevice.attended(issued.activation()).answer(offer).orElseThrow();
    assertThat(tx(() -> enrolments.bind(id, one))).isInstanceOf(Answered.class);
    assertThat(tx(() -> enrolments.bind(id, two))).isInstanceOf(BindOutcome.Doubled.class);
    assertThat(tx(() -> enrolments.bind(id, one))).isInstanceOf(BindOutcome.Refused.class);
    assertThat(tx(() -> new EnrolmentRegister(office.entities).find(id)).map(Enrolment::state))
        .hasValue(EnrolmentState.CANCELLED);
    assertThat(issue()).isInstanceOf(Issued.class);
  }

  @Test
  void sameMessage_atTheSameTime_getsTheSameBytes() throws Exception {
    Issued issued = (Issued) issue();
    byte[] id = id(issued);
    byte[] message1 =
        NewDevice.attended(issued.activation())
            .answer(tx(() -> enrolments.offer(id)).orElseThrow())
            .orElseThrow();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Callable<byte[]> bind =
          () -> {
            BackOffice node = new BackOffice(keys);
            Enrolments own = EnrolmentsFixture.enrolments(node);
            return ((Answered) Server.inTransaction(node.entities, () -> own.bind(id, message1)))
                .message2();
          };
      List<Future<byte[]>> both = threads.invokeAll(List.of(bind, bind));
      assertThat(both.get(0).get()).isEqualTo(both.get(1).get());
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void unknownEnrolment_looksLikeAnyOtherRefusal() {
    byte[] nowhere = new byte[16];
    assertThat(tx(() -> enrolments.offer(nowhere))).isEmpty();
    assertThat(tx(() -> enrolments.offer(new byte[0]))).isEmpty();
    assertThat(tx(() -> enrolments.bind(nowhere, new byte[3])))
        .isInstanceOf(BindOutcome.Refused.class);
    assertThat(tx(() -> enrolments.confirm(new byte[1], new byte[32])))
        .isInstanceOf(ConfirmOutcome.Refused.class);
  }

  @Test
  void staff_suspendAndReinstate_butNotWhatMayBeCopied() {
    Device device = enrol();
    assertThat(move(device, DeviceState.SUSPENDED))
        .isEqualTo(new DeviceMove.Moved(DeviceState.SUSPENDED));
    assertThat(move(device, DeviceState.SUSPENDED)).isInstanceOf(DeviceMove.NotPermitted.class);
    assertThat(move(device, DeviceState.ACTIVE))
        .isEqualTo(new DeviceMove.Moved(DeviceState.ACTIVE));
    assertThat(tx(() -> devices.suspend(device, SuspensionReason.FORK))).isTrue();
    assertThat(tx(() -> devices.suspend(device, SuspensionReason.FORK))).isFalse();
    assertThat(move(device, DeviceState.ACTIVE)).isInstanceOf(DeviceMove.NotPermitted.class);
    assertThat(move(device, DeviceState.PENDING)).isInstanceOf(DeviceMove.NotPermitted.class);
    assertThat(move(device, DeviceState.REVOKED))
        .isEqualTo(new DeviceMove.Moved(DeviceState.REVOKED));
    Object lines =
        office
            .entities
            .createNativeQuery("select count(*) from device_transition where device_pk = ?")
            .setParameter(1, device.index())
            .getSingleResult();
    assertThat(lines).hasToString("5");
    assertThat(
            tx(() -> devices.move(BackOffice.APPROVER, new byte[16], DeviceState.REVOKED, "why")))
        .isInstanceOf(DeviceMove.Unknown.class);
    assertThatThrownBy(
            () -> devices.move(BackOffice.CLERK, new byte[16], DeviceState.REVOKED, "why"))
        .isInstanceOf(NotPermittedException.class);
  }

  private DeviceMove move(Device device, DeviceState next) {
    return tx(() -> devices.move(BackOffice.APPROVER, device.deviceId(), next, "because"));
  }

  @Test
  void offer_isThatOfTheParty() {
    Issued issued = (Issued) issue();
    Optional<byte[]> offer = tx(() -> enrolments.offer(id(issued)));
    assertThat(offer).map(bytes -> Offer.decode(bytes).role()).hasValue("USER");
    assertThat(Offer.decode(offer.orElseThrow()).keySetVersion()).isPositive();
  }
}
