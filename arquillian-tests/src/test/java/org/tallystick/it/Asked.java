package org.tallystick.it;

import java.io.IOException;
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

  HttpResponse<String> send(byte[] body) throws IOException, InterruptedException {
    request.setHeader("Content-Type", media);
    return ServerIT.send(request.method(method, BodyPublishers.ofByteArray(body)));
  }
}
