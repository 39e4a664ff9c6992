package org.tallystick.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tallystick.answer.Outcome;
import org.tallystick.rekey.BankRekey;
import org.tallystick.sequencer.NumberAt;
import org.tallystick.simulation.History.DeviceFacts;
import org.tallystick.simulation.History.Opened;

/** Checks a finished history: answers, devices, numbers and logs. Money has its own class. */
final class Invariants {
  private final History history;
  private final List<Violation> violations = new ArrayList<>();
  private final Map<String, Outcome> finals = new HashMap<>();
  private final Map<String, Outcome> heard = new HashMap<>();
  private final Map<String, Opened> opened = new HashMap<>();

  private Invariants(History history) {
    this.history = history;
  }

  /** Everything that the history breaks. */
  static List<Violation> check(History history) {
    Invariants invariants = new Invariants(history);
    invariants.oneFinal();
    invariants.answered();
    invariants.sameBytes();
    invariants.numbers();
    invariants.forks();
    invariants.switches();
    invariants.rekeys();
    history.devices.values().forEach(invariants::device);
    invariants.violations.addAll(MoneyInvariants.check(history));
    return invariants.violations;
  }

  private void broken(Property property, String detail) {
    violations.add(new Violation(property, detail));
  }

  private void oneFinal() {
    for (var fact : history.finals) {
      if (finals.put(fact.codeHash(), fact.outcome()) != null) {
        broken(Property.ONE_FINAL, "two final answers to code " + Slots.brief(fact.codeHash()));
      }
    }
    for (var fact : history.heard) {
      heard.put(fact.codeHash(), fact.outcome());
      boolean lost =
          history.lost.stream()
              .anyMatch(
                  gone ->
                      gone.codeHash().equals(fact.codeHash()) && gone.outcome() == fact.outcome());
      if (!lost && finals.get(fact.codeHash()) != fact.outcome()) {
        broken(Property.ONE_FINAL, "heard something else: " + Slots.brief(fact.codeHash()));
      }
    }
    history.opened.forEach(fact -> opened.put(fact.codeHash(), fact));
  }

  private void answered() {
    for (var fact : history.written) {
      DeviceFacts device = history.device(fact.device());
      // a false alarm excuses no silence
      boolean suspended = device.suspended() && hasCause(device);
      if (suspended || heard.containsKey(fact.codeHash())) {
        continue;
      }
      boolean known = opened.containsKey(fact.codeHash()) || finals.containsKey(fact.codeHash());
      boolean forgotten = device.restored && !known;
      boolean lost = device.longAway && history.gaveUp.contains(fact.codeHash()) && !known;
      boolean turnedBack =
          device.restored
              && !device.outbox.contains(fact.codeHash())
              && !history.gaveUp.contains(fact.codeHash());
      // the bank has lost the epoch that it was made in
      boolean undone = fact.epoch() > device.newestAfterRestore && !known;
      boolean gone = device.estranged && history.gaveUp.contains(fact.codeHash());
      if (!forgotten && !lost && !turnedBack && !undone && !gone) {
        broken(
            Property.ANSWERED,
            "device "
                + fact.device()
                + " never heard of code "
                + Slots.brief(fact.codeHash())
                + (known ? ", which the bank opened" : ", which the bank never opened"));
      }
    }
  }

  private void sameBytes() {
    Map<String, String> first = new HashMap<>();
    for (var fact : history.served) {
      String before = first.putIfAbsent(fact.codeHash(), fact.digest());
      if (before != null && !before.equals(fact.digest())) {
        broken(Property.SAME_BYTES, "code " + Slots.brief(fact.codeHash()));
      }
    }
  }

  private void numbers() {
    Map<String, String> sent = new HashMap<>();
    for (var fact : history.transmitted) {
      String before = sent.putIfAbsent(Slots.number(fact.device(), fact.at()), fact.codeHash());
      if (before != null
          && !before.equals(fact.codeHash())
          && history.device(fact.device()).whole()) {
        broken(Property.NUMBERS_UNIQUE, "two codes sent for " + fact.device() + "/" + fact.at());
      }
    }
    Set<String> used = new HashSet<>();
    for (Opened fact : history.opened) {
      if (!used.add(Slots.number(fact.device(), fact.at()))) {
        broken(Property.NUMBERS_UNIQUE, "opened twice: " + fact.device() + "/" + fact.at());
      }
    }
  }

