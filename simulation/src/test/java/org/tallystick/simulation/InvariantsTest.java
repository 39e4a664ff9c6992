package org.tallystick.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tallystick.answer.Outcome;
import org.tallystick.code.Purpose;
import org.tallystick.code.Role;
import org.tallystick.crypto.Sha256;
import org.tallystick.log.LogLine;
import org.tallystick.sequencer.NumberAt;
import org.tallystick.simulation.History.Final;
import org.tallystick.simulation.History.Heard;
import org.tallystick.simulation.History.Movement;
import org.tallystick.simulation.History.Opened;
import org.tallystick.simulation.History.Served;
import org.tallystick.simulation.History.Transmitted;
import org.tallystick.simulation.History.Written;

/** The judge on trial: a good history made by hand, and one corruption of it for each property. */
class InvariantsTest {
  private static final String SLOT = "NUMBER:bill";
  private static final String PAYER_CODE = hash("payer");
  private static final String PAYEE_CODE = hash("payee");
  private static final int PAYER = 0;
  private static final int PAYEE = 1;

  private final History history = goodHistory();

  @Test
  void goodHistory_holds() {
    assertThat(Invariants.check(history)).isEmpty();
  }

  @Test
  void codeWithoutAnswer_opened_isFound() {
    history.heard.remove(0);
    expect(Property.ANSWERED);
  }

  @Test
  void codeWithoutAnswer_neverOpened_isFound() {
    history.written.add(new Written(PAYER, hash("lost"), SLOT, 0));
    history.gaveUp.add(hash("lost"));
    expect(Property.ANSWERED);
  }

  @Test
  void codeWithoutAnswer_suspendedByFalseAlarm_isFound() {
    history.heard.remove(0);
    history.device(PAYER).suspendedAt = 1;
    expect(Property.ANSWERED);
    expect(Property.NO_FALSE_ALARM);
  }

  @Test
  void codeWithoutAnswer_neverOpenedAndLongAway_holds() {
    history.written.add(new Written(PAYER, hash("lost"), SLOT, 0));
    history.gaveUp.add(hash("lost"));
    history.device(PAYER).longAway = true;
    assertThat(Invariants.check(history)).isEmpty();
  }

  @Test
  void secondFinalAnswer_isFound() {
    history.finals.add(history.finals.get(0));
    expect(Property.ONE_FINAL);
  }

  @Test
  void deviceHearsAnotherOutcome_isFound() {
    history.heard.set(0, new Heard(PAYER_CODE, Outcome.DECLINED));
    expect(Property.ONE_FINAL);
    expect(Property.SIDES_AGREE);
  }

  @Test
  void secondMovement_isFound() {
    history.movements.add(history.movements.get(0));
    expect(Property.ONE_MOVEMENT);
  }

  @Test
  void oneSideDeclined_isFound() {
    Final payee = history.finals.get(1);
    history.finals.set(1, ended(payee, Outcome.DECLINED, payee.exact()));
    expect(Property.SIDES_AGREE);
  }

  @Test
  void approvedWithoutMovement_isFound() {
    history.movements.clear();
    expect(Property.SIDES_AGREE);
    expect(Property.LEDGER_BALANCED);
  }

  @Test
  void postedTwice_isFound() {
    history.postings.add(history.postings.get(0));
    expect(Property.LEDGER_BALANCED);
  }

  @Test
  void otherBytes_isFound() {
    history.served.add(new Served(PAYER_CODE, "other"));
    expect(Property.SAME_BYTES);
  }

  @Test
  void bankLogWithGap_isFound() {
    List<LogLine> log = history.device(PAYER).bankLog;
    history.device(PAYER).bankLog = List.of(log.get(0), log.get(0));
    expect(Property.LOG_PREFIX);
  }

  @Test
  void lineWithoutAnswer_isFound() {
    history.device(PAYER).bankLog = lines("payer", 2);
    expect(Property.LOG_PREFIX);
  }

  @Test
  void deviceHoldsAnotherLog_isFound() {
    history.device(PAYER).deviceLogHead = lines("stranger", 1).get(0).head();
    expect(Property.LOG_PREFIX);
  }

  @Test
  void deviceMissesALine_isFound() {
    history.device(PAYER).deviceLogIndex = 0;
    expect(Property.LOG_PREFIX);
  }

