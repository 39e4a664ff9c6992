package org.tallystick.screening;

import java.util.List;

/**
 * One entry of a target list.
 *
 * @param id the list's own number for it
 * @param kind person, organisation, …
 * @param names the primary name first; at least one
 * @param details what a clerk needs to tell two bearers of a name apart, as the list writes it:
 *     birth, nationality, programme, …; for reading only, never matched
 */
public record ListedEntity(
    String id, EntityKind kind, List<ListedName> names, List<String> details) {
  /** Copies the lists. */
  public ListedEntity {
    names = List.copyOf(names);
    details = List.copyOf(details);
    if (names.isEmpty()) {
      throw new IllegalArgumentException("an entry has no name");
    }
  }
}
