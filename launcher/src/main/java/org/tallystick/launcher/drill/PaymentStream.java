package org.tallystick.launcher.drill;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.tallystick.device.TallystickDevice;
import org.tallystick.device.state.FinishedEntry;
import org.tallystick.device.state.OutboxEntry;

/**
 * A till and a phone that make one payment after another, whatever happens to the bank: they send
 * the same bytes again until the bank has them, and ask until it answers.
 */
final class PaymentStream {
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private final TallystickDevice till;
  private final TallystickDevice phone;
  private final long patienceNanos;
  private final @Nullable Between between;
  private final AtomicBoolean more = new AtomicBoolean(true);
  private final List<Ended> ended = new ArrayList<>();
  private final Thread thread = new Thread(this::run, "payments");
  private volatile @Nullable RuntimeException broken;

  /**
   * One payment as both devices heard it.
   *
   * @param number transaction number
   * @param minor amount
   * @param payee what the till heard, or NONE
   * @param payer what the phone heard, or NONE
   */
  record Ended(String number, long minor, String payee, String payer) {}

  /** What happens when the till's half is sent and it waits for its answer. */
  @FunctionalInterface
  interface Between {
    /** Returns when the phone may send its half. */
    void halves(Payments.Made made) throws InterruptedException;
  }

  PaymentStream(TallystickDevice till, TallystickDevice phone) {
    this(till, phone, PATIENCE, null);
  }

  /**
   * @param patience with each half on its way and with each answer
   * @param between where it is not null, the till waits for its answer from before the phone sends
   */
  PaymentStream(
      TallystickDevice till, TallystickDevice phone, Duration patience, @Nullable Between between) {
    this.till = till;
    this.phone = phone;
    this.patienceNanos = patience.toNanos();
    this.between = between;
  }

  void start() {
    thread.start();
  }

  /** Lets the payment under way end and makes no further one. */
  void finish() throws InterruptedException {
    more.set(false);
    thread.join(TimeUnit.NANOSECONDS.toMillis(5 * patienceNanos));
    RuntimeException failure = broken;
    if (failure != null) {
      throw failure;
    }
  }

  List<Ended> ended() {
    return List.copyOf(ended);
  }

  private void run() {
    try {
      long minor = 100;
      while (more.get()) {
        one(minor++);
      }
    } catch (RuntimeException failure) {
      broken = failure;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void one(long minor) throws InterruptedException {
    Payments.Made made = Payments.make(till, phone, minor, Duration.ofMinutes(10));
    deliver(till, made.payee());
    Between first = between;
    if (first == null) {
      deliver(phone, made.payer());
      String payee = outcome(till, made.payee());
      ended.add(new Ended(made.number(), minor, payee, outcome(phone, made.payer())));
      return;
    }
    FutureTask<String> payee = new FutureTask<>(() -> outcome(till, made.payee()));
    new Thread(payee, "till waits").start();
    first.halves(made);
    deliver(phone, made.payer());
    String payer = outcome(phone, made.payer());
    ended.add(new Ended(made.number(), minor, result(payee), payer));
  }

  private static String result(FutureTask<String> task) throws InterruptedException {
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a till broke", e.getCause());
    }
  }

  private void deliver(TallystickDevice device, OutboxEntry entry) throws InterruptedException {
    long deadline = System.nanoTime() + patienceNanos;
    while (device.send(entry).refusal().isPresent() && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private String outcome(TallystickDevice device, OutboxEntry entry) throws InterruptedException {
    long deadline = System.nanoTime() + patienceNanos;
    while (System.nanoTime() < deadline) {
      var answer = device.awaitAnswer(entry, Duration.ofSeconds(10)).value();
      if (answer.isPresent()) {
        return name(answer.get());
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    return "NONE";
  }

  private static String name(FinishedEntry entry) {
    return entry.ending().name();
  }
}
