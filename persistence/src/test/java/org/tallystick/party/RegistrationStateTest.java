package org.tallystick.party;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class RegistrationStateTest {
  /** From each state, in the order of the columns: x may follow, . may not. */
  private static final List<String> TABLE =
      List.of(
          //         APPL SCRE REVI APPR ACTI REFU LAPS SUSP CLOS
          "APPLIED   .    x    .    .    .    .    .    .    x",
          "SCREENING .    .    x    .    .    .    .    .    x",
          "REVIEW    .    .    .    x    .    x    .    .    x",
          "APPROVED  .    .    .    .    x    .    .    .    x",
          "ACTIVE    .    .    .    .    .    .    x    x    x",
          "REFUSED   .    .    .    .    .    .    .    .    .",
          "LAPSED    .    .    x    .    x    .    .    .    x",
          "SUSPENDED .    .    .    .    x    .    .    .    x",
          "CLOSED    .    .    .    .    .    .    .    .    .");

  private static Stream<Arguments> pairs() {
    List<RegistrationState> columns = List.of(RegistrationState.values());
    return TABLE.stream()
        .map(row -> row.split(" +", -1))
        .flatMap(
            row ->
                IntStream.range(0, columns.size())
                    .mapToObj(
                        i ->
                            Arguments.of(
                                RegistrationState.valueOf(row[0]),
                                columns.get(i),
                                row[i + 1].equals("x"))));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void pair_isPermittedAsTheTableSays(
      RegistrationState from, RegistrationState to, boolean permitted) {
    assertThat(from.permits(to)).isEqualTo(permitted);
  }

  @Test
  void table_hasEachPairOnce() {
    assertThat(pairs()).hasSize(81);
  }

  @ParameterizedTest
  @EnumSource
  void whatAPartyMayDo_followsFromItsState(RegistrationState state) {
    assertThat(state.mayTransact()).isEqualTo(state == RegistrationState.ACTIVE);
    assertThat(state.mayEnrol())
        .isEqualTo(Set.of(RegistrationState.APPROVED, RegistrationState.ACTIVE).contains(state));
    assertThat(state.mayIdentify())
        .isEqualTo(
            EnumSet.of(
                    RegistrationState.APPLIED, RegistrationState.ACTIVE, RegistrationState.LAPSED)
                .contains(state));
    assertThat(state.undecided())
        .isEqualTo(
            EnumSet.of(
                    RegistrationState.APPLIED,
                    RegistrationState.SCREENING,
                    RegistrationState.REVIEW)
                .contains(state));
  }
}
