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
    actor.require(Role.ADMINISTRATOR);
    String oneTime = passwords.oneTime();
    return register.open(actor, user, roles, passwords.hash(oneTime))
        ? Optional.of(new OpenedStaffAccount(user, oneTime))
        : Optional.empty();
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
