package org.tallystick.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The fuzzer as the command runs it: it finds what it looks for, and nothing where nothing is. */
final class FuzzRunTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @ParameterizedTest
  @CsvSource({
    "index, ArrayIndexOutOfBounds",
    "length, bytes of memory",
    "loop, timeout",
    "form, written in another form"
  })
  void run_plantedBug_isFoundWithItsInput(String bug, String finding) throws Exception {
    assertThat(run("--plant", bug)).isEqualTo(1);
    assertThat(lines().get(0))
        .contains("\"target\":\"plant-" + bug + "\"", "\"crashes\":1", finding)
        .doesNotContain("\"input\":null");
    assertThat(last()).startsWith("result fuzz targets=1 ").contains(" crashes=1 ");
  }

  @Test
  void run_goodParser_holds() throws Exception {
    assertThat(run("cbor", "--seconds", "2")).isZero();
    assertThat(last()).contains(" crashes=0 ").doesNotContain(" executions=0 ");
  }

  @Test
  void run_unknownTarget_isWrongUsage() throws Exception {
    assertThat(run("no-such")).isEqualTo(2);
  }

  @Test
  void result_withoutAnExecution_isAFinding() {
    FuzzedTarget none = FuzzedTarget.of(Targets.ALL.get(0), 1, 0, List.of(), Optional.empty());
    assertThat(none.holds()).isFalse();
    assertThat(none.json()).contains("nothing was executed");
  }

  private int run(String... arguments) throws Exception {
    String[] all = new String[arguments.length + 2];
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    all[0] = "--root";
    all[1] = Path.of("").toAbsolutePath().getParent().toString();
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    return FuzzRun.run(stream, stream, all);
  }

  private List<String> lines() {
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private String last() {
    return lines().get(lines().size() - 1);
  }
}
