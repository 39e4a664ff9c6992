package org.tallystick.webhook;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/** Takes connections on this machine one after the other, and does with each what a test says. */
final class Receiver implements AutoCloseable {
  private final ServerSocket server;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final AtomicBoolean open = new AtomicBoolean(true);

  /** What is done with a connection once the request is read. */
  interface Conduct {
    void answer(OutputStream out) throws IOException, InterruptedException;
  }

  Receiver(ServerSocket server, Conduct conduct) {
    this.server = server;
    Thread thread = new Thread(() -> serve(conduct));
    thread.setDaemon(true);
    thread.start();
  }

  static Receiver plain(Conduct conduct) throws IOException {
    return new Receiver(new ServerSocket(0, 10, InetAddress.getLoopbackAddress()), conduct);
  }

  static Conduct saying(String text) {
    return out -> out.write(text.getBytes(StandardCharsets.US_ASCII));
  }

  int port() {
    return server.getLocalPort();
  }

  WebhookAddress address() {
    return new WebhookAddress(false, "127.0.0.1", port(), "/in?x=1");
  }

  /** What has come, heads and bodies. */
  List<String> requests() {
    return requests;
  }

  private void serve(Conduct conduct) {
    while (open.get()) {
      try (Socket socket = server.accept()) {
        requests.add(request(socket.getInputStream()));
        conduct.answer(socket.getOutputStream());
        socket.getOutputStream().flush();
      } catch (IOException e) {
        requests.add("broken: " + e.getMessage());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private static String request(InputStream in) throws IOException {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    while (true) {
      int next = in.read();
      if (next < 0) {
        return read.toString(StandardCharsets.UTF_8);
      }
      read.write(next);
      String text = read.toString(StandardCharsets.UTF_8);
      int end = text.indexOf("\r\n\r\n");
      if (end >= 0 && read.size() >= end + 4 + length(text)) {
        return text;
      }
    }
  }

  private static int length(String head) {
    return head.lines()
        .map(line -> line.toLowerCase(Locale.ROOT))
        .filter(line -> line.startsWith("content-length: "))
        .mapToInt(line -> Integer.parseInt(line.substring("content-length: ".length())))
        .findFirst()
        .orElse(0);
  }

  @Override
  public void close() throws IOException {
    open.set(false);
    server.close();
  }
}
