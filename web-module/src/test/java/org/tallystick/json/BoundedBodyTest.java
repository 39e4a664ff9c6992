package org.tallystick.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class BoundedBodyTest {
  private long now;

  /** Gives a few bytes at a time, each time after a while. */
  private final class Trickle extends InputStream {
    private final Duration pause;
    private final int piece;
    private int left;

    Trickle(Duration pause, int piece, int length) {
      this.pause = pause;
      this.piece = piece;
      this.left = length;
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException("one byte at a time");
    }

    @Override
    public int read(byte[] into, int from, int count) {
      if (left == 0) {
        return -1;
      }
      now += pause.toNanos();
      int given = Math.min(Math.min(piece, count), left);
      left -= given;
      return given;
    }
  }

  private byte[] read(InputStream body, int limit) {
    return BoundedBody.read(body, limit, () -> now);
  }

  @Test
  void body_upToTheLimit_isRead_andOneByteMoreIsTooMuch() {
    assertThat(read(new ByteArrayInputStream(new byte[100_000]), 100_000)).hasSize(100_000);
    assertThatThrownBy(() -> read(new ByteArrayInputStream(new byte[100_001]), 100_000))
        .isInstanceOf(BodyTooLargeException.class);
  }

  @Test
  void body_thatComesByteByByte_isGivenUp_whenTheGraceIsOver() {
    assertThatThrownBy(() -> read(new Trickle(Duration.ofSeconds(1), 1, 1_000), 10_000))
        .isInstanceOf(BodyLateException.class);
    assertThat(Duration.ofNanos(now)).isEqualTo(BoundedBody.GRACE.plusSeconds(1));
  }

  @Test
  void body_thatComesWithinTheGrace_isTakenHoweverItComes() {
    assertThat(read(new Trickle(Duration.ofSeconds(1), 1, 10), 10_000)).hasSize(10);
  }

  @Test
  void body_justFastEnough_isTaken_andALittleSlowerIsNot() {
    int second = BoundedBody.LEAST_BYTES_PER_SECOND;
    assertThat(read(new Trickle(Duration.ofSeconds(1), second, 600 * second), 1 << 22))
        .hasSize(600 * second);
    assertThatThrownBy(
            () -> read(new Trickle(Duration.ofMillis(1_020), second, 600 * second), 1 << 22))
        .isInstanceOf(BodyLateException.class);
  }

  @Test
  void body_thatBreaksOff_isLate_andTellsNobodyWhy() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() {
            throw new UnsupportedOperationException("one byte at a time");
          }

          @Override
          public int read(byte[] into, int from, int count) throws IOException {
            throw new IOException("reset by peer");
          }
        };
    assertThatThrownBy(() -> read(broken, 10))
        .isInstanceOf(BodyLateException.class)
        .hasRootCauseMessage("reset by peer");
  }
}
