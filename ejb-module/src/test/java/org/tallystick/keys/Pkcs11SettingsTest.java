package org.tallystick.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.node.Environment;

class Pkcs11SettingsTest {
  private static final String PREFIX = "TALLYSTICK_PKCS11_";

  private final Map<String, String> variables =
      new HashMap<>(
          Map.of(
              PREFIX + "LIBRARY",
              "/lib/token.so",
              PREFIX + "SLOT",
              "0x10",
              PREFIX + "PIN",
              "1234"));

  private Pkcs11Settings settings() {
    return Pkcs11Settings.of(new Environment(variables)).orElseThrow();
  }

  @Test
  void unset_isNoToken() {
    assertThat(Pkcs11Settings.of(new Environment(Map.of()))).isEmpty();
  }

  @Test
  void set_namesLibraryAndSlot_andGeneratesNothingUnasked() {
    assertThat(settings().providerConfiguration())
        .startsWith("--\n")
        .contains("library = \"/lib/token.so\"\n", "slot = 16\n")
        .doesNotContain("1234");
    assertThat(settings().generate()).isFalse();
    assertThat(settings().timeout()).isEqualTo(Duration.ofSeconds(3));
    variables.put(PREFIX + "GENERATE", "true");
    assertThat(settings().generate()).isTrue();
  }

  @Test
  void pin_comesFromAFileToo_andIsNotShown(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("pin"), "98765\n");
    variables.remove(PREFIX + "PIN");
    variables.put(PREFIX + "PIN_FILE", file.toString());
    assertThat(settings().pin()).containsExactly('9', '8', '7', '6', '5');
    assertThat(settings().toString()).doesNotContain("98765");
  }

  @Test
  void libraryMissing_isNoQuietFallBackToAFile() {
    variables.remove(PREFIX + "LIBRARY");
    assertRefused("_LIBRARY");
  }

  @Test
  void oddValues_areRefused() {
    for (var odd :
        Map.of(
                "LIBRARY", "token.so",
                "SLOT", "bank",
                "GENERATE", "yes",
                "TIMEOUT_MILLIS", "99",
                "PIN_FILE", "/and/a/pin/too")
            .entrySet()) {
      String before = variables.put(PREFIX + odd.getKey(), odd.getValue());
      assertRefused(PREFIX + odd.getKey());
      variables.put(PREFIX + odd.getKey(), before);
      variables.values().removeIf(value -> value == null);
    }
    variables.put(PREFIX + "LIBRARY", "/lib/a\"\nslot = 1");
    assertRefused("LIBRARY");
    variables.put(PREFIX + "LIBRARY", "/lib/${user.home}.so");
    assertRefused("LIBRARY");
    variables.put(PREFIX + "LIBRARY", "/lib/token.so");
    variables.remove(PREFIX + "SLOT");
    assertRefused("SLOT");
    variables.put(PREFIX + "SLOT", "1");
    variables.remove(PREFIX + "PIN");
    assertRefused("PIN");
  }

  private void assertRefused(String what) {
    assertThatThrownBy(() -> Pkcs11Settings.of(new Environment(variables)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(what);
  }
}
