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

/**
 * What somebody who watches everything from outside saw in one schedule. Actors add to it and never
 * read it.
 */
final class History {
  /** A code that a device wrote to its file. */
  record Written(int device, String codeHash, String slot) {}

  /** A code that left a device. */
  record Transmitted(int device, long n, String codeHash) {}

  /** A half that the bank opened. */
  record Opened(
      int device,
      long n,
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

  /** What is known of one device. */
  static final class DeviceFacts {
    final int index;
    boolean restored;
    boolean stolen;
    boolean longAway;
    int wrongPins;

    /** Movements that the bank had made when it suspended the device; -1 while active. */
    int suspendedAt = -1;

    boolean fresh;
    long deviceNext;
    long bankNext;
    byte[] seedHead = {};
    List<LogLine> deviceLog = List.of();
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

  DeviceFacts device(int index) {
    return devices.computeIfAbsent(index, DeviceFacts::new);
  }

  void meant(String codeHash, boolean wrongPin) {
    if (wrongPin) {
      wrongPinCodes.add(codeHash);
    }
  }

  void written(int device, OutboxEntry entry, boolean wrongPin) {
    written.add(new Written(device, entry.codeHash(), entry.slot()));
    if (wrongPin) {
      device(device).wrongPins++;
    }
  }

  void transmitted(int device, long n, String codeHash) {
    transmitted.add(new Transmitted(device, n, codeHash));
  }

  void opened(int device, OpenedHalf half, long receivedAt) {
    var signed = half.signed();
    opened.add(
        new Opened(
            device,
            signed.n(),
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

  void gaveUp(String codeHash) {
    gaveUp.add(codeHash);
  }
}
