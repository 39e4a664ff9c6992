package org.tallystick.code;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.crypto.Secret;
import org.tallystick.keys.KeyVault;
import org.tallystick.pin.Level;

/**
 * Wraps what of a half must not lie open in the database, each bound to its device and number. It
 * is sealed under the key of the day, and wiped from the row with the final answer.
 */
public final class HalfVault {
  private static final String SHORTHAND = "shorthand";
  private static final String LOYALTY = "loyalty";

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

  /**
   * What the decision needs of a good half's private map.
   *
   * @param privateMap with proofs of level PINs that were found right
   */
  public HalfRow.Kept keep(PrivateMap privateMap, long device, long epoch, long n) {
    return new HalfRow.Kept(
        wrap(privateMap.shorthand(), context(SHORTHAND, device, epoch, n)),
        wrap(privateMap.loyaltyId(), context(LOYALTY, device, epoch, n)),
        Level.bits(privateMap.levelProofs().keySet()));
  }

  /** The wallet shorthand; empty text where the half names none. */
  public String shorthand(HalfRow half) {
    return half.readable()
        .flatMap(terms -> unwrap(terms.kept().shorthandWrapped(), half, SHORTHAND))
        .orElse("");
  }

  /** The loyalty id, where the half names one. */
  public Optional<String> loyaltyId(HalfRow half) {
    return half.readable().flatMap(terms -> unwrap(terms.kept().loyaltyWrapped(), half, LOYALTY));
  }

  private byte @Nullable [] wrap(@Nullable String text, String context) {
    return text == null ? null : vault.wrap(text.getBytes(StandardCharsets.UTF_8), context);
  }

  private Optional<String> unwrap(byte @Nullable [] wrapped, HalfRow half, String what) {
    if (wrapped == null) {
      return Optional.empty();
    }
    byte[] clear = vault.unwrap(wrapped, context(what, half.device(), half.epoch(), half.n()));
    return Optional.of(new String(clear, StandardCharsets.UTF_8));
  }

  private static String context(String what, long device, long epoch, long n) {
    return "half/" + device + "/" + epoch + "/" + n + "/" + what;
  }
}
