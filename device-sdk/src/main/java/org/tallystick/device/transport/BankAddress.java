package org.tallystick.device.transport;

import java.net.URI;
import java.util.Locale;
import org.tallystick.device.state.BankPin;

/**
 * Where a bank's interface is: TLS, or plain HTTP to this very machine.
 *
 * @param base without a slash at the end
 */
record BankAddress(URI base) {
  static BankAddress of(String text) {
    if (text.length() > BankPin.MAX_URL) {
      throw new IllegalArgumentException("a bank's address has at most 512 characters");
    }
    URI uri = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    String host = uri.getHost();
    if (host == null
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null
        || uri.getRawUserInfo() != null) {
      throw new IllegalArgumentException("a bank's address is scheme, host, port and path");
    }
    if (!scheme.equals("https") && !(scheme.equals("http") && isLoopback(host))) {
      throw new IllegalArgumentException("a bank is reached by https, or by http on this machine");
    }
    return new BankAddress(uri);
  }

  /** Literals only: a name that resolves to this machine today may not tomorrow. */
  private static boolean isLoopback(String host) {
    return host.equals("localhost")
        || host.equals("[::1]")
        || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
  }

  URI path(String path) {
    return URI.create(base + path);
  }

  /** The same place for a web socket. */
  URI socket(String path) {
    String text = base + path;
    return URI.create("ws" + text.substring("http".length()));
  }
}
