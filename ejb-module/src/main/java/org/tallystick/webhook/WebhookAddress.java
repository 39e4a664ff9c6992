package org.tallystick.webhook;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where deliveries go: https to a host name, on port 443 or 8443. Names alone, for a number may be
 * written in ways of which no list has all; no user, no fragment. Where the operator lets webhooks
 * reach this machine (a test), also {@code http://127.0.0.1} and {@code localhost} on any port from
 * 1024.
 *
 * @param tls whether TLS is spoken
 * @param host as it is asked for and, by TLS, proven
 * @param port where
 * @param target path and query as they stand in the request
 */
record WebhookAddress(boolean tls, String host, int port, String target) {
  static final int MAX_LENGTH = 500;
  private static final int HTTPS = 443;
  private static final Set<Integer> PORTS = Set.of(HTTPS, 8443);
  private static final int FIRST_UNPRIVILEGED = 1024;
  private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "localhost");
  private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
  private static final Pattern NAME =
      Pattern.compile("(?=.{4,253}$)(" + LABEL + "\\.)+[a-z]" + "([a-z0-9-]{0,61}[a-z0-9])");
  private static final Pattern PRINTING = Pattern.compile("[!-~]{1,500}");

  /** From a text; empty where deliveries never go there. */
  static Optional<WebhookAddress> of(String text, boolean loopback) {
    if (!PRINTING.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      URI uri = new URI(text);
      @Nullable String host = uri.getHost();
      if (host == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
        return Optional.empty();
      }
      boolean tls = "https".equals(uri.getScheme());
      boolean here = loopback && "http".equals(uri.getScheme()) && THIS_MACHINE.contains(host);
      int port = uri.getPort() == -1 ? HTTPS : uri.getPort();
      boolean good =
          here
              ? uri.getPort() >= FIRST_UNPRIVILEGED && uri.getPort() <= 65_535
              : tls && isName(host, loopback) && (PORTS.contains(port) || loopback);
      return good
          ? Optional.of(new WebhookAddress(tls, host, port, target(uri)))
          : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static boolean isName(String host, boolean loopback) {
    return NAME.matcher(host).matches() || (loopback && THIS_MACHINE.contains(host));
  }

  private static String target(URI uri) {
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
  }

  /** The header Host, RFC 9110, 7.2. */
  String authority() {
    return tls && port == HTTPS ? host : host + ":" + port;
  }
}
