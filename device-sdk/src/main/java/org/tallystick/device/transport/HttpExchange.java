package org.tallystick.device.transport;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.util.Set;
import java.util.function.Function;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.device.result.BankProblem;
import org.tallystick.device.result.Result;

/** One request with its repetitions, and the strict reading of its reply. */
final class HttpExchange {
  private static final int MAX_REPLY_BYTES = 64 * 1024;
  private static final String NO_TYPE = "about:blank";
  private static final int NOT_FOUND = 404;
  private static final int TOO_SLOW = 408;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVER_ERRORS = 500;
  private static final int BAD_GATEWAY = 502;
  private static final int UNAVAILABLE = 503;
  private static final int MAX_TITLE = 200;

  private final HttpClient client;
  private final Nodes nodes;
  private final Backoff backoff;
  private final BankRoutes.Watch watch;

  HttpExchange(HttpClient client, Nodes nodes, Backoff backoff, BankRoutes.Watch watch) {
    this.client = client;
    this.nodes = nodes;
    this.backoff = backoff;
    this.watch = watch;
  }

  private record Raw(int status, byte[] body) {}

  /**
   * Makes the request until it gets a reply that is not a passing failure, or gives up. A node that
   * cannot be reached, or says that it cannot serve, is passed over for the next one at once; there
   * is a pause only where all of them were tried, or one took the request and failed at it.
   *
   * @param request for an address; the same bytes at each
   */
  <T> Result<T> run(
      Function<BankAddress, HttpRequest> request,
      int expected,
      Set<String> required,
      Set<String> optional,
      Function<ObjectNode, T> read) {
    BankProblem problem = BankProblem.unreachable("no attempt was made");
    int step = nodes.first();
    for (int attempt = 1; attempt <= backoff.attempts(); attempt++) {
      for (int tried = 1; tried <= nodes.count(); tried++) {
        BankAddress address = nodes.at(step++);
        boolean elsewhere;
        try {
          HttpRequest made = request.apply(address);
          Raw raw = once(made);
          watch.reached(address.base().toString(), made.uri().getPath());
          if (raw.status == expected) {
            return read(raw, required, optional, read);
          }
          problem = problem(raw);
          elsewhere = cannotServe(problem);
          if (!elsewhere && !passes(raw.status)) {
            return Result.refused(problem);
          }
        } catch (IOException e) {
          problem = BankProblem.unreachable("the bank cannot be reached");
          elsewhere =
              !(e instanceof HttpTimeoutException) || e instanceof HttpConnectTimeoutException;
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return Result.refused(interrupted());
        }
        if (!elsewhere) {
          break;
        }
      }
      if (!pause(attempt)) {
        return Result.refused(interrupted());
      }
    }
    return Result.refused(problem);
  }

  /** A node that is starting or ending may be reached before the bank is there, or after it. */
  private static boolean cannotServe(BankProblem problem) {
    return problem.status() == BAD_GATEWAY
        || problem.status() == UNAVAILABLE
        || (problem.status() == NOT_FOUND && problem.type().equals(NO_TYPE));
  }

  /** Whether the same may go well later. */
  private static boolean passes(int status) {
    return status == TOO_SLOW || status == TOO_MANY_REQUESTS || status >= SERVER_ERRORS;
  }

  private static BankProblem interrupted() {
    return BankProblem.unreachable("the wait was interrupted");
  }

  /** Pauses before a further attempt; false where it was interrupted. */
  private boolean pause(int attempt) {
    try {
      if (attempt < backoff.attempts()) {
        backoff.pause().millis(backoff.millisAfter(attempt));
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Raw once(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<InputStream> response =
        client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      byte[] bytes = body.readNBytes(MAX_REPLY_BYTES + 1);
      return new Raw(response.statusCode(), bytes);
    }
  }

  private static <T> Result<T> read(
      Raw raw, Set<String> required, Set<String> optional, Function<ObjectNode, T> read) {
    if (raw.body.length > MAX_REPLY_BYTES) {
      return Result.refused(BankProblem.malformed("the reply is too long", raw.status));
    }
    try {
      ObjectNode object = StrictJson.members(StrictJson.object(raw.body), required, optional);
      return Result.ok(read.apply(object));
    } catch (MalformedInputException e) {
      return Result.refused(BankProblem.malformed("reply: " + e.getMessage(), raw.status));
    }
  }

  /** RFC 9457; further members are ignored as it asks. */
  private static BankProblem problem(Raw raw) {
    String type = NO_TYPE;
    String title = "the bank answered with status " + raw.status;
    try {
      ObjectNode object = StrictJson.object(raw.body);
      if (object.path("type").isTextual() && object.path("title").isTextual()) {
        type = shortened(StrictJson.text(object, "type"));
        title = shortened(StrictJson.text(object, "title"));
      }
    } catch (MalformedInputException e) {
      return new BankProblem(type, title, raw.status);
    }
    return new BankProblem(type, title, raw.status);
  }

  private static String shortened(String text) {
    String printable = text.replaceAll("\\p{Cntrl}", " ");
    return printable.length() > MAX_TITLE ? printable.substring(0, MAX_TITLE) : printable;
  }
}
