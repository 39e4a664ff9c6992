package org.tallystick.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tallystick.answer.Outcome;
import org.tallystick.answer.ReadyAnswer;
import org.tallystick.answer.ReasonClass;
import org.tallystick.code.Conditions;
import org.tallystick.code.Extensions;
import org.tallystick.code.Limits;
import org.tallystick.code.Purpose;
import org.tallystick.code.SealedHalf;
import org.tallystick.code.TestDevice;
import org.tallystick.code.TransactionNumber;
import org.tallystick.node.Server;
import org.tallystick.request.EndAuthority;
import org.tallystick.request.RequestStatus;
import org.tallystick.request.RequestsFixture;
import org.tallystick.request.SentRequest;

/**
 * Property 3, the bank's side: the database refuses one table after the other, at the write itself
 * or at the commit, while halves are opened and decided, holds placed, completed and given back,
 * charges taken and ended. After each such crash nothing has changed; the same messages again have
 * one effect, and every later answer is byte-equal.
 */
class StageCrashTest extends AuthorityCase {
  private static final String CRASH = "simulated crash";

  /** Those of them in which holds and charges differ from any payment. */
  private static final List<String> OF_AUTHORITIES =
      List.of(
          "account_balance",
          "authority",
          "final_answer",
          "half",
          "hold",
          "notice_due",
          "posting",
          "progress",
          "request_reply");

  private static final Extensions PROGRESS = Extensions.of("progress", new byte[] {1});

  /** What both stages must have written, or this shows less than it says. */
  private static final List<String> WRITTEN =
      List.of(
          "authority",
          "consumed_code",
          "device_log_head",
          "device_sequencer",
          "final_answer",
          "half",
          "hold",
          "journal_entry",
          "log_line",
          "notice_due",
          "posting",
          "progress",
          "receipt",
          "request_reply",
          "slot");

  private final Set<String> crashed = new TreeSet<>();
  private List<String> tables = List.of();

  /** When the database gives up. */
  private enum When {
    AT_THE_WRITE("before insert or update or delete on %s for each statement"),
    AT_THE_COMMIT(
        "after insert or update or delete on %s deferrable initially deferred for each row");

    private final String trigger;

    When(String trigger) {
      this.trigger = trigger;
    }

    String arm(String table) {
      return "create "
          + (this == AT_THE_COMMIT ? "constraint " : "")
          + "trigger zz_crash "
          + String.format(trigger, table)
          + " execute function zz_crash()";
    }
  }

  private void sql(String text) {
    Server.inTransaction(
        bank.office.entities, () -> bank.office.entities.createNativeQuery(text).executeUpdate());
  }

  private List<String> allTables() {
    List<?> names =
        Server.inTransaction(
            bank.office.entities,
            () ->
                bank.office
                    .entities
                    .createNativeQuery(
                        "select table_name from information_schema.tables"
                            + " where table_schema = 'public' and table_type = 'BASE TABLE'"
                            + " and table_name not like 'flyway%' order by 1")
                    .getResultList());
    return names.stream().map(String::valueOf).toList();
  }

  /** What all tables hold, as one number each. */
  private Map<String, String> content() {
    return Server.inTransaction(
        bank.office.entities,
        () -> {
          Map<String, String> sums = new TreeMap<>();
          try (Statement query = bank.office.entities.unwrap(Connection.class).createStatement()) {
            for (String table : tables) {
              try (ResultSet sum =
                  query.executeQuery(
                      "select count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)), 0)"
                          + " from "
                          + table
                          + " t")) {
                sum.next();
                sums.put(table, sum.getString(1));
              }
            }
          } catch (SQLException e) {
            throw new StageFaultException(e);
          }
          return sums;
        });
  }

  /** Does the step while the table refuses; where that stops it, nothing may have changed. */
  private <T> T again(When when, String table, Supplier<T> step) {
    Map<String, String> before = content();
    sql(when.arm(table));
    Optional<T> done = Optional.empty();
    try {
      done = Optional.of(step.get());
    } catch (RuntimeException crash) {
      assertThat(crash).hasStackTraceContaining(CRASH);
      crashed.add(table + " " + when);
    } finally {
      sql("drop trigger zz_crash on " + table);
    }
    if (done.isEmpty()) {
      assertThat(content()).as("%s %s", table, when).isEqualTo(before);
    }
    return done.orElseGet(step);
  }

  @BeforeEach
  void endEarlierHolds() {
    sql("update authority set state = 'RELEASED' where state = 'OPEN' and kind = 'HOLD'");
  }

  @Test
  void bothStages_crashAtEveryWriteAndCommit_haveOneEffectAndSameAnswers() {
    sql(
        "create or replace function zz_crash() returns trigger language plpgsql as"
            + " $$ begin raise exception '"
            + CRASH
            + "'; end $$");
    tables = allTables();
    Map<String, String> before = content();
    Map<String, String> parked = wroteEverything();
    Map<String, String> after = content();
    after.putAll(parked);
    tables = tables.stream().filter(name -> !after.get(name).equals(before.get(name))).toList();
    assertThat(tables).containsAll(WRITTEN);
    for (When when : When.values()) {
      for (String table : tables) {
        payer = bank.payer(1_250);
        pay(when, table);
        if (OF_AUTHORITIES.contains(table)) {
          payee = bank.payee();
          payer = bank.payer(10_000);
          completeHold(when, table);
          charge(when, table);
          giveBack(when, table);
        }
      }
    }
    for (When when : When.values()) {
      assertThat(crashed).containsAll(WRITTEN.stream().map(table -> table + " " + when).toList());
    }
  }

