package org.tallystick.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerViewTest {
  private static final byte[] PICKUP = new byte[16];

  private static ReadyAnswer progress(int n) {
    return ReadyAnswer.progress(PICKUP, new byte[] {(byte) n});
  }

  @Test
  void nothing_isPending_withoutTheMember() {
    assertThat(AnswerView.of(List.of())).isEqualTo(new AnswerView("PENDING", null, null));
  }

  @Test
  void progress_isPending_inOrder() {
    assertThat(AnswerView.of(List.of(progress(1), progress(2))))
        .isEqualTo(new AnswerView("PENDING", null, List.of("AQ", "Ag")));
  }

  @Test
  void answer_isFinal_whateverElseIsThere() {
    ReadyAnswer answer = new ReadyAnswer(PICKUP, new byte[] {3});
    assertThat(AnswerView.of(List.of(progress(1), answer)))
        .isEqualTo(new AnswerView("FINAL", "Aw", null));
  }
}
