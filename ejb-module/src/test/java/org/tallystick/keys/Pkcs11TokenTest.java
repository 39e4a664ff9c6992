package org.tallystick.keys;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AuthProvider;
import java.security.KeyStore;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.crypto.KeyGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.crypto.VerificationKey;
import org.tallystick.node.MovableClock;

@Tag("all")
class Pkcs11TokenTest {
  private static final byte[] MESSAGE = "m".getBytes(UTF_8);

  @TempDir Path folder;
  private final MovableClock clock = new MovableClock();
  private final SecureRandom random = new SecureRandom();

  private Pkcs11Token open(Pkcs11Settings settings) {
    return Pkcs11Token.open(settings, folder, clock, random);
  }

  @Test
  void provider_isNotRegistered() {
    Pkcs11Token token = open(SoftHsm.settings("bank"));
    Provider provider = token.use((keys, by) -> by);
    assertThat(provider.getName()).isEqualTo("SunPKCS11-tallystick");
    assertThat(Security.getProviders()).doesNotContain(provider);
    assertThat(Security.getProvider("SunPKCS11-tallystick")).isNull();
  }

  @Test
  void keys_areInTheToken_sensitiveAndNotExtractable() {
    Pkcs11Token token = open(SoftHsm.settings("bank"));
    KeyStore store = token.use((keys, provider) -> TokenKeys.store(provider));
    token.use(
        (keys, provider) -> {
          for (String label : Collections.list(store.aliases())) {
            // the platform says so, and so does a key that gives no bytes
            assertThat(store.getKey(label, null).toString())
                .contains("token object, sensitive, unextractable");
            assertThat(store.getKey(label, null).getEncoded()).isNull();
          }
          assertThat(Collections.list(store.aliases()))
              .containsExactlyInAnyOrder(
                  "tallystick-key-encryption-key",
                  "tallystick-root",
                  "tallystick-answer",
                  "tallystick-receipt",
                  "tallystick-certificate",
                  "tallystick-checkpoint");
          return true;
        });
  }

