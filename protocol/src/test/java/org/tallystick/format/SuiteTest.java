package org.tallystick.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MalformedInputException;

class SuiteTest {
  @Test
  void suite_byItsNumber_isKnownOrRefused() {
    assertThat(Suite.of(1)).isEqualTo(Suite.CLASSIC);
    assertThat(Suite.of(2)).isEqualTo(Suite.HYBRID);
    assertThat(Suite.HYBRID.toCbor()).isEqualTo(Cbor.of(2));
    for (long unknown : new long[] {0, 3, -1, (1L << 32) + 1}) {
      assertThatThrownBy(() -> Suite.of(unknown)).isInstanceOf(MalformedInputException.class);
    }
  }

  @Test
  void suite_againstAMinimum_isNoLower() {
    assertThat(Suite.HYBRID.atLeast(Suite.CLASSIC)).isTrue();
    assertThat(Suite.CLASSIC.atLeast(Suite.CLASSIC)).isTrue();
    assertThat(Suite.CLASSIC.atLeast(Suite.HYBRID)).isFalse();
  }

  @Test
  void highestCommon_isInBothListsOrThereIsNone() {
    assertThat(Suite.highestCommon(List.of(1, 2), List.of(1, 2))).contains(Suite.HYBRID);
    assertThat(Suite.highestCommon(List.of(1, 2), List.of(1, 9))).contains(Suite.CLASSIC);
    assertThat(Suite.highestCommon(List.of(1), List.of(2))).isEmpty();
    assertThat(Suite.highestCommon(List.of(9), List.of(9))).isEmpty(); // shared, but not known
  }

  @Test
  void list_ascendingOfOneToEightNumbers_isReadAndAnyOtherRefused() {
    assertThat(Suite.list(list(1, 2, 255))).containsExactly(1, 2, 255);
    assertThat(Suite.list(Suite.list(List.of(1, 2)))).containsExactly(1, 2);
    assertThat(Suite.list(list(1, 2, 3, 4, 5, 6, 7, 8))).hasSize(8);
    for (Cbor bad :
        List.of(
            list(),
            list(0),
            list(-1),
            list(1, 1),
            list(2, 1),
            list(256),
            list(1, 257),
            list(1, 2, 3, 4, 5, 6, 7, 8, 9))) {
      assertThatThrownBy(() -> Suite.list(bad)).isInstanceOf(MalformedInputException.class);
    }
  }

  private static Cbor list(int... numbers) {
    return Cbor.array(Arrays.stream(numbers).mapToObj(Cbor::of).toList());
  }
}
