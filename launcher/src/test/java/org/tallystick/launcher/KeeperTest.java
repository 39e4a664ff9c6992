package org.tallystick.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KeeperTest {
  private final List<Child> launched = new CopyOnWriteArrayList<>();

  private static final class Child implements Kept {
    private final CountDownLatch ended = new CountDownLatch(1);
    private final boolean good;

    Child(boolean good) {
      this.good = good;
    }

    @Override
    public String name() {
      return "child";
    }

    @Override
    public long pid() {
      return 1;
    }

    @Override
    public Path log() {
      return Path.of("child.log");
    }

    @Override
    public void awaitReady() {
      if (!good) {
        throw new LaunchException("ended while it started");
      }
    }

    @Override
    public int waitFor() throws InterruptedException {
      ended.await();
      return 137;
    }

    @Override
    public void kill() {
      ended.countDown();
    }

    @Override
    public void close() {
      ended.countDown();
    }
  }

  private Keeper<Child> keeper(boolean... good) throws IOException {
    Keeper<Child> keeper =
        new Keeper<>(
            () -> {
              int index = launched.size();
              launched.add(new Child(index >= good.length || good[index]));
              return launched.get(index);
            },
            Progress.onStandardError());
    keeper.launch();
    keeper.watch();
    return keeper;
  }

  private void awaitLaunches(int count) throws InterruptedException {
    while (launched.size() < count) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  @Test
  void child_endsByItself_isStartedAgain() throws Exception {
    try (Keeper<Child> keeper = keeper(true)) {
      launched.get(0).kill();
      awaitLaunches(2);
      launched.get(1).kill();
      awaitLaunches(3);
      assertThat(keeper.child()).isIn(launched.get(1), launched.get(2));
    }
  }

  @Test
  void child_doesNotStart_isTriedAgainLater() throws Exception {
    try (Keeper<Child> keeper = keeper(true, false)) {
      long begun = System.nanoTime();
      keeper.child().kill();
      awaitLaunches(3);
      assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun)).isGreaterThan(1_400);
    }
  }

  @Test
  void keeper_closed_endsTheChildAndStartsNoOther() throws Exception {
    keeper(true).close();
    assertThat(launched.get(0).ended.getCount()).isZero();
    TimeUnit.MILLISECONDS.sleep(700);
    assertThat(launched).hasSize(1);
  }
}
