package org.tallystick.bench.screening;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.tallystick.bench.JsonLine;
import org.tallystick.bench.screening.LabelledSet.Positive;
import org.tallystick.screening.TargetList;
import org.tallystick.screening.list.ListRefusedException;

/**
 * Recall, false positives, time and memory of the screening engine on a labelled set, once for a
 * bank that has counted its customers' words and once for one that has none yet.
 *
 * <p>Exits with 0 if every bound holds for both, 1 if one is missed, 2 if the lists are not there.
 */
public final class ScreeningBench {
  private ScreeningBench() {}

  /**
   * Makes the set; for each of both banks builds the index and asks for every name.
   *
   * @param args see {@link ScreeningOptions#of}
   */
  public static void main(String[] args) throws IOException {
    System.setOut(new PrintStream(System.out, true, StandardCharsets.UTF_8));
    ScreeningOptions options;
    List<TargetList> lists;
    try {
      options = ScreeningOptions.of(args);
      lists = lists(options);
    } catch (IllegalArgumentException | ListRefusedException e) {
      System.err.println("tallystick: " + e.getMessage());
      System.exit(2);
      return;
    }
    SetMaker maker = new SetMaker(lists);
    LabelledSet set = maker.make(options.seed(), options.side(), SetMaker.Sizes.USUAL);
    set = new LabelledSet(options.plant().spoilLabels(set.positives()), set.negatives());
    printSamples(set, options);
    List<TargetList> indexed = options.plant().spoil(PublishedLists.inLatinOnly(lists));
    List<String> verdicts = new ArrayList<>();
    boolean holds = true;
    for (Bank bank : Bank.values()) {
      Evaluation evaluation = new Evaluation(indexed, bank.customers(maker, options));
      evaluation.run(set);
      print(evaluation, bank, options);
      verdicts.add(verdict(evaluation, bank, options));
      holds &= evaluation.holds();
    }
    verdicts.forEach(System.out::println);
    System.exit(holds ? 0 : 1);
  }

  private static List<TargetList> lists(ScreeningOptions options)
      throws ListRefusedException, IOException {
    Path folder =
        options
            .lists()
            .or(() -> PublishedLists.folder(options.root()))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "no target lists: ../shared/data/screening is not there; name a folder with"
                            + " sdn.csv, alt.csv, add.csv, sdn_comments.csv and"
                            + " UN_consolidated.xml by --lists DIR"));
    if (!Files.isRegularFile(folder.resolve("sdn.csv"))) {
      throw new IllegalArgumentException("no target lists in " + folder);
    }
    return PublishedLists.read(folder);
  }

  private static void printSamples(LabelledSet set, ScreeningOptions options) throws IOException {
    Random random = new Random(options.seed());
    for (NameClass nameClass : NameClass.values()) {
      List<Positive> all =
          set.positives().stream().filter(each -> each.nameClass() == nameClass).toList();
      for (int i = 0; i < Math.min(options.samples(), all.size()); i++) {
        Positive sample = all.get(random.nextInt(all.size()));
        line("sample", sample).print(Optional.empty());
      }
    }
    for (int i = 0; i < options.samples(); i++) {
      LabelledSet.Negative sample = set.negatives().get(random.nextInt(set.negatives().size()));
      new JsonLine()
          .put("bench", "screening")
          .put("sample", sample.asked())
          .put("class", "NEGATIVE")
          .put("kind", sample.kind().name())
          .print(Optional.empty());
    }
  }

  private static JsonLine line(String what, Positive positive) {
    return new JsonLine()
        .put("bench", "screening")
        .put(what, positive.asked())
        .put("class", positive.nameClass().name())
        .put("kind", positive.kind().name())
        .put("listed", positive.listed())
        .put("list", positive.list())
        .put("entity", positive.entity());
  }

  private static void print(Evaluation evaluation, Bank bank, ScreeningOptions options)
      throws IOException {
    for (NameClass nameClass : evaluation.found().keySet()) {
      Evaluation.Share share =
          evaluation.found().getOrDefault(nameClass, new Evaluation.Share(0, 0));
      of(bank)
          .put("class", nameClass.name())
          .put("positives", share.whole())
          .put("found", share.part())
          .put("recall", share.rate())
          .print(Optional.empty());
    }
    for (var entry : evaluation.alarms().entrySet()) {
      of(bank)
          .put("kind", entry.getKey().name())
          .put("negatives", entry.getValue().whole())
          .put("false_positives", entry.getValue().part())
          .put("rate", String.format(Locale.ROOT, "%.5f", entry.getValue().rate()))
          .print(Optional.empty());
    }
    of(bank)
        .put("build_seconds", evaluation.buildSeconds())
        .put("index_bytes", evaluation.indexBytes())
        .put("names", evaluation.timed())
        .put("cpu_seconds", evaluation.cpuSeconds())
        .put("wall_seconds", evaluation.wallSeconds())
        .print(Optional.empty());
    for (Positive miss : evaluation.misses().stream().limit(options.samples()).toList()) {
      line("miss", miss).put("customers", bank.label()).print(Optional.empty());
    }
    for (Evaluation.FalseAlarm alarm :
        evaluation.falseAlarms().stream().limit(options.samples()).toList()) {
      of(bank)
          .put("false_alarm", alarm.negative().asked())
          .put("kind", alarm.negative().kind().name())
          .put("because", alarm.because())
          .print(Optional.empty());
    }
  }

  private static JsonLine of(Bank bank) {
    return new JsonLine().put("bench", "screening").put("customers", bank.label());
  }

  /** A closing line: what was measured beside its bounds. */
  static String verdict(Evaluation evaluation, Bank bank, ScreeningOptions options) {
    return String.format(
        Locale.ROOT,
        "result screening customers=%s set=%s seed=%d positives=%d negatives=%d recall=%.4f"
            + " worst_class=%s worst_recall=%.4f false_positive_rate=%.4f seconds_10000=%.2f"
            + " bound_recall=%.2f bound_class_recall=%.2f bound_false_positive_rate=%.2f"
            + " bound_seconds=%.0f holds=%s",
        bank.label(),
        options.side() == Split.Side.DEV ? "dev" : "held-out",
        options.seed(),
        evaluation.recall().whole(),
        evaluation.falsePositives().whole(),
        evaluation.recall().rate(),
        evaluation.worstClass(),
        evaluation.worstRecall(),
        evaluation.falsePositives().rate(),
        evaluation.secondsOf10000(),
        Evaluation.BOUND_RECALL,
        Evaluation.BOUND_CLASS_RECALL,
        Evaluation.BOUND_FALSE_POSITIVES,
        Evaluation.BOUND_SECONDS,
        evaluation.holds() ? "yes" : "no");
  }
}
