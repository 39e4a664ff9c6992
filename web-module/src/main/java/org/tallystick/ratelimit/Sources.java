package org.tallystick.ratelimit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.Collections;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.node.Environment;
import org.tallystick.tls.TrustedProxies;

/**
 * From where a request comes: the address of the connection, or where a trusted proxy has made it,
 * the address that the proxy was reached from. Without that all clients of a proxy would be one
 * source, and one of them could use up what all of them may ask for.
 *
 * <p>{@code TALLYSTICK_CLIENT_ADDRESS_HEADER} names the header, such as {@code X-Forwarded-For}:
 * addresses with commas between, to which each proxy adds at the end whom it was reached from. Only
 * what trusted proxies have added is believed, so the list is read from its end, and the first
 * address that is no trusted proxy's is the client's. What comes before anybody may have written.
 */
@ApplicationScoped
public class Sources {
  private static final int MAX_HEADER = 1_024;

  private @Nullable String header;
  private @Nullable TrustedProxies proxies;

  /** For the container's proxies only. */
  protected Sources() {}

  /**
   * Takes header and proxies from the environment.
   *
   * @throws IllegalStateException if a proxy is named by something else than an address
   */
  @Inject
  public Sources(Environment environment) {
    header = environment.text("TALLYSTICK_CLIENT_ADDRESS_HEADER").map(String::strip).orElse(null);
    proxies = new TrustedProxies(environment);
  }

  /** What is counted as one: an address, or the /64 network of one of IPv6. */
  public String of(HttpServletRequest request) {
    String remote = request.getRemoteAddr();
    if (header == null || proxies == null) {
      return Source.of(remote);
    }
    TrustedProxies trusted = proxies;
    String listed = listed(request, header);
    return TrustedProxies.address(remote)
        .map(connected -> client(connected, trusted, listed).getHostAddress())
        .map(Source::of)
        .orElseGet(() -> Source.of(remote));
  }

  private static String listed(HttpServletRequest request, String header) {
    String lines = String.join(",", Collections.list(request.getHeaders(header)));
    return lines.substring(Math.max(0, lines.length() - MAX_HEADER));
  }

  /** As far back as trusted proxies have said it; who has connected, if that is none. */
  private static InetAddress client(InetAddress from, TrustedProxies proxies, String listed) {
    InetAddress last = from;
    String[] added = listed.split(",", -1);
    for (int i = added.length - 1; i >= 0 && proxies.has(last); i--) {
      Optional<InetAddress> before = TrustedProxies.address(added[i].strip());
      if (before.isEmpty()) {
        return last; // who has written that is no proxy that can be understood
      }
      last = before.get();
    }
    return last;
  }
}
