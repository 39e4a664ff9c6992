package org.tallystick.bench.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.tallystick.bench.stage.server.StageSettings.Form;
import org.tallystick.bench.stage.server.StageSettings.Plant;

class StageOptionsTest {
  @Test
  void parse_formAndPlant_areTaken() {
    StageOptions options =
        StageOptions.parse(new String[] {"--form", "thread,inbox", "--plant", "ack-first"});
    assertThat(options.forms()).containsExactly(Form.THREAD, Form.INBOX);
    assertThat(options.plant()).isEqualTo(Plant.ACK_FIRST);
    assertThat(options.kills()).isEqualTo(30);
  }

  @Test
  void parse_unknownOption_isRefused() {
    assertThatThrownBy(() -> StageOptions.parse(new String[] {"--kils", "3"}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("kils");
  }
}
