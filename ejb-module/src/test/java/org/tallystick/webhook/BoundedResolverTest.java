package org.tallystick.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Name servers that hang. */
class BoundedResolverTest {
  private static final InetAddress[] HERE = {InetAddress.getLoopbackAddress()};
  private static final int THREADS = 2;

  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(0, THREADS, 1, TimeUnit.SECONDS, new SynchronousQueue<>());
  private final CountDownLatch hanging = new CountDownLatch(1);
  private final AtomicInteger asked = new AtomicInteger();
  private final BoundedResolver resolver =
      new BoundedResolver(this::resolve, threads, Duration.ofMillis(200));

  @AfterEach
  void end() {
    hanging.countDown();
    threads.shutdown();
  }

  private InetAddress[] resolve(String host) throws UnknownHostException {
    asked.incrementAndGet();
    if (host.startsWith("nowhere")) {
      throw new UnknownHostException(host);
    }
    if (host.startsWith("slow")) {
      try {
        hanging.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    return HERE.clone();
  }

  private void assertTimeout(String host) {
    long start = System.nanoTime();
    assertThatThrownBy(() -> resolver.addresses(host)).isInstanceOf(TimeoutException.class);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void name_isResolvedOrUnknown() throws Exception {
    assertThat(resolver.addresses("here.example")).isEqualTo(HERE);
    assertThatThrownBy(() -> resolver.addresses("nowhere.example"))
        .isInstanceOf(UnknownHostException.class);
  }

  @Test
  void nameThatHangs_isGivenUp_andTakesOneThread() throws Exception {
    for (int i = 0; i < 5; i++) {
      assertTimeout("slow.example");
    }
    assertThat(asked).hasValue(1);
    assertThat(resolver.addresses("here.example")).isEqualTo(HERE);
  }

  @Test
  void moreNamesThanThreads_areGivenUp_untilOneComesBack() throws Exception {
    assertTimeout("slow1.example");
    assertTimeout("slow2.example");
    assertTimeout("here.example");
    assertThat(asked).hasValue(THREADS);
    hanging.countDown();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    while (threads.getActiveCount() > 0 && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertThat(resolver.addresses("here.example")).isEqualTo(HERE);
    assertThat(resolver.addresses("slow1.example")).isEqualTo(HERE);
  }
}
