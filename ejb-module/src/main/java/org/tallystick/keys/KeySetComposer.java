package org.tallystick.keys;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tallystick.crypto.SignatureKey;
import org.tallystick.format.Suite;

/**
 * Decides whether the key set that devices hold still says what is so, and makes the next one.
 *
 * <p>A key that stays keeps the time from which it is valid, and one that has gone stays listed up
 * to the time it went, so that older receipts and bindings can still be checked.
 */
final class KeySetComposer {
  private static final Map<KeyUse, String> USES =
      Map.of(
          KeyUse.ANSWER, BankKey.ANSWER,
          KeyUse.RECEIPT, BankKey.RECEIPT,
          KeyUse.CERTIFICATE, BankKey.CERTIFICATE);

  /**
   * A restored database may have lost versions that devices hold; those that follow begin above.
   */
  private static final long VERSIONS_OF_A_RECOVERY = 1_000_000;

  private static final long VALIDITY = Duration.ofDays(5 * 365L).toMillis();
  private static final long RENEW_BEFORE_END = Duration.ofDays(365).toMillis();
  // a device's clock may be behind the bank's
  private static final long EARLIER = Duration.ofDays(1).toMillis();

  private final Bank bank;
  private final KeyVault vault;

  KeySetComposer(Bank bank, KeyVault vault) {
    this.bank = bank;
    this.vault = vault;
  }

  /**
   * The set that must follow; empty where {@code held} still serves.
   *
   * @throws IllegalStateException if {@code held} is of a later recovery epoch than the vault's
   */
  Optional<BankKeySet> next(Optional<BankKeySet> held, long nowMillis) {
    held.map(BankKeySet::recoveryEpoch).ifPresent(this::requireNotBefore);
    if (held.isPresent() && serves(held.get(), nowMillis)) {
      return Optional.empty();
    }
    List<BankKey> before = held.map(BankKeySet::keys).orElse(List.of());
    List<BankKey> keys = new ArrayList<>();
    for (KeyUse use : KeyUse.values()) {
      String name = USES.get(use);
      if (name != null) {
        keys.add(current(name, vault.signer(use).verificationKey(), before, nowMillis));
      }
    }
    before.stream()
        .filter(old -> keys.stream().noneMatch(key -> same(key, old)))
        .map(old -> retired(old, nowMillis))
        .forEach(keys::add);
    long recoveryEpoch = vault.recoveryEpoch();
    long version =
        Math.max(held.map(BankKeySet::version).orElse(0L), recoveryEpoch * VERSIONS_OF_A_RECOVERY)
            + 1;
    return Optional.of(
        new BankKeySet(
            bank.consortium(),
            bank.name(),
            version,
            List.copyOf(keys),
            nowMillis,
            recoveryEpoch,
            Suite.CLASSIC));
  }

  private void requireNotBefore(long published) {
    if (published > vault.recoveryEpoch()) {
      throw new IllegalStateException(
          "this database's key set says recovery epoch "
              + published
              + " and the file recovery-epoch in the key folder says "
              + vault.recoveryEpoch()
              + ": name the bank's own key folder with TALLYSTICK_KEYS, or write "
              + published
              + " into the file if it was lost; it never goes back");
    }
  }

  private boolean serves(BankKeySet held, long nowMillis) {
    return held.bankName().equals(bank.name())
        && held.recoveryEpoch() == vault.recoveryEpoch()
        && USES.entrySet().stream()
            .allMatch(use -> listed(held, use.getKey(), use.getValue(), nowMillis));
  }

  private boolean listed(BankKeySet held, KeyUse use, String name, long nowMillis) {
    SignatureKey key = vault.signer(use).verificationKey();
    return held.keys().stream()
        .anyMatch(
            listed ->
                listed.use().equals(name)
                    && listed.key().equals(key)
                    && listed.notAfterMillis() > nowMillis + RENEW_BEFORE_END);
  }

  private static BankKey current(
      String use, SignatureKey key, List<BankKey> before, long nowMillis) {
    long notBefore =
        before.stream()
            .filter(old -> old.use().equals(use) && old.key().equals(key))
            .mapToLong(BankKey::notBeforeMillis)
            .findFirst()
            .orElse(nowMillis - EARLIER);
    return new BankKey(use, key, notBefore, nowMillis + VALIDITY);
  }

  private static BankKey retired(BankKey old, long nowMillis) {
    return new BankKey(
        old.use(), old.key(), old.notBeforeMillis(), Math.min(old.notAfterMillis(), nowMillis));
  }

  private static boolean same(BankKey one, BankKey other) {
    return one.use().equals(other.use()) && one.key().equals(other.key());
  }
}
