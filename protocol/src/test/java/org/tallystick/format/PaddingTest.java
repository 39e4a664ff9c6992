package org.tallystick.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MalformedInputException;

/** Padded content has one length whatever it is, and only zeros hide nothing. */
class PaddingTest {
  private static final int LENGTH = 1024;

  /** Array head, head of a content of 256 bytes or more, head of the zeros, 256 of them. */
  private static final int MOST = LENGTH - 1 - 3 - 3 - 256;

  @Test
  void content_ofEveryLengthThatFits_comesBackFromOneLength() {
    for (int length = 0; length <= MOST; length++) {
      byte[] content = new byte[length];
      Arrays.fill(content, (byte) 5);
      byte[] padded = Padding.pad(content, LENGTH);
      assertThat(padded).hasSize(LENGTH);
      assertThat(Padding.content(padded, LENGTH)).isEqualTo(content);
    }
  }

  @Test
  void content_oneByteTooLong_isRefused() {
    assertThatThrownBy(() -> Padding.pad(new byte[MOST + 1], LENGTH))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void padding_ofAnotherLengthOrNotZero_isRefused() {
    byte[] padded = Padding.pad(new byte[3], LENGTH);
    assertThatThrownBy(() -> Padding.content(padded, LENGTH + 1))
        .isInstanceOf(MalformedInputException.class);
    byte[] zeros = new byte[300];
    zeros[299] = 1;
    byte[] hidden = Cbor.array(Cbor.of(new byte[3]), Cbor.of(zeros)).encode();
    assertThatThrownBy(() -> Padding.content(hidden, hidden.length))
        .isInstanceOf(MalformedInputException.class);
  }
}
