package org.tallystick.device;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import org.tallystick.node.Environment;

/**
 * What each half of a new device may pay at most, for 24 hours from its activation: {@code
 * TALLYSTICK_NEW_DEVICE_LIMIT} minor units, whatever the currency, 0 for no limit. Whoever steals
 * an activation cannot empty an account at once. Another device of the account may lift it.
 *
 * <p>Source: docs/PROTOCOL.md section R.9.
 */
@ApplicationScoped
public class NewDeviceLimit {
  private static final int FALLBACK = 1_000_00;
  private static final long NEW_MILLIS = Duration.ofHours(24).toMillis();

  @Inject Environment environment;

  /** Minor units, 0 for none. */
  public int minor() {
    return environment.number("TALLYSTICK_NEW_DEVICE_LIMIT", FALLBACK, 0, Integer.MAX_VALUE);
  }

  /** The limit of a device at a moment, minor units; 0 where it is not new or was vouched for. */
  public long minorOf(Device device, long atMillis) {
    boolean isNew =
        device
            .standing()
            .activatedAt()
            .filter(at -> atMillis < at.toInstant().toEpochMilli() + NEW_MILLIS)
            .isPresent();
    return isNew && device.standing().countersignedAt().isEmpty() ? minor() : 0;
  }
}
