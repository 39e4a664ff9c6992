package org.tallystick.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tallystick.code.DeviceSequence;
import org.tallystick.sequencer.NumberAt;

/**
 * All that a device keeps through a crash; replaced as a whole by one durable write.
 *
 * @param sequence before the next code
 * @param roots what requests are made with, and the rekey that has begun
 * @param aliases not yet used, 17 bytes each
 * @param outbox codes without final answer, by number
 * @param bills that this device made, by the plan's name
 * @param done what the person has done, so that nobody does it twice after a crash
 * @param log own log
 */
record DeviceFile(
    DeviceSequence sequence,
    DeviceRoots roots,
    List<byte[]> aliases,
    SortedMap<NumberAt, OutboxEntry> outbox,
    SortedMap<String, BillNote> bills,
    SortedSet<String> done,
    LogView log) {
  static DeviceFile enrolled(
      DeviceSequence sequence, DeviceRoots roots, List<byte[]> aliases, byte[] seed) {
    return new DeviceFile(
        sequence,
        roots,
        aliases,
        new TreeMap<>(),
        new TreeMap<>(),
        new TreeSet<>(),
        LogView.from(0, seed));
  }

  /** S1: next sequence in, this one out, alias used up, outbox entry added. */
  DeviceFile withCode(OutboxEntry entry, String act, @Nullable BillNote bill) {
    SortedMap<NumberAt, OutboxEntry> sent = new TreeMap<>(outbox);
    sent.put(entry.at(), entry);
    SortedMap<String, BillNote> made = new TreeMap<>(bills);
    if (bill != null) {
      made.put(act, bill);
    }
    SortedSet<String> acts = new TreeSet<>(done);
    acts.add(act);
    return new DeviceFile(
        entry.sealed().next(), roots, aliases.subList(1, aliases.size()), sent, made, acts, log);
  }

  /** A6: outbox entry out, log line and aliases in. */
  DeviceFile withAnswer(NumberAt at, LogView grown, List<byte[]> fresh) {
    return new DeviceFile(sequence, roots, more(fresh), without(at), bills, done, grown);
  }

  DeviceFile withoutEntry(NumberAt at) {
    return new DeviceFile(sequence, roots, aliases, without(at), bills, done, log);
  }

  /** Other knowledge of roots and of the bank's recovery epoch. */
  DeviceFile with(DeviceRoots known) {
    return new DeviceFile(sequence, known, aliases, outbox, bills, done, log);
  }

  /** The fresh alias of a reply, whatever the reply says. */
  DeviceFile withAlias(byte[] fresh) {
    return new DeviceFile(sequence, roots, more(List.of(fresh)), outbox, bills, done, log);
  }

  /** The first alias is used for a request. */
  DeviceFile withoutAlias() {
    return new DeviceFile(
        sequence, roots, aliases.subList(1, aliases.size()), outbox, bills, done, log);
  }

  /** R11: the fresh epoch in, the chain of the old one out. */
  DeviceFile rekeyed(DeviceSequence began, DeviceRoots known, List<byte[]> fresh) {
    return new DeviceFile(began, known, more(fresh), outbox, bills, done, log);
  }

  /** After a restore of the bank: its log, the fresh alias of its reply. */
  DeviceFile withLog(LogView view, DeviceRoots known, List<byte[]> fresh) {
    return new DeviceFile(sequence, known, more(fresh), outbox, bills, done, view);
  }

  private List<byte[]> more(List<byte[]> fresh) {
    List<byte[]> more = new ArrayList<>(aliases);
    more.addAll(fresh);
    return more;
  }

  private SortedMap<NumberAt, OutboxEntry> without(NumberAt at) {
    SortedMap<NumberAt, OutboxEntry> left = new TreeMap<>(outbox);
    left.remove(at);
    return left;
  }
}
