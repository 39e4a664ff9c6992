package org.tallystick.webhook;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * One POST to a receiver whom nobody here trusts. The name is resolved once; where any of its
 * addresses is not permitted nothing is sent, and else the connection is made to the very address
 * that was looked at, so that a name that changes its mind gains nothing. By TLS the receiver
 * proves the name. All of it is over in a bounded time, for a watchdog closes the socket; of the
 * answer at most 1 KiB is read and only the status line is looked at. Redirections are not
 * followed.
 *
 * <p>Written by hand over a socket because the platform's clients resolve names themselves.
 *
 * <p>Source: RFC 9112; RFC 9110, 4.3.4 for the certificate.
 */
final class Exchange {
  private static final int MAX_ANSWER = 1024;
  private static final int MAX_ADDRESSES = 3;
  private static final int LINGER_MILLIS = 500;
  private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})( .*)?");
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  private final SSLSocketFactory tls;
  private final Predicate<InetAddress> permitted;
  private final Resolver resolver;
  private final Bounds bounds;
  private final ScheduledExecutorService watchdog;

  /** Where names lead. */
  interface Resolver {
    /**
     * All addresses of a name.
     *
     * @throws UnknownHostException if it has none
     * @throws TimeoutException if that is not known in time
     */
    InetAddress[] addresses(String host) throws UnknownHostException, TimeoutException;
  }

  /**
   * How long it may take.
   *
   * @param connect to make a connection to one address
   * @param whole everything after the name is resolved
   */
  record Bounds(Duration connect, Duration whole) {
    static final Bounds USUAL = new Bounds(Duration.ofSeconds(3), Duration.ofSeconds(10));
  }

  Exchange(
      SSLSocketFactory tls,
      Predicate<InetAddress> permitted,
      Resolver resolver,
      Bounds bounds,
      ScheduledExecutorService watchdog) {
    this.tls = tls;
    this.permitted = permitted;
    this.resolver = resolver;
    this.bounds = bounds;
    this.watchdog = watchdog;
  }

  /** Posts JSON and says what came of it. */
  ExchangeResult post(WebhookAddress to, Map<String, String> headers, byte[] body) {
    List<InetAddress> addresses;
    try {
      addresses = List.of(resolver.addresses(to.host()));
    } catch (UnknownHostException e) {
      return ExchangeResult.NO_SUCH_HOST;
    } catch (TimeoutException e) {
      return ExchangeResult.TIMEOUT;
    }
    if (addresses.isEmpty() || !addresses.stream().allMatch(permitted)) {
      return ExchangeResult.NOT_PERMITTED;
    }
    long deadline = System.nanoTime() + bounds.whole().toNanos();
    ExchangeResult last = ExchangeResult.NO_CONNECTION;
    for (InetAddress address : addresses.subList(0, Math.min(MAX_ADDRESSES, addresses.size()))) {
      Attempt attempt = new Attempt(to, address, deadline);
      last = attempt.run(message(to, headers, body));
      if (attempt.connected || left(deadline) <= 0) {
        return last;
      }
    }
    return last;
  }

  private static byte[] message(WebhookAddress to, Map<String, String> headers, byte[] body) {
    StringBuilder head = new StringBuilder();
    head.append("POST ").append(to.target()).append(" HTTP/1.1\r\n");
    head.append("Host: ").append(to.authority()).append("\r\n");
    headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    head.append("Content-Length: ").append(body.length).append("\r\n");
    head.append("Connection: close\r\n\r\n");
    byte[] start = head.toString().getBytes(StandardCharsets.US_ASCII);
    byte[] message = new byte[start.length + body.length];
    System.arraycopy(start, 0, message, 0, start.length);
    System.arraycopy(body, 0, message, start.length, body.length);
    return message;
  }

  private static long left(long deadline) {
    return TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
  }

  /** With one of the addresses. */
  private final class Attempt {
    private final WebhookAddress to;
    private final InetAddress address;
    private final long deadline;
    private boolean connected;

    Attempt(WebhookAddress to, InetAddress address, long deadline) {
      this.to = to;
      this.address = address;
      this.deadline = deadline;
    }

    ExchangeResult run(byte[] message) {
      try (Socket plain = new Socket()) {
        ScheduledFuture<?> guard =
            watchdog.schedule(
                () -> closeQuietly(plain), Math.max(1, left(deadline)), TimeUnit.MILLISECONDS);
        try {
          return exchange(plain, message);
        } finally {
          guard.cancel(false);
        }
      } catch (SSLException e) {
        return late() ? ExchangeResult.TIMEOUT : ExchangeResult.TLS_REFUSED;
      } catch (IOException e) {
        return late() ? ExchangeResult.TIMEOUT : ExchangeResult.NO_CONNECTION;
      }
    }

    private boolean late() {
      return left(deadline) <= 0;
    }

    private ExchangeResult exchange(Socket plain, byte[] message) throws IOException {
      long patience = Math.min(bounds.connect().toMillis(), left(deadline));
      plain.connect(
          new InetSocketAddress(address, to.port()), Math.toIntExact(Math.max(1, patience)));
      connected = true;
      Socket socket = to.tls() ? secured(plain) : plain;
      OutputStream out = socket.getOutputStream();
      out.write(message);
      out.flush();
      return answer(socket);
    }

    private Socket secured(Socket plain) throws IOException {
      SSLSocket socket = (SSLSocket) tls.createSocket(plain, to.host(), to.port(), true);
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      parameters.setProtocols(PROTOCOLS);
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      return socket;
    }

    private ExchangeResult answer(Socket socket) throws IOException {
      byte[] answer = new byte[MAX_ANSWER];
      int length = 0;
      InputStream in = socket.getInputStream();
      while (length < MAX_ANSWER) {
        int read = in.read(answer, length, MAX_ANSWER - length);
        if (read < 0) {
          return length == 0 ? ExchangeResult.NO_CONNECTION : ExchangeResult.NO_HTTP;
        }
        length += read;
        String text = new String(answer, 0, length, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n");
        if (end >= 0) {
          Matcher status = STATUS_LINE.matcher(text.substring(0, end));
          drain(socket, in, MAX_ANSWER - length);
          return status.matches()
              ? ExchangeResult.answered(Integer.parseInt(status.group(1)))
              : ExchangeResult.NO_HTTP;
        }
      }
      return ExchangeResult.NO_HTTP;
    }
  }

  /** Lets the receiver say the rest, up to the limit; what and whether does not matter any more. */
  private static void drain(Socket socket, InputStream in, int most) {
    byte[] rest = new byte[MAX_ANSWER];
    int left = most;
    try {
      socket.setSoTimeout(LINGER_MILLIS);
      while (left > 0) {
        int read = in.read(rest, 0, left);
        if (read < 0) {
          return;
        }
        left -= read;
      }
    } catch (IOException e) {
      closeQuietly(socket);
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // it is given up anyway
      Thread.onSpinWait();
    }
  }
}
