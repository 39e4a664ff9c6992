package org.tallystick.device.transport;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Base64Url;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.device.transport.BankConnection.PickedUp;

/** A web socket on which the bank pushes answers to the tokens that were subscribed. */
final class AnswerSocket implements WebSocket.Listener, AutoCloseable {
  /** Most tokens that one socket may name. */
  static final int MAX_SUBSCRIPTIONS = 64;

  private static final int MAX_MESSAGE_CHARS = 16 * 1024;
  private static final int MAX_QUEUED = 256;
  private static final long OPEN_MILLIS = 3_000;

  private final StringBuilder partial = new StringBuilder();
  private final LinkedBlockingQueue<PickedUp> arrived = new LinkedBlockingQueue<>(MAX_QUEUED);
  private final Set<ByteBuffer> subscribed = new HashSet<>();
  private volatile boolean broken;
  private @Nullable WebSocket socket;

  private AnswerSocket() {}

  /** Opens a socket; empty where the bank, or something on the way, has none. */
  static Optional<AnswerSocket> open(HttpClient client, URI uri) throws InterruptedException {
    AnswerSocket listener = new AnswerSocket();
    try {
      listener.socket =
          client
              .newWebSocketBuilder()
              .connectTimeout(Duration.ofMillis(OPEN_MILLIS))
              .buildAsync(uri, listener)
              .get(OPEN_MILLIS, TimeUnit.MILLISECONDS);
      return Optional.of(listener);
    } catch (ExecutionException | TimeoutException e) {
      return Optional.empty();
    }
  }

  /** Whether these tokens can still be subscribed here. */
  boolean takes(List<byte[]> pickups) {
    Set<ByteBuffer> all = new HashSet<>(subscribed);
    pickups.forEach(pickup -> all.add(ByteBuffer.wrap(pickup)));
    return !broken && all.size() <= MAX_SUBSCRIPTIONS;
  }

  /** Names the tokens that were not named yet; false where the socket is gone. */
  boolean subscribe(List<byte[]> pickups) throws InterruptedException {
    List<byte[]> fresh = new ArrayList<>();
    for (byte[] pickup : pickups) {
      if (subscribed.add(ByteBuffer.wrap(pickup.clone()))) {
        fresh.add(pickup);
      }
    }
    WebSocket open = socket;
    if (broken || open == null) {
      return false;
    }
    if (fresh.isEmpty()) {
      return true;
    }
    ObjectNode message = StrictJson.mapper().createObjectNode();
    ArrayNode tokens = message.putArray("subscribe");
    fresh.forEach(pickup -> tokens.add(Base64Url.encode(pickup)));
    try {
      open.sendText(message.toString(), true).get(OPEN_MILLIS, TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException | TimeoutException e) {
      broken = true;
      return false;
    }
  }

  /** Waits for the next push; empty after the time or when the socket broke. */
  List<PickedUp> next(Duration wait) throws InterruptedException {
    long end = System.nanoTime() + wait.toNanos();
    List<PickedUp> got = new ArrayList<>();
    while (got.isEmpty() && !broken && System.nanoTime() < end) {
      long slice = Math.min(end - System.nanoTime(), TimeUnit.MILLISECONDS.toNanos(200));
      PickedUp first = arrived.poll(Math.max(1, slice), TimeUnit.NANOSECONDS);
      if (first != null) {
        got.add(first);
      }
    }
    arrived.drainTo(got);
    return got;
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
    if (partial.length() + part.length() > MAX_MESSAGE_CHARS) {
      broken = true;
      from.abort();
      return null;
    }
    partial.append(part);
    if (last) {
      take(partial.toString());
      partial.setLength(0);
    }
    from.request(1);
    return null;
  }

  /** A message that is no answer breaks the socket; the device then asks instead. */
  private void take(String message) {
    try {
      ObjectNode object =
          StrictJson.members(
              StrictJson.object(message.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
              Set.of("pickup"),
              Set.of("answer", "progress"));
      boolean isProgress = object.has("progress");
      if (isProgress == object.has("answer")) {
        throw new MalformedInputException("a push is an answer or a progress message");
      }
      PickedUp answer =
          new PickedUp(
              Base64Url.decode(StrictJson.text(object, "pickup")),
              Base64Url.decode(StrictJson.text(object, isProgress ? "progress" : "answer")),
              isProgress);
      broken |= !arrived.offer(answer);
    } catch (MalformedInputException e) {
      broken = true;
    }
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
    broken = true;
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    broken = true;
  }

  @Override
  public void close() {
    broken = true;
    WebSocket open = socket;
    if (open != null) {
      open.abort();
    }
  }
}
