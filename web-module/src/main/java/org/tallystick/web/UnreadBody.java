package org.tallystick.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Reads on, and forgets, where a large body was answered before it had come: many clients write all
 * before they read, and would wait for each other with a server that has stopped reading. There is
 * a bound to that too, in bytes and in time.
 *
 * <p>Over HTTP/1.1 the answer goes first: it is for those who announce more than they send. Over
 * HTTP/2 it goes last, since a stream that has been answered may get no more room to send in
 * (Grizzly), and its client would wait until the connection ends.
 *
 * <p>Source: RFC 9112, 9.6; RFC 9113, 5.2, 8.1.
 */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class UnreadBody extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = System.getLogger(UnreadBody.class.getName());

  /** What lies in buffers on the way anyhow. */
  private static final int SMALL_BYTES = 64 * 1024;

  private static final int MOST_BYTES = 16 * 1024 * 1024;

  /** Looked at between two reads; how long one may wait is the server's. */
  private static final Duration LONGEST = Duration.ofSeconds(5);

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!large(request)) {
      chain.doFilter(request, response);
      return;
    }
    OpenRequest open = new OpenRequest(request);
    if (request.getProtocol().startsWith("HTTP/2")) {
      LastResponse last = new LastResponse(open, response);
      chain.doFilter(open, last);
      if (!request.isAsyncStarted()) {
        last.begin();
      }
    } else {
      chain.doFilter(open, response);
      if (!request.isAsyncStarted() && !open.hasFailed()) {
        response.flushBuffer();
        forget(open);
      }
    }
  }

  private static boolean large(HttpServletRequest request) {
    long length = request.getContentLengthLong();
    // over HTTP/2 nothing says that a body of unsaid length comes
    return length > SMALL_BYTES || (length < 0 && !request.getMethod().equals("GET"));
  }

  private static void forget(HttpServletRequest request) {
    byte[] chunk = new byte[SMALL_BYTES];
    long end = System.nanoTime() + LONGEST.toNanos();
    try {
      InputStream body = request.getInputStream();
      int left = MOST_BYTES;
      int count = body.read(chunk);
      while (count >= 0 && left > 0 && System.nanoTime() < end) {
        left -= count;
        count = body.read(chunk);
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "the client has gone before its body came", e);
    }
  }

  /** Nobody closes its body before the end has come: a closed one is not read on. */
  private static final class OpenRequest extends HttpServletRequestWrapper {
    private @Nullable OpenBody body;

    private OpenRequest(HttpServletRequest request) {
      super(request);
    }

    /** Whether reading has failed: whoever reads on would wait as long again. */
    private boolean hasFailed() {
      return body != null && body.failed;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
      OpenBody known = body;
      if (known == null) {
        known = new OpenBody(super.getInputStream());
        body = known;
      }
      return known;
    }
  }

  private static final class OpenBody extends ServletInputStream {
    private final ServletInputStream body;
    private boolean failed;

    private OpenBody(ServletInputStream body) {
      this.body = body;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int count) throws IOException {
      try {
        return body.read(into, from, count);
      } catch (IOException e) {
        failed = true;
        throw e;
      }
    }

    @Override
    public int available() throws IOException {
      return body.available();
    }

    @Override
    public boolean isFinished() {
      return body.isFinished();
    }

    @Override
    public boolean isReady() {
      return body.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
      body.setReadListener(listener);
    }

    @Override
    public void close() {
      // the server closes it after the answer
    }
  }

  /** An answer that begins when the body has come. */
  private static final class LastResponse extends HttpServletResponseWrapper {
    private final OpenRequest request;
    private boolean begun;

    private LastResponse(OpenRequest request, HttpServletResponse response) {
      super(response);
      this.request = request;
    }

    private void begin() {
      if (!begun && !request.hasFailed()) {
        begun = true;
        forget(request);
      }
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
      begin();
      return super.getOutputStream();
    }

    @Override
    public PrintWriter getWriter() throws IOException {
      begin();
      return super.getWriter();
    }

    @Override
    public void flushBuffer() throws IOException {
      begin();
      super.flushBuffer();
    }

    @Override
    public void sendError(int status) throws IOException {
      begin();
      super.sendError(status);
    }

    @Override
    public void sendError(int status, String message) throws IOException {
      begin();
      super.sendError(status, message);
    }
  }
}
