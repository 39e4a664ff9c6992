package org.tallystick.idempotency;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** However a request ends, it leaves no transaction on its thread for the next one. */
@WebFilter(urlPatterns = "/api/*", asyncSupported = true)
public class TransactionGuard extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = System.getLogger(TransactionGuard.class.getName());

  @Inject transient CurrentTransaction transaction;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    try {
      chain.doFilter(request, response);
    } finally {
      if (!transaction.isOver()) {
        LOG.log(Level.ERROR, "a request left its transaction open; it is rolled back");
        transaction.rollback();
      }
    }
  }
}
