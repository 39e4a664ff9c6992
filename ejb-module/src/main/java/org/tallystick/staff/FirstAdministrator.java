package org.tallystick.staff;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.DependsOn;
import jakarta.ejb.EJB;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Set;
import org.tallystick.node.Environment;
import org.tallystick.node.PrivateFile;

/**
 * Opens the first administrator's account where there is no account at all, and leaves its one-time
 * password in {@code first-admin-password} in the node's folder, readable by the operator only. Of
 * nodes that start at the same moment one opens it and alone writes. The file goes when the
 * password has been exchanged: at once, or within a minute if another node took the exchange and
 * does not share the folder.
 */
@Singleton
@Startup
@DependsOn("SchemaAtStart")
@TransactionManagement(TransactionManagementType.BEAN)
public class FirstAdministrator {
  private static final Logger LOG = System.getLogger(FirstAdministrator.class.getName());

  @EJB StaffRegister register;
  @Inject Passwords passwords;
  @Inject StaffSettings settings;
  @Inject Environment environment;
  @Inject Clock clock;

  /** Opens the account if need be. */
  @PostConstruct
  void open() {
    settings.check();
    if (!register.empty()) {
      return;
    }
    String oneTime = passwords.oneTime();
    StaffUser first =
        new StaffUser(
            StaffDesk.FIRST_USER,
            Set.of(Role.ADMINISTRATOR),
            passwords.hash(oneTime),
            OffsetDateTime.now(clock));
    Path file = StaffDesk.firstPasswordFile(environment);
    register.openFirst(first, () -> write(file, oneTime));
  }

  /** Deletes the file of a password that is no longer good. */
  @Schedule(hour = "*", minute = "*", second = "30", persistent = false)
  public void tidy() {
    try {
      Path file = StaffDesk.firstPasswordFile(environment);
      if (Files.exists(file) && register.hasOwnPassword(StaffDesk.FIRST_USER)) {
        StaffDesk.deleteFirstPassword(file);
      }
    } catch (RuntimeException e) {
      // a timer that throws would be given up by the server
      LOG.log(Level.WARNING, "the first administrator's password file cannot be looked after", e);
    }
  }

  private static void write(Path file, String oneTime) {
    StaffDesk.deleteFirstPassword(file);
    PrivateFile.create(file, (oneTime + "\n").getBytes(StandardCharsets.US_ASCII));
    LOG.log(Level.INFO, "the first administrator''s one-time password is in {0}", file);
  }
}
