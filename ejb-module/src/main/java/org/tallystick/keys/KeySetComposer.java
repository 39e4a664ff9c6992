package org.tallystick.keys;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tallystick.crypto.MessageSigner;
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
          KeyUse.CERTIFICATE, BankKey.CERTIFICATE,
          KeyUse.CHECKPOINT, BankKey.CHECKPOINT);

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
   * @throws IllegalStateException if {@code held} is of a later recovery epoch than the vault's, or
   *     of a higher minimum suite
   */
  Optional<BankKeySet> next(Optional<BankKeySet> held, long nowMillis) {
    Suite minimum = OfferedSuites.of(bank, vault).minimum();
    long recoveryEpoch = vault.recoveryEpoch();
    held.ifPresent(set -> requireNotLower(set, minimum, recoveryEpoch));
    if (held.isPresent() && serves(held.get(), minimum, recoveryEpoch, nowMillis)) {
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
    seconds()
        .forEach(
            (name, signer) ->
                keys.add(current(name, signer.verificationKey(), before, nowMillis)));
    before.stream()
        .filter(old -> keys.stream().noneMatch(key -> same(key, old)))
        .map(old -> retired(old, nowMillis))
        .forEach(keys::add);
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
            minimum));
  }

  /** Devices would refuse the set, K5. */
  private static void requireNotLower(BankKeySet held, Suite minimum, long recoveryEpoch) {
    if (!minimum.atLeast(held.minimumSuite())) {
      throw new IllegalStateException(
          "TALLYSTICK_MINIMUM_SUITE was 2 and may not be lowered: devices would refuse the keys");
    }
    if (recoveryEpoch < held.recoveryEpoch()) {
      throw new IllegalStateException(
          "this database's key set says recovery epoch "
              + held.recoveryEpoch()
              + " and the file recovery-epoch in the key folder says "
              + recoveryEpoch
              + ": name the bank's own key folder with TALLYSTICK_KEYS, or write "
              + held.recoveryEpoch()
              + " into the file if it was lost; it never goes back");
    }
  }

  private boolean serves(BankKeySet held, Suite minimum, long recoveryEpoch, long nowMillis) {
    return held.bankName().equals(bank.name())
        && held.minimumSuite() == minimum
        && held.recoveryEpoch() == recoveryEpoch
        && seconds().entrySet().stream()
            .allMatch(
                second ->
                    listed(held, second.getValue().verificationKey(), second.getKey(), nowMillis))
        && USES.entrySet().stream()
            .allMatch(
                use ->
                    listed(
                        held,
                        vault.signer(use.getKey()).verificationKey(),
                        use.getValue(),
                        nowMillis));
  }

  /** What signs by ML-DSA-65, by use. */
  private Map<String, MessageSigner> seconds() {
    Map<String, MessageSigner> seconds = new LinkedHashMap<>();
    vault.secondReceiptSigner().ifPresent(signer -> seconds.put(BankKey.RECEIPT, signer));
    vault.secondCheckpointSigner().ifPresent(signer -> seconds.put(BankKey.CHECKPOINT, signer));
    return seconds;
  }

  private static boolean listed(BankKeySet held, SignatureKey key, String name, long nowMillis) {
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
