package org.tallystick.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Resolves names in threads of its own, for nothing ends a lookup that hangs: whoever asks waits a
 * bounded time, a name is looked up once at a time however many ask for it, and where no thread is
 * left nobody waits at all.
 */
final class BoundedResolver implements Exchange.Resolver {
  /** How many names are looked up at once. */
  static final int MOST = 16;

  /** How long anybody waits. */
  static final Duration USUAL = Duration.ofSeconds(5);

  private final Exchange.Resolver resolver;
  private final Executor threads;
  private final Duration patience;
  private final ConcurrentMap<String, CompletableFuture<InetAddress[]>> underWay =
      new ConcurrentHashMap<>();

  /**
   * Resolves as another does.
   *
   * @param threads refuse what they cannot begin at once
   */
  BoundedResolver(Exchange.Resolver resolver, Executor threads, Duration patience) {
    this.resolver = resolver;
    this.threads = threads;
    this.patience = patience;
  }

  @Override
  public InetAddress[] addresses(String host) throws UnknownHostException, TimeoutException {
    try {
      return lookup(host).get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TimeoutException("interrupted");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownHostException unknown) {
        throw unknown;
      }
      if (e.getCause() instanceof TimeoutException timeout) {
        throw timeout;
      }
      throw new IllegalStateException("a name is not looked up", e.getCause());
    }
  }

  private CompletableFuture<InetAddress[]> lookup(String host) {
    CompletableFuture<InetAddress[]> own = new CompletableFuture<>();
    CompletableFuture<InetAddress[]> other = underWay.putIfAbsent(host, own);
    if (other != null) {
      return other;
    }
    try {
      threads.execute(() -> resolve(host, own));
    } catch (RejectedExecutionException e) {
      underWay.remove(host, own);
      own.completeExceptionally(new TimeoutException("too many names are looked up"));
    }
    return own;
  }

  private void resolve(String host, CompletableFuture<InetAddress[]> found) {
    try {
      found.complete(resolver.addresses(host));
    } catch (UnknownHostException | TimeoutException | RuntimeException e) {
      found.completeExceptionally(e);
    } finally {
      underWay.remove(host, found);
    }
  }
}
