package org.tallystick.staff;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.jose.JsonWebKeySet;
import org.tallystick.jose.JsonWebToken;

/**
 * An issuer's keys, fetched when they are needed: again after a quarter of an hour, and when a
 * token names a key that is not among them, but at most once a minute, so that nobody can make this
 * bank ask without end. While the issuer cannot be reached the last keys hold for a day.
 */
final class OidcKeys {
  static final Duration REFRESH = Duration.ofMinutes(15);
  static final Duration PAUSE = Duration.ofMinutes(1);
  static final Duration LONGEST = Duration.ofDays(1);
  private static final Logger LOG = System.getLogger(OidcKeys.class.getName());
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final long WHOLE_MILLIS = 3000;

  private final URI address;
  private final Clock clock;
  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final ReentrantLock fetching = new ReentrantLock();
  private volatile @Nullable Fetched last;
  private volatile Instant triedAt = Instant.MIN;

  private record Fetched(JsonWebKeySet keys, Instant at) {}

  OidcKeys(URI address, Clock clock) {
    this.address = address;
    this.clock = clock;
  }

  /** The keys to check a token with; empty where there are none to be had. */
  Optional<JsonWebKeySet> keysFor(JsonWebToken token) {
    @Nullable Fetched have = last;
    Instant now = clock.instant();
    if (have == null
        || now.isAfter(have.at().plus(REFRESH))
        || have.keys().candidates(token).isEmpty()) {
      have = refreshed(have);
    }
    return have == null || now.isAfter(have.at().plus(LONGEST))
        ? Optional.empty()
        : Optional.of(have.keys());
  }

  private @Nullable Fetched refreshed(@Nullable Fetched have) {
    try {
      if (!fetching.tryLock(WHOLE_MILLIS, TimeUnit.MILLISECONDS)) {
        return have;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return have;
    }
    try {
      Instant now = clock.instant();
      if (!Objects.equals(last, have) || now.isBefore(soonest())) {
        return last; // another thread was faster, or it was only just tried
      }
      triedAt = now;
      last = new Fetched(fetch(), now);
    } catch (IOException | MalformedInputException e) {
      LOG.log(Level.WARNING, "the issuer''s keys cannot be fetched: {0}", e.toString());
    } finally {
      fetching.unlock();
    }
    return last;
  }

  private Instant soonest() {
    return triedAt.equals(Instant.MIN) ? Instant.MIN : triedAt.plus(PAUSE);
  }

  private JsonWebKeySet fetch() throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(address).header("Accept", "application/json").GET().build();
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(
            request, info -> new Bounded(info.statusCode() == 200 ? JsonWebKeySet.MAX_BYTES : 0));
    try {
      HttpResponse<byte[]> response = answer.get(WHOLE_MILLIS, TimeUnit.MILLISECONDS);
      if (response.statusCode() != 200) {
        throw new IOException("status " + response.statusCode());
      }
      return JsonWebKeySet.read(response.body());
    } catch (ExecutionException e) {
      throw new IOException("no answer", e);
    } catch (TimeoutException e) {
      throw new IOException("no whole answer in " + WHOLE_MILLIS + " ms", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      answer.cancel(true);
    }
  }

  /** Takes so many bytes and breaks off at one more. */
  private static final class Bounded implements BodySubscriber<byte[]> {
    private final int most;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;

    Bounded(int most) {
      this.most = most;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
      return whole;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
      given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> parts) {
      for (ByteBuffer part : parts) {
        if (body.size() + part.remaining() > most) {
          if (subscription != null) {
            subscription.cancel();
          }
          whole.completeExceptionally(new IOException("more than " + most + " bytes"));
          return;
        }
        byte[] bytes = new byte[part.remaining()];
        part.get(bytes);
        body.writeBytes(bytes);
      }
    }

    @Override
    public void onError(Throwable thrown) {
      whole.completeExceptionally(thrown);
    }

    @Override
    public void onComplete() {
      whole.complete(body.toByteArray());
    }
  }
}
