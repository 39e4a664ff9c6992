package org.tallystick.keys;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.security.AuthProvider;
import java.security.GeneralSecurityException;
import java.security.InvalidParameterException;
import java.security.Provider;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.security.Security;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.login.FailedLoginException;
import javax.security.auth.login.LoginException;
import org.jspecify.annotations.Nullable;

/**
 * One token of a PKCS#11 library, through an instance of the platform's provider that is nobody
 * else's: it is never registered.
 *
 * <p>Every call ends in bounded time. Where the login was lost the token is logged into again and
 * the keys are found anew, and only the same keys are used. Keys are made at start or never. Safe
 * for use by several threads.
 */
final class Pkcs11Token {
  private static final Logger LOG = System.getLogger(Pkcs11Token.class.getName());
  private static final Duration START = Duration.ofSeconds(60);
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** What is done with the keys. */
  @FunctionalInterface
  interface Use<T> {
    T with(TokenKeys keys, Provider provider) throws GeneralSecurityException;
  }

  private final AuthProvider provider;
  private final Pkcs11Settings settings;
  private final BoundedCalls calls = new BoundedCalls("tallystick-pkcs11");
  private volatile @Nullable TokenKeys keys;
  private volatile long usedAtNanos = System.nanoTime();
  private long nextTryNanos = usedAtNanos;
  private boolean pinRefused;

  private Pkcs11Token(AuthProvider provider, Pkcs11Settings settings) {
    this.provider = provider;
    this.settings = settings;
  }

  /**
   * Opens the token; makes the keys that are absent, where the settings allow it.
   *
   * @throws IllegalStateException if the token, its PIN or its keys are not what the settings say
   */
  static Pkcs11Token open(Pkcs11Settings settings, Path folder, Clock clock, SecureRandom random) {
    Pkcs11Token token = new Pkcs11Token(configured(settings), settings);
    try {
      token.calls.call(
          () -> {
            token.login();
            token.makeAbsent(folder, clock, random);
            token.keys = TokenKeys.load(token.provider);
            return true;
          },
          START);
    } catch (KeysUnavailableException e) {
      if (e.getCause() instanceof FailedLoginException refused) {
        throw new IllegalStateException(
            "the PKCS#11 token refuses the login: is TALLYSTICK_PKCS11_PIN right?", refused);
      }
      throw new IllegalStateException("the PKCS#11 token's keys do not open", e);
    }
    return token;
  }

  /**
   * Uses the keys, if need be after another login.
   *
   * @throws KeysUnavailableException if the token fails, or does not answer in time
   */
  <T> T use(Use<T> use) {
    return calls.call(
        () -> {
          TokenKeys held = keys();
          T result;
          try {
            result = use.with(held, provider);
          } catch (GeneralSecurityException | ProviderException e) {
            result = use.with(renewed(held, e), provider);
          }
          usedAtNanos = System.nanoTime();
          return result;
        },
        settings.timeout());
  }

  /** Whether the token has worked within the last second, or does so now. */
  boolean answers() {
    if (System.nanoTime() - usedAtNanos < PAUSE_NANOS) {
      return true;
    }
    try {
      return use(
          (held, by) -> {
            held.prove(KeyUse.RECEIPT, by);
            return true;
          });
    } catch (KeysUnavailableException e) {
      LOG.log(Level.WARNING, "the PKCS#11 token does not answer", e);
      return false;
    }
  }

  /** The keys as they were found last; their handles may have gone stale. */
  TokenKeys keys() {
    TokenKeys held = keys;
    if (held == null) {
      throw new IllegalStateException("the PKCS#11 token is not open");
    }
    return held;
  }

  private static AuthProvider configured(Pkcs11Settings settings) {
    Provider unconfigured = Security.getProvider("SunPKCS11");
    if (unconfigured == null) {
      throw new IllegalStateException("this Java platform has no PKCS#11 provider");
    }
    try {
      return (AuthProvider) unconfigured.configure(settings.providerConfiguration());
    } catch (ProviderException | InvalidParameterException e) {
      throw new IllegalStateException(
          "the PKCS#11 token does not open: are TALLYSTICK_PKCS11_LIBRARY and _SLOT right?", e);
    }
  }

  private void makeAbsent(Path folder, Clock clock, SecureRandom random)
      throws GeneralSecurityException {
    List<String> absent = TokenKeys.absent(TokenKeys.store(provider));
    if (absent.isEmpty()) {
      return;
    }
    if (!settings.generate()) {
      throw new IllegalStateException(
          "the PKCS#11 token has no "
              + String.join(", ", absent)
              + ": make them there, or set TALLYSTICK_PKCS11_GENERATE=true for the first start");
    }
    List<String> made = new TokenKeyMaker(provider, clock, random).make(folder);
    if (!made.isEmpty()) {
      LOG.log(
          Level.WARNING,
          "made in the PKCS#11 token: {0}; back the token up, unset TALLYSTICK_PKCS11_GENERATE",
          String.join(", ", made));
    }
  }

  private synchronized TokenKeys renewed(TokenKeys stale, Exception cause)
      throws GeneralSecurityException {
    TokenKeys held = keys();
    if (held != stale) {
      return held;
    }
    if (pinRefused) {
      // a token locks itself after a few wrong PINs
      throw new KeysUnavailableException("the PKCS#11 token has refused the PIN", cause);
    }
    if (System.nanoTime() - nextTryNanos < 0) {
      throw new KeysUnavailableException("the PKCS#11 token fails", cause);
    }
    nextTryNanos = System.nanoTime() + PAUSE_NANOS;
    try {
      login();
    } catch (FailedLoginException e) {
      pinRefused = true;
      throw e;
    }
    TokenKeys fresh = TokenKeys.load(provider);
    if (!fresh.same(stale)) {
      throw new KeysUnavailableException("the PKCS#11 token has other keys than before", cause);
    }
    keys = fresh;
    LOG.log(Level.WARNING, "the PKCS#11 token had failed and was logged into again", cause);
    return fresh;
  }

  private void login() throws LoginException {
    provider.login(
        null,
        callbacks -> {
          for (Callback callback : callbacks) {
            if (callback instanceof PasswordCallback asked) {
              char[] pin = settings.pin();
              asked.setPassword(pin);
              Arrays.fill(pin, '\0');
            }
          }
        });
  }
}
