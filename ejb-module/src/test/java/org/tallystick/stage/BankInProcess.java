package org.tallystick.stage;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.tallystick.answer.AnswerRows;
import org.tallystick.answer.ReadyAnswer;
import org.tallystick.codec.Base64Url;
import org.tallystick.crypto.Sha256;
import org.tallystick.device.DeviceEvents;
import org.tallystick.device.DeviceSettings;
import org.tallystick.device.TallystickDevice;
import org.tallystick.device.result.BankProblem;
import org.tallystick.device.result.Result;
import org.tallystick.device.state.FileSteps;
import org.tallystick.device.state.Identity;
import org.tallystick.device.transport.BankConnection;
import org.tallystick.enrolment.Activation;
import org.tallystick.enrolment.ActivationOutcome.Issued;
import org.tallystick.enrolment.Activations;
import org.tallystick.enrolment.BindOutcome;
import org.tallystick.enrolment.ConfirmOutcome;
import org.tallystick.enrolment.Enrolments;
import org.tallystick.enrolment.EnrolmentsFixture;
import org.tallystick.enrolment.Footprint;
import org.tallystick.keys.Bank;
import org.tallystick.keys.KeySets;
import org.tallystick.keys.KeySetsFixture;
import org.tallystick.node.Server;
import org.tallystick.party.BackOffice;
import org.tallystick.party.Party;
import org.tallystick.request.RequestStage;
import org.tallystick.request.RequestsFixture;
import org.tallystick.request.SealedRequest;
import org.tallystick.tree.Checkpoints;
import org.tallystick.tree.CheckpointsFixture;
import org.tallystick.tree.Inclusion;
import org.tallystick.tree.SignedCheckpoint;

/** The whole bank for real devices, without a server: codes are opened and decided at once. */
final class BankInProcess implements BankConnection {
  private final Stages bank;
  private final KeySets keySets;
  private final Enrolments enrolments;
  private final Activations activations;
  private final RequestStage requests;
  private final Checkpoints checkpoints;
  private Runnable atBinding = () -> {};

  BankInProcess(Stages bank) {
    this.bank = bank;
    this.keySets = KeySetsFixture.over(bank.office, new Bank(bank.office.environment));
    this.enrolments = EnrolmentsFixture.enrolments(bank.office);
    this.activations = EnrolmentsFixture.activations(bank.office, enrolments);
    this.requests = RequestsFixture.over(bank.office);
    this.checkpoints = CheckpointsFixture.over(bank.office);
  }

  /** What is done while a device waits for message2. */
  void atBinding(Runnable what) {
    atBinding = what;
  }

  /** The bank's key set as devices get it. */
  byte[] keySet() {
    return keys().orElseThrow().sign1();
  }

  /** A device of a party that has none yet. */
  TallystickDevice enrol(Path folder, Party party, char[] pin) {
    TallystickDevice device = device(folder);
    enrol(device, party, pin).orElseThrow();
    return device;
  }

  /** A device that is bound to nobody. */
  TallystickDevice device(Path folder) {
    return TallystickDevice.open(
        new DeviceSettings(
            folder.resolve("state"),
            folder.resolve("key"),
            "http://localhost:1",
            Sha256.of(keySets.root().compressed()),
            bank.office.clock,
            bank.office.random,
            FileSteps.REAL,
            1),
        this,
        DeviceEvents.NONE);
  }

  /** An approver's word that the party may have one device more. */
  void allowAnother(Party party) {
    Server.inTransaction(
        bank.office.entities,
        () ->
            activations.allow(
                BackOffice.APPROVER, Base64Url.encode(party.identifiers().registration())));
  }

  /** Binds a device to a party that may have it. */
  Result<Identity> enrol(TallystickDevice device, Party party, char[] pin) {
    Issued issued =
        (Issued) Server.inTransaction(bank.office.entities, () -> activations.issue(party));
    return device.enrol(
        Activation.parse(issued.activation()),
        pin,
        new Footprint("Maker", "One", "123", "Linux", "0.1"),
        terms -> true);
  }

