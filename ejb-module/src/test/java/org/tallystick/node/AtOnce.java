package org.tallystick.node;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Lets several nodes do the same thing at the same moment. */
public final class AtOnce {
  private AtOnce() {}

  /** What each node, counted from 0, came to; throws where one of them threw. */
  public static <T> List<T> run(int nodes, IntFunction<Callable<T>> node) throws Exception {
    CyclicBarrier gate = new CyclicBarrier(nodes);
    ExecutorService threads = Executors.newFixedThreadPool(nodes);
    try {
      List<Future<T>> running = new ArrayList<>();
      for (int i = 0; i < nodes; i++) {
        Callable<T> work = node.apply(i);
        running.add(
            threads.submit(
                () -> {
                  gate.await();
                  return work.call();
                }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> one : running) {
        results.add(one.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }
}
