package org.tallystick.bench.screening;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.tallystick.crypto.Sha256;
import org.tallystick.screening.ListedEntity;
import org.tallystick.screening.ListedName;
import org.tallystick.screening.TargetList;

/**
 * Which entries may be looked at while the engine is tuned. Entries that share a whole name, the
 * same person on two lists most of all, are on the same side.
 */
final class Split {
  /** The two sides. */
  enum Side {
    DEV,
    HELD_OUT
  }

  private final Map<String, String> parents = new HashMap<>();

  Split(List<TargetList> lists) {
    for (TargetList list : lists) {
      for (ListedEntity entity : list.entities()) {
        String id = id(list.name(), entity.id());
        for (ListedName name : entity.names()) {
          join(id, "name " + Plain.key(name.text()));
        }
      }
    }
  }

  Side of(String list, String entity) {
    return ofKey(root(id(list, entity)));
  }

  /** The side of a name that is on no list. */
  static Side ofKey(String key) {
    return (Sha256.of(key.getBytes(StandardCharsets.UTF_8))[0] & 1) == 0 ? Side.DEV : Side.HELD_OUT;
  }

  private static String id(String list, String entity) {
    return list + "/" + entity;
  }

  private String root(String of) {
    String at = of;
    while (parents.containsKey(at)) {
      at = Objects.requireNonNull(parents.get(at));
    }
    return at;
  }

  /** The smaller of two roots becomes the root of both. */
  private void join(String one, String other) {
    String a = root(one);
    String b = root(other);
    if (!a.equals(b)) {
      boolean first = a.compareTo(b) < 0;
      parents.put(first ? b : a, first ? a : b);
    }
  }
}
