package org.tallystick.bench.stage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends halves over at most eight connections, each waiting for its answer, until told to stop.
 *
 * <p>A half whose answer did not come is never sent again: nobody knows whether it was accepted.
 */
final class LoadClient implements AutoCloseable {
  private static final int CONNECTIONS = 8;
  private static final long RECONNECT_MILLIS = 20;

  private final int port;
  private final HalfSource source;
  private final LoadTally tally;
  private final long nanosPerHalf;
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean stopped;

  LoadClient(int port, HalfSource source, LoadTally tally, int ratePerSecond) {
    this.port = port;
    this.source = source;
    this.tally = tally;
    this.nanosPerHalf =
        ratePerSecond == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) * CONNECTIONS / ratePerSecond;
  }

  void start() {
    for (int i = 0; i < CONNECTIONS; i++) {
      Thread thread = new Thread(this::run, "load-" + i);
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
  }

  @Override
  public void close() {
    stopped = true;
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void run() {
    long due = System.nanoTime();
    while (!stopped) {
      try (LoopbackHttp http = new LoopbackHttp(port)) {
        while (!stopped && http.open()) {
          send(http);
          due = Math.max(due + nanosPerHalf, System.nanoTime() - nanosPerHalf);
          LockSupport.parkNanos(nanosPerHalf == 0 ? 0 : due - System.nanoTime());
        }
      } catch (IOException e) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(RECONNECT_MILLIS));
      }
    }
  }

  private void send(LoopbackHttp http) throws IOException {
    int number = source.take();
    tally.sending(number);
    String text = source.half(number).text();
    long start = System.nanoTime();
    int status = http.post("/halves", text).status();
    tally.answered(number, status, System.nanoTime() - start);
  }
}
