package org.tallystick.wallet;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import java.util.List;
import java.util.Optional;
import org.tallystick.codec.Base64Url;
import org.tallystick.codec.MalformedInputException;

/** Finds instruments and what hangs on them, each method by an index of its own. */
final class InstrumentRegister {
  private final EntityManager entities;

  InstrumentRegister(EntityManager entities) {
    this.entities = entities;
  }

  /** What is in a wallet, in the party's order. */
  List<Instrument> ofParty(long partyId) {
    return ofPartyQuery("Instrument.ofParty", partyId).getResultList();
  }

  Optional<Instrument> preferred(long partyId) {
    return ofPartyQuery("Instrument.preferred", partyId).getResultStream().findFirst();
  }

  Optional<Instrument> byShorthand(long partyId, Shorthand name) {
    return ofPartyQuery("Instrument.byShorthand", partyId)
        .setParameter("key", name.key())
        .getResultStream()
        .findFirst();
  }

  Optional<Instrument> byPublicId(long partyId, String instrument) {
    return bytes(instrument)
        .flatMap(
            id ->
                ofPartyQuery("Instrument.byPublicId", partyId)
                    .setParameter("publicId", id)
                    .getResultStream()
                    .findFirst());
  }

  /** The ledger account behind an instrument, without loading that. */
  Optional<Long> accountOf(long partyId, String instrument) {
    return bytes(instrument)
        .flatMap(
            id ->
                entities
                    .createNamedQuery("Instrument.accountOf", Long.class)
                    .setParameter("party", partyId)
                    .setParameter("publicId", id)
                    .getResultStream()
                    .findFirst());
  }

  boolean hasCard(long partyId, byte[] hash) {
    return has("Instrument.byPan", partyId, hash);
  }

  boolean hasExternal(long partyId, byte[] hash) {
    return has("Instrument.byExternalNumber", partyId, hash);
  }

  private boolean has(String query, long partyId, byte[] hash) {
    return !ofPartyQuery(query, partyId).setParameter("hash", hash).getResultList().isEmpty();
  }

  /** What a party draws or drew on one of its ledger accounts with, removed ones among them. */
  List<Instrument> ofAccount(long partyId, long account) {
    return ofPartyQuery("Instrument.ofAccount", partyId)
        .setParameter("account", account)
        .getResultList();
  }

  /** The last micro-deposit to an instrument, locked. */
  Optional<MicroDeposit> newestMicroDeposit(Instrument instrument) {
    return entities
        .createNamedQuery("MicroDeposit.newest", Long.class)
        .setParameter("instrument", instrument.id())
        .setMaxResults(1)
        .getResultStream()
        .findFirst()
        .map(id -> entities.find(MicroDeposit.class, id, LockModeType.PESSIMISTIC_WRITE));
  }

  private TypedQuery<Instrument> ofPartyQuery(String name, long partyId) {
    return entities.createNamedQuery(name, Instrument.class).setParameter("party", partyId);
  }

  private static Optional<byte[]> bytes(String publicId) {
    try {
      return Optional.of(Base64Url.decode(publicId));
    } catch (MalformedInputException e) {
      return Optional.empty();
    }
  }
}
