package org.tallystick.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tallystick.node.Environment;

class Pkcs12KeyVaultTest extends KeyVaultContract {
  private static final char[] PASSWORD = "correct horse battery".toCharArray();

  @Override
  KeyVault vault() {
    return Pkcs12KeyVault.open(folder, PASSWORD, clock, random);
  }

  @Override
  KeyVault stranger() {
    return Pkcs12KeyVault.open(otherFolder, PASSWORD, clock, random);
  }

  @Test
  void vault_wrongPassword_isRefusedWithAClearMessage() {
    vault();
    assertThatThrownBy(() -> Pkcs12KeyVault.open(folder, "another".toCharArray(), clock, random))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("TALLYSTICK_KEYS_PASSWORD");
  }

  @Test
  void files_areForTheOperatorOnly() throws Exception {
    Environment environment = new Environment(Map.of("TALLYSTICK_KEYS", folder + "/k"));
    KeyVault vault = new NodeKeys().vault(environment, clock, random);
    vault.wrap(PLAIN, "c");
    byte[] check = vault.checkValue();
    assertThat(new NodeKeys().vault(environment, clock, random).checkValue()).isEqualTo(check);
    try (var files = Files.walk(folder.resolve("k"))) {
      assertThat(files.filter(Files::isRegularFile))
          .hasSize(3)
          .allSatisfy(
              file ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                      .isEqualTo("rw-------"));
    }
  }
}
