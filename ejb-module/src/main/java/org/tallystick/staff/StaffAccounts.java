package org.tallystick.staff;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.tallystick.page.Cursors;
import org.tallystick.page.Page;
import org.tallystick.staff.StaffChange.What;
import org.tallystick.turn.Turn;

/**
 * Accounts of the staff, as administrators look after them. Nobody changes the own account's roles
 * or state, and there is always an active administrator. One account may have several roles: what
 * needs four eyes needs two persons, not two roles.
 */
@Stateless
public class StaffAccounts {
  static final Duration ONE_TIME_LENGTH = Duration.ofHours(24);
  private static final String LIST = "staff-accounts";

  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  @EJB StaffSessions sessions;
  @Inject Cursors cursors;
  @Inject Clock clock;

  /** What became of a wish to change an account. */
  public enum Outcome {
    DONE,
    /** Written down; a second person has to confirm. */
    PROPOSED,
    NOT_FOUND,
    /** Nobody does that to the own account. */
    OWN_ACCOUNT,
    /** There would be no active administrator left. */
    LAST_ADMINISTRATOR,
    STATE_NOT_PERMITTED,
    /** Such staff cannot have these roles. */
    ROLES_NOT_TOGETHER,
    /** Whoever proposed it cannot confirm it. */
    SECOND_PERSON_NEEDED
  }

  /** An account as administrators and auditors see it. */
  public record View(
      String user,
      Set<Role> roles,
      StaffState state,
      int keys,
      boolean passwordChosen,
      OffsetDateTime createdAt) {}

  /** A page of accounts; {@code next} leads on. */
  public record AccountPage(List<View> accounts, @Nullable String next) {}

  /** A change as administrators and auditors see it. */
  public record Line(
      What what, String detail, String actor, @Nullable String reason, OffsetDateTime at) {}

  /** A page of changes; {@code next} leads on. */
  public record Changes(List<Line> changes, @Nullable String next) {}

  /**
   * Accounts, eldest first, the closed ones too.
   *
   * @param after the cursor of the page before
   */
  public AccountPage page(Actor actor, Optional<String> after, int limit) {
    actor.require(Role.ADMINISTRATOR, Role.AUDITOR);
    actor.requireConsortium();
    long start =
        cursors
            .position(LIST, after)
            .flatMap(name -> find(name, LockModeType.NONE))
            .map(StaffUser::id)
            .orElse(0L);
    List<StaffUser> found =
        entities
            .createNamedQuery("StaffUser.page", StaffUser.class)
            .setParameter("after", start)
            .setMaxResults(limit + 1)
            .getResultList();
    Page<StaffUser> page = cursors.page(LIST, found, limit, StaffUser::name);
    return new AccountPage(views(page.items()), page.next());
  }

  /** One account. */
  public Optional<View> one(Actor actor, String user) {
    actor.require(Role.ADMINISTRATOR, Role.AUDITOR);
    actor.requireConsortium();
    return find(user, LockModeType.NONE).map(account -> views(List.of(account)).get(0));
  }

  /**
   * What was done to an account, eldest first; empty where there is none.
   *
   * @param after the cursor of the page before
   */
  public Optional<Changes> changes(Actor actor, String user, Optional<String> after, int limit) {
    actor.require(Role.ADMINISTRATOR, Role.AUDITOR);
    actor.requireConsortium();
    return find(user, LockModeType.NONE).map(account -> changes(account, after, limit));
  }

  /** Sets what a member may do; open sessions follow at once. */
  public Outcome changeRoles(Actor actor, String user, Set<Role> roles, String reason) {
    actor.require(Role.ADMINISTRATOR);
    actor.requireConsortium();
    lockAdministrators();
    Optional<StaffUser> found = find(user, LockModeType.PESSIMISTIC_WRITE);
    if (found.isEmpty()) {
      return Outcome.NOT_FOUND;
    }
    StaffUser account = found.get();
    if (account.name().equals(actor.name())) {
      return Outcome.OWN_ACCOUNT;
    }
    if (!StaffDesk.mayHave(roles, account.institution().isPresent())) {
      return Outcome.ROLES_NOT_TOGETHER;
    }
    if (account.state() == StaffState.CLOSED) {
      return Outcome.STATE_NOT_PERMITTED;
    }
    if (!roles.contains(Role.ADMINISTRATOR) && isLastAdministrator(account)) {
      return Outcome.LAST_ADMINISTRATOR;
    }
    String detail = new TreeSet<>(account.roles()) + " to " + new TreeSet<>(roles);
    account.changeRoles(roles);
    record(account, What.ROLES_CHANGED, detail, actor, reason);
    return Outcome.DONE;
  }

  /** Suspends, takes up again or closes an account; sessions of one that rests end at once. */
  public Outcome move(Actor actor, String user, StaffState next, String reason) {
    actor.require(Role.ADMINISTRATOR);
    actor.requireConsortium();
    lockAdministrators();
    Optional<StaffUser> found = find(user, LockModeType.PESSIMISTIC_WRITE);
    if (found.isEmpty()) {
      return Outcome.NOT_FOUND;
    }
    StaffUser account = found.get();
    if (account.name().equals(actor.name())) {
      return Outcome.OWN_ACCOUNT;
    }
    if (!account.state().mayBecome(next)) {
      return Outcome.STATE_NOT_PERMITTED;
    }
    if (next != StaffState.ACTIVE && isLastAdministrator(account)) {
      return Outcome.LAST_ADMINISTRATOR;
    }
    account.moveTo(next);
    if (next != StaffState.ACTIVE) {
      sessions.endAll(account.id());
    }
    What what =
        switch (next) {
          case ACTIVE -> What.REACTIVATED;
          case SUSPENDED -> What.SUSPENDED;
          case CLOSED -> What.CLOSED;
        };
    record(account, what, "", actor, reason);
    return Outcome.DONE;
  }

