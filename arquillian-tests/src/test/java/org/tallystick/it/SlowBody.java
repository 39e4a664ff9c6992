package org.tallystick.it;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/**
 * A request whose body is announced and does not come, or comes slowly.
 *
 * @param name for people
 * @param request its head
 * @param announced what it says of the length, an empty line, and what comes at once
 * @param manner what follows
 */
record SlowBody(String name, RawRequest request, String announced, Manner manner)
    implements Callable<SlowBody.Outcome> {
  /** What comes after the head. */
  enum Manner {
    SILENCE,
    A_BYTE_A_SECOND,
    RESET
  }

  /**
   * What the server made of it.
   *
   * @param name of the body
   * @param status of the answer; 0 where the connection ended without one
   * @param after how long
   */
  record Outcome(String name, int status, Duration after) {}

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int SECOND = 1_000;
  private static final int NOTHING_MORE = -1;
  private static final int NOTHING_YET = -2;

  static SlowBody of(String name, RawRequest request, long length, Manner manner) {
    return new SlowBody(name, request, "Content-Length: " + length + "\r\n\r\n", manner);
  }

  /** One whose first chunk is a blank, and is all that comes. */
  static SlowBody chunked(String name, RawRequest request) {
    String announced = "Transfer-Encoding: chunked\r\n\r\n1\r\n \r\n";
    return new SlowBody(name, request, announced, Manner.SILENCE);
  }

  private byte[] head(URI base) {
    StringBuilder head = new StringBuilder();
    head.append(request.method()).append(' ').append(request.path()).append(" HTTP/1.1\r\n");
    Map<String, String> headers = new TreeMap<>(request.headers());
    headers.put("Host", base.getAuthority());
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    return head.append(announced).toString().getBytes(US_ASCII);
  }

  @Override
  public Outcome call() throws IOException {
    URI base = ServerIT.baseUri();
    long start = System.nanoTime();
    StringBuilder line = new StringBuilder();
    try (Socket socket = new Socket(base.getHost(), base.getPort())) {
      socket.getOutputStream().write(head(base));
      if (manner == Manner.RESET) {
        socket.setSoLinger(true, 0);
        return new Outcome(name, 0, since(start));
      }
      socket.setSoTimeout(SECOND);
      int next = next(socket.getInputStream());
      while (next != NOTHING_MORE && next != '\n' && since(start).compareTo(PATIENCE) < 0) {
        if (next >= 0) {
          line.append((char) next);
        } else if (manner == Manner.A_BYTE_A_SECOND) {
          socket.getOutputStream().write(' ');
        }
        next = next(socket.getInputStream());
      }
    } catch (SocketException hungUp) {
      // the server has closed the connection while more was being written
      return new Outcome(name, 0, since(start));
    }
    String[] words = line.toString().split(" ", 3);
    return new Outcome(name, words.length < 3 ? 0 : Integer.parseInt(words[1]), since(start));
  }

  private static int next(InputStream in) throws IOException {
    try {
      return in.read();
    } catch (SocketTimeoutException e) {
      return NOTHING_YET;
    }
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
