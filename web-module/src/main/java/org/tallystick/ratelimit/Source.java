package org.tallystick.ratelimit;

/** What counts as one source: an IPv4 address, or the /64 network of an IPv6 address. */
final class Source {
  private static final int NETWORK_GROUPS = 4;

  private Source() {}

  static String of(String remoteAddress) {
    if (remoteAddress.indexOf(':') < 0 || remoteAddress.indexOf('.') >= 0) {
      return remoteAddress;
    }
    int zone = remoteAddress.indexOf('%');
    String address = zone < 0 ? remoteAddress : remoteAddress.substring(0, zone);
    int gap = address.indexOf("::");
    String head = gap < 0 ? address : address.substring(0, gap);
    StringBuilder network = new StringBuilder();
    int groups = 0;
    int start = 0;
    while (groups < NETWORK_GROUPS && start < head.length()) {
      int end = head.indexOf(':', start);
      int stop = end < 0 ? head.length() : end;
      network.append(head, start, stop).append(':');
      start = stop + 1;
      groups++;
    }
    return network.append(":/64").toString();
  }
}
