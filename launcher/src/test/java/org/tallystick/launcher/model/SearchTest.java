package org.tallystick.launcher.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SearchTest {
  private static final Model MODEL =
      new Model("some", Path.of("some.pml"), List.of(new Guard("A", "P1", "a")), Set.of("-end-"));

  private static final String WHOLE =
      """
      State-vector 100 byte, depth reached 57, errors: 0
        2225761 states, stored
        6916478 states, matched
        9142239 transitions (= stored+matched)
        387.265\ttotal actual memory usage
      unreached in proctype Opener
      \tsome.pml:295, state 148, "-end-"
      \t(1 of 148 states)
      """;

  @Test
  void report_ofWholeSearch_holds() {
    Search search = Search.read(WHOLE);
    assertThat(search.states()).isEqualTo(2_225_761);
    assertThat(search.transitions()).isEqualTo(9_142_239);
    assertThat(search.depth()).isEqualTo(57);
    assertThat(search.megabytes()).isEqualTo(387.265);
    assertThat(search.failure(MODEL)).isEmpty();
  }

  @Test
  void report_withViolation_fails() {
    Search search = Search.read("pan:1: assertion violated (moved==1) (at depth 38)\n" + WHOLE);
    assertThat(search.violation()).contains("assertion violated (moved==1)");
    assertThat(search.failure(MODEL)).isPresent();
  }

  @Test
  void report_ofEndlessWait_isViolation() {
    assertThat(Search.read("pan:1: invalid end state (at depth 7)\n" + WHOLE).violation())
        .contains("invalid end state");
  }

  @Test
  void search_thatReachedItsDepth_isNotWhole() {
    Search search = Search.read("error: max search depth too small\n" + WHOLE);
    assertThat(search.whole()).isFalse();
    assertThat(search.failure(MODEL)).isPresent();
  }

  @Test
  void search_thatRanOutOfMemory_isNotWhole() {
    assertThat(Search.read("pan: reached -DMEMLIM bound\n" + WHOLE).whole()).isFalse();
  }

  @Test
  void report_withoutFigures_isNotWhole() {
    assertThat(Search.read("").failure(MODEL)).isPresent();
  }

  @Test
  void statement_neverReachedAndNotListed_fails() {
    Search search = Search.read(WHOLE + "\tsome.pml:12, state 3, \"hint = 1\"\n");
    assertThat(search.failure(MODEL)).hasValueSatisfying(why -> assertThat(why).contains("hint"));
  }
}
