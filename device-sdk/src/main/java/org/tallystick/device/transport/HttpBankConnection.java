package org.tallystick.device.transport;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Base64Url;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.device.result.BankProblem;
import org.tallystick.device.result.Result;
import org.tallystick.tree.Inclusion;
import org.tallystick.tree.SignedCheckpoint;

/**
 * The bank over HTTP and, for answers, a web socket; where the socket fails, answers are asked for
 * by long poll, and the socket is tried again later.
 *
 * <p>A bank may have several addresses. Any of them takes any request, and one that does not answer
 * is passed over for the next: nothing of a device's is kept at one of them, and the same bytes
 * again have no further effect.
 *
 * <p>TLS, or plain HTTP to this machine only. Redirections are not followed. Replies are read
 * strictly and up to a bound; passing failures are repeated with growing pauses, a bounded number
 * of times.
 */
public final class HttpBankConnection implements BankConnection {
  private static final long ALMOST_A_SECOND = 999_999_999;
  private static final String API = "/api/v1";
  private static final Duration REQUEST_TIME = Duration.ofSeconds(15);
  private static final long MAX_POLL_SECONDS = 30;
  private static final long SHARED_POLL_SECONDS = 2;
  private static final Duration PUSH_SLICE = Duration.ofSeconds(10);
  private static final long SOCKET_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(20);

  private final BankRoutes routes;

  private final ToldOnce told = new ToldOnce();
  private final Nodes nodes;
  private final HttpClient client;
  private final HttpExchange exchange;
  private final Object socketGuard = new Object();
  private @Nullable AnswerSocket socket;
  private long socketNotBeforeNanos = System.nanoTime();

  /**
   * @param baseUrl such as {@code https://bank.example}
   * @param backoff between repetitions
   * @throws IllegalArgumentException if the address is neither TLS nor on this machine
   */
  public HttpBankConnection(String baseUrl, Backoff backoff) {
    this(BankRoutes.of(List.of(baseUrl)), backoff);
  }

  /**
   * @param routes to the bank's nodes
   * @param backoff between repetitions
   * @throws IllegalArgumentException if an address is neither TLS nor on this machine
   */
  public HttpBankConnection(BankRoutes routes, Backoff backoff) {
    this.routes = routes;
    this.nodes = new Nodes(routes, backoff.jitter());
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    this.exchange = new HttpExchange(client, nodes, backoff, routes.watch());
  }

  @Override
  public Result<Keys> keys() {
    return get("/keys", REQUEST_TIME, Set.of("root", "keys"), Set.of(), HttpBankConnection::keys);
  }

  @Override
  public Result<Offered> offer(byte[] enrolmentId) {
    return get(
        "/enrolments/" + Base64Url.encode(enrolmentId),
        REQUEST_TIME,
        Set.of("offer", "root", "keys"),
        Set.of(),
        reply -> new Offered(bytes(reply, "offer"), keys(reply)));
  }

  @Override
  public Result<byte[]> bind(byte[] enrolmentId, byte[] message1) {
    return post(
        "/enrolments/" + Base64Url.encode(enrolmentId) + "/bind",
        "message",
        Base64Url.encode(message1),
        200,
        "message",
        reply -> bytes(reply, "message"));
  }

  @Override
  public Result<String> confirm(byte[] enrolmentId, byte[] confirmation) {
    return post(
        "/enrolments/" + Base64Url.encode(enrolmentId) + "/confirm",
        "message",
        Base64Url.encode(confirmation),
        200,
        "state",
        reply -> StrictJson.text(reply, "state"));
  }

  @Override
  public Result<String> send(String code) {
    return post("/codes", "code", code, 202, "state", reply -> StrictJson.text(reply, "state"));
  }

  @Override
  public Result<byte[]> certificate(byte[] request) {
    return post(
        "/certificates",
        "request",
        Base64Url.encode(request),
        200,
        "certificate",
        reply -> bytes(reply, "certificate"));
  }

  @Override
  public Result<byte[]> challenge() {
    return get(
        "/challenge",
        REQUEST_TIME,
        Set.of("challenge"),
        Set.of(),
        reply -> bytes(reply, "challenge"));
  }

