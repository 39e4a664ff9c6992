package org.tallystick.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tallystick.answer.AnswerRows;
import org.tallystick.answer.Progress;
import org.tallystick.answer.ReadyAnswer;
import org.tallystick.answer.SealedProgress;
import org.tallystick.code.CodeResult;
import org.tallystick.code.Extensions;
import org.tallystick.code.SealedHalf;
import org.tallystick.code.TestDevice;
import org.tallystick.keys.KeyUse;
import org.tallystick.node.Server;

/** What devices hear of halves that wait (8.1). */
class ProgressTest extends StagesCase {
  private static final Extensions ASKED = Extensions.of("progress", new byte[] {1});

  private List<ReadyAnswer> found(SealedHalf half) {
    return Server.inTransaction(
        bank.office.entities,
        () -> {
          try {
            return new AnswerRows(bank.office.entities.unwrap(Connection.class))
                .byPickup(List.of(TestDevice.pickup(half)));
          } catch (SQLException e) {
            throw new StageFaultException(e);
          }
        });
  }

  private Progress open(SealedHalf half, ReadyAnswer message) {
    return SealedProgress.open(
            message.sealed(),
            payee.binding().suite(),
            "TL",
            payee.deviceId(),
            half.epoch(),
            half.n(),
            1,
            number,
            bank.office.vault.signer(KeyUse.ANSWER).verificationKey(),
            half.replyRoot())
        .orElseThrow();
  }

  @Test
  void halfThatWaits_hearsSo_untilItsFinalAnswer() {
    SealedHalf ask = asked().with(ASKED).seal();
    CodeResult opened = bank.open(ask);
    assertThat(opened.progress()).hasSize(1);
    assertThat(opened.toDevices()).hasSize(1);
    List<ReadyAnswer> stored = found(ask);
    assertThat(stored).hasSize(1);
    assertThat(stored.get(0).isLast()).isFalse();
    assertThat(stored.get(0).sealed()).isEqualTo(opened.progress().get(0).sealed());
    Progress progress = open(ask, stored.get(0));
    assertThat(progress.codeHash()).isEqualTo(ask.codeHash());
    assertThat(progress.stage()).isEqualTo(Progress.WAITING);
    assertThat(progress.timeMillis()).isEqualTo(bank.office.clock.millis());
    assertThat(progress.notAfterMillis()).isEqualTo(bank.office.clock.millis() + 300_000);
    assertThat(bank.open(ask).progress()).isEmpty();

    bank.run(paid().seal());
    List<ReadyAnswer> last = found(ask);
    assertThat(last).hasSize(1);
    assertThat(last.get(0).isLast()).isTrue();
  }

  @Test
  void halfThatExpires_leavesNoneBehind() {
    SealedHalf ask = asked().with(ASKED).seal();
    bank.open(ask);
    bank.later(400_000);
    bank.sweep();
    bank.decide(
        List.of(Hint.half(bank.count("select id from half where number = '" + number + "'"))));
    assertThat(found(ask)).hasSize(1).allMatch(ReadyAnswer::isLast);
    assertThat(bank.count("select count(*) from progress where device_pk = " + payee.index()))
        .isZero();
  }

  @Test
  void halfThatDoesNotWait_orDoesNotAsk_hearsNothing() {
    assertThat(bank.open(asked().with(ASKED).seal(), paid().with(ASKED).seal()).progress())
        .isEmpty();
    number = payee.nextNumber();
    SealedHalf plain = asked().seal();
    SealedHalf another = asked().with(Extensions.of("progress", new byte[] {2})).seal();
    assertThat(bank.open(plain).progress()).isEmpty();
    number = payee.nextNumber();
    assertThat(bank.open(another).progress()).isEmpty();
  }
}
