package org.tallystick.staff;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.EntityManager;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.crypto.Sha256;
import org.tallystick.node.AtOnce;
import org.tallystick.node.Environment;
import org.tallystick.node.MovableClock;
import org.tallystick.node.Server;

/** Nodes that start at the same moment over a database without any account. */
@SuppressWarnings("UnnecessaryAssignment") // the test stands in for the container
class FirstAdministratorRaceTest {
  private static final int ROUNDS = 50;
  private static final int NODES = 3;

  @TempDir Path data;
  private final EntityManager entities = Server.entityManager();

  /** Costs nothing, so that the nodes meet in the database. */
  private static final class QuickPasswords extends Passwords {
    @Override
    public PasswordHash hash(String password) {
      byte[] digest = Sha256.of(password.getBytes(UTF_8));
      return new PasswordHash(new byte[16], digest, PasswordCost.pbkdf2(600_000));
    }
  }

  private static final class Transacted extends StaffRegister {
    @Override
    public void openFirst(StaffUser first, Runnable written) {
      Server.inTransaction(
          entities,
          () -> {
            super.openFirst(first, written);
            return true;
          });
    }

    @Override
    public boolean hasOwnPassword(String name) {
      return Server.inTransaction(entities, () -> super.hasOwnPassword(name));
    }
  }

  private static FirstAdministrator node(Path folder) {
    FirstAdministrator node = new FirstAdministrator();
    node.environment = new Environment(Map.of("TALLYSTICK_DATA", folder.toString()));
    node.clock = new MovableClock();
    node.settings = new StaffSettings();
    node.settings.environment = node.environment;
    node.passwords = new QuickPasswords();
    node.passwords.random = new SecureRandom();
    node.register = new Transacted();
    node.register.entities = Server.entityManager();
    node.register.clock = node.clock;
    return node;
  }

  @BeforeEach
  void noAccounts() {
    StaffOffice.noAccounts(entities);
  }

  private byte[] storedHash() {
    return (byte[])
        Server.inTransaction(
            entities,
            () ->
                entities
                    .createNativeQuery("select password_hash from staff_user")
                    .getSingleResult());
  }

  private static byte[] hashInFile(Path folder) throws Exception {
    String oneTime = Files.readString(folder.resolve("first-admin-password")).strip();
    return Sha256.of(oneTime.getBytes(UTF_8));
  }

  private static void start(Path... folders) throws Exception {
    AtOnce.run(
        folders.length,
        i ->
            () -> {
              node(folders[i]).open();
              return true;
            });
  }

  @Test
  void start_withASharedFolder_leavesTheOnePasswordThatIsGood() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      noAccounts();
      start(data, data, data);
      assertThat(hashInFile(data)).as("round %d", round).isEqualTo(storedHash());
    }
  }

  @Test
  void start_withFoldersOfTheirOwn_leavesThePasswordInOne() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      noAccounts();
      Path here = data.resolve("round-" + round);
      Path[] folders =
          IntStream.range(0, NODES).mapToObj(i -> here.resolve("n" + i)).toArray(Path[]::new);
      start(folders);
      int found = 0;
      for (Path folder : folders) {
        if (Files.exists(folder.resolve("first-admin-password"))) {
          assertThat(hashInFile(folder)).isEqualTo(storedHash());
          found++;
        }
      }
      assertThat(found).as("round %d", round).isOne();
    }
  }

  @Test
  void passwordExchangedOnAnotherNode_takesTheFileAway() {
    FirstAdministrator node = node(data);
    node.open();
    Path file = data.resolve("first-admin-password");
    node.tidy();
    assertThat(file).exists();
    Server.inTransaction(
        entities,
        () -> entities.createNativeQuery("update staff_user set one_time = false").executeUpdate());
    node.tidy();
    assertThat(file).doesNotExist();
  }
}
