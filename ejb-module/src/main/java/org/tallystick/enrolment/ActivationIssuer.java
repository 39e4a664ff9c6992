package org.tallystick.enrolment;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.tallystick.crypto.EcdhKey;
import org.tallystick.crypto.MlKemKey;
import org.tallystick.crypto.Secret;
import org.tallystick.format.Suite;
import org.tallystick.keys.Bank;
import org.tallystick.keys.KeyVault;
import org.tallystick.keys.OfferedSuites;
import org.tallystick.party.Agreement;
import org.tallystick.party.Party;

/**
 * Draws an activation: its id, its code, the bank's key pair for it alone, and the offer.
 *
 * <p>Source: docs/PROTOCOL.md section 3.
 */
public final class ActivationIssuer {
  /** How long an activation lives. */
  public static final Duration LIFE = Duration.ofMinutes(15);

  private static final int ID_LENGTH = 16;
  private static final int CODE_LENGTH = 16;

  private final Bank bank;
  private final KeyVault keys;
  private final EnrolmentVault vault;
  private final Clock clock;
  private final SecureRandom random;

  /** Issues for a bank. */
  public ActivationIssuer(Bank bank, KeyVault vault, Clock clock, SecureRandom random) {
    this.bank = bank;
    this.keys = vault;
    this.vault = new EnrolmentVault(vault);
    this.clock = clock;
    this.random = random;
  }

  /**
   * A fresh activation.
   *
   * @param enrolment to be stored
   * @param text to be shown to the party, once
   */
  public record Drawn(Enrolment enrolment, String text) {
    @Override
    public String toString() {
      return "Drawn[...]";
    }
  }

  /** Draws an activation under an agreement and the newest key set. */
  public Drawn draw(Party party, Agreement agreement, long keySetVersion) {
    OfferedSuites suites = OfferedSuites.of(bank, keys);
    OffsetDateTime now = OffsetDateTime.now(clock);
    OffsetDateTime expires = now.plus(LIFE);
    byte[] id = new byte[ID_LENGTH];
    random.nextBytes(id);
    try (Secret code = Secret.random(random, CODE_LENGTH);
        EcdhKey hpke = EcdhKey.generate(random);
        @Nullable MlKemKey kem =
            suites.highest() == Suite.HYBRID ? MlKemKey.generate(random) : null) {
      Offer offer =
          new Offer(
              bank.consortium(),
              bank.name(),
              id,
              party.role().name(),
              agreement.version(),
              agreement.text(),
              hpke.publicPoint(),
              suites.numbers(),
              keySetVersion,
              expires.toInstant().toEpochMilli(),
              kem == null ? null : kem.encapsulationKey());
      Enrolment enrolment =
          new Enrolment(
              id, party.id(), offer.encode(), vault.wrap(id, code, hpke, kem), now, expires);
      return new Drawn(enrolment, new Activation(id, code, offer.fingerprint()).text());
    }
  }
}
