package org.tallystick.screening.list;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tallystick.screening.ListedEntity;
import org.tallystick.screening.TargetList;

/** A list while it is read: holds the bounds that no format may pass. */
final class ListDraft {
  private final String name;
  private final ListLimits limits;
  private final List<ListedEntity> entities = new ArrayList<>();
  private final Set<String> ids = new HashSet<>();

  ListDraft(String name, ListLimits limits) {
    this.name = name;
    this.limits = limits;
  }

  ListLimits limits() {
    return limits;
  }

  void add(String file, long line, EntityDraft entity) throws ListRefusedException {
    if (entities.size() == limits.entries()) {
      throw new ListRefusedException(file, line, "more than " + limits.entries() + " entries");
    }
    ListedEntity finished = entity.finish(file, line);
    if (!ids.add(finished.id())) {
      throw new ListRefusedException(file, line, "its entry has the number of another one");
    }
    entities.add(finished);
  }

  /** The whole list. An empty one would clear everybody, so there is none. */
  TargetList finish() throws ListRefusedException {
    if (entities.isEmpty()) {
      throw new ListRefusedException(name, "the list has no entry");
    }
    return new TargetList(name, entities);
  }
}
