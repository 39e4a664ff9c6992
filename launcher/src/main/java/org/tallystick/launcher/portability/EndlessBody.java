package org.tallystick.launcher.portability;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;

/** Announces a thousand million bytes and sends only one more than the limit. */
final class EndlessBody implements BadInput {
  private static final int PATIENCE_MILLIS = 30_000;

  @Override
  public String name() {
    return "a body far over the limit is refused before it has all come";
  }

  @Override
  public List<String> faults(HttpClient client, URI base) throws IOException {
    try (Socket socket = new Socket(InetAddress.getByName(base.getHost()), base.getPort())) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      String head =
          String.join(
              "\r\n",
              "POST /api/v1/codes HTTP/1.1",
              "Host: bank",
              "Content-Type: application/json",
              "Content-Length: 1000000000",
              "",
              "");
      String body = " ".repeat(BadInput.MAX_CODE_BODY + 1);
      socket.getOutputStream().write((head + body).getBytes(US_ASCII));
      socket.getOutputStream().flush();
      String status =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII)).readLine();
      return status != null && status.startsWith("HTTP/1.1 413 ")
          ? List.of()
          : List.of("answer " + status);
    }
  }

  @Override
  public String toString() {
    return name();
  }
}
