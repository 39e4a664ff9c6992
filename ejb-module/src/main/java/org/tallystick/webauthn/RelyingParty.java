package org.tallystick.webauthn;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * For which site security keys sign here.
 *
 * @param id the RP ID: a domain that is each origin's host or the end of it
 * @param origins from which pages may ask a key to sign, as {@code https://host[:port]}; without
 *     TLS on the own machine only
 */
public record RelyingParty(String id, Set<String> origins) {
  /** Copies the origins; refuses any that could not be used with that id. */
  public RelyingParty {
    origins = Set.copyOf(origins);
    if (!id.matches("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?") || origins.isEmpty()) {
      throw new IllegalStateException("an RP ID must be a domain in small letters, with an origin");
    }
    for (String origin : origins) {
      if (!fits(id, origin)) {
        throw new IllegalStateException(
            "an origin must be https://HOST[:PORT], or http on localhost, its host within the RP"
                + " ID");
      }
    }
  }

  /** Reads origins parted by commas. */
  public static RelyingParty of(String id, String origins) {
    return new RelyingParty(
        id, Arrays.stream(origins.split(",", -1)).map(String::strip).collect(Collectors.toSet()));
  }

  private static boolean fits(String id, String origin) {
    try {
      URI uri = new URI(origin);
      @Nullable String host = uri.getHost();
      if (host == null || !origin.equals(plain(uri, host))) {
        return false;
      }
      boolean within = host.equals(id) || host.endsWith("." + id);
      boolean safe =
          "https".equals(uri.getScheme())
              || ("http".equals(uri.getScheme())
                  && (host.equals("localhost") || host.endsWith(".localhost")));
      return within && safe;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static String plain(URI uri, String host) {
    return uri.getScheme() + "://" + host + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
  }
}
