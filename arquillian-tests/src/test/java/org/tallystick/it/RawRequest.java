package org.tallystick.it;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request with its very bytes, so that nothing but the network and the bank is in its time.
 *
 * @param method of HTTP
 * @param path with the query
 * @param headers beside host and length
 * @param body or empty for none
 */
record RawRequest(String method, String path, Map<String, String> headers, byte[] body) {
  static RawRequest of(String method, String path, String json) {
    Map<String, String> headers = new TreeMap<>();
    headers.put("Accept", "application/json");
    if (!json.isEmpty()) {
      headers.put("Content-Type", "application/json");
    }
    return new RawRequest(
        method, "/api/v1/" + path, headers, json.getBytes(StandardCharsets.UTF_8));
  }

  RawRequest with(String header, String value) {
    Map<String, String> more = new TreeMap<>(headers);
    more.put(header, value);
    return new RawRequest(method, path, more, body);
  }

  byte[] bytes(URI to) {
    StringBuilder head = new StringBuilder(method).append(' ').append(path).append(" HTTP/1.1\r\n");
    head.append("Host: ").append(to.getAuthority()).append("\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    if (body.length > 0 || !method.equals("GET")) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    all.writeBytes(body);
    return all.toByteArray();
  }
}
