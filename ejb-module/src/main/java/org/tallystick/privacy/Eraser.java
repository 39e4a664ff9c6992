package org.tallystick.privacy;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tallystick.codec.Base64Url;
import org.tallystick.keys.KeyVault;
import org.tallystick.party.Parties;
import org.tallystick.party.Party;
import org.tallystick.stage.StageFaultException;

/**
 * Erases parties: their key first, then whatever is personal. Books, logs, receipts and what
 * devices signed stay, for they name numbers that were drawn at random and hold salted commitments.
 */
@Stateless
public class Eraser {
  /** Who erases what a restored database has brought back. */
  static final String RESTORED = "system:restored";

  private static final int TOKEN_HASH_LENGTH = 32;

  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  @EJB Parties parties;
  @Inject KeyVault vault;
  @Inject Clock clock;
  @Inject SecureRandom random;

  /** What keeps a party, whose row is locked, from being erased. */
  public Set<Tie> ties(Party party) {
    try {
      return rows().ties(party.id(), now());
    } catch (SQLException e) {
      throw new StageFaultException(e);
    }
  }

  /**
   * Erases a party, whose row is locked. Outside the database that is noted before: if this
   * transaction comes to nothing, the next start of a node does what two people have decided.
   */
  public OffsetDateTime erase(Party party, Erasure.Word word) {
    byte[] registration = party.identifiers().registration();
    vault.bury(registration);
    Long institution = party.institution().orElse(null);
    OffsetDateTime now = now();
    byte[] noToken = new byte[TOKEN_HASH_LENGTH];
    random.nextBytes(noToken);
    entities.flush();
    try {
      ErasedRows rows = rows().erase(party.id(), noToken, now);
      entities.clear(); // what it holds is not so any more
      entities.persist(new Erasure(party.id(), registration, institution, word, rows, now));
    } catch (SQLException e) {
      throw new StageFaultException(e);
    }
    return now;
  }

  /** The registrations that were erased and are there all the same, as after a restore. */
  public List<String> backAgain() {
    return vault.buried().stream()
        .map(Base64Url::encode)
        .filter(registration -> parties.byRegistration(registration).isPresent())
        .toList();
  }

  /**
   * Erases one of these once more, whatever state it is in; false where another node has done it.
   */
  public boolean again(String registration) {
    Optional<Party> found = parties.byRegistrationLocked(registration);
    found.ifPresent(
        party ->
            erase(
                party,
                new Erasure.Word(
                    RESTORED, RESTORED, "was erased before the database was restored")));
    return found.isPresent();
  }

  private ErasureRows rows() {
    return new ErasureRows(entities.unwrap(Connection.class));
  }

  private OffsetDateTime now() {
    return OffsetDateTime.now(clock);
  }
}