  private static <T> Result<T> coarse() {
    return Result.refused(new BankProblem("urn:tallystick:problem:refused", "refused", 403));
  }

  @Override
  public Result<Keys> keys() {
    var current = Server.inTransaction(bank.office.entities, keySets::current);
    return Result.ok(new Keys(current.root(), current.signed()));
  }

  @Override
  public Result<Offered> offer(byte[] enrolmentId) {
    return Server.inTransaction(bank.office.entities, () -> enrolments.offer(enrolmentId))
        .map(offer -> Result.ok(new Offered(offer, keys().orElseThrow())))
        .orElseGet(BankInProcess::coarse);
  }

  @Override
  public Result<byte[]> bind(byte[] enrolmentId, byte[] message1) {
    atBinding.run();
    BindOutcome outcome =
        Server.inTransaction(bank.office.entities, () -> enrolments.bind(enrolmentId, message1));
    return outcome instanceof BindOutcome.Answered answered
        ? Result.ok(answered.message2())
        : coarse();
  }

  @Override
  public Result<String> confirm(byte[] enrolmentId, byte[] confirmation) {
    ConfirmOutcome outcome =
        Server.inTransaction(
            bank.office.entities, () -> enrolments.confirm(enrolmentId, confirmation));
    return outcome instanceof ConfirmOutcome.Confirmed ? Result.ok("ACTIVE") : coarse();
  }

  @Override
  public Result<String> send(String code) {
    List<Delivery> batch = List.of(new Delivery(code, bank.office.clock.millis()));
    bank.decide(Server.inTransaction(bank.office.entities, () -> bank.codes.open(batch)).hints());
    return Result.ok("ACCEPTED");
  }

  @Override
  public Result<byte[]> challenge() {
    return Result.ok(RequestsFixture.challenges(bank.office).make());
  }

  @Override
  public Result<byte[]> request(String text) {
    return Result.ok(
        Server.inTransaction(
            bank.office.entities, () -> requests.answer(SealedRequest.parse(text))));
  }

  @Override
  public Result<List<PickedUp>> answers(List<byte[]> pickups, Duration wait) {
    return Server.inTransaction(
        bank.office.entities,
        () -> {
          try {
            return Result.ok(
                new AnswerRows(bank.office.entities.unwrap(Connection.class))
                    .byPickup(pickups).stream()
                        .filter(ReadyAnswer::isLast)
                        .map(answer -> new PickedUp(answer.pickup(), answer.sealed()))
                        .toList());
          } catch (SQLException e) {
            throw new StageFaultException(e);
          }
        });
  }

  @Override
  public Result<byte[]> certificate(byte[] request) {
    return coarse(); // the one from enrolment lasts for a day
  }

  @Override
  public Result<String> agreement(long version) {
    return bank.office
        .agreements
        .byVersion((int) version)
        .map(found -> Result.ok(found.text()))
        .orElseGet(() -> Result.refused("not-found", "no such agreement"));
  }

  @Override
  public Result<SignedCheckpoint> checkpoint() {
    return Server.inTransaction(bank.office.entities, checkpoints::newest)
        .map(Result::ok)
        .orElseGet(BankInProcess::coarse);
  }

  @Override
  public Result<List<byte[]>> consistency(long from, long to) {
    return Server.inTransaction(bank.office.entities, () -> checkpoints.consistency(from, to))
        .map(Result::ok)
        .orElseGet(BankInProcess::coarse);
  }

  @Override
  public Result<Inclusion> inclusion(byte[] leafHash, long size) {
    return Server.inTransaction(bank.office.entities, () -> checkpoints.inclusion(leafHash, size))
        .map(Result::ok)
        .orElseGet(BankInProcess::coarse);
  }

  @Override
  public void close() {
    // one bank serves several devices
  }
}
