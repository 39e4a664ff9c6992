package org.tallystick.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CommandLineTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... args) {
    return new Simulation(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8))
        .run(args);
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void listPlants_namesEachOnce() {
    assertThat(run("--list-plants")).isZero();
    assertThat(printed().lines()).hasSize(Plant.values().length).doesNotHaveDuplicates();
    assertThat(printed()).contains("device-sends-before-write");
  }

  @Test
  void campaign_tooShortForEveryTransition_isNotASuccess() {
    assertThat(run("--schedules", "2", "--seed", "5")).isEqualTo(1);
    assertThat(printed().lines().reduce((first, last) -> last).orElseThrow())
        .startsWith("result simulation schedules=2 seed=5 plant=none violations=0 faults_zero=");
  }

  @Test
  void plant_stopAtFirst_printsSeedAndProperty() {
    assertThat(run("--plant", "bank-answer-not-stored", "--stop-at-first")).isEqualTo(1);
    assertThat(printed()).contains("\"seed\":", "\"property\":\"SAME_BYTES\"");
  }

  @Test
  void replay_printsTheTrace() {
    assertThat(run("--replay", "7")).isZero();
    assertThat(printed()).contains("BILL_MADE", "CODE_SENT", "trace ");
  }

  @Test
  void unknownArgument_isRefused() {
    assertThat(run("--frobnicate")).isEqualTo(2);
    assertThat(run("--plant", "unheard-of")).isEqualTo(2);
    assertThat(run("--seed")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("--frobnicate");
  }
}
