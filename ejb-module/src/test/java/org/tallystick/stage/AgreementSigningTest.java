package org.tallystick.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.tallystick.agreement.SignedAgreement;
import org.tallystick.answer.Outcome;
import org.tallystick.answer.ReasonClass;
import org.tallystick.code.SealedHalf;
import org.tallystick.code.TestDevice;
import org.tallystick.crypto.Sha256;
import org.tallystick.evidence.AgreedUnder;
import org.tallystick.evidence.EvidenceSide;
import org.tallystick.format.Suite;
import org.tallystick.log.NoticeDetails;
import org.tallystick.node.Server;
import org.tallystick.notice.AgreementSigned;
import org.tallystick.notice.Notice;
import org.tallystick.party.BackOffice;
import org.tallystick.request.Agree;
import org.tallystick.request.RequestStatus;
import org.tallystick.request.SentRequest;
import org.tallystick.sequencer.DownChain;

/** One device's signature holds for its party; after a version is in force, halves need it. */
class AgreementSigningTest extends AgreementCase {
  private void refused(TestDevice asks, byte[] sign1, RequestStatus status) {
    assertThat(status(asks, new Agree(sign1))).isEqualTo(status);
    assertThat(signatures()).isZero();
    assertThat(contractVersion(payer)).isEqualTo(1);
    assertThat(bank.count("select count(*) from notice_due where kind = 7")).isZero();
  }

  private byte[] sign(SignedAgreement word) {
    return word.sign(payer.key(), Suite.CLASSIC);
  }

  @Test
  void signature_isKept_andALineOfEachLogOfTheParty() {
    published();
    DownChain chain = chain(payer);
    DownChain other = chain(second);
    Agree agree = signed(payer);
    assertThat(status(payer, agree)).isEqualTo(RequestStatus.DONE);
    assertThat(contractVersion(payer)).isEqualTo(2);
    assertThat(
            bank.count(
                "select count(*) from party_agreement where version = 2 and device_pk = "
                    + payer.index()
                    + " and sign1 = '\\x"
                    + java.util.HexFormat.of().formatHex(agree.sign1())
                    + "'"))
        .isEqualTo(1);
    tell();
    Notice notice = fetch(payer, chain);
    AgreementSigned subject = (AgreementSigned) notice.subject();
    assertThat(subject.version()).isEqualTo(2);
    assertThat(subject.hash()).isEqualTo(HASH);
    assertThat(subject.deviceId()).isEqualTo(payer.deviceId());
    assertThat(subject.signatureHash()).isEqualTo(Sha256.of(agree.sign1()));
    assertThat(notice.line().content().kind()).isEqualTo(NoticeDetails.KIND);
    assertThat(fetch(second, other).subject().encode()).isEqualTo(subject.encode());
    assertThat(standing(second).agreement()).isNull();
    assertThat(standing(payee).agreement()).isNotNull();
  }

  @Test
  void signatureAgain_orByAnotherDevice_isDoneAndStoresNothing() {
    published();
    SentRequest sent = payer.ask(challenge(), signed(payer));
    byte[] reply = send(sent);
    assertThat(send(sent)).isEqualTo(reply);
    assertThat(status(payer, signed(payer))).isEqualTo(RequestStatus.DONE);
    assertThat(status(second, signed(second))).isEqualTo(RequestStatus.DONE);
    assertThat(signatures()).isEqualTo(1);
    tell();
    assertThat(bank.count("select count(*) from notice_due where kind = 7")).isZero();
  }

  @Test
  void wrongHash_foreignContract_unknownVersion_areRefused() {
    published();
    refused(payer, sign(word(payer, 2, new byte[32])), RequestStatus.NOT_PERMITTED);
    SignedAgreement foreign = word(payee, 2, HASH);
    refused(payer, sign(foreign), RequestStatus.NOT_PERMITTED);
    SignedAgreement otherContract =
        new SignedAgreement("TL", payer.account(), new byte[16], 2, HASH, 1);
    refused(payer, sign(otherContract), RequestStatus.NOT_PERMITTED);
    SignedAgreement otherAccount =
        new SignedAgreement("TL", payee.account(), payer.binding().contractId(), 2, HASH, 1);
    refused(payer, sign(otherAccount), RequestStatus.NOT_PERMITTED);
    refused(payer, sign(word(payer, 3, HASH)), RequestStatus.UNKNOWN);
  }

  @Test
  void signatureOfAnotherDevice_orNoSignature_isRefused() {
    published();
    byte[] seconds = word(payer, 2, HASH).sign(second.key(), Suite.CLASSIC);
    refused(payer, seconds, RequestStatus.ARGUMENTS_REFUSED);
    byte[] own = sign(word(payer, 2, HASH));
    refused(second, own, RequestStatus.ARGUMENTS_REFUSED);
    byte[] flipped = own.clone();
    flipped[flipped.length - 1] ^= 1;
    refused(payer, flipped, RequestStatus.ARGUMENTS_REFUSED);
    refused(payer, new byte[] {1}, RequestStatus.ARGUMENTS_REFUSED);
    byte[] elsewhere =
        new SignedAgreement("TM", payer.account(), payer.binding().contractId(), 2, HASH, 1)
            .sign(payer.key(), Suite.CLASSIC);
    refused(payer, elsewhere, RequestStatus.ARGUMENTS_REFUSED);
  }

