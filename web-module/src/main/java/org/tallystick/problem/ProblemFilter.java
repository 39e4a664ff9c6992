package org.tallystick.problem;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Beside the resources too a refusal is a problem document: in place of the server's own error
 * page, which would name server and version.
 */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class ProblemFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    // a web socket is the server's business from here on, response and all
    boolean socket = "websocket".equalsIgnoreCase(request.getHeader("Upgrade"));
    chain.doFilter(request, socket ? response : new ProblemResponse(response));
  }

  /** Answers a problem where it is told to send an error. */
  private static final class ProblemResponse extends HttpServletResponseWrapper {
    private ProblemResponse(HttpServletResponse response) {
      super(response);
    }

    @Override
    public void sendError(int status) throws IOException {
      if (isCommitted()) {
        throw new IllegalStateException("the answer is on its way already");
      }
      resetBuffer();
      Problem problem = Problem.ofStatus(status);
      byte[] body = problem.json().getBytes(StandardCharsets.UTF_8);
      setStatus(problem.status());
      setContentType(Problem.MEDIA_TYPE);
      setContentLength(body.length);
      setHeader("X-Content-Type-Options", "nosniff");
      setHeader("Cache-Control", "no-store");
      getOutputStream().write(body);
      flushBuffer();
    }

    @Override
    public void sendError(int status, String message) throws IOException {
      sendError(status);
    }
  }
}