  private void forks() {
    Map<String, Opened> byNumber = new HashMap<>();
    history.opened.forEach(fact -> byNumber.put(Slots.number(fact.device(), fact.at()), fact));
    for (Opened fact : history.opened) {
      NumberAt at = new NumberAt(fact.at().epoch(), Math.max(0, fact.at().n() - 1));
      Opened before = byNumber.get(Slots.number(fact.device(), at));
      if (before != null && !before.codeHash().startsWith(fact.prev())) {
        broken(
            Property.FORK_FOUND,
            "device " + fact.device() + ", " + fact.at() + " follows another history");
      }
    }
  }

  /** No code of the older epoch lies beyond where the newer one says that the device left it. */
  private void switches() {
    for (Opened fact : history.opened) {
      Long closed = fact.closed();
      if (closed == null) {
        continue;
      }
      for (var made : history.rekeyed) {
        if (made.device() == fact.device() && made.epoch() == fact.at().epoch()) {
          beyond(fact, new NumberAt(made.base(), closed));
        }
      }
    }
  }

  private void beyond(Opened fact, NumberAt closed) {
    for (Opened other : history.opened) {
      boolean later =
          other.device() == fact.device()
              && other.at().epoch() == closed.epoch()
              && other.at().n() >= closed.n();
      if (later) {
        broken(
            Property.FORK_FOUND,
            "device " + fact.device() + ": " + other.at() + " though " + closed + " was closed");
      }
    }
  }

  private void rekeys() {
    Set<String> bases = new HashSet<>();
    for (var made : history.rekeyed) {
      if (!bases.add(made.device() + "/" + made.base())) {
        broken(Property.ONE_REKEY, "device " + made.device() + " twice from " + made.base());
      }
    }
  }

  /** Whether something happened to the device that the bank must or may suspend it for. */
  private static boolean hasCause(DeviceFacts device) {
    return device.restored
        || device.stolen
        || device.wrongPins >= 5
        || device.undueRekeys > BankRekey.MAX_UNDUE;
  }

  private void device(DeviceFacts device) {
    if (device.suspended() && !hasCause(device)) {
      broken(Property.NO_FALSE_ALARM, "device " + device.index + " suspended without cause");
    }
    if (!device.suspended() && !device.fresh && !device.estranged) {
      broken(Property.MEET_AGAIN, "device " + device.index + " cannot pay any more");
    }
    if (device.estranged && device.whole() && !history.wasBankRestored()) {
      broken(Property.MEET_AGAIN, "device " + device.index + " has no root in common");
    }
    if (!device.suspended()
        && device.whole()
        && !device.estranged
        && device.bankNext != device.deviceNext) {
      broken(
          Property.MEET_AGAIN,
          "device " + device.index + " is at " + device.deviceNext + ", bank " + device.bankNext);
    }
    log(device);
  }

  private void log(DeviceFacts device) {
    byte[] head = device.seedHead;
    for (int i = 0; i < device.bankLog.size(); i++) {
      if (!device.bankLog.get(i).extendsHead(i + 1L, head)) {
        broken(Property.LOG_PREFIX, "the bank's log of " + device.index + " breaks at " + (i + 1));
        return;
      }
      head = device.bankLog.get(i).head();
    }
    long answers = history.finals.stream().filter(f -> f.device() == device.index).count();
    if (answers != device.bankLog.size()) {
      broken(
          Property.LOG_PREFIX,
          "device " + device.index + ": " + answers + " answers, lines " + device.bankLog.size());
    }
    if (history.contradicted.contains(device.index) && !history.wasBankRestored()) {
      broken(Property.LOG_PREFIX, "device " + device.index + " was told of another log");
    }
    carriedHeads(device);
    if (device.estranged) {
      return;
    }
    int held = (int) device.deviceLogIndex;
    boolean prefix =
        held <= device.bankLog.size()
            && (held == 0
                || Arrays.equals(device.deviceLogHead, device.bankLog.get(held - 1).head()));
    // a suspended device may not rekey, and so does not take the log of a restored bank
    boolean apart = history.wasBankRestored() && (!device.whole() || device.suspended());
    if ((!prefix && !apart) || (device.whole() && !apart && held < device.bankLog.size())) {
      broken(
          Property.LOG_PREFIX,
          "device " + device.index + " holds " + held + " of " + device.bankLog.size());
    }
  }

  /** What a code says of its device's log is what the bank wrote. */
  private void carriedHeads(DeviceFacts device) {
    for (Opened fact : history.opened) {
      if (fact.device() != device.index || fact.outdated()) {
        continue;
      }
      int at = (int) fact.logIndex();
      boolean fits =
          at == 0
              || (at <= device.bankLog.size()
                  && fact.logHead().equals(Slots.hex(device.bankLog.get(at - 1).head())));
      if (!fits) {
        broken(Property.LOG_PREFIX, "device " + device.index + " carries another log at " + at);
      }
    }
  }
}
