package org.tallystick.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tallystick.it.PairedTimes.Verdict;

/**
 * A stranger cannot tell by the clock either what exists: over one connection, about what exists
 * and about what does not, in pairs whose order a coin decides; {@link PairedTimes} says how they
 * are judged. Statistic and bound were settled before anything was measured; that at last a coarser
 * bound decides, and how many rounds there are, after a first run on a machine with ten times the
 * work that it has cores. Each way through the bank that looks something up for a stranger is
 * measured once; addresses that go the same way, or refuse before they look (no token, no role),
 * are compared by {@link StrangerIT} alone.
 *
 * <p>The figures of each are printed, with the coin's seed.
 */
final class StrangerTimesIT extends BankIT {
  /**
   * What may be told, in milliseconds. One statement to the database more costs more than this
   * where the tests run, a commit that has to reach the disk, a signature or a password's hash
   * several times as much; to find a row and make an object of it a fifth.
   */
  private static final double BOUND = 0.25;

  /**
   * A password's hash is computed in tens of milliseconds, and in turns: so coarser, and less
   * often.
   */
  private static final double HASH_BOUND = 1.0;

  private static final int HASH_ROUNDS = 2;

  /**
   * Where all rounds leave it open, the machine is too busy for the bound. Then at least four times
   * as much has to be ruled out, which is the leak that {@link #plantedMillisecond_isFound} finds;
   * where even that stays open, the test fails.
   */
  private static final int COARSE = 4;

  private static final int PAIRS = 1000;
  private static final int ROUNDS = 4;
  private static final double LEAK = 1.0;

  private static Random coin() {
    long seed = new SecureRandom().nextLong();
    System.out.println("strangers' times: seed " + seed);
    return new Random(seed);
  }

  /** An address of the document, and who asks there. */
  private record At(Stranger stranger, String operation) {}

  private static Stream<At> addresses() {
    return Stream.of(
        // any bytes name an enrolment: what was confirmed, and what never was
        new At(Stranger.ANYBODY, "GET /enrolments/{id}"),
        new At(Stranger.ANYBODY, "POST /enrolments/{id}/bind"),
        new At(Stranger.ANYBODY, "POST /enrolments/{id}/confirm"),
        new At(Stranger.ANYBODY, "GET /answers/{pickup}"),
        new At(Stranger.FALSE_RECEIPT_TOKEN, "GET /receipts/{number}"),
        // the token is looked up, the registration compared: so at all addresses below it
        new At(Stranger.FALSE_TOKEN, "GET /registrations/{registration}"),
        new At(Stranger.OTHER_PARTY, "GET /registrations/{registration}"),
        // within the party's own wallet: read, changed under locks, locked, and asked of others
        new At(Stranger.OTHER_PARTY, "GET /wallet/instruments/{instrument}"),
        new At(Stranger.OTHER_PARTY, "PUT /wallet/instruments/{instrument}/limits"),
        new At(Stranger.OTHER_PARTY, "DELETE /wallet/instruments/{instrument}"),
        new At(Stranger.OTHER_PARTY, "POST /wallet/instruments/{instrument}/verification"),
        new At(Stranger.OTHER_PARTY, "PUT /wallet/addresses/{place}"),
        // each kind of thing that an institution's staff may see of its own; read and locked
        new At(Stranger.FOREIGN_STAFF, "GET /registrations/{registration}/dossier"),
        new At(Stranger.FOREIGN_STAFF, "POST /registrations/{registration}/state"),
        new At(Stranger.FOREIGN_STAFF, "POST /registrations/{registration}/activation-approvals"),
        new At(Stranger.FOREIGN_STAFF, "POST /devices/{device}/state"),
        new At(Stranger.FOREIGN_STAFF, "GET /devices/{deviceId}/log"),
        new At(Stranger.FOREIGN_STAFF, "GET /accounts/{account}"),
        new At(Stranger.FOREIGN_STAFF, "GET /transactions/{number}"),
        new At(Stranger.FOREIGN_STAFF, "GET /transactions/{number}/evidence"),
        new At(Stranger.FOREIGN_STAFF, "GET /receipts/{number}"),
        new At(Stranger.FOREIGN_STAFF, "GET /screening/hits/{hit}"),
        new At(Stranger.FOREIGN_STAFF, "POST /screening/hits/{hit}/decision"),
        new At(Stranger.FOREIGN_STAFF, "DELETE /sessions/{session}"),
        new At(Stranger.FOREIGN_STAFF, "PUT /security-keys/{key}"),
        new At(Stranger.FOREIGN_PROGRAM, "GET /partner/registrations/{registration}"),
        new At(Stranger.FOREIGN_PROGRAM, "GET /transactions/{number}"));
  }