  @Test
  void codeCarriesAnotherHead_isFound() {
    history.opened.set(0, opened(PAYER, 7, PAYER_CODE, Role.PAYER, 100, 10, 1));
    expect(Property.LOG_PREFIX);
  }

  @Test
  void numberSentTwice_isFound() {
    history.transmitted.add(new Transmitted(PAYER, at(7), hash("again")));
    expect(Property.NUMBERS_UNIQUE);
  }

  @Test
  void numberSentTwice_afterRestore_holds() {
    history.transmitted.add(new Transmitted(PAYER, at(7), hash("again")));
    history.device(PAYER).restored = true;
    assertThat(Invariants.check(history)).isEmpty();
  }

  @Test
  void numberOpenedTwice_isFound() {
    history.opened.add(history.opened.get(0));
    expect(Property.NUMBERS_UNIQUE);
  }

  @Test
  void noFreshPayment_isFound() {
    history.device(PAYEE).fresh = false;
    expect(Property.MEET_AGAIN);
  }

  @Test
  void sequencersApart_isFound() {
    history.device(PAYEE).bankNext = 3;
    expect(Property.MEET_AGAIN);
  }

  @Test
  void suspendedWithoutCause_isFound() {
    history.device(PAYER).suspendedAt = 1;
    expect(Property.NO_FALSE_ALARM);
  }

  @Test
  void neighbourOfAnotherHistory_isFound() {
    history.opened.add(opened(PAYER, 8, hash("next"), Role.PAYER, 100, 10, 0));
    expect(Property.FORK_FOUND);
  }

  @Test
  void movedByWrongPin_isFound() {
    history.wrongPinCodes.add(PAYER_CODE);
    expect(Property.PIN_NEEDED);
  }

  @Test
  void movedAnotherAmount_isFound() {
    history.opened.set(0, opened(PAYER, 7, PAYER_CODE, Role.PAYER, 90, 10, 0));
    expect(Property.AMOUNT_AGREED);
  }

  @Test
  void twinTooLate_isFound() {
    history.opened.set(0, opened(PAYER, 7, PAYER_CODE, Role.PAYER, 100, 1_001, 0));
    expect(Property.NOT_AFTER_HOLDS);
  }

  @Test
  void movedForSuspendedDevice_isFound() {
    history.device(PAYER).restored = true;
    history.device(PAYER).suspendedAt = 0;
    expect(Property.SUSPENDED_MOVES_NOTHING);
  }

  @Test
  void cancelledAndMoved_isFound() {
    history.finals.add(cancel(PAYEE));
    expect(Property.CANCEL_HOLDS);
  }

  @Test
  void cancelledByStranger_isFound() {
    history.movements.clear();
    history.finals.add(cancel(5));
    expect(Property.CANCEL_HOLDS);
  }

  @Test
  void placeTakenByNobody_isFound() {
    Final payee = history.finals.get(1);
    history.finals.set(1, ended(payee, Outcome.DECLINED, "ROLE_TAKEN"));
    expect(Property.ONLY_OPENED_PARKS);
  }

  @Test
  void codeBeyondClosed_isFound() {
    history.rekeyed(PAYER, 0, 1);
    history.opened.add(switched(7));
    expect(Property.FORK_FOUND);
  }

  @Test
  void codeBeforeClosed_holds() {
    history.rekeyed(PAYER, 0, 1);
    history.opened.add(switched(8));
    assertThat(Invariants.check(history)).isEmpty();
  }

  @Test
  void secondRekeyFromOneEpoch_isFound() {
    history.rekeyed(PAYER, 0, 1);
    history.rekeyed(PAYER, 0, 2);
    expect(Property.ONE_REKEY);
  }

  @Test
  void movedByCodeFromBeforeRestore_isFound() {
    Opened payer = history.opened.get(0);
    history.opened.set(
        0,
        new Opened(
            payer.device(),
            payer.at(),
            null,
            true,
            payer.codeHash(),
            payer.prev(),
            payer.slot(),
            payer.role(),
            payer.purpose(),
            payer.minor(),
            payer.receivedAt(),
            payer.notAfter(),
            payer.logIndex(),
            payer.logHead()));
    expect(Property.RECOVERY_HOLDS);
  }

  @Test
  void suspendedAfterTooManyRekeys_holds() {
    history.device(PAYER).suspendedAt = 1;
    history.device(PAYER).undueRekeys = 4;
    assertThat(Invariants.check(history)).isEmpty();
  }

