package org.tallystick.webhook;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;

/**
 * Whether an address belongs to the public internet. Whatever does not is somebody's own network,
 * and what stands there trusts whoever reaches it: so nothing is sent there, whatever a name says.
 *
 * <p>Source: RFC 6890 and the IANA registries of special-purpose addresses. Of IPv6 only 2000::/3
 * is assigned to the public; addresses that carry one of IPv4 in them are refused, for they may
 * lead to any.
 */
final class PublicAddresses {
  /** Network, prefix length. */
  private record Block(byte[] network, int prefix) {
    static Block of(int prefix, int... network) {
      byte[] bytes = new byte[network.length];
      for (int i = 0; i < network.length; i++) {
        bytes[i] = (byte) network[i];
      }
      return new Block(bytes, prefix);
    }

    boolean has(byte[] address) {
      for (int bit = 0; bit < prefix; bit++) {
        int mask = 0x80 >> (bit % Byte.SIZE);
        int of = bit / Byte.SIZE;
        if ((address[of] & mask) != (network[of] & mask)) {
          return false;
        }
      }
      return true;
    }
  }

  private static final List<Block> NOT_PUBLIC_4 =
      List.of(
          Block.of(8, 0, 0, 0, 0), // this network
          Block.of(8, 10, 0, 0, 0), // private
          Block.of(10, 100, 64, 0, 0), // behind a provider's translator
          Block.of(8, 127, 0, 0, 0), // this machine
          Block.of(16, 169, 254, 0, 0), // link-local, where clouds keep their credentials
          Block.of(12, 172, 16, 0, 0), // private
          Block.of(24, 192, 0, 0, 0), // protocol assignments
          Block.of(24, 192, 0, 2, 0), // documentation
          Block.of(24, 192, 88, 99, 0), // 6to4 relays
          Block.of(16, 192, 168, 0, 0), // private
          Block.of(15, 198, 18, 0, 0), // measurements
          Block.of(24, 198, 51, 100, 0), // documentation
          Block.of(24, 203, 0, 113, 0), // documentation
          Block.of(3, 224, 0, 0, 0)); // multicast, reserved, broadcast

  private static final Block PUBLIC_6 = Block.of(3, 0x20, 0);
  private static final List<Block> NOT_PUBLIC_6 =
      List.of(
          Block.of(23, 0x20, 0x01, 0, 0), // protocol assignments, Teredo
          Block.of(32, 0x20, 0x01, 0x0d, 0xb8), // documentation
          Block.of(16, 0x20, 0x02), // 6to4
          Block.of(20, 0x3f, 0xff, 0)); // documentation

  private PublicAddresses() {}

  /** Whether it does. */
  static boolean has(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (address instanceof Inet4Address) {
      return NOT_PUBLIC_4.stream().noneMatch(block -> block.has(bytes));
    }
    return address instanceof Inet6Address
        && PUBLIC_6.has(bytes)
        && NOT_PUBLIC_6.stream().noneMatch(block -> block.has(bytes));
  }
}
