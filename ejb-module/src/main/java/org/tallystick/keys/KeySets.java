package org.tallystick.keys;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.tallystick.crypto.VerificationKey;
import org.tallystick.format.SignatureRefusedException;

/** Keeps the editions of the bank's key set and hands out the newest. */
@Stateless
public class KeySets {
  private static final int PUBLISH_LOCK = 7_411_001;

  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  @Inject Bank bank;
  @Inject KeyVault vault;
  @Inject Clock clock;

  /** The newest edition: the same bytes each time until something changes. */
  public PublishedKeys current() {
    KeySetEdition edition =
        newest().orElseThrow(() -> new IllegalStateException("no key set has been published"));
    return new PublishedKeys(edition.version(), root().compressed(), edition.signed());
  }

  /**
   * Publishes a new edition where the newest does not serve any more; of several nodes one does.
   */
  public void publish() {
    entities
        .createNativeQuery(
            "select 1 from (select pg_advisory_xact_lock(" + PUBLISH_LOCK + ")) as waited")
        .getResultList();
    Optional<BankKeySet> held = newest().map(this::verified);
    new KeySetComposer(bank, vault)
        .next(held, clock.millis())
        .ifPresent(
            set ->
                entities.persist(
                    new KeySetEdition(
                        set.version(),
                        OffsetDateTime.now(clock),
                        set.sign(vault.signer(KeyUse.ROOT)))));
  }

  /** The root's public key, whose hash devices pin. */
  public VerificationKey root() {
    return vault.signer(KeyUse.ROOT).verificationKey();
  }

  private BankKeySet verified(KeySetEdition edition) {
    try {
      return BankKeySet.verify(edition.signed(), root(), bank.consortium());
    } catch (SignatureRefusedException e) {
      throw new IllegalStateException(
          "the key set in this database is not signed by this node's root key for consortium "
              + bank.consortium(),
          e);
    }
  }

  private Optional<KeySetEdition> newest() {
    return entities
        .createNamedQuery("KeySetEdition.newestFirst", KeySetEdition.class)
        .setMaxResults(1)
        .getResultStream()
        .findFirst();
  }
}
