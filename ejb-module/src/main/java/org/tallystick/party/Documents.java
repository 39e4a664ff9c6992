package org.tallystick.party;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Base64Url;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.crypto.Sha256;
import org.tallystick.document.DocumentCheck;
import org.tallystick.party.DocumentOutcome.Kept;
import org.tallystick.party.DocumentOutcome.NotAcceptable;
import org.tallystick.party.DocumentOutcome.NotPermitted;
import org.tallystick.party.DocumentOutcome.Removed;
import org.tallystick.party.DocumentOutcome.TooMany;
import org.tallystick.party.DocumentOutcome.Unknown;

/**
 * The documents of parties: looked at when they come, sealed where they lie, and opened for the
 * staff one by one, each time with a line for the record.
 */
@Stateless
public class Documents {
  /** The longest content: 5 MiB. */
  public static final int MAX_BYTES = 5 * 1024 * 1024;

  /** How many a party may hand in until it is approved, and again from then on. */
  public static final int MAX_DOCUMENTS = 12;

  private static final int ID_LENGTH = 16;

  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  @EJB Parties parties;
  @EJB PartyKeys keys;
  @Inject Clock clock;
  @Inject SecureRandom random;

  /** Keeps a document of the party; handed in twice it is kept once. */
  public DocumentOutcome add(Party asking, DocumentKind kind, DocumentMedia media, byte[] content) {
    Optional<String> fault =
        content.length > MAX_BYTES ? Optional.of("too long") : check(media).fault(content);
    if (fault.isPresent()) {
      return new NotAcceptable(fault.get());
    }
    byte[] hash = Sha256.of(content);
    Party party = parties.byIdLocked(asking.id()).orElseThrow();
    if (!party.state().mayIdentify() && !party.state().undecided()) {
      return new NotPermitted();
    }
    List<PartyDocument> kept = ofParty(party);
    Optional<PartyDocument> same =
        kept.stream()
            .filter(document -> document.kind() == kind && Arrays.equals(document.sha256(), hash))
            .findFirst();
    if (same.isPresent()) {
      return new Kept(same.get());
    }
    if (kept.stream().filter(sinceApproval(party)).count() >= MAX_DOCUMENTS) {
      return new TooMany();
    }
    byte[] id = new byte[ID_LENGTH];
    random.nextBytes(id);
    PartyDocument document =
        new PartyDocument(
            party.id(), id, kind, media, content.length, hash, OffsetDateTime.now(clock));
    entities.persist(document);
    entities.persist(
        new PartyDocumentContent(
            document.id(), keys.of(party).seal(content, context(party, document))));
    return new Kept(document);
  }

  /** What a party has handed in, the oldest first. */
  public List<PartyDocument> ofParty(Party party) {
    return entities
        .createNamedQuery("PartyDocument.ofParty", PartyDocument.class)
        .setParameter("party", party.id())
        .getResultList();
  }

  /** Takes a document of the party away, which it may until it has submitted what it says. */
  public DocumentOutcome remove(Party asking, String documentId) {
    Party party = parties.byIdLocked(asking.id()).orElseThrow();
    Optional<PartyDocument> found = find(party, documentId);
    if (found.isEmpty()) {
      return new Unknown();
    }
    if (party.state() != RegistrationState.APPLIED) {
      return new NotPermitted();
    }
    remove(found.get());
    return new Removed();
  }

  /** Takes away all that a party, whose row is locked, has handed in. */
  public void removeAll(Party party) {
    ofParty(party).forEach(this::remove);
  }

  private void remove(PartyDocument document) {
    entities.remove(entities.find(PartyDocumentContent.class, document.id()));
    entities.flush(); // the content before what it belongs to
    entities.remove(document);
  }

  /** The document of a party with its content. */
  public Optional<OpenedDocument> open(Party party, String documentId) {
    return find(party, documentId)
        .map(
            document -> {
              // the bytes alone: an entity would stay until the transaction ends
              byte[] sealed =
                  entities
                      .createNamedQuery("PartyDocumentContent.sealed", byte[].class)
                      .setParameter("document", document.id())
                      .getSingleResult();
              return new OpenedDocument(
                  document, keys.of(party).open(sealed, context(party, document)));
            });
  }

  private Predicate<PartyDocument> sinceApproval(Party party) {
    @Nullable OffsetDateTime approved =
        entities
            .createNamedQuery("IdentificationEdition.lastApproval", OffsetDateTime.class)
            .setParameter("party", party.id())
            .getSingleResult();
    return document -> approved == null || document.uploadedAt().isAfter(approved);
  }

  private Optional<PartyDocument> find(Party party, String documentId) {
    byte[] id;
    try {
      id = Base64Url.decode(documentId);
    } catch (MalformedInputException e) {
      return Optional.empty();
    }
    return entities
        .createNamedQuery("PartyDocument.byPublicId", PartyDocument.class)
        .setParameter("value", id)
        .setParameter("party", party.id())
        .getResultStream()
        .findFirst();
  }

  private static DocumentCheck check(DocumentMedia media) {
    return switch (media) {
      case PDF -> DocumentCheck.pdf();
      case PNG -> DocumentCheck.png();
      case JPEG -> DocumentCheck.jpeg();
    };
  }

  private static String context(Party party, PartyDocument document) {
    return SealContext.document(party.identifiers().registration(), document.publicId());
  }
}
