package org.tallystick.tls;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.tallystick.node.Environment;

/**
 * The proxies whose word on a connection is believed: the addresses that {@code
 * TALLYSTICK_TRUSTED_PROXIES} names, with commas between.
 */
public final class TrustedProxies {
  private final Set<InetAddress> addresses = new HashSet<>();

  /**
   * Takes them from the environment.
   *
   * @throws IllegalStateException if one is named by something else than an address
   */
  public TrustedProxies(Environment environment) {
    String list = environment.text("TALLYSTICK_TRUSTED_PROXIES").orElse("");
    for (String text : list.split(",", -1)) {
      if (!text.isBlank()) {
        addresses.add(
            address(text.strip())
                .orElseThrow(
                    () ->
                        new IllegalStateException(
                            "TALLYSTICK_TRUSTED_PROXIES: addresses with commas between")));
      }
    }
  }

  /** Whether the address is one of theirs. */
  public boolean has(InetAddress address) {
    return addresses.contains(address);
  }

  /** The address that a text says in digits; empty for names and all else, so nobody is asked. */
  public static Optional<InetAddress> address(String text) {
    boolean literal = text.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f.:]*:[0-9A-Fa-f.:]*");
    try {
      return literal ? Optional.of(InetAddress.getByName(text)) : Optional.empty();
    } catch (UnknownHostException e) {
      return Optional.empty(); // looks like an address and is none
    }
  }
}