  @Override
  public Result<byte[]> request(String text) {
    return post("/requests", "request", text, 200, "reply", reply -> bytes(reply, "reply"));
  }

  @Override
  public Result<String> agreement(long version) {
    return get(
        "/agreements/" + version,
        REQUEST_TIME,
        Set.of("version", "text", "sha256", "effectiveAt"),
        Set.of(),
        reply -> StrictJson.text(reply, "text"));
  }

  @Override
  public Result<SignedCheckpoint> checkpoint() {
    return get(
        "/log/checkpoint",
        REQUEST_TIME,
        Set.of("checkpoint"),
        Set.of("checkpoint2"),
        reply ->
            new SignedCheckpoint(
                bytes(reply, "checkpoint"),
                reply.has("checkpoint2") ? bytes(reply, "checkpoint2") : null));
  }

  @Override
  public Result<List<byte[]>> consistency(long from, long to) {
    return get(
        "/log/consistency?from=" + from + "&to=" + to,
        REQUEST_TIME,
        Set.of("proof"),
        Set.of(),
        HttpBankConnection::proof);
  }

  @Override
  public Result<Inclusion> inclusion(byte[] leafHash, long size) {
    return get(
        "/log/inclusion/" + Base64Url.encode(leafHash) + "?size=" + size,
        REQUEST_TIME,
        Set.of("position", "proof"),
        Set.of(),
        reply -> new Inclusion(StrictJson.integer(reply, "position"), proof(reply)));
  }

  private static List<byte[]> proof(ObjectNode reply) {
    return Inclusion.hashes(
        StrictJson.texts(reply, "proof").stream().map(Base64Url::decode).toList());
  }

