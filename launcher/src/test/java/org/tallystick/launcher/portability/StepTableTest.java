package org.tallystick.launcher.portability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tallystick.launcher.LaunchException;
import org.tallystick.launcher.Progress;

final class StepTableTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

  @Test
  void table_withoutAnyStep_doesNotHold() {
    assertThat(new StepTable(List.of()).held()).isFalse();
  }

  @Test
  void steps_thatAllHold_holdAndAreCounted() {
    Steps steps = steps("payara");
    steps.take(Step.FETCH, () -> "there");
    steps.take(Step.CONFIGURE, () -> "done");
    StepTable table = new StepTable(steps.results());
    table.printSums(out, "none");

    assertThat(table.held()).isTrue();
    assertThat(text())
        .contains(
            "\"server\":\"payara\",\"version\":\"1\",\"java\":\"17\",\"step\":\"fetch\",\"held\":true")
        .endsWith(
            "result portability servers=1 steps=2 held=2 failed=0 not_reached=0 plant=none\n");
  }

  @Test
  void step_thatFails_keepsThoseThatNeedItFromBeingTaken() {
    Steps steps = steps("wildfly");
    steps.take(Step.FETCH, () -> "there");
    steps.take(
        Step.CONFIGURE,
        () -> {
          throw new LaunchException("configure.sh ended with 3");
        });
    steps.take(Step.START, () -> "must not be taken");
    steps.take(Step.STOP, () -> "must not be taken");
    StepTable table = new StepTable(steps.results());
    table.print(out);
    table.printSums(out, "no-topic");

    assertThat(table.held()).isFalse();
    assertThat(text())
        .doesNotContain("must not be taken")
        .contains("\"detail\":\"needs configure\"")
        .containsPattern("configure +FAILED 0\\.\\d s")
        .containsPattern("stop +not reached")
        .contains("wildfly on Java 17, configure: configure.sh ended with 3")
        .endsWith("servers=1 steps=4 held=1 failed=1 not_reached=2 plant=no-topic\n");
  }

  @Test
  void step_withAFaultInside_failsAndSaysWhich() {
    Steps steps = steps("glassfish");
    steps.take(
        Step.FETCH,
        () -> {
          throw new IllegalStateException("no answer was pushed");
        });

    assertThat(steps.held(Step.FETCH)).isFalse();
    assertThat(text()).contains("no answer was pushed");
  }

  private Steps steps(String server) {
    return new Steps(new StepResult.Column(server, "1", "17"), out, Progress.on(out));
  }

  private String text() {
    return printed.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }
}