  @Test
  void wrongPin_isRefused_andIsInNoMessage() {
    assertThatThrownBy(() -> open(SoftHsm.settings("pin", "TALLYSTICK_PKCS11_PIN", "31337-wrong")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("TALLYSTICK_PKCS11_PIN")
        .satisfies(
            e -> {
              StringWriter trace = new StringWriter();
              e.printStackTrace(new PrintWriter(trace));
              assertThat(trace.toString()).doesNotContain("31337").doesNotContain(SoftHsm.PIN);
            });
  }

  @Test
  void missingSlotOrLibrary_isRefused() {
    assertThatThrownBy(() -> open(SoftHsm.settings("bank", "TALLYSTICK_PKCS11_SLOT", "7654321")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("_SLOT");
    assertThatThrownBy(() -> open(SoftHsm.settings("bank", "TALLYSTICK_PKCS11_LIBRARY", "/no.so")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("_LIBRARY");
  }

  @Test
  void tokenWithoutKeys_isRefused_andStaysEmpty() {
    for (int attempt = 0; attempt < 2; attempt++) {
      assertThatThrownBy(
              () -> open(SoftHsm.settings("empty", "TALLYSTICK_PKCS11_GENERATE", "false")))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("tallystick-key-encryption-key, tallystick-root")
          .hasMessageContaining("TALLYSTICK_PKCS11_GENERATE");
    }
  }

  @Test
  void tokenWithSomeKeysGone_isRefused_andGetsThoseAlone_whenAllowed() throws Exception {
    Pkcs11Token first = open(SoftHsm.settings("half"));
    VerificationKey root = first.keys().verificationKey(KeyUse.ROOT);
    VerificationKey receipt = first.keys().verificationKey(KeyUse.RECEIPT);
    first.use(
        (keys, provider) -> {
          TokenKeys.store(provider).deleteEntry("tallystick-receipt");
          return true;
        });
    assertThatThrownBy(() -> open(SoftHsm.settings("half", "TALLYSTICK_PKCS11_GENERATE", "false")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("has no tallystick-receipt:");
    Pkcs11Token second = open(SoftHsm.settings("half"));
    assertThat(second.keys().verificationKey(KeyUse.ROOT)).isEqualTo(root);
    assertThat(second.keys().verificationKey(KeyUse.RECEIPT)).isNotEqualTo(receipt);
  }

  @Test
  void nodesThatStartAtOnce_makeOneSetOfKeys() throws Exception {
    var threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<VerificationKey>> nodes =
          Collections.nCopies(
              8, () -> open(SoftHsm.settings("race")).keys().verificationKey(KeyUse.ROOT));
      Set<VerificationKey> roots = new HashSet<>();
      for (Future<VerificationKey> node : threads.invokeAll(nodes)) {
        roots.add(node.get());
      }
      assertThat(roots).hasSize(1);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void keysOfOneLabelTwice_areRefused() throws Exception {
    open(SoftHsm.settings("twice"));
    String label = HexFormat.of().formatHex(TokenKeys.KEY_ENCRYPTION_KEY.getBytes(UTF_8));
    Provider another =
        Security.getProvider("SunPKCS11")
            .configure(
                SoftHsm.settings("twice").providerConfiguration()
                    + "attributes(generate, CKO_SECRET_KEY, *) = {\n"
                    + "CKA_TOKEN = true\n"
                    + "CKA_LABEL = 0h"
                    + label
                    + "\n}\n");
    KeyGenerator generator = KeyGenerator.getInstance("AES", another);
    generator.init(256);
    generator.generateKey();
    assertThatThrownBy(() -> open(SoftHsm.settings("twice")))
        .isInstanceOf(IllegalStateException.class)
        .hasStackTraceContaining(TokenKeys.KEY_ENCRYPTION_KEY);
  }

  @Test
  void keyReplacedInTheToken_isNotUsed() {
    Pkcs11Token token = open(SoftHsm.settings("replaced"));
    TokenSigner signer = new TokenSigner(token, KeyUse.ANSWER);
    token.use(
        (keys, provider) -> {
          new TokenKeyMaker(provider, clock, random)
              .make(TokenKeys.store(provider), TokenKeys.label(KeyUse.ANSWER));
          return true;
        });
    assertThatThrownBy(() -> signer.sign(MESSAGE))
        .isInstanceOf(KeysUnavailableException.class)
        .hasMessageContaining("other keys");
  }

  @Test
  void loginLost_isMadeGood_andUnderManyThreadsNoSignatureIsWrong() throws Exception {
    Pkcs11Token token = open(SoftHsm.settings("login"));
    TokenSigner signer = new TokenSigner(token, KeyUse.ANSWER);
    logOut(token);
    byte[] signature = signer.sign(MESSAGE);
    assertThat(signer.verificationKey().verify(MESSAGE, signature)).isTrue();
    SealingKey sealing = new TokenSealingKey(token, random);
    byte[] sealed = sealing.seal(MESSAGE, MESSAGE);
    Thread.sleep(1100);
    logOut(token);
    assertThat(sealing.open(sealed, MESSAGE)).contains(MESSAGE);
    Thread.sleep(1100);
    var threads = Executors.newFixedThreadPool(32);
    try {
      List<Future<Integer>> results = new ArrayList<>();
      for (int thread = 0; thread < 32; thread++) {
        results.add(threads.submit(() -> wrongOrFailed(signer)));
      }
      logOut(token);
      int failed = 0;
      for (Future<Integer> result : results) {
        failed += result.get();
      }
      assertThat(failed).isLessThan(32 * 50);
    } finally {
      threads.shutdownNow();
    }
    Thread.sleep(1100);
    assertThat(token.answers()).isTrue();
  }

  @Test
  void pinRefusedAfterALogout_isNotTriedAgain() throws Exception {
    open(SoftHsm.settings("locked"));
    // the process has logged in already, so nobody looks at this PIN yet
    Pkcs11Token token = open(SoftHsm.settings("locked", "TALLYSTICK_PKCS11_PIN", "31337-wrong"));
    TokenSigner signer = new TokenSigner(token, KeyUse.ANSWER);
    logOut(token);
    assertThatThrownBy(() -> signer.sign(MESSAGE))
        .isInstanceOf(KeysUnavailableException.class)
        .hasRootCauseMessage("CKR_PIN_INCORRECT");
    Thread.sleep(1100);
    assertThatThrownBy(() -> signer.sign(MESSAGE))
        .isInstanceOf(KeysUnavailableException.class)
        .hasMessageContaining("has refused the PIN");
  }

  @Test
  void tokenGone_failsInBoundedTime_andMakesNoKeys() throws Exception {
    Pkcs11Token token = open(SoftHsm.settings("gone"));
    TokenSigner signer = new TokenSigner(token, KeyUse.ANSWER);
    VerificationKey key = signer.verificationKey();
    SealingKey sealing = new TokenSealingKey(token, random);
    byte[] sealed = sealing.seal(MESSAGE, MESSAGE);
    Path files = filesOf("gone");
    Path aside = files.resolveSibling("aside");
    Files.move(files, aside);
    try {
      Thread.sleep(1100);
      long begun = System.nanoTime();
      assertThatThrownBy(() -> signer.sign(MESSAGE)).isInstanceOf(KeysUnavailableException.class);
      assertThatThrownBy(() -> sealing.open(sealed, MESSAGE))
          .isInstanceOf(KeysUnavailableException.class);
      assertThat(token.answers()).isFalse();
      assertThat(System.nanoTime() - begun).isLessThan(10_000_000_000L);
      assertThat(signer.verificationKey()).isEqualTo(key);
    } finally {
      Files.move(aside, files);
    }
  }

  private static int wrongOrFailed(TokenSigner signer) {
    int failed = 0;
    for (int i = 0; i < 50; i++) {
      try {
        assertThat(signer.verificationKey().verify(MESSAGE, signer.sign(MESSAGE))).isTrue();
      } catch (KeysUnavailableException e) {
        failed++;
      }
    }
    return failed;
  }

  private static void logOut(Pkcs11Token token) {
    token.use(
        (keys, provider) -> {
          ((AuthProvider) provider).logout();
          return true;
        });
  }

  /** The token's label is in its file, in clear. */
  private static Path filesOf(String token) throws Exception {
    try (var tokens = Files.list(SoftHsm.folder().resolve("tokens"))) {
      for (Path path : tokens.toList()) {
        String content = new String(Files.readAllBytes(path.resolve("token.object")), ISO_8859_1);
        if (content.contains(token + " ".repeat(32 - token.length()))) {
          return path;
        }
      }
    }
    throw new IllegalStateException("no token " + token);
  }
}
