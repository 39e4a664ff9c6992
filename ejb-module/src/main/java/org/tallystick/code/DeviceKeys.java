package org.tallystick.code;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tallystick.crypto.VerificationKey;
import org.tallystick.device.Device;

/**
 * The verification keys of the devices seen last, ready to use: taking a point off its compressed
 * form costs as much as a signature check. A device's key never changes.
 */
@ApplicationScoped
public class DeviceKeys {
  private static final int KEPT = 4096;
  private static final float LOAD_FACTOR = 0.75f;

  private final Map<Long, VerificationKey> byIndex =
      new LinkedHashMap<>(KEPT, LOAD_FACTOR, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, VerificationKey> eldest) {
          return size() > KEPT;
        }
      };

  /** The key of a device. */
  public VerificationKey of(Device device) {
    synchronized (byIndex) {
      return byIndex.computeIfAbsent(
          device.index(), index -> VerificationKey.ofPoint(device.evidence().publicKey()));
    }
  }
}
