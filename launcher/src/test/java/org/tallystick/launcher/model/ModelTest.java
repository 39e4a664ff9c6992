package org.tallystick.launcher.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.launcher.LaunchException;

class ModelTest {
  @TempDir Path folder = Path.of("");

  @Test
  void folder_ofThisProject_hasItsModels() throws IOException {
    assertThat(Model.in(Path.of("..", "model")))
        .extracting(Model::name)
        .containsExactly("answers", "pairing", "rekey", "sequence");
  }

  @Test
  void guard_withItsSwitch_isRead() throws IOException {
    Model model =
        written(" * guard LOCK  P2  under its lock\n * unreached -end-\n#ifndef NO_LOCK\n");
    assertThat(model.guards()).containsExactly(new Guard("LOCK", "P2", "under its lock"));
    assertThat(model.unreached()).containsExactly("-end-");
    assertThat(model.guard("LOCK")).isPresent();
  }

  @Test
  void guard_withoutSwitch_isRefused() {
    assertThatThrownBy(() -> written(" * guard LOCK  P2  under its lock\n"))
        .isInstanceOf(LaunchException.class);
  }

  @Test
  void switch_thatTheHeadDoesNotName_isRefused() {
    assertThatThrownBy(
            () -> written(" * guard LOCK  P2  under its lock\n#ifdef NO_LOCK\n#ifdef NO_WAY\n"))
        .isInstanceOf(LaunchException.class);
  }

  @Test
  void model_withoutGuards_isRefused() {
    assertThatThrownBy(() -> written("init { skip }\n")).isInstanceOf(LaunchException.class);
  }

  private Model written(String text) throws IOException {
    return Model.read(Files.writeString(folder.resolve("some.pml"), text));
  }
}
