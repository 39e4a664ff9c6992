package org.tallystick.launcher.portability;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Bytes that no client library would send. The server may hang up on them without a word; what it
 * says tells nothing.
 *
 * @param name for people
 * @param pieces what is sent one after the other, a byte for each character, with a pause between
 * @param pauseMillis how long it is
 * @param statuses one of which an answer must have
 */
record RawRequest(String name, List<String> pieces, int pauseMillis, Set<Integer> statuses)
    implements BadInput {
  /** Among the statuses: 200 is good too where the answer has no body at all. */
  static final int EMPTY = -1;

  /** Among the statuses: the answer, or the end of the connection, may take its time. */
  static final int LATE = -2;

  private static final int PATIENCE_MILLIS = 10_000;

  /** Longer than any server here waits for the next byte. */
  private static final int LATE_MILLIS = 70_000;

  private static final int MOST_BYTES = 1 << 16;

  /** A request that is sent at once. */
  static RawRequest of(String name, String request, Integer... statuses) {
    return new RawRequest(name, List.of(request), 0, Set.of(statuses));
  }

  @Override
  public List<String> faults(HttpClient client, URI base) throws IOException, InterruptedException {
    int patience = statuses.contains(LATE) ? LATE_MILLIS : PATIENCE_MILLIS;
    try (Socket socket = new Socket(InetAddress.getByName(base.getHost()), base.getPort())) {
      socket.setSoTimeout(patience);
      String answer;
      try {
        send(socket.getOutputStream());
        answer = answer(socket.getInputStream());
      } catch (SocketTimeoutException e) {
        return List.of("no answer in " + patience + " ms");
      } catch (SocketException e) {
        return List.of(); // the server has hung up
      }
      return answer.isEmpty() ? List.of() : faults(answer);
    }
  }

  /** What comes; a server that has answered may wait for the rest of a message that has none. */
  private static String answer(InputStream in) throws IOException {
    ByteArrayOutputStream heard = new ByteArrayOutputStream();
    byte[] room = new byte[1 << 12];
    try {
      int count = in.read(room);
      while (count >= 0 && heard.size() < MOST_BYTES) {
        heard.write(room, 0, count);
        count = in.read(room);
      }
    } catch (SocketTimeoutException e) {
      if (heard.size() == 0) {
        throw e;
      }
    }
    return heard.toString(ISO_8859_1);
  }

  private void send(OutputStream out) throws IOException, InterruptedException {
    for (String piece : pieces) {
      out.write(piece.getBytes(ISO_8859_1));
      out.flush();
      Thread.sleep(pauseMillis);
    }
  }

  private List<String> faults(String answer) {
    List<String> faults = new ArrayList<>();
    String status = answer.lines().findFirst().orElse("");
    boolean known =
        statuses.stream().anyMatch(one -> status.startsWith("HTTP/1.1 " + one))
            || (statuses.contains(EMPTY)
                && status.startsWith("HTTP/1.1 200")
                && answer.endsWith("\r\n\r\n"));
    if (!known) {
      faults.add("answer " + status + " instead of " + statuses);
    }
    int end = answer.indexOf("\r\n\r\n");
    faults.addAll(
        end < 0
            ? List.of("an answer without end of headers")
            : Refusal.told(answer.substring(0, end), answer.substring(end)));
    return List.copyOf(faults);
  }

  @Override
  public String toString() {
    return name;
  }
}
