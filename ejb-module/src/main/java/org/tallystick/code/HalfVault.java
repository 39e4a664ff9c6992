package org.tallystick.code;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.tallystick.crypto.Secret;
import org.tallystick.keys.KeyVault;

/**
 * Wraps what of a half must not lie open in the database, each bound to its device and number. It
 * is sealed under the key of the day, and wiped from the row with the final answer.
 */
public final class HalfVault {
  private final KeyVault vault;

  /** Wraps by a vault. */
  public HalfVault(KeyVault vault) {
    this.vault = vault;
  }

  /** The root of the answer's keys; it is closed afterwards. */
  public byte[] wrapReplyRoot(Secret replyRoot, long device, long epoch, long n) {
    try (replyRoot) {
      return vault.wrap(replyRoot.reveal(), context("reply", device, epoch, n));
    }
  }

  /** The root of the answer's keys; the caller closes it. */
  public Secret replyRoot(HalfRow half) {
    byte[] wrapped = half.replyRootWrapped();
    if (wrapped == null) {
      throw new IllegalStateException("half " + half.id() + " is answered");
    }
    return Secret.adopt(
        vault.unwrap(wrapped, context("reply", half.device(), half.epoch(), half.n())));
  }

  /** The wallet shorthand, if there is one. */
  public byte @Nullable [] wrapShorthand(
      @Nullable String shorthand, long device, long epoch, long n) {
    return shorthand == null
        ? null
        : vault.wrap(
            shorthand.getBytes(StandardCharsets.UTF_8), context("shorthand", device, epoch, n));
  }

  /** The wallet shorthand; empty text where the half names none. */
  public String shorthand(HalfRow half) {
    byte[] wrapped = half.readable().map(HalfRow.Terms::shorthandWrapped).orElse(null);
    return wrapped == null
        ? ""
        : new String(
            vault.unwrap(wrapped, context("shorthand", half.device(), half.epoch(), half.n())),
            StandardCharsets.UTF_8);
  }

  private static String context(String what, long device, long epoch, long n) {
    return "half/" + device + "/" + epoch + "/" + n + "/" + what;
  }
}
