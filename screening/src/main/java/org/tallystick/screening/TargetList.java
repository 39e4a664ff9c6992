package org.tallystick.screening;

import java.util.List;

/**
 * A target list as it was read.
 *
 * @param name which list: {@code OFAC-SDN}, {@code UN}, {@code EU}, …
 * @param entities its entries, in the list's order
 */
public record TargetList(String name, List<ListedEntity> entities) {
  /** Copies the list. */
  public TargetList {
    entities = List.copyOf(entities);
  }
}
