package org.tallystick.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.Security;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.crypto.AesBlock;
import org.tallystick.crypto.Pbkdf2;
import org.tallystick.crypto.Secret;
import org.tallystick.crypto.SigningKey;

/** A server may have installed another provider, in a process of its own here. */
class OtherProvidersTest {
  private static final List<String> PLATFORM =
      List.of("SUN", "SunRsaSign", "SunEC", "SunJSSE", "SunJCE");
  private static final String OTHER = "org.bouncycastle.jce.provider.BouncyCastleProvider";
  private static final byte[] MESSAGE = "chain".getBytes(UTF_8);

  @TempDir Path folder;

  @Test
  void otherProvider_afterThePlatforms_changesNothing() throws Exception {
    List<String> providers = new ArrayList<>(PLATFORM);
    providers.add(OTHER);
    assertThat(child(providers)).isEqualTo("SUN first; primitives agree; vault opens");
  }

  @Test
  void otherProvider_beforeThePlatforms_changesNoPrimitive_andTheVaultSaysWhatItDisturbs()
      throws Exception {
    List<String> providers = new ArrayList<>(PLATFORM);
    providers.add(0, OTHER);
    assertThat(child(providers))
        .startsWith("BC first; primitives agree; a security provider that is installed before");
  }

  private String child(List<String> providers) throws Exception {
    StringBuilder properties = new StringBuilder();
    for (int i = 0; i < providers.size(); i++) {
      properties.append("security.provider.%d=%s%n".formatted(i + 1, providers.get(i)));
    }
    Path file = Files.writeString(folder.resolve("java.security"), properties);
    Files.write(folder.resolve("wrapped"), open(folder).wrap(MESSAGE, "c"));
    Files.write(folder.resolve("personal"), personal().seal(MESSAGE, "p"));
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.security.properties=" + file,
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                OtherProvidersTest.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(child.getInputStream().readAllBytes(), UTF_8);
    assertThat(child.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return said;
  }

  /** The child process. */
  public static void main(String... arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    System.out.print(Security.getProviders()[0].getName() + " first; ");
    assertThat(personal().open(Files.readAllBytes(folder.resolve("personal")), "p"))
        .isEqualTo(MESSAGE);
    try (SigningKey key = SigningKey.generate(new SecureRandom())) {
      assertThat(key.verificationKey().verify(MESSAGE, key.sign(MESSAGE))).isTrue();
    }
    byte[] block = AesBlock.encrypt(new byte[32], new byte[16]);
    assertThat(AesBlock.decrypt(new byte[32], block)).isEqualTo(new byte[16]);
    // RFC 7914, 11
    assertThat(Pbkdf2.sha256("passwd".toCharArray(), "salt".getBytes(UTF_8), 1, 64))
        .startsWith(0x55, 0xac, 0x04, 0x6e);
    System.out.print("primitives agree; ");
    try {
      KeyVault vault = open(folder);
      assertThat(vault.unwrap(Files.readAllBytes(folder.resolve("wrapped")), "c"))
          .isEqualTo(MESSAGE);
      System.out.print("vault opens");
    } catch (IllegalStateException e) {
      System.out.print(e.getMessage());
    }
  }

  private static PersonalKey personal() {
    return new PersonalKey(Secret.adopt(new byte[32]), new SecureRandom());
  }

  private static KeyVault open(Path folder) {
    return Pkcs12KeyVault.open(
        folder, "a password".toCharArray(), Clock.systemUTC(), new SecureRandom());
  }
}
