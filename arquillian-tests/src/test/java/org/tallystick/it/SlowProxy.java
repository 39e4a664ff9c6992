package org.tallystick.it;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A reverse proxy that is slower where a request's address has a certain word in it: a leak of
 * which it is known how large it is. It serves one connection after the other.
 */
final class SlowProxy implements Closeable {
  private static final Logger LOG = System.getLogger(SlowProxy.class.getName());

  private final URI bank;
  private final String word;
  private final long nanos;
  private final ServerSocket server;

  SlowProxy(URI bank, String word, long nanos) throws IOException {
    this.bank = bank;
    this.word = word;
    this.nanos = nanos;
    this.server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve, "slow-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/");
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket client = server.accept();
          KeptConnection behind = new KeptConnection(bank)) {
        client.setTcpNoDelay(true);
        InputStream in = new BufferedInputStream(client.getInputStream());
        while (!client.isClosed()) {
          RawAnswer request = RawAnswer.read(in);
          if (request.start().contains(word)) {
            await();
          }
          client.getOutputStream().write(bytes(behind.send(forwarded(request))));
        }
      } catch (EOFException | SocketException e) {
        LOG.log(Level.DEBUG, "the other side has gone", e);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Sleeping would take longer than asked for. */
  private void await() {
    long end = System.nanoTime() + nanos;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  private static RawRequest forwarded(RawAnswer request) {
    String[] start = request.start().split(" ", 3);
    Map<String, String> headers = new TreeMap<>(request.headers());
    headers.remove("host");
    headers.remove("content-length");
    return new RawRequest(start[0], start[1], headers, request.body());
  }

  private static byte[] bytes(RawAnswer answer) {
    StringBuilder head = new StringBuilder(answer.start()).append("\r\n");
    Map<String, String> headers = new TreeMap<>(answer.headers());
    headers.keySet().removeAll(Set.of("transfer-encoding", "connection"));
    headers.put("content-length", Integer.toString(answer.body().length));
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    all.writeBytes(answer.body());
    return all.toByteArray();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