  @Test
  void noRootInCommon_withoutRestore_isFound() {
    history.device(PAYER).estranged = true;
    expect(Property.MEET_AGAIN);
  }

  @Test
  void restoredBank_answerThatWasLost_mayBeHeard() {
    history.mark();
    history.finals.add(ended(history.finals.get(0), Outcome.EXPIRED, "EXPIRED"));
    history.bankRestored();
    history.heard.add(new Heard(PAYER_CODE, Outcome.EXPIRED));
    assertThat(Invariants.check(history)).isEmpty();
  }

  private static Opened switched(long closed) {
    return new Opened(
        PAYER,
        new NumberAt(1, 100),
        closed,
        false,
        hash("first"),
        "00",
        SLOT,
        Role.PAYER,
        Purpose.PURCHASE,
        100,
        10,
        1_000,
        0,
        hash("head"));
  }

  private void expect(Property property) {
    assertThat(Invariants.check(history)).extracting(Violation::property).contains(property);
  }

  private static History goodHistory() {
    History good = new History();
    good.written.add(new Written(PAYER, PAYER_CODE, SLOT, 0));
    good.written.add(new Written(PAYEE, PAYEE_CODE, SLOT, 0));
    good.transmitted.add(new Transmitted(PAYER, at(7), PAYER_CODE));
    good.transmitted.add(new Transmitted(PAYEE, at(7), PAYEE_CODE));
    good.opened.add(opened(PAYER, 7, PAYER_CODE, Role.PAYER, 100, 10, 0));
    good.opened.add(opened(PAYEE, 7, PAYEE_CODE, Role.PAYEE, 100, 10, 0));
    for (int device = PAYER; device <= PAYEE; device++) {
      Role role = device == PAYER ? Role.PAYER : Role.PAYEE;
      String code = device == PAYER ? PAYER_CODE : PAYEE_CODE;
      good.finals.add(
          new Final(code, device, SLOT, role, Purpose.PURCHASE, Outcome.APPROVED, "APPROVED"));
      good.heard.add(new Heard(code, Outcome.APPROVED));
      good.served.add(new Served(code, "bytes of " + code));
      History.DeviceFacts facts = good.device(device);
      String name = device == PAYER ? "payer" : "payee";
      facts.fresh = true;
      facts.deviceNext = 8;
      facts.bankNext = 8;
      facts.seedHead = seed(name);
      facts.bankLog = lines(name, 1);
      facts.deviceLogIndex = 1;
      facts.deviceLogHead = facts.bankLog.get(0).head();
    }
    good.movements.add(new Movement(SLOT, PAYER_CODE, PAYEE_CODE, 100));
    good.postings.add(new BankStore.Posting(SLOT, PAYER, PAYEE, 100));
    return good;
  }

  private static Opened opened(
      int device, long n, String code, Role role, long minor, long receivedAt, long logIndex) {
    return new Opened(
        device,
        at(n),
        null,
        false,
        code,
        "00",
        SLOT,
        role,
        Purpose.PURCHASE,
        minor,
        receivedAt,
        1_000,
        logIndex,
        hash("head"));
  }

  /** A number of epoch 0. */
  private static NumberAt at(long n) {
    return new NumberAt(0, n);
  }

  private static Final ended(Final from, Outcome outcome, String exact) {
    return new Final(
        from.codeHash(), from.device(), from.slot(), from.role(), from.purpose(), outcome, exact);
  }

  private static Final cancel(int device) {
    return new Final(
        hash("cancel"), device, SLOT, Role.PAYEE, Purpose.CANCEL, Outcome.CANCELLED, "CANCELLED");
  }

  private static List<LogLine> lines(String name, int count) {
    List<LogLine> lines = new java.util.ArrayList<>();
    byte[] head = seed(name);
    for (int i = 1; i <= count; i++) {
      LogLine line = LogLine.after(i, head, 1, "decision", Sha256.of(head));
      lines.add(line);
      head = line.head();
    }
    return List.copyOf(lines);
  }

  private static byte[] seed(String name) {
    return Sha256.of(name.getBytes(StandardCharsets.US_ASCII));
  }

  private static String hash(String name) {
    return Slots.hex(seed("code of " + name));
  }
}
