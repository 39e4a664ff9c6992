package org.tallystick.party;

import jakarta.ws.rs.core.EntityTag;
import java.util.Arrays;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** Editions as entity tags. Source: RFC 9110, 8.8.3 and 13.1.1. */
final class EntityTags {
  private EntityTags() {}

  static EntityTag of(int edition) {
    return new EntityTag(Integer.toString(edition));
  }

  /** What {@code If-Match} lets through; edition 0 means that there is nothing yet. */
  static LongPredicate ifMatch(@Nullable String header) {
    if (header == null) {
      return edition -> true;
    }
    if (header.strip().equals("*")) {
      return edition -> edition > 0;
    }
    return edition ->
        edition > 0
            && Arrays.stream(header.split(",", -1))
                .map(String::strip)
                .anyMatch(("\"" + edition + "\"")::equals);
  }
}
