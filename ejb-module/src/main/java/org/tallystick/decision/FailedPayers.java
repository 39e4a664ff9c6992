package org.tallystick.decision;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.tallystick.code.HalfRow;
import org.tallystick.code.HalfRows;
import org.tallystick.pairing.Ending;
import org.tallystick.pairing.Slot;

/**
 * The payers' halves of a batch that end alone, because they do not say what the payees' say or
 * their owners are not good any more. Whoever saw a bill can make such a half, so the payee's waits
 * on for another, as often as the slot allows.
 *
 * <p>Source: docs/PROTOCOL.md section 8, P2 and P3.
 */
final class FailedPayers {
  private final Map<Ending, List<Long>> ended = new EnumMap<>(Ending.class);
  private final List<Long> waitAgain = new ArrayList<>();

  /**
   * Takes a payer's half out of its slot.
   *
   * @return whether the payee's half waits on; otherwise it was the last that might fail, and the
   *     slot has ended
   */
  boolean release(Pair pair, Ending ending) {
    HalfRow payee = pair.payee().half();
    Slot slot = pair.slot();
    ended.computeIfAbsent(ending, e -> new ArrayList<>()).add(pair.payer().half().id());
    slot.releasePayer(payee.receivedAt(), payee.notAfter());
    if (slot.waitsInVain()) {
      slot.decline(Ending.BILL_EXHAUSTED.name());
      return false;
    }
    waitAgain.add(payee.id());
    return true;
  }

  /** Writes what became of the halves, before their answers are. */
  void write(HalfRows rows) throws SQLException {
    for (Map.Entry<Ending, List<Long>> end : ended.entrySet()) {
      rows.refusePaired(end.getValue(), end.getKey().name());
    }
    rows.waitAgain(waitAgain);
  }
}
