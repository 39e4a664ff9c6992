package org.tallystick.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tallystick.node.Environment;

@Tag("all")
class Pkcs11KeyVaultTest extends KeyVaultContract {
  @Override
  KeyVault vault() {
    return Pkcs11KeyVault.open(folder, SoftHsm.settings("bank"), clock, random);
  }

  @Override
  KeyVault stranger() {
    return Pkcs11KeyVault.open(otherFolder, SoftHsm.settings("stranger"), clock, random);
  }

  @Test
  void node_withTheVariables_usesTheTokenAndMakesNoKeyFile() throws Exception {
    Map<String, String> variables = SoftHsm.variables("bank");
    variables.put("TALLYSTICK_PKCS11_GENERATE", "true");
    variables.put("TALLYSTICK_KEYS", folder.toString());
    KeyVault vault = new NodeKeys().vault(new Environment(variables), clock, random);
    vault.wrap(PLAIN, "c");
    assertThat(vault).isInstanceOf(Pkcs11KeyVault.class);
    assertThat(vault.signer(KeyUse.ROOT).verificationKey())
        .isEqualTo(vault().signer(KeyUse.ROOT).verificationKey());
    try (var files = Files.walk(folder)) {
      assertThat(files.filter(Files::isRegularFile).map(folder::relativize).map(Path::toString))
          .containsExactlyInAnyOrder(
              "days/" + vault.dayKeyId() + ".key",
              "secrets/alias-1.key",
              "secrets/personal.key",
              "secrets/search.key",
              "secrets/token.key")
          .allSatisfy(
              file ->
                  assertThat(
                          PosixFilePermissions.toString(
                              Files.getPosixFilePermissions(folder.resolve(file))))
                      .isEqualTo("rw-------"));
    }
  }

  @Test
  void otherFolder_withTheSameToken_hasAnotherCheckValue() {
    KeyVault lost = Pkcs11KeyVault.open(otherFolder, SoftHsm.settings("bank"), clock, random);
    assertThat(lost.checkValue()).isNotEqualTo(vault().checkValue());
  }

  @Test
  void otherToken_withTheSameFolder_isRefused() {
    vault();
    assertThatThrownBy(
            () -> Pkcs11KeyVault.open(folder, SoftHsm.settings("stranger"), clock, random))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("does not open under this PKCS#11 token's key-encryption key");
  }

  @Test
  void emptyFolder_withoutLeaveToGenerate_isRefusedAndStaysEmpty() {
    vault();
    assertThatThrownBy(
            () ->
                Pkcs11KeyVault.open(
                    otherFolder,
                    SoftHsm.settings("bank", "TALLYSTICK_PKCS11_GENERATE", "false"),
                    clock,
                    random))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("TALLYSTICK_KEYS");
    assertThat(otherFolder).isEmptyDirectory();
  }

  @Test
  void equalMessages_getDifferentSignatures_becauseTheTokenDrawsItsNonces() {
    KeyVault vault = vault();
    byte[] message = "m".getBytes(UTF_8);
    assertThat(vault.signer(KeyUse.ANSWER).sign(message))
        .isNotEqualTo(vault.signer(KeyUse.ANSWER).sign(message));
  }
}