  @Test
  void signatureOfATimeToCome_isRefused() {
    published();
    long now = bank.office.clock.millis();
    long most = now + SignedAgreement.MAX_AHEAD_MILLIS;
    byte[] contract = payer.binding().contractId();
    refused(
        payer,
        sign(new SignedAgreement("TL", payer.account(), contract, 2, HASH, most + 1)),
        RequestStatus.NOT_PERMITTED);
    byte[] last = sign(new SignedAgreement("TL", payer.account(), contract, 2, HASH, most));
    assertThat(status(payer, new Agree(last))).isEqualTo(RequestStatus.DONE);
  }

  @Test
  void evidence_hasTheVersionThatWasInForce_andWhoSignedIt() {
    published();
    Agree agree = signed(second);
    assertThat(status(second, agree)).isEqualTo(RequestStatus.DONE);
    assertThat(status(payee, signed(payee))).isEqualTo(RequestStatus.DONE);
    bank.run(asked().seal(), paid().seal());
    assertThat(bundle().sides()).extracting(EvidenceSide::agreement).containsOnlyNulls();
    number = payee.nextNumber();
    inForce();
    bank.run(asked().seal(), paid().seal());
    AgreedUnder payers = Objects.requireNonNull(bundle().sides().get(0).agreement());
    assertThat(payers.version()).isEqualTo(2);
    assertThat(payers.hash()).isEqualTo(HASH);
    assertThat(payers.sign1()).isEqualTo(agree.sign1());
    assertThat(payers.bindingRecord()).isEqualTo(row(second).evidence().bindingRecord());
    AgreedUnder payees = Objects.requireNonNull(bundle().sides().get(1).agreement());
    assertThat(payees.sign1()).isNotNull();
    assertThat(payees.bindingRecord()).as("the side's own device").isNull();
  }

  @Test
  void olderVersion_takesNothingBack() {
    byte[] first = bank.office.agreements.inForce().hash();
    published();
    assertThat(status(payer, signed(payer))).isEqualTo(RequestStatus.DONE);
    assertThat(status(payer, new Agree(sign(word(payer, 1, first)))))
        .isEqualTo(RequestStatus.NOT_PERMITTED);
    assertThat(contractVersion(payer)).isEqualTo(2);
    assertThat(signatures()).isEqualTo(1);
  }

  /** Whoever has slept through a version signs the one in force, and not the one in between. */
  @Test
  void versionThatIsNoLongerInForce_isNotSigned() {
    published();
    Agree second = signed(payer);
    inForce();
    propose(BackOffice.APPROVER, TEXT + " Third edition.", HOURS);
    Server.inTransaction(bank.office.entities, () -> publishing.confirm(OTHER, 3));
    inForce();
    refused(payer, second.sign1(), RequestStatus.NOT_PERMITTED);
  }

  @Test
  void half_beforeTheVersionIsInForce_isGood() {
    published();
    SealedHalf half = paid().seal();
    bank.run(asked().seal(), half);
    assertEnded(bank.answer(payer, half, number), Outcome.APPROVED, ReasonClass.NONE);
  }

  @Test
  void half_afterIt_isRefused_thePayeesWaits_andTheSignatureLetsItPass() {
    published();
    assertThat(status(payee, signed(payee))).isEqualTo(RequestStatus.DONE);
    inForce();
    SealedHalf half = paid().seal();
    bank.run(asked().seal(), half);
    assertEnded(bank.answer(payer, half, number), Outcome.DECLINED, ReasonClass.AGREE_FIRST);
    assertThat(reasons()).contains("AGREEMENT_NOT_SIGNED");
    assertThat(status(payer, signed(payer))).isEqualTo(RequestStatus.DONE);
    SealedHalf again = paid().seal();
    bank.run(again);
    assertEnded(bank.answer(payer, again, number), Outcome.APPROVED, ReasonClass.NONE);
  }

  @Test
  void payeesHalf_afterIt_isRefusedToo() {
    published();
    inForce();
    SealedHalf half = asked().seal();
    bank.run(half);
    assertEnded(bank.answer(payee, half, number), Outcome.DECLINED, ReasonClass.AGREE_FIRST);
  }

  @Test
  void half_thatWasOnDiskBefore_isOpenedUnderTheOldVersion() {
    published();
    status(payee, signed(payee));
    inForce();
    SealedHalf half = paid().seal();
    bank.open(asked().seal());
    bank.openReceivedAt(half, bank.office.clock.millis() - 1);
    assertThat(reasons()).doesNotContain("AGREEMENT_NOT_SIGNED");
  }

  @Test
  void auditor_seesWhatEachPartyHadAgreedToThen() {
    published();
    status(payer, signed(payer));
    bank.run(asked().seal(), paid().seal());
    var halves =
        Server.inTransaction(
                bank.office.entities,
                () -> bank.transactions.view(BackOffice.AUDITOR, number).orElseThrow())
            .halves();
    var payers = halves.stream().filter(half -> half.role() == 1).findFirst().orElseThrow();
    assertThat(payers.agreed()).isNotNull();
    assertThat(payers.agreed().version()).isEqualTo(2);
    assertThat(Arrays.equals(payers.agreed().hash(), HASH)).isTrue();
    var payees = halves.stream().filter(half -> half.role() == 2).findFirst().orElseThrow();
    assertThat(payees.agreed()).isNull(); // this device was bound by the test alone
  }
}
