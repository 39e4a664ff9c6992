package org.tallystick.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class AnswerRegistryTest {
  private final AnswerRegistry registry = new AnswerRegistry();

  private static ReadyAnswer answer(int n) {
    byte[] pickup = new byte[16];
    pickup[0] = (byte) n;
    return new ReadyAnswer(pickup, new byte[] {(byte) n, 1});
  }

  @Test
  void arrived_tellsAllWhoWaitForIt_once() {
    AtomicInteger told = new AtomicInteger();
    registry.register(answer(1).pickup(), a -> told.incrementAndGet());
    registry.register(answer(1).pickup(), a -> told.incrementAndGet());
    registry.register(answer(2).pickup(), a -> told.addAndGet(100));
    registry.arrived(List.of(answer(1), answer(1)));
    assertThat(told).hasValue(2);
    assertThat(registry.waiting()).isEqualTo(1);
    assertThat(registry.pickups()).containsExactly(answer(2).pickup());
  }

  @Test
  void closedWaiter_isNotTold() {
    AtomicInteger told = new AtomicInteger();
    AnswerRegistry.Waiter waiter =
        registry.register(answer(1).pickup(), a -> told.incrementAndGet());
    waiter.close();
    waiter.close();
    registry.arrived(List.of(answer(1)));
    waiter.deliver(answer(1));
    assertThat(told).hasValue(0);
    assertThat(registry.waiting()).isZero();
  }

  @Test
  void waiterThatThrows_doesNotKeepOthersFromHearing() {
    AtomicInteger told = new AtomicInteger();
    registry.register(
        answer(1).pickup(),
        a -> {
          throw new IllegalStateException("gone");
        });
    registry.register(answer(1).pickup(), a -> told.incrementAndGet());
    registry.arrived(List.of(answer(1)));
    assertThat(told).hasValue(1);
  }

  @Test
  void progress_isToldOnceEach_andBeforeTheAnswerOnly() {
    List<Boolean> told = new ArrayList<>();
    byte[] pickup = answer(1).pickup();
    AnswerRegistry.Waiter waiter = registry.register(pickup, a -> told.add(a.isLast()));
    ReadyAnswer first = ReadyAnswer.progress(pickup, new byte[] {1});
    ReadyAnswer second = ReadyAnswer.progress(pickup, new byte[] {2});
    registry.arrived(List.of(first, first));
    waiter.deliver(second);
    assertThat(told).containsExactly(false, false);
    assertThat(waiter.progress()).containsExactly(new byte[] {1}, new byte[] {2});
    registry.arrived(List.of(answer(1)));
    registry.arrived(List.of(ReadyAnswer.progress(pickup, new byte[] {3})));
    assertThat(told).containsExactly(false, false, true);
  }

  @Test
  void progress_beyondTheEighth_isNotTold() {
    AtomicInteger told = new AtomicInteger();
    byte[] pickup = answer(1).pickup();
    registry.register(pickup, a -> told.incrementAndGet());
    for (byte i = 0; i < 9; i++) {
      registry.arrived(List.of(ReadyAnswer.progress(pickup, new byte[] {i})));
    }
    assertThat(told).hasValue(8);
  }

  /** Register, then look; store, then announce: whatever the interleaving, exactly one wake-up. */
  @Test
  void storedWhileRegistering_isNeverMissed() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (int i = 0; i < 2_000; i++) {
        AtomicReference<ReadyAnswer> database = new AtomicReference<>();
        AtomicInteger told = new AtomicInteger();
        CountDownLatch start = new CountDownLatch(1);
        Future<?> bank =
            threads.submit(
                () -> {
                  start.await();
                  database.set(answer(7));
                  registry.arrived(List.of(answer(7)));
                  return null;
                });
        Future<?> device =
            threads.submit(
                () -> {
                  start.await();
                  AnswerRegistry.Waiter waiter =
                      registry.register(answer(7).pickup(), a -> told.incrementAndGet());
                  ReadyAnswer stored = database.get();
                  if (stored != null) {
                    waiter.deliver(stored);
                  }
                  return null;
                });
        start.countDown();
        bank.get();
        device.get();
        assertThat(told).hasValue(1);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(registry.waiting()).isZero();
  }

  @Test
  void batch_encodedAndDecoded_isTheSame() {
    List<ReadyAnswer> decoded =
        AnswerBatch.decode(
            AnswerBatch.encode(
                List.of(ReadyAnswer.progress(answer(1).pickup(), new byte[1]), answer(2))));
    assertThat(decoded).hasSize(2);
    assertThat(decoded).extracting(ReadyAnswer::isLast).containsExactly(false, true);
    assertThat(decoded.get(1).pickup()).isEqualTo(answer(2).pickup());
    assertThat(decoded.get(1).sealed()).isEqualTo(answer(2).sealed());
    assertThat(new ArrayList<>(AnswerBatch.decode(new byte[0]))).isEmpty();
  }

  @Test
  void batch_cutAnywhere_isRefused() {
    byte[] whole = AnswerBatch.encode(List.of(answer(1)));
    for (int length = 1; length < whole.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> AnswerBatch.decode(cut))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
