package org.tallystick.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tallystick.answer.Outcome;
import org.tallystick.code.Purpose;
import org.tallystick.code.Role;
import org.tallystick.simulation.History.Final;
import org.tallystick.simulation.History.Movement;
import org.tallystick.simulation.History.Opened;

/** Checks a finished history: who was told what, and what moved. */
final class MoneyInvariants {
  private final History history;
  private final List<Violation> violations = new ArrayList<>();
  private final Map<String, Opened> opened = new HashMap<>();

  private MoneyInvariants(History history) {
    this.history = history;
    history.opened.forEach(fact -> opened.put(fact.codeHash(), fact));
  }

  static List<Violation> check(History history) {
    MoneyInvariants invariants = new MoneyInvariants(history);
    invariants.movements();
    invariants.sides();
    invariants.ledger();
    invariants.cancels();
    invariants.places();
    return invariants.violations;
  }

  private void broken(Property property, String detail) {
    violations.add(new Violation(property, detail));
  }

  private void movements() {
    Set<String> moved = new HashSet<>();
    for (int i = 0; i < history.movements.size(); i++) {
      Movement movement = history.movements.get(i);
      if (!moved.add(movement.slot())) {
        broken(Property.ONE_MOVEMENT, "moved twice for " + movement.slot());
      }
      Opened payer = opened.get(movement.payerCode());
      Opened payee = opened.get(movement.payeeCode());
      if (payer == null || payee == null) {
        broken(Property.SIDES_AGREE, "moved without two opened halves: " + movement.slot());
        continue;
      }
      if (payer.outdated() || payee.outdated()) {
        broken(Property.RECOVERY_HOLDS, "moved by a code that was refused: " + movement.slot());
      }
      if (payer.minor() != movement.minor() || payee.minor() != movement.minor()) {
        broken(Property.AMOUNT_AGREED, "amounts differ: " + movement.slot());
      }
      if (history.wrongPinCodes.contains(movement.payerCode())) {
        broken(Property.PIN_NEEDED, "moved by a wrong PIN: " + movement.slot());
      }
      if (payer.receivedAt() > payee.notAfter() || payee.receivedAt() > payer.notAfter()) {
        broken(Property.NOT_AFTER_HOLDS, "the twin came too late: " + movement.slot());
      }
      afterSuspension(i, payer.device());
      afterSuspension(i, payee.device());
    }
  }

  private void afterSuspension(int movement, int device) {
    int suspendedAt = history.device(device).suspendedAt;
    if (suspendedAt >= 0 && movement >= suspendedAt) {
      broken(Property.SUSPENDED_MOVES_NOTHING, "moved for suspended device " + device);
    }
  }

  private void sides() {
    Set<String> inMovement = new HashSet<>();
    for (Movement movement : history.movements) {
      inMovement.add(movement.payerCode());
      inMovement.add(movement.payeeCode());
    }
    Set<String> approved = new HashSet<>();
    for (Final fact : history.finals) {
      if (fact.outcome() == Outcome.APPROVED) {
        approved.add(fact.codeHash());
      } else {
        approved.remove(fact.codeHash());
      }
    }
    for (String code : approved) {
      if (!inMovement.contains(code)) {
        broken(Property.SIDES_AGREE, "approved, but nothing moved: " + Slots.brief(code));
      }
    }
    for (String code : inMovement) {
      if (!approved.contains(code)) {
        broken(Property.SIDES_AGREE, "moved, but not approved: " + Slots.brief(code));
      }
    }
    for (History.Heard fact : history.heard) {
      if (history.lost.stream().anyMatch(gone -> gone.codeHash().equals(fact.codeHash()))) {
        continue; // what became of it after the restore is another matter
      }
      if ((fact.outcome() == Outcome.APPROVED) != inMovement.contains(fact.codeHash())) {
        broken(Property.SIDES_AGREE, "heard otherwise: " + Slots.brief(fact.codeHash()));
      }
    }
  }

  private void ledger() {
    Map<String, Long> byMovement = new HashMap<>();
    Map<Integer, Long> balances = new HashMap<>();
    for (Movement movement : history.movements) {
      byMovement.merge(movement.slot(), movement.minor(), Long::sum);
    }
    Map<String, Long> byPosting = new HashMap<>();
    for (BankStore.Posting posting : history.postings) {
      byPosting.merge(posting.slot(), posting.minor(), Long::sum);
      balances.merge(posting.debited(), -posting.minor(), Long::sum);
      balances.merge(posting.credited(), posting.minor(), Long::sum);
    }
    if (balances.values().stream().mapToLong(Long::longValue).sum() != 0) {
      broken(Property.LEDGER_BALANCED, "the ledger does not sum to zero");
    }
    if (!byMovement.equals(byPosting)) {
      broken(Property.LEDGER_BALANCED, "postings are not the approved bills");
    }
  }

  private void cancels() {
    Set<String> moved = new HashSet<>();
    history.movements.forEach(movement -> moved.add(movement.slot()));
    for (Final fact : history.finals) {
      if (fact.purpose() != Purpose.CANCEL || fact.outcome() != Outcome.CANCELLED) {
        continue;
      }
      if (moved.contains(fact.slot())) {
        broken(Property.CANCEL_HOLDS, "cancelled, and moved: " + fact.slot());
      }
      boolean own =
          history.opened.stream()
              .anyMatch(
                  half ->
                      half.slot().equals(fact.slot())
                          && half.device() == fact.device()
                          && half.purpose() == Purpose.PURCHASE);
      if (!own) {
        broken(Property.CANCEL_HOLDS, "cancelled by a stranger: " + fact.slot());
      }
    }
  }

  private void places() {
    for (Final fact : history.finals) {
      Role role = fact.role();
      if (!fact.exact().equals("ROLE_TAKEN") || role == null) {
        continue;
      }
      boolean other =
          history.opened.stream()
              .anyMatch(
                  half ->
                      half.slot().equals(fact.slot())
                          && half.role() == role
                          && half.purpose() == Purpose.PURCHASE
                          && !half.codeHash().equals(fact.codeHash()));
      if (!other) {
        broken(Property.ONLY_OPENED_PARKS, "kept out by nobody: " + fact.slot());
      }
    }
  }
}
