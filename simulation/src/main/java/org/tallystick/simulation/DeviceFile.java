package org.tallystick.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tallystick.code.DeviceSequence;

/**
 * All that a device keeps through a crash; replaced as a whole by one durable write.
 *
 * @param sequence before the next code
 * @param aliases not yet used, 17 bytes each
 * @param outbox codes without final answer, by number
 * @param bills that this device made, by the plan's name
 * @param done what the person has done, so that nobody does it twice after a crash
 * @param log own log
 */
record DeviceFile(
    DeviceSequence sequence,
    List<byte[]> aliases,
    SortedMap<Long, OutboxEntry> outbox,
    SortedMap<String, BillNote> bills,
    SortedSet<String> done,
    LogView log) {
  static DeviceFile enrolled(DeviceSequence sequence, List<byte[]> aliases, byte[] seed) {
    return new DeviceFile(
        sequence, aliases, new TreeMap<>(), new TreeMap<>(), new TreeSet<>(), LogView.empty(seed));
  }

  /** S1: next sequence in, this one out, alias used up, outbox entry added. */
  DeviceFile withCode(OutboxEntry entry, String act, @Nullable BillNote bill) {
    SortedMap<Long, OutboxEntry> sent = new TreeMap<>(outbox);
    sent.put(entry.n(), entry);
    SortedMap<String, BillNote> made = new TreeMap<>(bills);
    if (bill != null) {
      made.put(act, bill);
    }
    SortedSet<String> acts = new TreeSet<>(done);
    acts.add(act);
    return new DeviceFile(
        entry.sealed().next(), aliases.subList(1, aliases.size()), sent, made, acts, log);
  }

  /** A6: outbox entry out, log line and aliases in. */
  DeviceFile withAnswer(long n, LogView grown, List<byte[]> fresh) {
    List<byte[]> more = new ArrayList<>(aliases);
    more.addAll(fresh);
    return new DeviceFile(sequence, more, without(n), bills, done, grown);
  }

  DeviceFile withoutEntry(long n) {
    return new DeviceFile(sequence, aliases, without(n), bills, done, log);
  }

  private SortedMap<Long, OutboxEntry> without(long n) {
    SortedMap<Long, OutboxEntry> left = new TreeMap<>(outbox);
    left.remove(n);
    return left;
  }
}
