package org.tallystick.it;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * One connection over which requests follow each other, with nothing between the socket and the
 * clock. Where the server ends it after so many requests, the next one is made before the clock
 * starts.
 */
final class KeptConnection implements Closeable {
  private static final int PATIENCE_MILLIS = 30_000;

  private final URI base;
  private @Nullable Socket socket;
  private @Nullable InputStream in;
  private long nanos;

  KeptConnection(URI base) {
    this.base = base;
  }

  /** Sends it and reads all of the answer. */
  RawAnswer send(RawRequest request) throws IOException {
    byte[] bytes = request.bytes(base);
    Socket open = socket == null ? open() : socket;
    InputStream from = in == null ? open.getInputStream() : in;
    long start = System.nanoTime();
    open.getOutputStream().write(bytes);
    RawAnswer answer = RawAnswer.read(from);
    nanos = System.nanoTime() - start;
    if (answer.isLast()) {
      close();
    }
    return answer;
  }

  /** How long the last one took, from its first byte out to its last byte in. */
  long nanos() {
    return nanos;
  }

  private Socket open() throws IOException {
    Socket fresh = new Socket(base.getHost(), base.getPort());
    fresh.setTcpNoDelay(true);
    fresh.setSoTimeout(PATIENCE_MILLIS);
    socket = fresh;
    in = new BufferedInputStream(fresh.getInputStream());
    return fresh;
  }

  @Override
  public void close() throws IOException {
    if (socket != null) {
      socket.close();
    }
    socket = null;
    in = null;
  }
}
