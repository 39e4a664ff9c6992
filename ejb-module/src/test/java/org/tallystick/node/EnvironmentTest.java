package org.tallystick.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentTest {
  @Test
  void number_outsideItsBounds_stopsTheNode() {
    Environment low = new Environment(Map.of("TALLYSTICK_PASSWORD_ITERATIONS", "1000"));
    assertThatThrownBy(
            () -> low.number("TALLYSTICK_PASSWORD_ITERATIONS", 600_000, 600_000, 900_000))
        .isInstanceOf(IllegalStateException.class);
    Environment odd = new Environment(Map.of("TALLYSTICK_PASSWORD_ITERATIONS", "many"));
    assertThatThrownBy(
            () -> odd.number("TALLYSTICK_PASSWORD_ITERATIONS", 600_000, 600_000, 900_000))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void folders_follow_theData() {
    Environment environment = new Environment(Map.of("TALLYSTICK_DATA", "here"));
    assertThat(environment.keyFolder()).hasToString("here/keys");
    assertThat(new Environment(Map.of("TALLYSTICK_KEYS", "there")).keyFolder())
        .hasToString("there");
  }
}
