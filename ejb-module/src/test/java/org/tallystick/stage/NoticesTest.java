package org.tallystick.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tallystick.answer.ReadyAnswer;
import org.tallystick.code.SealedHalf;
import org.tallystick.code.TestDevice;
import org.tallystick.device.DeviceLogHead;
import org.tallystick.device.DeviceState;
import org.tallystick.device.Devices;
import org.tallystick.device.DevicesFixture;
import org.tallystick.log.LogLine;
import org.tallystick.node.Server;
import org.tallystick.notice.Notice;
import org.tallystick.notice.NoticeSubject;
import org.tallystick.party.BackOffice;
import org.tallystick.sequencer.DownChain;

/** Notices over a real database: which devices hear, and that each is a line of their log. */
class NoticesTest extends AccountCase {
  private long due() {
    return bank.count("select count(*) from notice_due");
  }

  private long made(TestDevice device) {
    return bank.count("select count(*) from notice where device_pk = " + device.index());
  }

  @Test
  void activation_isToldToTheOtherDevices_once() {
    tell();
    assertThat(made(payer)).isEqualTo(1);
    assertThat(made(second)).isZero();
    assertThat(made(payee)).isZero();
    assertThat(due()).isZero();
    assertThat(tell()).isEmpty();
    assertThat(made(payer)).isEqualTo(1);
  }

  @Test
  void notice_opensAtItsPlace_andIsALineOfTheLog() {
    DownChain chain = chain(payer);
    DeviceLogHead before = logHead(payer);
    tell();
    Notice notice = fetch(payer, chain);
    assertThat(notice.k()).isEqualTo(1);
    assertThat(notice.subject().encode()).isEqualTo(row(second).evidence().bindingRecord());
    LogLine line = notice.line();
    assertThat(line.extendsHead(before.lineIndex() + 1, before.head())).isTrue();
    assertThat(logHead(payer).head()).isEqualTo(line.head());
    assertThat(line.content().kind()).isEqualTo("notice");
    assertThat(chain(payer).made()).isEqualTo(1);
  }

  @Test
  void notices_followEachOther_andCodesNameTheirLines() {
    DownChain chain = chain(payer);
    another();
    TestDevice fourth = another();
    List<ReadyAnswer> made = tell();
    assertThat(made).hasSizeGreaterThanOrEqualTo(3);
    Notice first = fetch(payer, chain);
    DownChain at = chain.next(payer.binding().suite(), payer.deviceId());
    Notice next = fetch(payer, at);
    assertThat(next.line().extendsHead(2, first.line().head())).isTrue();
    Notice last = fetch(payer, at.next(payer.binding().suite(), payer.deviceId()));
    assertThat(last.k()).isEqualTo(3);
    assertThat(made(fourth)).isZero();

    bank.open(asked().seal());
    SealedHalf half = paid().log(3, last.line().head()).seal();
    bank.run(half);
    assertThat(bank.answer(payer, half, number).line().index()).isEqualTo(4);
  }

  @Test
  void suspensionInTheOpeningStage_isToldToTheOthers() {
    tell();
    DownChain chain = chain(second);
    bank.run(paid().log(1, new byte[32]).seal());
    assertThat(row(payer).state()).isEqualTo(DeviceState.SUSPENDED);
    long told = made(payer);
    tell();
    NoticeSubject.DeviceSuspended subject =
        (NoticeSubject.DeviceSuspended) fetch(second, chain).subject();
    assertThat(subject.deviceId()).isEqualTo(payer.deviceId());
    assertThat(subject.reason()).isEqualTo("FORK");
    assertThat(made(payer)).isEqualTo(told);
  }

  @Test
  void suspensionByTheStaff_isToldToTheOthers() {
    tell();
    DownChain chain = chain(second);
    Devices devices = DevicesFixture.over(bank.office);
    Server.inTransaction(
        bank.office.entities,
        () ->
            devices.move(
                BackOffice.APPROVER, payer.deviceId(), DeviceState.SUSPENDED, "found in a taxi"));
    tell();
    assertThat(fetch(second, chain).subject().encode())
        .isEqualTo(new NoticeSubject.DeviceSuspended(payer.deviceId(), "STAFF").encode());
    Server.inTransaction(
        bank.office.entities,
        () ->
            devices.move(BackOffice.APPROVER, payer.deviceId(), DeviceState.ACTIVE, "given back"));
    assertThat(due()).isZero();
  }

  @Test
  void rolledBackCause_tellsNobody() {
    tell();
    Devices devices = DevicesFixture.over(bank.office);
    bank.office.entities.getTransaction().begin();
    devices.move(BackOffice.APPROVER, payer.deviceId(), DeviceState.SUSPENDED, "a slip");
    bank.office.entities.flush();
    bank.office.entities.getTransaction().rollback();
    bank.office.entities.clear();
    assertThat(tell()).isEmpty();
  }

  @Test
  void rolledBackMaking_isMadeAgain() {
    bank.office.entities.getTransaction().begin();
    assertThat(notices.make(50)).isNotEmpty();
    bank.office.entities.getTransaction().rollback();
    bank.office.entities.clear();
    assertThat(made(payer)).isZero();
    assertThat(tell()).isNotEmpty();
    assertThat(made(payer)).isEqualTo(1);
  }
}
