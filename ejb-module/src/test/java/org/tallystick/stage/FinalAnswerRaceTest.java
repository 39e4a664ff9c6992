package org.tallystick.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tallystick.answer.Outcome;
import org.tallystick.code.Conditions;
import org.tallystick.code.Extensions;
import org.tallystick.code.PlacingFixture;
import org.tallystick.code.PlacingFixture.Half;
import org.tallystick.code.Purpose;
import org.tallystick.code.Role;
import org.tallystick.code.SignedMap;
import org.tallystick.code.TestDevice;
import org.tallystick.code.TransactionNumber;
import org.tallystick.crypto.Signer;
import org.tallystick.crypto.SigningKey;
import org.tallystick.crypto.VerificationKey;
import org.tallystick.decision.DecisionStage;
import org.tallystick.decision.DecisionStageFixture;
import org.tallystick.keys.KeyVault;
import org.tallystick.log.DecisionDetails;
import org.tallystick.money.Money;
import org.tallystick.node.AtOnce;
import org.tallystick.node.Server;
import org.tallystick.pairing.Placement;
import org.tallystick.party.BackOffice;
import org.tallystick.sweep.Sweeps;
import org.tallystick.sweep.SweepsFixture;

/**
 * Property 3: one node puts a payer's half, which was on disk in time, into its slot, while another
 * one's sweeper ends that slot; then both nodes answer all that is due. Each of 10,000 times there
 * is one end of the transaction, one final answer for each half, and money has moved if and only if
 * that answer says so.
 *
 * <p>Placing, sweeping and deciding are the bank's own, over the real rows; nothing is signed and
 * no code is opened, because that would take nearly all of the time and decides nothing of the
 * race.
 */
class FinalAnswerRaceTest extends StagesCase {
  private static final int RACES = Integer.getInteger("tallystick.races", 10_000);
  private static final int PAIRS = 4;
  private static final int AT_A_TIME = PAIRS * Placement.MAX_WAITING;
  private static final int IN_A_TRANSACTION = 8;
  private static final long LIFE_MILLIS = 1_000;
  private static final long PAST_IT_MILLIS = 4_000;

  /** Of so many payments one moves money: the ledger takes time. */
  private static final int PAID_OF = 8;

  private final List<TestDevice> payers = new ArrayList<>();
  private final List<TestDevice> payees = new ArrayList<>();
  private Node one;
  private Node two;
  private long n;

  /** A node of the bank, with its own connection and clock. */
  private record Node(
      BackOffice office, PlacingFixture placing, DecisionStage decisions, Sweeps sweeps) {
    static Node over(BackOffice office) {
      return new Node(
          office,
          new PlacingFixture(office),
          DecisionStageFixture.over(office, unsigned(office.vault)),
          SweepsFixture.over(office));
    }

    private static KeyVault unsigned(KeyVault vault) {
      return (KeyVault)
          Proxy.newProxyInstance(
              KeyVault.class.getClassLoader(),
              new Class<?>[] {KeyVault.class},
              (proxy, method, arguments) ->
                  method.getName().equals("signer") ? BLANK : method.invoke(vault, arguments));
    }

    List<Hint> sweep() {
      return Server.inTransaction(office.entities, sweeps::look);
    }

    int decide(List<Hint> hints) {
      return Server.inTransaction(office.entities, () -> decisions.decide(hints)).size();
    }
  }

  private static final VerificationKey NOBODYS_KEY =
      SigningKey.generate(new SecureRandom()).verificationKey();

  private static final Signer BLANK =
      new Signer() {
        @Override
        public byte[] sign(byte[] message) {
          return new byte[VerificationKey.SIGNATURE_LENGTH];
        }

        @Override
        public VerificationKey verificationKey() {
          return NOBODYS_KEY;
        }
      };

  @BeforeEach
  void twoNodes() {
    one = Node.over(bank.office);
    two = Node.over(new BackOffice(keys));
    for (int pair = 0; pair < PAIRS; pair++) {
      payers.add(bank.payer(RACES));
      payees.add(bank.payee());
    }
    endWhatIsThere();
  }

  private void endWhatIsThere() {
    for (String sql :
        List.of(
            "update half set state = 'ANSWERED', reply_root_wrapped = null"
                + " where state <> 'ANSWERED'",
            "update slot set state = 'EXPIRED', outcome = 4 where state in ('OPEN', 'PAIRED')")) {
      Server.inTransaction(
          one.office().entities,
          () -> one.office().entities.createNativeQuery(sql).executeUpdate());
    }
  }

  @Test
  void sweeperAndDecision_racing_leaveOneFinalAnswerEach() throws Exception {
    for (int race = 0; race < RACES; race += AT_A_TIME) {
      race(race / AT_A_TIME);
    }
    List<Ended> all = new ArrayList<>();
    for (int pair = 0; pair < PAIRS; pair++) {
      List<Ended> ended = ended(payers.get(pair), payees.get(pair));
      long moved = ended.stream().mapToLong(Ended::moved).sum();
      assertThat(bank.balance(payees.get(pair))).isEqualTo(moved);
      assertThat(bank.balance(payers.get(pair))).isEqualTo(RACES - moved);
      all.addAll(ended);
    }
    assertThat(all).hasSizeGreaterThanOrEqualTo(RACES);
    assertThat(all.stream().filter(ended -> ended.outcome() == Outcome.APPROVED).count())
        .as("races that the payer's half won")
        .isBetween(RACES / 100L, RACES - RACES / 100L);
    assertThat(all).extracting(Ended::outcome).containsOnly(Outcome.APPROVED, Outcome.EXPIRED);
  }

