package org.tallystick.bench.screening;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.tallystick.bench.screening.LabelledSet.Negative;
import org.tallystick.bench.screening.LabelledSet.Positive;
import org.tallystick.screening.CustomerCorpus;
import org.tallystick.screening.CustomerCount;
import org.tallystick.screening.EntityKind;
import org.tallystick.screening.Match;
import org.tallystick.screening.Query;
import org.tallystick.screening.Screener;
import org.tallystick.screening.Screening;
import org.tallystick.screening.TargetList;

/**
 * What the engine makes of a labelled set. What it cannot compare counts against it on both sides:
 * a positive is missed, a negative is a false alarm.
 */
final class Evaluation {
  static final double BOUND_RECALL = 0.98;
  static final double BOUND_CLASS_RECALL = 0.9;
  static final double BOUND_FALSE_POSITIVES = 0.01;
  static final double BOUND_SECONDS = 10;

  private static final int TIMED = 10_000;

  /** So many of so many. */
  record Share(int part, int whole) {
    double rate() {
      return whole == 0 ? 0 : (double) part / whole;
    }
  }

  /** A negative that matched, and what it matched best. */
  record FalseAlarm(Negative negative, String because) {}

  private final Screener screener;
  private final Map<NameClass, Share> found = new EnumMap<>(NameClass.class);
  private final Map<EntityKind, Share> alarms = new EnumMap<>(EntityKind.class);
  private final List<Positive> misses = new ArrayList<>();
  private final List<FalseAlarm> falseAlarms = new ArrayList<>();
  private final double buildSeconds;
  private final long indexBytes;
  private int timed;
  private double cpuSeconds;
  private double wallSeconds;

  /** Builds the index. */
  Evaluation(List<TargetList> lists, CustomerCorpus customers) {
    long before = usedBytes();
    long begun = System.nanoTime();
    screener = Screener.of(lists, customers);
    buildSeconds = (System.nanoTime() - begun) / 1e9;
    indexBytes = Math.max(0, usedBytes() - before);
  }

  /** Asks for every name of the set. */
  void run(LabelledSet set) {
    for (Positive positive : set.positives()) {
      boolean hit = isFound(positive);
      found.merge(
          positive.nameClass(),
          new Share(hit ? 1 : 0, 1),
          (a, b) -> new Share(a.part + b.part, a.whole + b.whole));
      if (!hit) {
        misses.add(positive);
      }
    }
    for (Negative negative : set.negatives()) {
      String because = because(negative);
      alarms.merge(
          negative.kind(),
          new Share(because.isEmpty() ? 0 : 1, 1),
          (a, b) -> new Share(a.part + b.part, a.whole + b.whole));
      if (!because.isEmpty()) {
        falseAlarms.add(new FalseAlarm(negative, because));
      }
    }
    time(set);
  }

  private boolean isFound(Positive positive) {
    return screener.screen(new Query(positive.asked(), positive.kind()))
            instanceof Screening.Done done
        && done.hits().stream()
            .anyMatch(
                match ->
                    match.list().equals(positive.list())
                        && match.entity().id().equals(positive.entity()));
  }

  private String because(Negative negative) {
    Screening screening = screener.screen(new Query(negative.asked(), negative.kind()));
    if (screening instanceof Screening.Impossible impossible) {
      return impossible.obstacle().name();
    }
    List<Match> hits = ((Screening.Done) screening).hits();
    return hits.isEmpty() ? "" : hits.get(0).name().text();
  }

  /** Ten thousand names on this one thread, ordinary ones and forms of listed ones mixed. */
  private void time(LabelledSet set) {
    List<Query> queries = new ArrayList<>();
    set.negatives().forEach(each -> queries.add(new Query(each.asked(), each.kind())));
    set.positives().forEach(each -> queries.add(new Query(each.asked(), each.kind())));
    Collections.shuffle(queries, new Random(1));
    timed = Math.min(TIMED, queries.size());
    long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    long wall = System.nanoTime();
    for (Query query : queries.subList(0, timed)) {
      screener.screen(query);
    }
    cpuSeconds = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu) / 1e9;
    wallSeconds = (System.nanoTime() - wall) / 1e9;
  }

  private static long usedBytes() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  Share recall() {
    return sum(found);
  }

  Share falsePositives() {
    return sum(alarms);
  }

  private static Share sum(Map<?, Share> shares) {
    return shares.values().stream()
        .reduce(new Share(0, 0), (a, b) -> new Share(a.part + b.part, a.whole + b.whole));
  }

  Map<NameClass, Share> found() {
    return found;
  }

  Map<EntityKind, Share> alarms() {
    return alarms;
  }

  List<Positive> misses() {
    return misses;
  }

  List<FalseAlarm> falseAlarms() {
    return falseAlarms;
  }

  NameClass worstClass() {
    return found.entrySet().stream()
        .min(Comparator.comparingDouble(entry -> entry.getValue().rate()))
        .orElseThrow()
        .getKey();
  }

  double worstRecall() {
    return found.values().stream().mapToDouble(Share::rate).min().orElse(0);
  }

  double buildSeconds() {
    return buildSeconds;
  }

  long indexBytes() {
    return indexBytes;
  }

  int timed() {
    return timed;
  }

  double cpuSeconds() {
    return cpuSeconds;
  }

  double wallSeconds() {
    return wallSeconds;
  }

  /** What ten thousand names took of processor time; the wall clock also counts other programs. */
  double secondsOf10000() {
    return timed == 0 ? 0 : cpuSeconds * TIMED / timed;
  }

  boolean holds() {
    return recall().rate() >= BOUND_RECALL
        && found.size() == NameClass.values().length
        && worstRecall() >= BOUND_CLASS_RECALL
        && falsePositives().rate() <= BOUND_FALSE_POSITIVES
        && secondsOf10000() < BOUND_SECONDS;
  }

  /** How often words occur in ordinary names, counted as a bank counts its customers'. */
  static CustomerCorpus customers(List<Negative> names) {
    CustomerCount count = new CustomerCount();
    names.forEach(name -> count.add(name.asked(), name.kind()));
    return count.finish();
  }
}
