package org.tallystick.device.transport;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Progress messages that were given already, the newest ones. */
final class ToldOnce {
  private static final int MAX = 512;

  private final Set<String> told =
      Collections.newSetFromMap(
          Collections.synchronizedMap(
              new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                  return size() > MAX;
                }
              }));

  /** Whether a message was not given before; from now on it was. */
  boolean isNew(String message) {
    return told.add(message);
  }
}
