package org.tallystick.staff;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tallystick.node.Environment;
import org.tallystick.staff.SignInOutcome.Refused;

/**
 * Signing in, choosing a password, opening accounts.
 *
 * <p>Each is three steps: count the attempt in one transaction, hash for half a second outside of
 * any, and act in a second transaction. Unknown users cost the same hash and get the same answer.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class StaffDesk {
  /** The name of the first account. */
  public static final String FIRST_USER = "admin";

  static final String FIRST_PASSWORD_FILE = "first-admin-password";
  private static final int LEAST_CHARACTERS = 12;
  private static final int MOST_CHARACTERS = 128;

  @EJB StaffRegister register;
  @EJB StaffAccounts accounts;
  @Inject Passwords passwords;
  @Inject StaffSettings settings;
  @Inject Environment environment;

  /** Signs in. */
  public SignInOutcome signIn(String user, String password) {
    Optional<PasswordHash> proven = proven(user, password);
    if (proven.isEmpty()) {
      return new Refused();
    }
    SignInOutcome outcome = register.signIn(user, proven.get());
    if (passwords.outdated(proven.get())) {
      register.replaceHash(user, proven.get(), passwords.hash(password));
    }
    return outcome;
  }

  /** Replaces a one-time or an own password by a new own one, and ends all sessions. */
  public PasswordOutcome choosePassword(String user, String password, String newPassword) {
    int characters = newPassword.codePointCount(0, newPassword.length());
    if (characters < LEAST_CHARACTERS
        || characters > MOST_CHARACTERS
        || newPassword.equals(password)
        || GuessablePasswords.contain(newPassword, user)) {
      return PasswordOutcome.NOT_ACCEPTABLE;
    }
    Optional<PasswordHash> proven = proven(user, password);
    if (proven.isEmpty()
        || !register.choosePassword(user, proven.get(), passwords.hash(newPassword))) {
      return PasswordOutcome.REFUSED;
    }
    if (user.equals(FIRST_USER)) {
      deleteFirstPassword(firstPasswordFile(environment));
    }
    return PasswordOutcome.CHANGED;
  }

  /** Opens an account with a one-time password; empty where the name is taken. */
  public Optional<OpenedStaffAccount> open(Actor actor, String user, Set<Role> roles) {
    return open(actor, user, roles, null);
  }

  /**
   * Opens an account for the staff of an institution, by its internal number, or with null of the
   * consortium; empty where the name is taken.
   *
   * @throws NotPermittedException for roles that such staff cannot have, see {@link #mayHave}
   */
  public Optional<OpenedStaffAccount> open(
      Actor actor, String user, Set<Role> roles, @Nullable Long institution) {
    actor.require(Role.ADMINISTRATOR);
    actor.requireConsortium();
    if (!mayHave(roles, institution != null)) {
      throw new NotPermittedException();
    }
    String oneTime = passwords.oneTime();
    return register.open(actor, user, roles, passwords.hash(oneTime), institution)
        ? Optional.of(new OpenedStaffAccount(user, oneTime))
        : Optional.empty();
  }

  /** Replaces a forgotten password, once two persons have said so; the second one is shown it. */
  public PasswordReset resetPassword(Actor actor, String user, String reason) {
    actor.require(Role.ADMINISTRATOR, Role.APPROVER);
    actor.requireConsortium();
    String oneTime = passwords.oneTime();
    StaffAccounts.Outcome outcome =
        accounts.resetPassword(actor, user, reason, passwords.hash(oneTime));
    return new PasswordReset(outcome, outcome == StaffAccounts.Outcome.DONE ? oneTime : null);
  }

  /**
   * Whether staff may have these roles: administrators work for the consortium, local ones for an
   * institution, and programs are no staff.
   */
  public static boolean mayHave(Set<Role> roles, boolean ofInstitution) {
    Role elsewhere = ofInstitution ? Role.ADMINISTRATOR : Role.LOCAL_ADMINISTRATOR;
    return !roles.contains(elsewhere) && !roles.contains(Role.PARTNER);
  }

  static Path firstPasswordFile(Environment environment) {
    return environment.dataFolder().resolve(FIRST_PASSWORD_FILE);
  }

  static void deleteFirstPassword(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + file.getFileName(), e);
    }
  }

  private Optional<PasswordHash> proven(String user, String password) {
    Optional<PasswordHash> stored =
        settings.mayUsePassword(user) ? register.beginAttempt(user) : Optional.empty();
    boolean right =
        stored.isPresent()
            ? passwords.matches(password, stored.get())
            : passwords.matchesNobody(password);
    return right ? stored : Optional.empty();
  }
}
