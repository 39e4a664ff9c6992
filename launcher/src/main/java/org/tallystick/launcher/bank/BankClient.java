package org.tallystick.launcher.bank;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Speaks HTTP and JSON with one bank; every call ends within 40 seconds. */
public final class BankClient {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final URI base;

  /**
   * @param base such as http://127.0.0.1:8080
   */
  public BankClient(URI base) {
    this.base = base;
  }

  /** Where the bank is. */
  public URI base() {
    return base;
  }

  /** GET; authorization such as "Bearer …", or null. */
  public Reply get(String path, @Nullable String authorization) {
    return send(request(path, authorization).GET().build());
  }

  /** POST of a JSON object. */
  public Reply post(String path, @Nullable String authorization, Map<String, ?> body) {
    return postText(path, authorization, text(body));
  }

  /** PUT of a JSON object. */
  public Reply put(String path, @Nullable String authorization, Map<String, ?> body) {
    return send(
        request(path, authorization)
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString(text(body)))
            .build());
  }

  /** POST of bytes of a media type. */
  public Reply postBytes(
      String path, @Nullable String authorization, String mediaType, byte[] body) {
    return send(
        request(path, authorization)
            .header("Content-Type", mediaType)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build());
  }

  /** PUT of bytes of a media type. */
  public Reply putBytes(
      String path, @Nullable String authorization, String mediaType, byte[] body) {
    return send(
        request(path, authorization)
            .header("Content-Type", mediaType)
            .PUT(HttpRequest.BodyPublishers.ofByteArray(body))
            .build());
  }

  private static String text(Map<String, ?> body) {
    try {
      return JSON.writeValueAsString(body);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** POST of a body as it is, well formed or not. */
  public Reply postText(String path, @Nullable String authorization, String body) {
    return send(
        request(path, authorization)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  /** As {@link #get}, but anything other than 2xx is an error. */
  public Reply mustGet(String path, @Nullable String authorization) {
    return must(path, get(path, authorization));
  }

  /** As {@link #post}, but anything other than 2xx is an error. */
  public Reply mustPost(String path, @Nullable String authorization, Map<String, ?> body) {
    return must(path, post(path, authorization, body));
  }

  /** As {@link #mustPost}, under an idempotency key: sent twice, it is done once. */
  public Reply mustPostOnce(
      String path, @Nullable String authorization, String key, Map<String, ?> body) {
    try {
      return must(
          path,
          send(
              request(path, authorization)
                  .header("Content-Type", "application/json")
                  .header("Idempotency-Key", key)
                  .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                  .build()));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** As {@link #postBytes}, but anything other than 2xx is an error. */
  public Reply mustPostBytes(
      String path, @Nullable String authorization, String mediaType, byte[] body) {
    return must(path, postBytes(path, authorization, mediaType, body));
  }

  /** As {@link #putBytes}, but anything other than 2xx is an error. */
  public Reply mustPutBytes(
      String path, @Nullable String authorization, String mediaType, byte[] body) {
    return must(path, putBytes(path, authorization, mediaType, body));
  }

  /** As {@link #put}, but anything other than 2xx is an error. */
  public Reply mustPut(String path, @Nullable String authorization, Map<String, ?> body) {
    return must(path, put(path, authorization, body));
  }

  private static Reply must(String path, Reply reply) {
    if (!reply.good()) {
      throw new IllegalStateException(
          "the bank refused " + path + ": HTTP " + reply.status() + " " + reply.text());
    }
    return reply;
  }

  private HttpRequest.Builder request(String path, @Nullable String authorization) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(base.resolve("/api/v1" + path)).timeout(Duration.ofSeconds(40));
    if (authorization != null) {
      builder.header("Authorization", authorization);
    }
    return builder;
  }

  private Reply send(HttpRequest request) {
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      String type = response.headers().firstValue("Content-Type").orElse("");
      boolean json = type.contains("json") && !response.body().isBlank();
      return new Reply(
          response.statusCode(),
          type,
          json ? JSON.readTree(response.body()) : MissingNode.getInstance(),
          response.body());
    } catch (IOException unreachable) {
      throw new UncheckedIOException(unreachable);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", interrupted);
    }
  }
}
