package org.tallystick.device.state;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tallystick.code.DeviceBinding;
import org.tallystick.crypto.Secret;

/**
 * What enrolment fixed for the device's life; PINs may change, and the agreement to a newer one.
 *
 * @param binding identifiers
 * @param role USER or PROVIDER
 * @param profile 1 attended, 2 operator session
 * @param contractVersion of the newest agreement that the party is known to have accepted
 * @param contractHash of that agreement, 32 bytes
 * @param bindingRecord COSE_Sign1 by the bank
 * @param signingKey device key, scalar of 32 bytes
 * @param pin or null where none was chosen
 * @param levels what is kept for the PINs of levels, by level
 */
public record Identity(
    DeviceBinding binding,
    String role,
    int profile,
    long contractVersion,
    byte[] contractHash,
    byte[] bindingRecord,
    Secret signingKey,
    @Nullable PinMaterial pin,
    Map<Integer, PinMaterial> levels) {
  /** Role of a party that asks for payment. */
  public static final String PROVIDER = "PROVIDER";

  /** Copies the map. */
  public Identity {
    levels = Map.copyOf(levels);
  }

  /** Whether this device asks for payment. */
  public boolean isProvider() {
    return role.equals(PROVIDER);
  }

  /** The same device with another PIN. */
  public Identity with(PinMaterial fresh) {
    return with(fresh, levels);
  }

  /** The same device with another PIN of a level, or, with null, none. */
  public Identity with(int level, @Nullable PinMaterial fresh) {
    Map<Integer, PinMaterial> others = new HashMap<>(levels);
    if (fresh == null) {
      others.remove(level);
    } else {
      others.put(level, fresh);
    }
    return with(pin, others);
  }

  /** The party has accepted a newer agreement; an older one changes nothing. */
  public Identity agreed(long version, byte[] hash) {
    return version <= contractVersion ? this : with(version, hash, pin, levels);
  }

  private Identity with(@Nullable PinMaterial itsPin, Map<Integer, PinMaterial> itsLevels) {
    return with(contractVersion, contractHash, itsPin, itsLevels);
  }

  private Identity with(
      long version,
      byte[] hash,
      @Nullable PinMaterial itsPin,
      Map<Integer, PinMaterial> itsLevels) {
    return new Identity(
        binding, role, profile, version, hash, bindingRecord, signingKey, itsPin, itsLevels);
  }

  @Override
  public String toString() {
    return "Identity[" + role + "]";
  }
}
