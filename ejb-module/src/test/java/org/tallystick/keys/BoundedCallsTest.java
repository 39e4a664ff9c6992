package org.tallystick.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class BoundedCallsTest {
  private static final Duration SHORT = Duration.ofMillis(200);
  private final BoundedCalls calls = new BoundedCalls("test");

  @Test
  void call_returnsWhatItsTaskReturns_orSaysWhyNot() {
    assertThat(calls.call(() -> 7, SHORT)).isEqualTo(7);
    assertThatThrownBy(
            () ->
                calls.call(
                    () -> {
                      throw new IOException("why");
                    },
                    SHORT))
        .isInstanceOf(KeysUnavailableException.class)
        .hasRootCauseMessage("why");
    assertThatThrownBy(
            () ->
                calls.call(
                    () -> {
                      throw new IllegalStateException("set it right");
                    },
                    SHORT))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("set it right");
  }

  @Test
  void libraryThatHangs_costsItsCallersTheBound_alsoWhenAllThreadsHang_andThenWorksAgain()
      throws Exception {
    CountDownLatch back = new CountDownLatch(1);
    for (int call = 0; call < 20; call++) {
      long begun = System.nanoTime();
      assertThatThrownBy(
              () ->
                  calls.call(
                      () -> {
                        back.await();
                        return 0;
                      },
                      SHORT))
          .isInstanceOf(KeysUnavailableException.class)
          .hasMessageContaining("200 ms");
      assertThat(System.nanoTime() - begun).isLessThan(5_000_000_000L);
    }
    back.countDown();
    assertThat(calls.call(() -> 8, Duration.ofSeconds(10))).isEqualTo(8);
  }
}
