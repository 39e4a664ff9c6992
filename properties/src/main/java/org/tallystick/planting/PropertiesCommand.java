package org.tallystick.planting;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code ./tallystick properties}: shows that each property of the protocol rests on rules whose
 * absence tests notice.
 *
 * <p>Without an option all tests run once over the sources as they are, then once more for each
 * plant; with {@code --plant NAME} only that rule is taken out and the tests that notice are shown;
 * with {@code --list} nothing runs; {@code --table} prints the table of docs/PROPERTIES.md.
 *
 * <p>Exit codes: 0 all held and every plant was caught, 1 a test failed or a plant was not caught
 * (with {@code --plant}: it was caught, so the tests fail), 2 wrong usage.
 */
public final class PropertiesCommand {
  private static final int HELD = 0;
  private static final int FAILED = 1;
  private static final int USAGE = 2;

  private final PrintStream out;
  private final PrintStream err;

  PropertiesCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** Runs the command and ends the process; what tests write goes into a file. */
  public static void main(String[] arguments) throws IOException {
    PrintStream out = System.out;
    PrintStream err = System.err;
    Path log = SourceModule.root().resolve("properties/target/properties.log");
    try (PrintStream file = new PrintStream(log.toFile(), StandardCharsets.UTF_8)) {
      System.setOut(file);
      System.setErr(file);
      int code = new PropertiesCommand(out, err).run(arguments);
      out.flush();
      System.exit(code); // databases of tests have threads
    }
  }

  int run(String... arguments) {
    List<String> words = Arrays.asList(arguments);
    try {
      if (words.isEmpty()) {
        return all();
      }
      if (words.equals(List.of("--list"))) {
        list();
        return HELD;
      }
      if (words.equals(List.of("--table"))) {
        out.print(PropertyTable.text());
        return HELD;
      }
      if (words.size() == 2 && words.get(0).equals("--plant")) {
        return one(Plants.named(words.get(1)));
      }
    } catch (PlantingException e) {
      err.println("tallystick: " + e.getMessage());
      return USAGE;
    }
    err.println("tallystick: properties knows --list, --plant NAME and --table");
    return USAGE;
  }

  private void list() {
    for (Property property : Property.values()) {
      out.printf("%2d  %s%n", property.number(), property.claim());
      for (Plant plant : Plants.of(property)) {
        out.printf("      %-34s %s%n", plant.name(), PropertyTable.tests(plant));
      }
    }
  }

  private int all() {
    TestRun.Result unchanged = unchanged();
    unchanged.failures().forEach(this::show);
    int caught = 0;
    for (Plant plant : Plants.ALL) {
      TestRun.Result planted = planted(plant);
      boolean noticed = caught(plant, planted);
      caught += noticed ? 1 : 0;
      out.println(
          new JsonLine()
              .with("property", plant.property().number())
              .with("plant", plant.name())
              .with("tests", planted.tests())
              .with("failed", planted.failures().size())
              .with("caught", noticed));
    }
    int missed = Plants.ALL.size() - caught;
    out.printf(
        "result properties properties=%d tests=%d failed=%d plants=%d caught=%d missed=%d%n",
        Property.values().length,
        unchanged.tests(),
        unchanged.failures().size(),
        Plants.ALL.size(),
        caught,
        missed);
    return missed == 0 && unchanged.failures().isEmpty() ? HELD : FAILED;
  }

  private int one(Plant plant) {
    TestRun.Result planted = planted(plant);
    planted.failures().forEach(this::show);
    boolean noticed = caught(plant, planted);
    out.printf(
        "result properties property=%d plant=%s tests=%d failed=%d caught=%s%n",
        plant.property().number(),
        plant.name(),
        planted.tests(),
        planted.failures().size(),
        noticed);
    return noticed ? FAILED : HELD;
  }

  private void show(TestRun.Failure failure) {
    out.println(
        new JsonLine()
            .with("failed", failure.test().className() + "#" + failure.test().method())
            .with("shown", failure.shown())
            .with("why", failure.why()));
  }

  /** All tests of all plants over the sources as they are. */
  static TestRun.Result unchanged() {
    Set<TestName> tests = new LinkedHashSet<>();
    Plants.ALL.forEach(plant -> tests.addAll(plant.tests()));
    return TestRun.run(new ArrayList<>(tests), Map.of());
  }

  /** The tests of a plant without its rule. */
  static TestRun.Result planted(Plant plant) {
    return TestRun.run(plant.tests(), PlantedSource.compile(plant));
  }

  /** Whether each test that the plant names has noticed. */
  static boolean caught(Plant plant, TestRun.Result planted) {
    return plant.tests().stream().allMatch(planted::fails);
  }
}
