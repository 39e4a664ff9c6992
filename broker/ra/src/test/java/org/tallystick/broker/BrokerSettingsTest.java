package org.tallystick.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BrokerSettingsTest {
  private static final Path DATA = Path.of("data");

  @Test
  void settings_withoutHost_meanEmbedded() {
    assertThat(settings(Optional.empty(), 61616, Optional.empty()).remote()).isFalse();
    assertThat(settings(Optional.of("broker"), 61616, Optional.empty()).remote()).isTrue();
  }

  @Test
  void settings_userWithoutPassword_areRefused() {
    assertThatThrownBy(() -> settings(Optional.empty(), 61616, Optional.of("bank")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void settings_portOutOfRange_areRefused() {
    assertThatThrownBy(() -> settings(Optional.empty(), 65_536, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void settings_toString_leavesThePasswordOut() {
    BrokerSettings settings =
        new BrokerSettings(
            DATA, Optional.of("broker"), 61616, Optional.of("bank"), Optional.of("secret"));
    assertThat(settings.toString()).doesNotContain("secret").doesNotContain("bank");
  }

  private static BrokerSettings settings(Optional<String> host, int port, Optional<String> user) {
    return new BrokerSettings(DATA, host, port, user, Optional.empty());
  }
}
