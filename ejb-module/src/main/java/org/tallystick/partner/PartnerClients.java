package org.tallystick.partner;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import org.tallystick.institution.Institution;
import org.tallystick.institution.InstitutionLine;
import org.tallystick.institution.InstitutionLine.What;
import org.tallystick.institution.InstitutionState;
import org.tallystick.institution.Institutions;
import org.tallystick.page.Cursors;
import org.tallystick.page.Page;
import org.tallystick.partner.ClientOutcome.KeysNotValid;
import org.tallystick.partner.ClientOutcome.NameTaken;
import org.tallystick.partner.ClientOutcome.NotPermitted;
import org.tallystick.partner.ClientOutcome.OtherVersion;
import org.tallystick.partner.ClientOutcome.Stands;
import org.tallystick.partner.ClientOutcome.Unknown;
import org.tallystick.staff.Actor;
import org.tallystick.staff.Role;
import org.tallystick.turn.Turn;

/**
 * The programs of partner banks: an administrator of the consortium registers them, changes by what
 * they prove themselves and what they may do, and revokes them. Each change ends their tokens.
 */
@Stateless
public class PartnerClients {
  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  @EJB Institutions institutions;
  @Inject Cursors cursors;
  @Inject Clock clock;

  /** Registers one for an institution. */
  public ClientOutcome register(Actor actor, String institution, String name, ClientTerms terms) {
    administrates(actor);
    Optional<Institution> found = institutions.find(actor, institution);
    if (found.isEmpty()) {
      return new Unknown();
    }
    if (found.get().state() == InstitutionState.CLOSED) {
      return new NotPermitted();
    }
    Turn.CLIENT_NAME.await(entities);
    if (byName(name, LockModeType.NONE).isPresent()) {
      return new NameTaken();
    }
    Optional<List<PartnerKey>> keys = keys(terms);
    if (keys.isEmpty()) {
      return new KeysNotValid();
    }
    PartnerClient client = new PartnerClient(name, found.get().id(), now());
    client.become(keys.get(), terms.certificateHash(), terms.scopes());
    entities.persist(client);
    note(client, What.REGISTERED, actor, null);
    entities.flush();
    return stands(client);
  }

  /**
   * Changes keys, certificate and scopes, all at once, and ends the client's tokens.
   *
   * @param versions which of them the caller has seen
   */
  public ClientOutcome change(Actor actor, String name, LongPredicate versions, ClientTerms terms) {
    administrates(actor);
    Optional<PartnerClient> found = byName(name, LockModeType.PESSIMISTIC_WRITE);
    if (found.isEmpty()) {
      return new Unknown();
    }
    PartnerClient client = found.get();
    if (!versions.test(client.version())) {
      return new OtherVersion();
    }
    if (client.state() == PartnerClient.State.REVOKED) {
      return new NotPermitted();
    }
    Optional<List<PartnerKey>> keys = keys(terms);
    if (keys.isEmpty()) {
      return new KeysNotValid();
    }
    client.become(keys.get(), terms.certificateHash(), terms.scopes());
    note(client, What.ROTATED, actor, null);
    entities.flush();
    endTokens(client);
    return stands(client);
  }

  /** Ends one for good, and its tokens at once. */
  public ClientOutcome revoke(Actor actor, String name, String reason) {
    administrates(actor);
    Optional<PartnerClient> found = byName(name, LockModeType.PESSIMISTIC_WRITE);
    if (found.isEmpty()) {
      return new Unknown();
    }
    PartnerClient client = found.get();
    if (client.state() == PartnerClient.State.REVOKED) {
      return new NotPermitted();
    }
    client.revoke();
    note(client, What.REVOKED, actor, reason);
    entities.flush();
    endTokens(client);
    return stands(client);
  }

  /** One. */
  public Optional<ClientView> find(Actor actor, String name) {
    looksOn(actor);
    return byName(name, LockModeType.NONE).map(this::view);
  }

  /** Those of an institution, oldest first; empty where there is no such institution. */
  public Optional<ClientPage> page(
      Actor actor, String institution, Optional<String> after, int limit) {
    looksOn(actor);
    return institutions.find(actor, institution).map(found -> page(found, after, limit));
  }

  private ClientPage page(Institution institution, Optional<String> after, int limit) {
    String list = "partner-clients/" + institution.id();
    long start =
        cursors
            .position(list, after)
            .flatMap(last -> byName(last, LockModeType.NONE))
            .map(PartnerClient::id)
            .orElse(0L);
    List<PartnerClient> found =
        entities
            .createNamedQuery("PartnerClient.ofInstitution", PartnerClient.class)
            .setParameter("institution", institution.id())
            .setParameter("after", start)
            .setMaxResults(limit + 1)
            .getResultList();
    Page<ClientView> page =
        cursors
            .page(list, found, limit, PartnerClient::name)
            .map(client -> ClientView.of(client, institution));
    return new ClientPage(page.items(), page.next());
  }

  /** Keys with different names, all good ones, or a certificate and no key. */
  private static Optional<List<PartnerKey>> keys(ClientTerms terms) {
    List<PartnerKey> keys =
        terms.keys().stream().map(PublicJwk::key).flatMap(Optional::stream).toList();
    boolean byKeys = !keys.isEmpty();
    boolean good =
        keys.size() == terms.keys().size()
            && keys.size() <= ClientTerms.MAX_KEYS
            && keys.stream().map(PartnerKey::kid).distinct().count() == keys.size()
            && byKeys == (terms.certificateHash() == null);
    return good ? Optional.of(keys) : Optional.empty();
  }

  private Optional<PartnerClient> byName(String name, LockModeType lock) {
    return entities
        .createNamedQuery("PartnerClient.byName", PartnerClient.class)
        .setParameter("name", name)
        .setLockMode(lock)
        .getResultStream()
        .findFirst();
  }

  private void endTokens(PartnerClient client) {
    try {
      new PartnerRows(entities.unwrap(Connection.class)).endTokens(client.id());
    } catch (SQLException e) {
      throw new IllegalStateException("a client's tokens cannot be ended", e);
    }
  }

  private ClientOutcome stands(PartnerClient client) {
    return new Stands(view(client));
  }

  private ClientView view(PartnerClient client) {
    Institution institution = entities.find(Institution.class, client.institution());
    if (institution == null) {
      throw new IllegalStateException("a client without its institution");
    }
    return ClientView.of(client, institution);
  }

  private void note(PartnerClient client, What what, Actor actor, @Nullable String reason) {
    entities.persist(
        new InstitutionLine(
            client.institution(), client.name(), what, actor.name(), reason, now()));
  }

  private static void administrates(Actor actor) {
    actor.require(Role.ADMINISTRATOR);
    actor.requireConsortium();
  }

  private static void looksOn(Actor actor) {
    actor.require(Role.ADMINISTRATOR, Role.AUDITOR);
    actor.requireConsortium();
  }

  private OffsetDateTime now() {
    return OffsetDateTime.now(clock);
  }
}