  @Override
  public Result<List<PickedUp>> answers(List<byte[]> pickups, Duration wait) {
    if (pickups.isEmpty() || pickups.size() > AnswerSocket.MAX_SUBSCRIPTIONS) {
      throw new IllegalArgumentException("1 to 64 tokens");
    }
    long end = System.nanoTime() + wait.toNanos();
    try {
      while (true) {
        Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
        boolean waits = routes.push() && !left.isZero();
        List<PickedUp> pushed = waits ? pushed(pickups, left) : List.of();
        if (!pushed.isEmpty()) {
          pushed.stream()
              .filter(one -> !one.isProgress())
              .forEach(one -> routes.watch().pushed(one.pickup()));
          return Result.ok(pushed);
        }
        // a push may have been lost, or there is no socket: ask
        Result<List<PickedUp>> asked = poll(pickups, end);
        if (asked.value().map(found -> !found.isEmpty()).orElse(true) || System.nanoTime() >= end) {
          return asked;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Result.refused(BankProblem.unreachable("the wait was interrupted"));
    }
  }

  private List<PickedUp> pushed(List<byte[]> pickups, Duration left) throws InterruptedException {
    Optional<AnswerSocket> open = socketFor(pickups);
    if (open.isEmpty()) {
      return List.of();
    }
    return open.get().next(left.compareTo(PUSH_SLICE) < 0 ? left : PUSH_SLICE);
  }

  private Optional<AnswerSocket> socketFor(List<byte[]> pickups) throws InterruptedException {
    synchronized (socketGuard) {
      AnswerSocket current = socket;
      if (current != null && !current.takes(pickups)) {
        current.close();
        current = null;
        socket = null;
      }
      if (current == null && System.nanoTime() - socketNotBeforeNanos >= 0) {
        current = openSocket();
      }
      if (current == null || !current.subscribe(pickups)) {
        long now = System.nanoTime();
        socketNotBeforeNanos =
            current == null && now - socketNotBeforeNanos < 0
                ? socketNotBeforeNanos
                : now + SOCKET_PAUSE_NANOS;
        socket = null;
        return Optional.empty();
      }
      socket = current;
      routes.watch().listening(pickups);
      return Optional.of(current);
    }
  }

  /** At the first node that has one. */
  private @Nullable AnswerSocket openSocket() throws InterruptedException {
    int first = nodes.first();
    for (int step = first; step < first + nodes.count(); step++) {
      Optional<AnswerSocket> open =
          AnswerSocket.open(client, nodes.at(step).socket("/ws/v1/answers"));
      if (open.isPresent()) {
        return open.get();
      }
    }
    return null;
  }

  /** Asks for each token once; where there is time and no socket, waits at the bank. */
  private Result<List<PickedUp>> poll(List<byte[]> pickups, long endNanos) {
    List<PickedUp> found = new ArrayList<>();
    for (int i = pickups.size() - 1; i >= 0; i--) {
      long seconds = 0;
      if (i == 0 && found.isEmpty() && !pushes()) {
        // the last part of a second is a whole one, so that nothing is asked over and over in it
        long left = TimeUnit.NANOSECONDS.toSeconds(endNanos - System.nanoTime() + ALMOST_A_SECOND);
        long most = pickups.size() == 1 ? MAX_POLL_SECONDS : SHARED_POLL_SECONDS;
        seconds = Math.max(0, Math.min(most, left));
      }
      Result<List<PickedUp>> one = pickUp(pickups.get(i), seconds);
      if (one.refusal().isPresent()) {
        return found.isEmpty()
            ? Result.refused(one.refusal().get())
            : Result.ok(List.copyOf(found));
      }
      for (PickedUp there : one.orElseThrow()) {
        if (!there.isProgress()) {
          routes.watch().fetched(there.pickup());
        }
        found.add(there);
      }
    }
    return Result.ok(List.copyOf(found));
  }

  private boolean pushes() {
    synchronized (socketGuard) {
      return socket != null;
    }
  }

  /** The answer, or the progress messages that were not given before, or nothing. */
  private Result<List<PickedUp>> pickUp(byte[] pickup, long waitSeconds) {
    return get(
        "/answers/" + Base64Url.encode(pickup) + "?wait=" + waitSeconds,
        REQUEST_TIME.plusSeconds(waitSeconds),
        Set.of("state"),
        Set.of("answer", "progress"),
        reply -> {
          String state = StrictJson.text(reply, "state");
          boolean isFinal = state.equals("FINAL");
          if (isFinal != reply.has("answer")
              || !(isFinal || state.equals("PENDING"))
              || (isFinal && reply.has("progress"))) {
            throw new MalformedInputException("state and answer do not go together");
          }
          return isFinal
              ? List.of(new PickedUp(pickup, bytes(reply, "answer")))
              : progress(pickup, reply);
        });
  }

  private List<PickedUp> progress(byte[] pickup, ObjectNode reply) {
    return !reply.has("progress")
        ? List.of()
        : StrictJson.texts(reply, "progress").stream()
            .filter(told::isNew)
            .map(message -> new PickedUp(pickup, Base64Url.decode(message), true))
            .toList();
  }

  private <T> Result<T> get(
      String path,
      Duration time,
      Set<String> required,
      Set<String> optional,
      Function<ObjectNode, T> read) {
    return exchange.run(
        address ->
            HttpRequest.newBuilder(address.path(API + path))
                .timeout(time)
                .header("Accept", "application/json, application/problem+json")
                .GET()
                .build(),
        200,
        required,
        optional,
        read);
  }

  private <T> Result<T> post(
      String path,
      String name,
      String value,
      int expected,
      String member,
      Function<ObjectNode, T> read) {
    String body = StrictJson.mapper().createObjectNode().put(name, value).toString();
    return exchange.run(
        address ->
            HttpRequest.newBuilder(address.path(API + path))
                .timeout(REQUEST_TIME)
                .header("Accept", "application/json, application/problem+json")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
        expected,
        Set.of(member),
        Set.of(),
        read);
  }

  private static Keys keys(ObjectNode reply) {
    return new Keys(bytes(reply, "root"), bytes(reply, "keys"));
  }

  private static byte[] bytes(ObjectNode reply, String name) {
    return Base64Url.decode(StrictJson.text(reply, name));
  }

  @Override
  public void close() {
    synchronized (socketGuard) {
      if (socket != null) {
        socket.close();
        socket = null;
      }
    }
  }
}