  /** Does all of it once; what the table of progress held meanwhile is returned. */
  private Map<String, String> wroteEverything() {
    bank.open(asked().with(PROGRESS).seal());
    Map<String, String> parked = Map.of("progress", content().get("progress"));
    bank.run(paid().seal());
    number = payee.nextNumber();
    hold(2_000);
    assertTaken(Purpose.COMPLETE, 1_000);
    number = payee.nextNumber();
    charges(100, 1);
    assertThat(status(payer, end())).isEqualTo(RequestStatus.DONE);
    return parked;
  }

  private EndAuthority end() {
    return new EndAuthority(TransactionNumber.bytes(number), bill);
  }

  private void completeHold(When when, String table) {
    number = payee.nextNumber();
    Limits limits =
        new Limits(null, new Limits.Hold(2_000, bank.office.clock.millis() + DAY), null);
    bought = asked().with(Conditions.of(limits)).with(PROGRESS).seal();
    permitted = paid().with(Conditions.of(limits)).seal();
    assertThat(again(when, table, () -> bank.open(bought)).progress()).hasSize(1);
    List<Hint> hints = bank.open(permitted).hints();
    assertThat(again(when, table, () -> bank.decide(hints))).hasSize(2);
    assertHeld(2_000, 10_000);
    SealedHalf step = later(Purpose.COMPLETE, 1_500).seal();
    List<Hint> due = again(when, table, () -> bank.open(step).hints());
    assertThat(again(when, table, () -> bank.decide(due))).hasSize(1);
    assertThat(bank.decide(due)).isEmpty();
    assertThat(bank.open(step).again()).hasSize(1);
    assertEnded(bank.answer(payee, step, number), Outcome.APPROVED, ReasonClass.NONE);
    assertHeld(0, 8_500);
    assertThat(bank.balance(payee)).isEqualTo(1_500);
    assertThat(dueTo(payer)).isEqualTo(1);
  }

  private long dueTo(TestDevice device) {
    return bank.count("select count(*) from notice_due where device_pk = " + device.index());
  }

  private void charge(When when, String table) {
    number = payee.nextNumber();
    charges(400, 5);
    bank.later(HOUR);
    SealedHalf step = later(Purpose.CHARGE, 400).seal();
    List<Hint> due = bank.open(step).hints();
    assertThat(again(when, table, () -> bank.decide(due))).hasSize(1);
    assertThat(bank.decide(due)).isEmpty();
    assertEnded(bank.answer(payee, step, number), Outcome.APPROVED, ReasonClass.NONE);
    assertHeld(0, 8_500 - 1_250 - 400);
    assertThat(dueTo(payer)).isEqualTo(2);
    SentRequest end = payer.ask(RequestsFixture.challenges(bank.office).make(), end());
    byte[] reply = again(when, table, () -> send(end));
    assertThat(send(end)).isEqualTo(reply);
    assertThat(status(payer, end())).isEqualTo(RequestStatus.UNKNOWN);
  }

  private void giveBack(When when, String table) {
    number = payee.nextNumber();
    buy(new Limits(null, new Limits.Hold(2_000, bank.office.clock.millis() + 60_000), null));
    assertHeld(2_000, 6_850);
    bank.later(70_001);
    int released = again(when, table, () -> release());
    assertThat(released).isEqualTo(1);
    assertHeld(0, 6_850);
    assertThat(dueTo(payer)).isEqualTo(3);
    assertThat(release()).isZero();
  }

  private void pay(When when, String table) {
    number = payee.nextNumber();
    long before = bank.balance(payee);
    SealedHalf ask = asked().seal();
    SealedHalf pay = paid().seal();
    List<Hint> first = again(when, table, () -> bank.open(ask).hints());
    assertThat(first).isEmpty();
    List<Hint> hints = again(when, table, () -> bank.open(pay).hints());
    assertThat(hints).hasSize(1);
    List<ReadyAnswer> answers = again(when, table, () -> bank.decide(hints));
    assertThat(answers).as(table).hasSize(2);
    assertThat(bank.balance(payee)).isEqualTo(before + 1_250);
    assertEnded(bank.answer(payer, pay, number), Outcome.APPROVED, ReasonClass.NONE);
    assertEnded(bank.answer(payee, ask, number), Outcome.APPROVED, ReasonClass.NONE);

    // the hint and both codes once more: the commit was there, its acknowledgement was not
    assertThat(bank.decide(hints)).isEmpty();
    assertThat(bank.open(pay, ask).again()).hasSize(2).allMatch(known -> isOneOf(answers, known));
    assertThat(sealed(pay)).isEqualTo(sealed(answers, pay));
    assertThat(sealed(ask)).isEqualTo(sealed(answers, ask));
    assertThat(bank.balance(payee)).isEqualTo(before + 1_250);
  }

  private static boolean isOneOf(List<ReadyAnswer> answers, ReadyAnswer known) {
    return answers.stream()
        .anyMatch(
            answer ->
                Arrays.equals(answer.pickup(), known.pickup())
                    && Arrays.equals(answer.sealed(), known.sealed()));
  }

  private byte[] sealed(SealedHalf half) {
    return bank.stored(half).get(0).sealed();
  }

  private static byte[] sealed(List<ReadyAnswer> answers, SealedHalf half) {
    byte[] pickup = TestDevice.pickup(half);
    return answers.stream()
        .filter(answer -> Arrays.equals(answer.pickup(), pickup))
        .findFirst()
        .orElseThrow()
        .sealed();
  }
}
