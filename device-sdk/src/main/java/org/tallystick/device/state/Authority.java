package org.tallystick.device.state;

import java.util.Arrays;
import org.tallystick.code.Limits;
import org.tallystick.code.Role;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MapReader;

/**
 * What a purchase with a hold or with charges has left behind: the payee's device knows by it what
 * its later codes belong to, the payer's what it may end.
 *
 * <p>Source: docs/PROTOCOL.md section 8, holds and charges.
 *
 * @param role of this device in the purchase
 * @param number transaction number, text
 * @param billHash 32 bytes
 * @param currency of the purchase
 * @param codeHash of this device's code in the purchase, 32 bytes
 * @param limits with a hold or with charges
 */
public record Authority(
    Role role, String number, byte[] billHash, String currency, byte[] codeHash, Limits limits) {

  /** Whether it leaves anything behind. */
  public static boolean isLeftBy(Limits limits) {
    return limits.hold() != null || limits.charges() != null;
  }

  /** Whether it is the one of this purchase. */
  boolean is(Role itsRole, String itsNumber, byte[] itsBillHash) {
    return role == itsRole && number.equals(itsNumber) && Arrays.equals(billHash, itsBillHash);
  }

  /** Whether the bank may still take a step under it. */
  public boolean isOpen(long nowMillis) {
    Limits.Hold hold = limits.hold();
    Limits.Charges charges = limits.charges();
    long until = hold != null ? hold.untilMillis() : charges != null ? charges.untilMillis() : 0;
    return nowMillis <= until;
  }

  Cbor toCbor() {
    return Cbor.map()
        .put(1, Cbor.of(role.value()))
        .put(2, Cbor.of(number))
        .put(3, Cbor.of(billHash))
        .put(4, Cbor.of(currency))
        .put(5, Cbor.of(codeHash))
        .put(6, limits.toCbor())
        .build();
  }

  static Authority of(Cbor item) {
    MapReader map = MapReader.of(item);
    Authority authority =
        new Authority(
            Role.of(map.integer(1)),
            map.text(2, 16),
            map.bytes(3, 32),
            map.text(4, 3),
            map.bytes(5, 32),
            Limits.of(map.value(6)));
    map.end();
    return authority;
  }
}
