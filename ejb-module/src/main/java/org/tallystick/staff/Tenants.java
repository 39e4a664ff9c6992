package org.tallystick.staff;

import java.util.OptionalLong;

/** Which institutions there are that anybody may join. */
public interface Tenants {
  /** Internal number of the active institution that addresses name so; empty for all others. */
  OptionalLong active(String institution);
}
