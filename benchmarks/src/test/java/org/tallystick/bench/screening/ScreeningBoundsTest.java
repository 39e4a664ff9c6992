package org.tallystick.bench.screening;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tallystick.screening.TargetList;

/** The bounds of {@code bench screening} on the published lists, held-out entries. */
@Tag("foreign")
@EnabledIf(
    value = "listsAreThere",
    disabledReason = "../shared/data/screening is not there: recall of the screening was left out")
class ScreeningBoundsTest {
  static boolean listsAreThere() {
    return PublishedLists.folder(Path.of("")).isPresent();
  }

  @ParameterizedTest
  @EnumSource
  void screening_ofHeldOutEntries_keepsItsBounds(Bank bank) throws Exception {
    List<TargetList> lists = PublishedLists.read(PublishedLists.folder(Path.of("")).orElseThrow());
    ScreeningOptions options = ScreeningOptions.of();
    SetMaker maker = new SetMaker(lists);
    LabelledSet set = maker.make(options.seed(), options.side(), SetMaker.Sizes.USUAL);
    assertThat(set.positives()).hasSizeGreaterThanOrEqualTo(2_000);
    assertThat(set.negatives()).hasSizeGreaterThanOrEqualTo(20_000);
    Evaluation evaluation =
        new Evaluation(PublishedLists.inLatinOnly(lists), bank.customers(maker, options));
    evaluation.run(set);
    assertThat(evaluation.holds()).as(ScreeningBench.verdict(evaluation, bank, options)).isTrue();
  }
}