  @ParameterizedTest
  @MethodSource("addresses")
  void stranger_cannotTellByTheClock(At at) throws IOException {
    Operation operation =
        StrangerIT.operations().stream()
            .filter(one -> one.toString().equals(at.operation()))
            .findFirst()
            .orElseThrow();
    Thing thing = Thing.of(operation.path(), operation.parameters().get(0)).orElseThrow();
    assertEqual(Compared.of(at.stranger(), operation, thing), ROUNDS, BOUND);
  }

  /** What bodies name: programs, devices. */
  private static Stream<Compared> named() {
    return Stream.of(
        Claimed.program(Thing.CLIENT.existing()),
        Claimed.certified(Thing.CLIENT.existing()),
        Claimed.device(Thing.DEVICE.existing()));
  }

  @ParameterizedTest
  @MethodSource("named")
  void claim_ofAnother_takesAsLongAsOfNobody(Compared compared) throws IOException {
    assertEqual(compared, ROUNDS, BOUND);
  }

  /** The accounts do not rest: it is as if their owners had signed in between. */
  @Test
  void signIn_toAnAccount_takesAsLongAsToNone() throws Exception {
    // one that has a security key, and one that has none
    List<String> users = List.of(Thing.USER.existing(), AccessPeople.hired(null, "AUDITOR"));
    try (Attempts attempts = new Attempts()) {
      assertEqual(Claimed.signIn(users, attempts), HASH_ROUNDS, HASH_BOUND);
    }
  }

  private static void assertEqual(Compared compared, int rounds, double bound) throws IOException {
    try (KeptConnection bank = new KeptConnection(baseUri())) {
      compared.assertAlike(bank);
      PairedTimes times = compared.measure(bank, PAIRS, rounds, bound, coin());
      System.out.println(compared + ": " + times);
      // on a busy disk commits differ by more than the bound: then the planted leak's size counts
      boolean decided = times.verdict(bound) != Verdict.UNDECIDED;
      assertThat(times.verdict(decided ? bound : COARSE * bound))
          .as("%s, %s: %s", compared, decided ? "decided" : "too noisy for the bound", times)
          .isEqualTo(Verdict.EQUAL);
    }
  }

  /** The instrument itself: what is known to leak a millisecond, on the same machine and day. */
  @Test
  void plantedMillisecond_isFound() throws IOException {
    String account = Thing.ACCOUNT.existing();
    Compared compared =
        new Compared(
            "through a proxy",
            () -> RawRequest.of("GET", "accounts/" + account, ""),
            () -> RawRequest.of("GET", "accounts/" + Thing.ACCOUNT.unknown(), ""));
    PairedTimes leaks = through("/accounts/" + account, compared);
    assertThat(leaks.verdict(BOUND)).isEqualTo(Verdict.DIFFERENT);
    assertThat(leaks.effect()).isCloseTo(LEAK, within(BOUND));
    assertThat(through("/nothing", compared).verdict(BOUND)).isEqualTo(Verdict.EQUAL);
  }

  private static PairedTimes through(String word, Compared compared) throws IOException {
    long nanos = (long) (LEAK * TimeUnit.MILLISECONDS.toNanos(1));
    try (SlowProxy proxy = new SlowProxy(baseUri(), word, nanos);
        KeptConnection bank = new KeptConnection(proxy.address())) {
      PairedTimes times = compared.measure(bank, PAIRS, ROUNDS, BOUND, coin());
      System.out.println(compared + ", " + LEAK + " ms at " + word + ": " + times);
      return times;
    }
  }
}
