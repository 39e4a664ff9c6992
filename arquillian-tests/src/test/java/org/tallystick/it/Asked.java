package org.tallystick.it;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** One request with what is wrong in it. */
final class Asked {
  private final HttpRequest.Builder request;
  private final String method;
  private String media = "application/json";

  private Asked(String method, String path) {
    this.method = method;
    this.request = ServerIT.request(ServerIT.api(path));
  }

  static Asked get(String path) {
    return new Asked("GET", path);
  }

  static Asked post(String path) {
    return new Asked("POST", path);
  }

  static Asked put(String path) {
    return new Asked("PUT", path);
  }

  static Asked delete(String path) {
    return new Asked("DELETE", path);
  }

  Asked as(String authorization) {
    return with("Authorization", authorization);
  }

  Asked with(String header, String value) {
    request.setHeader(header, value);
    return this;
  }

  Asked media(String type) {
    media = type;
    return this;
  }

  HttpResponse<String> send() throws IOException, InterruptedException {
    return ServerIT.send(request.method(method, BodyPublishers.noBody()));
  }

  HttpResponse<String> send(String body) throws IOException, InterruptedException {
    return send(body.getBytes(StandardCharsets.UTF_8));
  }

  /** Blanks, one a second; over a connection of its own, so that none is kept back. */
  HttpResponse<String> sendSlowly(int bytes) throws IOException, InterruptedException {
    request.setHeader("Content-Type", media).version(HttpClient.Version.HTTP_1_1);
    return ServerIT.send(
        request.method(method, BodyPublishers.ofInputStream(() -> new Trickle(bytes))));
  }

  private static final class Trickle extends InputStream {
    private static final long SECOND = 1_000;
    private int left;

    private Trickle(int bytes) {
      this.left = bytes;
    }

    @Override
    public int read() throws IOException {
      if (left-- <= 0) {
        return -1;
      }
      try {
        Thread.sleep(SECOND);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException(e);
      }
      return ' ';
    }

    @Override
    public int read(byte[] into, int from, int count) throws IOException {
      int next = read();
      if (next < 0) {
        return -1;
      }
      into[from] = (byte) next;
      return 1;
    }
  }

  HttpResponse<String> send(byte[] body) throws IOException, InterruptedException {
    request.setHeader("Content-Type", media);
    return ServerIT.send(request.method(method, BodyPublishers.ofByteArray(body)));
  }
}
