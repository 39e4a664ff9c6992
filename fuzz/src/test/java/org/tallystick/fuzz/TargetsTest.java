package org.tallystick.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What must hold of every target before any fuzzing. */
final class TargetsTest {
  private static final List<byte[]> PIECES = Vectors.pieces();

  static List<Target> all() {
    return Targets.ALL;
  }

  @Test
  void targets_names_areEachGivenOnce() {
    assertThat(Targets.ALL).extracting(Target::name).doesNotHaveDuplicates();
  }

  /** One that accepts none would stop every mutation at the door. */
  @ParameterizedTest
  @MethodSource("all")
  void target_ofItsSeedsAndTheVectors_acceptsOneAndBreaksNoRule(Target target) {
    Parser parser = target.parser();
    long accepted =
        Stream.concat(parser.ownSeeds().stream(), PIECES.stream())
            .filter(input -> parser.bounds().check(parser, input))
            .count();
    assertThat(accepted).isPositive();
  }

  @ParameterizedTest
  @MethodSource("all")
  void target_onInputsThatItOnceFailedOn_holds(Target target) throws IOException {
    Parser parser = target.parser();
    for (byte[] input : Seeds.regressions(target)) {
      assertThat(parser.bounds().check(parser, input)).isIn(true, false);
    }
  }
}