  /**
   * Takes all security keys of somebody away who has lost them. An administrator proposes, another
   * administrator or an approver confirms within a day; neither of them is the one it is about.
   */
  public Outcome recover(Actor actor, String user, String reason) {
    return byTwo(
        actor,
        user,
        StaffRecovery.Kind.KEYS,
        reason,
        (account, proposedBy) -> {
          int removed =
              entities
                  .createNamedQuery("StaffKey.deleteOfStaff")
                  .setParameter("staff", account.id())
                  .executeUpdate();
          String detail = removed + " keys, proposed by " + proposedBy;
          record(account, What.RECOVERED, detail, actor, reason);
        });
  }

  /**
   * Replaces a forgotten password by a one-time one, which must be changed at the first signing in,
   * within a day. An administrator proposes, another administrator or an approver confirms within a
   * day; neither of them is the one it is about. Security keys stay.
   *
   * @param oneTime stored where it is done, and forgotten otherwise
   */
  public Outcome resetPassword(Actor actor, String user, String reason, PasswordHash oneTime) {
    return byTwo(
        actor,
        user,
        StaffRecovery.Kind.PASSWORD,
        reason,
        (account, proposedBy) -> {
          account.resetPassword(oneTime, now().plus(ONE_TIME_LENGTH));
          record(account, What.PASSWORD_RESET, "proposed by " + proposedBy, actor, reason);
        });
  }

  /** Does it with an account, by whose proposal, once two have said so; its sessions end. */
  private Outcome byTwo(
      Actor actor,
      String user,
      StaffRecovery.Kind kind,
      String reason,
      BiConsumer<StaffUser, String> done) {
    actor.require(Role.ADMINISTRATOR, Role.APPROVER);
    actor.requireConsortium();
    Optional<StaffUser> found = find(user, LockModeType.PESSIMISTIC_WRITE);
    if (found.isEmpty()) {
      return Outcome.NOT_FOUND;
    }
    StaffUser account = found.get();
    StaffRecoveries.Word word =
        new StaffRecoveries(entities, now()).word(actor, account, kind, reason);
    String proposedBy = word.proposedBy();
    if (proposedBy != null) {
      done.accept(account, proposedBy);
      sessions.endAll(account.id());
    }
    return word.outcome();
  }

  private Changes changes(StaffUser account, Optional<String> after, int limit) {
    Page<Line> page =
        cursors
            .page(
                "staff-changes/" + account.name(),
                after,
                limit,
                entities
                    .createNamedQuery("StaffChange.ofStaff", StaffChange.class)
                    .setParameter("staff", account.id()))
            .map(
                change ->
                    new Line(
                        change.what(),
                        change.detail(),
                        change.actor(),
                        change.reason().orElse(null),
                        change.at()));
    return new Changes(page.items(), page.next());
  }

  private boolean isLastAdministrator(StaffUser account) {
    return account.state() == StaffState.ACTIVE
        && account.roles().contains(Role.ADMINISTRATOR)
        && entities
                .createNamedQuery("StaffUser.otherAdministrators", Long.class)
                .setParameter("role", Role.ADMINISTRATOR)
                .setParameter("id", account.id())
                .getSingleResult()
            == 0;
  }

  /** Two administrators that suspend one another at the same moment must not both succeed. */
  private void lockAdministrators() {
    Turn.ADMINISTRATORS.await(entities);
  }

  private List<View> views(List<StaffUser> users) {
    if (users.isEmpty()) {
      return List.of();
    }
    Map<Long, Long> keys = new HashMap<>();
    for (Object[] row :
        entities
            .createNamedQuery("StaffKey.counts", Object[].class)
            .setParameter("staff", users.stream().map(StaffUser::id).toList())
            .getResultList()) {
      keys.put((Long) row[0], (Long) row[1]);
    }
    return users.stream()
        .map(user -> view(user, keys.getOrDefault(user.id(), 0L).intValue()))
        .toList();
  }

  private static View view(StaffUser user, int keys) {
    return new View(
        user.name(),
        new TreeSet<>(user.roles()),
        user.state(),
        keys,
        !user.oneTime(),
        user.createdAt());
  }

  private Optional<StaffUser> find(String name, LockModeType lock) {
    return entities
        .createNamedQuery("StaffUser.byName", StaffUser.class)
        .setParameter("name", name)
        .setLockMode(lock)
        .getResultStream()
        .findFirst();
  }

  private void record(StaffUser user, What what, String detail, Actor actor, String reason) {
    entities.persist(new StaffChange(user.id(), what, detail, actor.name(), reason, now()));
  }

  private OffsetDateTime now() {
    return OffsetDateTime.now(clock);
  }
}
