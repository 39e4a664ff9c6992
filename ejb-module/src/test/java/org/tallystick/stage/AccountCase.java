package org.tallystick.stage;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.tallystick.answer.AnswerRows;
import org.tallystick.answer.ReadyAnswer;
import org.tallystick.bill.Bill;
import org.tallystick.bill.BillBody;
import org.tallystick.bill.BillItem;
import org.tallystick.code.Conditions;
import org.tallystick.code.Purpose;
import org.tallystick.code.TestDevice;
import org.tallystick.crypto.SigningKey;
import org.tallystick.device.Device;
import org.tallystick.device.DeviceLogHead;
import org.tallystick.device.DeviceRegister;
import org.tallystick.device.DeviceSequencer;
import org.tallystick.device.ProviderCertificates;
import org.tallystick.device.SequencerVault;
import org.tallystick.format.Suite;
import org.tallystick.keys.KeyUse;
import org.tallystick.money.Money;
import org.tallystick.node.Server;
import org.tallystick.notice.Notice;
import org.tallystick.notice.NoticeStage;
import org.tallystick.notice.NoticesFixture;
import org.tallystick.notice.SealedNotice;
import org.tallystick.party.Party;
import org.tallystick.request.ReplyBody;
import org.tallystick.request.RequestArguments;
import org.tallystick.request.RequestKind;
import org.tallystick.request.RequestResult;
import org.tallystick.request.RequestStage;
import org.tallystick.request.RequestStatus;
import org.tallystick.request.RequestsFixture;
import org.tallystick.request.SealedReply;
import org.tallystick.request.SealedRequest;
import org.tallystick.request.SentRequest;
import org.tallystick.request.StatusResult;
import org.tallystick.sequencer.DownChain;

/** Beside the payer and the payee, a second device of the payer's account. */
abstract class AccountCase extends StagesCase {
  static final long LIFE = Duration.ofMinutes(10).toMillis();
  TestDevice second;
  RequestStage requests;
  NoticeStage notices;

  @BeforeEach
  void bindAnother() {
    requests = RequestsFixture.over(bank.office);
    notices = NoticesFixture.over(bank.office);
    // each test has a vault of its own, so what another one left goes out of the way
    Server.inTransaction(
        bank.office.entities,
        () -> {
          bank.office.entities.createNativeQuery("delete from notice_due").executeUpdate();
          return true;
        });
    second = another();
  }

  private byte[] certificate(TestDevice device) {
    Party party = bank.office.parties.byAccountIdentifier(device.account()).orElseThrow();
    return new ProviderCertificates("TL", bank.office.vault)
        .certify(
            party, device.deviceId(), device.key().verificationKey(), bank.office.clock.millis());
  }

  /** A good bill for ten minutes, if certificate and key are of one device. */
  Bill bill(String under, TestDevice certified, SigningKey key) {
    long now = bank.office.clock.millis();
    BillBody body =
        new BillBody(
            "TL",
            under,
            Purpose.PURCHASE,
            List.of(new BillItem("Tea", 1250)),
            Money.of(1250, "USD"),
            Money.of(0, "USD"),
            now,
            now + LIFE,
            new byte[16],
            null,
            "TL",
            false,
            Conditions.NONE);
    return Bill.sign(body, key, certificate(certified));
  }

  TestDevice another() {
    bank.later(1);
    return new TestDevice(
        bank.office, bank.office.parties.byAccountIdentifier(payer.account()).orElseThrow());
  }

  /** What the timer does. */
  List<ReadyAnswer> tell() {
    return Server.inTransaction(bank.office.entities, () -> notices.make(50));
  }

  /** The chain that a device would hold, taken from the bank's duplicate. */
  DownChain chain(TestDevice device) {
    return Server.inTransaction(
        bank.office.entities,
        () -> {
          DeviceSequencer row = bank.office.entities.find(DeviceSequencer.class, device.index());
          return new SequencerVault(bank.office.vault).open(row, device.deviceId()).notices();
        });
  }

  /** The notice at a place of a chain, fetched by its token and opened. */
  Notice fetch(TestDevice device, DownChain at) {
    byte[] pickup = at.keys(Suite.CLASSIC, device.deviceId()).pickup();
    List<ReadyAnswer> found =
        Server.inTransaction(
            bank.office.entities,
            () -> {
              try {
                return new AnswerRows(bank.office.entities.unwrap(Connection.class))
                    .byPickup(List.of(pickup));
              } catch (SQLException e) {
                throw new StageFaultException(e);
              }
            });
    if (found.size() != 1) {
      throw new AssertionError("notices stored: " + found.size());
    }
    return SealedNotice.open(
            found.get(0).sealed(),
            Suite.CLASSIC,
            "TL",
            device.deviceId(),
            at,
            bank.office.vault.signer(KeyUse.ANSWER).verificationKey())
        .orElseThrow();
  }

  DeviceLogHead logHead(TestDevice device) {
    return Server.inTransaction(
        bank.office.entities,
        () -> new DeviceRegister(bank.office.entities).logHead(device.index()));
  }

  Device row(TestDevice device) {
    return Server.inTransaction(
        bank.office.entities,
        () -> new DeviceRegister(bank.office.entities).byIndex(device.index()).orElseThrow());
  }

  byte[] send(SentRequest sent) {
    return Server.inTransaction(
        bank.office.entities, () -> requests.answer(SealedRequest.parse(sent.text())));
  }

  ReplyBody ask(TestDevice device, RequestArguments asked) {
    return reply(device, device.ask(RequestsFixture.challenges(bank.office).make(), asked));
  }

  ReplyBody reply(TestDevice device, SentRequest sent) {
    return SealedReply.open(
            send(sent),
            sent.replyTo(device.binding()),
            sent.kind(),
            bank.office.vault.signer(KeyUse.ANSWER).verificationKey())
        .orElseThrow();
  }

  byte[] challenge() {
    return RequestsFixture.challenges(bank.office).make();
  }

  /** Kind 1. */
  StatusResult standing(TestDevice device) {
    return (StatusResult)
        RequestResult.decode(
            RequestKind.STATUS, ask(device, new RequestArguments.Status(List.of())).result());
  }

  RequestStatus status(TestDevice device, RequestArguments asked) {
    return ask(device, asked).status();
  }
}
