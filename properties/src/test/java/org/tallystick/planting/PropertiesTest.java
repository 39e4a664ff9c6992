package org.tallystick.planting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Properties 1 to 10: tests hold with all rules; {@link PlantsTest} takes rules out. */
class PropertiesTest {
  @Test
  void tests_withAllRules_pass() {
    TestRun.Result unchanged = PropertiesCommand.unchanged();
    assertThat(unchanged.failures()).isEmpty();
    assertThat(unchanged.tests()).isGreaterThan(400);
  }

  @ParameterizedTest
  @EnumSource(Property.class)
  void property_hasTwoPlantsAtLeast(Property property) {
    assertThat(Plants.of(property)).hasSizeGreaterThanOrEqualTo(2);
  }

  @Test
  void plants_haveNamesOfTheirOwn() {
    Set<String> names = new HashSet<>();
    assertThat(Plants.ALL).allMatch(plant -> names.add(plant.name()));
  }

  @Test
  void table_inTheDocs_isMadeFromThePlants() throws IOException {
    String docs = Files.readString(SourceModule.root().resolve("docs/PROPERTIES.md"));
    assertThat(docs)
        .as("take over what './tallystick properties --table' prints")
        .contains(PropertyTable.text().strip());
  }

  private static Plant rotten(String rule) {
    Plant good = Plants.named("prev-not-compared");
    return new Plant(
        "rotten", good.property(), good.module(), good.className(), rule, "", good.tests());
  }

  @Test
  void plant_whoseTextIsGoneOrTwice_isAFault() {
    assertThatThrownBy(() -> PlantedSource.compile(rotten("return neither;")))
        .isInstanceOf(PlantingException.class)
        .hasMessageContaining("nowhere");
    assertThatThrownBy(() -> PlantedSource.compile(rotten("prevFits(")))
        .isInstanceOf(PlantingException.class)
        .hasMessageContaining("more than once");
  }

  @Test
  void plant_thatDoesNotCompile_isAFault() {
    assertThatThrownBy(
            () -> PlantedSource.compile(rotten("return closedFits(signed) && prevFits(signed)")))
        .isInstanceOf(PlantingException.class)
        .hasMessageContaining("does not compile");
  }

  /** A plant that changes nothing is not caught, so a test that cannot fail is found out. */
  @Test
  void plant_withoutEffect_isNotCaught() {
    Plant good = Plants.named("prev-not-compared");
    Plant harmless =
        new Plant(
            "harmless",
            good.property(),
            good.module(),
            good.className(),
            good.oldText(),
            good.oldText().replace(";", " && true;"),
            good.tests());
    TestRun.Result planted = PropertiesCommand.planted(harmless);
    assertThat(planted.tests()).isEqualTo(2);
    assertThat(PropertiesCommand.caught(harmless, planted)).isFalse();
  }

  @Test
  void run_ofTests_thatAreNotThere_isAFault() {
    TestName gone = TestName.of(SourceModule.PROTOCOL, "org.tallystick.code.NoSuchTest");
    assertThatThrownBy(() -> TestRun.run(List.of(gone), Map.of()))
        .isInstanceOf(PlantingException.class);
    TestName method = TestName.of(SourceModule.PROTOCOL, "org.tallystick.code.CodeOpenerTest#x");
    assertThatThrownBy(() -> TestRun.run(List.of(method), Map.of()))
        .isInstanceOf(PlantingException.class);
  }

  @Test
  void command_ofOnePlant_endsWithOneAndShowsWhatFailed() {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8);
    assertThat(new PropertiesCommand(out, out).run("--plant", "prev-not-compared")).isEqualTo(1);
    assertThat(written.toString(StandardCharsets.UTF_8))
        .contains("CodeOpenerTest#open_copiedDeviceFile_isFoundAtItsFirstDivergentCode")
        .endsWith(
            "result properties property=9 plant=prev-not-compared tests=2 failed=2 caught=true\n");
  }

  @Test
  void command_wrongUsage_endsWithTwo() {
    PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    assertThat(new PropertiesCommand(out, out).run("--plant", "no-such-plant")).isEqualTo(2);
    assertThat(new PropertiesCommand(out, out).run("everything")).isEqualTo(2);
    assertThat(new PropertiesCommand(out, out).run("--list")).isZero();
  }
}
