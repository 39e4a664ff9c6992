package org.tallystick.code;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.authority.Authority;
import org.tallystick.crypto.Secret;
import org.tallystick.device.DeviceTransition;
import org.tallystick.pairing.Ending;
import org.tallystick.pairing.Slot;
import org.tallystick.pairing.SlotKey;

/**
 * Says of each opened code of a batch, in the order in which they came, whether its half is good:
 * O9b, for which opening has put off the look into the log, and O10 to O13. Nothing is written
 * here.
 *
 * <p>Source: docs/PROTOCOL.md section 5.2.
 */
final class Judgement {
  private static final String LOG_STEP = "O9b";

  private final OpeningTools tools;
  private final BatchFacts facts;
  private final Map<SlotKey, Authority> authorities;
  private final OffsetDateTime now;
  private final OffsetDateTime dueAt;
  private final List<HalfRow> halves = new ArrayList<>();
  private final List<DeviceTransition> transitions = new ArrayList<>();
  private final List<String> drawn = new ArrayList<>();
  private long nextId;

  /**
   * @param authorities that later steps of this batch may belong to
   */
  Judgement(
      OpeningTools tools, BatchFacts facts, Map<SlotKey, Authority> authorities, long nowMillis) {
    this.tools = tools;
    this.facts = facts;
    this.authorities = authorities;
    this.nextId = facts.firstId();
    this.now = Times.ofMillis(nowMillis);
    this.dueAt = Times.ofMillis(nowMillis + Slot.DUE_MILLIS);
  }

  void judge(OpenedCode code) {
    if (code.result() instanceof OpenResult.Opened good) {
      try {
        judge(code, good.half());
      } finally {
        good.half().pinKey().close();
      }
    } else if (code.result() instanceof OpenResult.RekeyFirst old) {
      old.half().pinKey().close();
      read(code, old.half(), Optional.of(Ending.of(Refusal.REKEY_FIRST))); // O9c
    } else if (code.result() instanceof OpenResult.Compromised broken) {
      broken(code, broken.step(), broken.replyRoot());
    }
  }

  private void judge(OpenedCode code, OpenedHalf half) {
    if (!sameLog(code, half.signed())) {
      broken(code, LOG_STEP, half.replyRoot());
      return;
    }
    long receivedAt = code.arrived().receivedAtMillis();
    boolean reserved =
        code.drawnNumber()
            .filter(number -> facts.isReserved(number, code.device().party(), receivedAt))
            .isPresent();
    Optional<Ending> ending =
        code.device()
            .check(
                half,
                reserved,
                (later, payeeCode) -> mayUse(code, payeeCode),
                facts.levelPins(code.used().device()),
                facts.agreementInForce(receivedAt),
                receivedAt,
                transitions)
            .map(Ending::of);
    if (reserved && ending.isEmpty()) {
      facts.used(code.used().number());
      drawn.add(code.used().number());
    }
    read(code, half, ending);
  }

  /** O8c: whether the purchase has left the account something that is open. */
  private boolean mayUse(OpenedCode code, byte[] payeeCode) {
    return code.purchase()
        .flatMap(key -> Optional.ofNullable(authorities.get(key)))
        .filter(Authority::isOpen)
        .map(Authority::payee)
        .filter(payee -> payee.party() == code.device().party())
        .filter(payee -> Arrays.equals(payee.codeHash(), payeeCode))
        .isPresent();
  }

  private void read(OpenedCode code, OpenedHalf half, Optional<Ending> ending) {
    ConsumedRow number = code.used();
    HalfRow.Kept kept =
        ending.isPresent()
            ? HalfRow.Kept.NOTHING
            : tools.halves().keep(half.privateMap(), number.device(), number.epoch(), number.n());
    halves.add(
        row(code, new HalfRow.Terms(half.sign1(), half.signed(), kept), half.replyRoot(), ending));
  }

  /** O9b: the device's log is the bank's, as far as the device has it. */
  private boolean sameLog(OpenedCode code, SignedMap signed) {
    byte[] head =
        code.namedLine()
            .map(facts::head)
            .orElseGet(() -> Optional.of(code.device().logSeed()))
            .orElse(null);
    return head != null && LogHeads.isSame(head, signed.logHead());
  }

  private void broken(OpenedCode code, String step, Secret replyRoot) {
    code.device().suspend(step, now).ifPresent(transitions::add);
    halves.add(row(code, null, replyRoot, Optional.of(Ending.ofBrokenStep(step))));
  }

  private HalfRow row(
      OpenedCode code, HalfRow.@Nullable Terms terms, Secret replyRoot, Optional<Ending> ending) {
    ConsumedRow number = code.used();
    return new HalfRow(
        nextId++,
        number.device(),
        number.epoch(),
        number.n(),
        code.arrived().code().consortium(),
        number.number(),
        code.arrived().code().account(),
        number.codeHash(),
        terms,
        tools.halves().wrapReplyRoot(replyRoot, number.device(), number.epoch(), number.n()),
        Times.ofMillis(code.arrived().receivedAtMillis()),
        ending.isPresent() ? HalfState.REFUSED : HalfState.WAITING,
        ending.map(Ending::name).orElse(null),
        null,
        dueAt);
  }

  /** The halves as they are to be placed. */
  List<HalfRow> halves() {
    return halves;
  }

  /** Numbers drawn by the bank that good halves carry. */
  List<String> drawn() {
    return drawn;
  }

  /** Devices that changed their state. */
  List<DeviceTransition> transitions() {
    return transitions;
  }
}
