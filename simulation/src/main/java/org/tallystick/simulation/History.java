package org.tallystick.simulation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tallystick.answer.Outcome;
import org.tallystick.code.OpenedHalf;
import org.tallystick.code.Purpose;
import org.tallystick.code.Role;
import org.tallystick.crypto.Sha256;
import org.tallystick.log.LogLine;
import org.tallystick.sequencer.NumberAt;

/**
 * What somebody who watches everything from outside saw in one schedule. Actors add to it and never
 * read it.
 */
final class History {
  /** A code that a device wrote to its file. */
  record Written(int device, String codeHash, String slot, long epoch) {}

  /** A code that left a device. */
  record Transmitted(int device, NumberAt at, String codeHash) {}

  /** A half that the bank opened. */
  record Opened(
      int device,
      NumberAt at,
      @Nullable Long closed,
      boolean outdated,
      String codeHash,
      String prev,
      String slot,
      Role role,
      Purpose purpose,
      long minor,
      long receivedAt,
      long notAfter,
      long logIndex,
      String logHead) {}

  /** A final answer that the bank committed. */
  record Final(
      String codeHash,
      int device,
      String slot,
      @Nullable Role role,
      @Nullable Purpose purpose,
      Outcome outcome,
      String exact) {}

  /** What a device took as its final answer. */
  record Heard(String codeHash, Outcome outcome) {}

  /** An answer that left the bank. */
  record Served(String codeHash, String digest) {}

  /** Money that the bank moved. */
  record Movement(String slot, String payerCode, String payeeCode, long minor) {}

  /** A fresh epoch that the bank made from another. */
  record Rekeyed(int device, long base, long epoch) {}

  /** What is known of one device. */
  static final class DeviceFacts {
    final int index;
    boolean restored;
    boolean stolen;
    boolean longAway;
    int wrongPins;

    /** Rekeys that its owner asked for though none was due. */
    int undueRekeys;

    /** Newest epoch that the bank knew after its restore. */
    long newestAfterRestore = Long.MAX_VALUE;

    /** Whether device and bank have no root in common any more: a new activation is needed. */
    boolean estranged;

    /** Movements that the bank had made when it suspended the device; -1 while active. */
    int suspendedAt = -1;

    boolean fresh;
    long deviceNext;
    long bankNext;
    byte[] seedHead = {};
    long deviceLogIndex;
    byte[] deviceLogHead = {};
    List<LogLine> bankLog = List.of();
    Set<String> outbox = Set.of();

    DeviceFacts(int index) {
      this.index = index;
    }

    boolean suspended() {
      return suspendedAt >= 0;
    }

    /** Whether its chain was only ever in its own hands and never turned back. */
    boolean whole() {
      return !restored && !stolen;
    }
  }

  final TreeMap<Integer, DeviceFacts> devices = new TreeMap<>();
  final List<Written> written = new ArrayList<>();
  final List<Transmitted> transmitted = new ArrayList<>();
  final List<Opened> opened = new ArrayList<>();
  final List<Final> finals = new ArrayList<>();
  final List<Heard> heard = new ArrayList<>();
  final List<Served> served = new ArrayList<>();
  final List<Movement> movements = new ArrayList<>();
  final List<BankStore.Posting> postings = new ArrayList<>();
  final Set<String> gaveUp = new HashSet<>();
  final Set<String> wrongPinCodes = new HashSet<>();
  final List<Rekeyed> rekeyed = new ArrayList<>();

  /** Final answers that the bank gave and lost. */
  final List<Final> lost = new ArrayList<>();

  /** Devices that were told of a line that contradicts the log they hold. */
  final Set<Integer> contradicted = new HashSet<>();

  private int[] marks = {0, 0, 0, 0};
  private boolean restored;

  /** The bank's state of now can come back. */
  void mark() {
    marks = new int[] {opened.size(), finals.size(), movements.size(), rekeyed.size()};
  }

  /** What the bank did since the mark is undone. */
  void bankRestored() {
    restored = true;
    lost.addAll(finals.subList(marks[1], finals.size()));
    cut(opened, marks[0]);
    cut(finals, marks[1]);
    cut(movements, marks[2]);
    cut(rekeyed, marks[3]);
    Set<String> gone = new HashSet<>();
    lost.forEach(fact -> gone.add(fact.codeHash()));
    served.removeIf(fact -> gone.contains(fact.codeHash()));
    devices.values().forEach(device -> device.suspendedAt = Math.min(device.suspendedAt, marks[2]));
  }

  private static void cut(List<?> list, int size) {
    list.subList(size, list.size()).clear();
  }

  boolean wasBankRestored() {
    return restored;
  }

  void rekeyed(int device, long base, long epoch) {
    rekeyed.add(new Rekeyed(device, base, epoch));
  }

  DeviceFacts device(int index) {
    return devices.computeIfAbsent(index, DeviceFacts::new);
  }

  void meant(String codeHash, boolean wrongPin) {
    if (wrongPin) {
      wrongPinCodes.add(codeHash);
    }
  }

  void written(int device, OutboxEntry entry, boolean wrongPin) {
    written.add(new Written(device, entry.codeHash(), entry.slot(), entry.sealed().epoch()));
    if (wrongPin) {
      device(device).wrongPins++;
    }
  }

  void transmitted(int device, NumberAt at, String codeHash) {
    transmitted.add(new Transmitted(device, at, codeHash));
  }

  void opened(int device, OpenedHalf half, long receivedAt) {
    var signed = half.signed();
    boolean outdated = restored && signed.epoch() <= device(device).newestAfterRestore;
    opened.add(
        new Opened(
            device,
            new NumberAt(signed.epoch(), signed.n()),
            signed.closed(),
            outdated,
            Slots.hex(half.codeHash()),
            Slots.hex(signed.prev()),
            Slots.key(half.code().number(), signed.billHash()),
            signed.role(),
            signed.purpose(),
            signed.amount().minor(),
            receivedAt,
            signed.notAfterMillis(),
            signed.logIndex(),
            Slots.hex(signed.logHead())));
  }

  void ended(Final fact) {
    finals.add(fact);
  }

  void heard(String codeHash, Outcome outcome) {
    heard.add(new Heard(codeHash, outcome));
  }

  void served(String codeHash, byte[] sealed) {
    served.add(new Served(codeHash, Slots.hex(Sha256.of(sealed))));
  }

  void moved(Movement movement) {
    movements.add(movement);
  }

  void suspended(int device) {
    DeviceFacts facts = device(device);
    if (!facts.suspended()) {
      facts.suspendedAt = movements.size();
    }
  }

  void contradicted(int device) {
    contradicted.add(device);
  }

  void gaveUp(String codeHash) {
    gaveUp.add(codeHash);
  }
}
