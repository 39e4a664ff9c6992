package org.tallystick.enrolment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tallystick.schedule.TimedTask;
import org.tallystick.schedule.TimedTasks;

@SuppressWarnings("UnnecessaryAssignment") // the test stands in for the container
class EnrolmentExpiryTest {
  private final EnrolmentExpiry expiry = new EnrolmentExpiry();
  private final List<Integer> ended = new ArrayList<>();
  private boolean mine = true;

  @BeforeEach
  void wire() {
    expiry.tasks =
        new TimedTasks() {
          @Override
          public boolean claim(TimedTask task) {
            return task == TimedTask.ENROLMENT_EXPIRY && mine;
          }
        };
    expiry.enrolments =
        new Enrolments() {
          @Override
          public List<byte[]> overdue(int limit) {
            return List.of(new byte[] {1}, new byte[] {2}, new byte[] {3});
          }

          @Override
          public boolean expire(byte[] id) {
            if (id[0] == 2) {
              throw new IllegalStateException("planted");
            }
            return ended.add((int) id[0]);
          }
        };
  }

  @Test
  void round_thatIsAnothers_endsNothing() {
    mine = false;
    expiry.round();
    assertThat(ended).isEmpty();
  }

  @Test
  void enrolment_thatFails_doesNotKeepTheOthersFromIt() {
    expiry.round();
    assertThat(ended).containsExactly(1, 3);
  }
}
