package org.tallystick.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Reads on, and forgets, where a large body was answered before it had come: many clients write all
 * before they read, and would wait for each other with a server that has stopped reading. There is
 * a bound to that too.
 */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class UnreadBody extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = System.getLogger(UnreadBody.class.getName());

  /** What lies in buffers on the way anyhow. */
  private static final int SMALL_BYTES = 64 * 1024;

  private static final int MOST_BYTES = 16 * 1024 * 1024;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    chain.doFilter(request, response);
    long length = request.getContentLengthLong();
    // over HTTP/2 nothing says that a body of unsaid length comes
    boolean large = length > SMALL_BYTES || (length < 0 && !request.getMethod().equals("GET"));
    if (!request.isAsyncStarted() && large) {
      forget(request);
    }
  }

  private static void forget(HttpServletRequest request) {
    byte[] chunk = new byte[SMALL_BYTES];
    try {
      InputStream body = request.getInputStream();
      int left = MOST_BYTES;
      int count = body.read(chunk);
      while (count >= 0 && left > 0) {
        left -= count;
        count = body.read(chunk);
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "the client has gone before its body came", e);
    }
  }
}