  private void race(int round) throws Exception {
    List<Half> asks = new ArrayList<>();
    List<Half> pays = new ArrayList<>();
    long now = one.office().clock.millis();
    for (int i = 0; i < AT_A_TIME; i++) {
      TestDevice from = payers.get(i % PAIRS);
      TestDevice to = payees.get(i % PAIRS);
      String bought = number();
      Money price = Money.of(i % PAID_OF == 0 ? 1 : 0, "USD");
      n++;
      asks.add(half(to, Role.PAYEE, null, bought, price, now));
      pays.add(half(from, Role.PAYER, to.account(), bought, price, now));
    }
    for (int from = 0; from < AT_A_TIME; from += IN_A_TRANSACTION) {
      one.placing().place(asks.subList(from, from + IN_A_TRANSACTION), BLANK);
    }
    one.office().clock.advance(Duration.ofMillis(PAST_IT_MILLIS));
    two.office().clock.advance(Duration.ofMillis(PAST_IT_MILLIS));

    List<List<Hint>> found =
        AtOnce.run(2, node -> node == 0 ? places(pays) : sweeps(round % IN_A_TRANSACTION));
    List<Hint> due = found.stream().flatMap(List::stream).toList();
    List<Integer> answered = AtOnce.run(2, node -> () -> (node == 0 ? one : two).decide(due));
    assertThat(answered.stream().mapToInt(Integer::intValue).sum())
        .as("answers in round %d", round)
        .isEqualTo(2 * AT_A_TIME);
  }

  private String number() {
    byte[] drawn = new byte[TransactionNumber.LENGTH];
    one.office().random.nextBytes(drawn);
    return TransactionNumber.text(drawn);
  }

  private Half half(
      TestDevice device, Role role, byte[] counterparty, String bought, Money price, long now) {
    SignedMap signed =
        new SignedMap(
            role,
            Purpose.PURCHASE,
            device.deviceId(),
            device.account(),
            new byte[16],
            0,
            n,
            counterparty,
            bill,
            price,
            now,
            now + LIFE_MILLIS,
            1,
            new byte[16],
            0,
            new byte[32],
            new byte[32],
            null,
            null,
            Extensions.NONE,
            Conditions.NONE,
            null,
            false);
    return new Half(device.index(), signed, bought, now);
  }

  /** The payers' halves come in small transactions, so that the sweeper gets between them. */
  private Callable<List<Hint>> places(List<Half> halves) {
    return () -> {
      List<Hint> hints = new ArrayList<>();
      for (int from = 0; from < halves.size(); from += IN_A_TRANSACTION) {
        hints.addAll(one.placing().place(halves.subList(from, from + IN_A_TRANSACTION), BLANK));
      }
      return hints;
    };
  }

  private Callable<List<Hint>> sweeps(int delayMillis) {
    return () -> {
      Thread.sleep(delayMillis);
      return two.sweep();
    };
  }

  /**
   * How a transaction ended.
   *
   * @param outcome of the slot, which is also that of both halves' log lines
   * @param amountMinor that it was about
   */
  private record Ended(Outcome outcome, long amountMinor) {
    long moved() {
      return outcome == Outcome.APPROVED ? amountMinor : 0;
    }
  }

  /** Transactions of a pair whose halves have their log lines and final answers, both of them. */
  private List<Ended> ended(TestDevice from, TestDevice to) {
    List<?> rows =
        Server.inTransaction(
            one.office().entities,
            () ->
                one.office()
                    .entities
                    .createNativeQuery(
                        """
                        select s.outcome, h2.amount_minor, l1.details, l2.details
                        from slot s
                        join half h1 on h1.number = s.number and h1.device_pk = ?1
                        join half h2 on h2.id = s.payee_half
                        join log_line l1 on l1.half_id = h1.id
                        join log_line l2 on l2.half_id = h2.id
                        join final_answer a1 on a1.device_pk = h1.device_pk
                          and a1.epoch = h1.epoch and a1.n = h1.n
                        join final_answer a2 on a2.device_pk = h2.device_pk
                          and a2.epoch = h2.epoch and a2.n = h2.n
                        where h2.device_pk = ?2 and h1.state = 'ANSWERED'
                          and h2.state = 'ANSWERED'
                        """)
                    .setParameter(1, from.index())
                    .setParameter(2, to.index())
                    .getResultList());
    List<Ended> ended = new ArrayList<>();
    for (Object row : rows) {
      Object[] columns = (Object[]) row;
      Outcome outcome = Outcome.of(((Number) columns[0]).longValue());
      for (int half = 2; half <= 3; half++) {
        assertThat(DecisionDetails.decode((byte[]) columns[half]).outcome())
            .isEqualTo(outcome.value());
      }
      ended.add(new Ended(outcome, ((Number) columns[1]).longValue()));
    }
    return ended;
  }
}
