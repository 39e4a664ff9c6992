package org.tallystick.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tallystick.code.SealedHalf;
import org.tallystick.code.Times;
import org.tallystick.device.DeviceRegister;
import org.tallystick.node.AtOnce;
import org.tallystick.node.Server;
import org.tallystick.notice.NoticeStage;
import org.tallystick.notice.NoticeSubject;
import org.tallystick.notice.NoticesFixture;

/** One node opens and answers codes of devices while another one tells them something. */
class NoticesRaceTest extends AccountCase {
  private static final int ROUNDS = 20;

  private boolean announce(Stages node) {
    return Server.inTransaction(
        node.office.entities,
        () -> {
          DeviceRegister register = new DeviceRegister(node.office.entities);
          register.announce(
              register.byIndex(second.index()).orElseThrow(),
              new NoticeSubject.DeviceSuspended(second.deviceId(), "STAFF"),
              Times.ofMillis(bank.office.clock.millis()));
          return true;
        });
  }

  @Test
  void codesAndNotices_ofOneDevice_loseNothing() throws Exception {
    tell();
    long before = chain(payer).made();
    Stages other = new Stages(keys);
    other.office.clock.advance(
        Duration.ofMillis(bank.office.clock.millis() - other.office.clock.millis()));
    NoticeStage telling = NoticesFixture.over(other.office);
    SealedHalf[] halves = new SealedHalf[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      halves[i] = payer.terms(number, bill).amount(200_000 + i).seal();
    }
    List<Integer> done =
        AtOnce.run(
            2,
            node ->
                () -> {
                  for (SealedHalf half : halves) {
                    if (node == 0) {
                      Attempts.run(() -> bank.run(half));
                    } else {
                      announce(other);
                      Attempts.run(
                          () ->
                              Server.inTransaction(other.office.entities, () -> telling.make(50)));
                    }
                  }
                  return halves.length;
                });
    assertThat(done).containsExactly(ROUNDS, ROUNDS);
    assertThat(chain(payer).made()).isEqualTo(before + ROUNDS);
    assertThat(bank.count("select count(*) from consumed_code where device_pk = " + payer.index()))
        .isEqualTo(ROUNDS);
    assertThat(logHead(payer).lineIndex())
        .isEqualTo(before + ROUNDS + ROUNDS)
        .isEqualTo(bank.count("select count(*) from log_line where device_pk = " + payer.index()));
  }
}
