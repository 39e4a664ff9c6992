package org.tallystick.keys;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Calls native code on threads of its own, so that a caller, who may hold row locks, waits only for
 * so long: a library that hangs can not be interrupted.
 *
 * <p>The threads are not the server's because none of them runs the application's code, and because
 * one that hangs must not be missing there. They end when they have had nothing to do.
 */
final class BoundedCalls {
  private static final int THREADS = 16;
  private static final int WAITING = 1024;
  private static final int IDLE_SECONDS = 30;

  private final ThreadPoolExecutor threads;

  BoundedCalls(String name) {
    threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(WAITING),
            task -> {
              Thread thread = new Thread(task, name);
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * Returns what the call returns.
   *
   * @throws KeysUnavailableException if it fails, or has not returned in time
   */
  <T> T call(Callable<T> task, Duration bound) {
    Future<T> result;
    try {
      result = threads.submit(task);
    } catch (RejectedExecutionException e) {
      throw new KeysUnavailableException("too many calls wait for the PKCS#11 token", e);
    }
    try {
      return result.get(bound.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new KeysUnavailableException(
          "the PKCS#11 token did not answer within " + bound.toMillis() + " ms", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KeysUnavailableException("interrupted while the PKCS#11 token worked", e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof IllegalStateException refused) {
        throw refused;
      }
      if (cause instanceof KeysUnavailableException unavailable) {
        throw unavailable;
      }
      throw new KeysUnavailableException("the PKCS#11 token fails", cause == null ? e : cause);
    } finally {
      // one that still waits for a thread must not run when nobody wants its result
      result.cancel(false);
    }
  }
}
