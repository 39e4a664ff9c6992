package org.tallystick.device.transport;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Ways to one bank: addresses of nodes that all do the same, so that any of them may take any
 * request. Nothing of a device's lives at one of them.
 *
 * @param baseUrls such as {@code https://bank.example}; at least one
 * @param inTurn whether each request begins at the address after the last one's, so that load
 *     spreads; else each begins at the first, and the others are for its failures
 * @param push whether answers are waited for on a web socket before they are asked for
 * @param watch hears what went on; for measurements
 */
public record BankRoutes(List<String> baseUrls, boolean inTurn, boolean push, Watch watch) {
  /** Most addresses of one bank. */
  public static final int MAX_ADDRESSES = 16;

  /** Hears what went on; called on the thread that works. */
  public interface Watch {
    /** Nobody listens. */
    Watch NOBODY = new Watch() {};

    /** A request was answered, well or not, at this address. */
    default void reached(String baseUrl, String path) {}

    /** A web socket waits for these tokens now. */
    default void listening(List<byte[]> pickups) {}

    /** An answer was pushed. */
    default void pushed(byte[] pickup) {}

    /** An answer was asked for and was there. */
    default void fetched(byte[] pickup) {}
  }

  /** Checks that there is an address, and not too many. */
  public BankRoutes {
    baseUrls = List.copyOf(baseUrls);
    if (baseUrls.isEmpty() || baseUrls.size() > MAX_ADDRESSES) {
      throw new IllegalArgumentException("a bank has 1 to " + MAX_ADDRESSES + " addresses");
    }
  }

  /** Addresses that are asked in turn, with pushes, unwatched. */
  public static BankRoutes of(List<String> baseUrls) {
    return new BankRoutes(baseUrls, true, true, Watch.NOBODY);
  }

  /** Addresses in one text, divided by commas. */
  public static BankRoutes parse(String text) {
    return of(List.of(text.split(",", -1)));
  }

  /** The same, always beginning at the address with this index. */
  public BankRoutes preferring(int index) {
    List<String> turned = new ArrayList<>(baseUrls);
    Collections.rotate(turned, -index);
    return new BankRoutes(turned, false, push, watch);
  }

  /** The same without web sockets. */
  public BankRoutes withoutPush() {
    return new BankRoutes(baseUrls, inTurn, false, watch);
  }

  /** The same, watched. */
  public BankRoutes watchedBy(Watch other) {
    return new BankRoutes(baseUrls, inTurn, push, other);
  }
}
