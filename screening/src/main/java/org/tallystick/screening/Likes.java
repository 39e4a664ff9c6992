package org.tallystick.screening;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Listed words that one word is like. */
final class Likes {
  /**
   * One of them.
   *
   * @param id number of the listed word
   */
  record Like(int id, WordLikeness likeness) {}

  private final List<Like> closestFirst;
  private final int[] ids;
  private final WordLikeness[] byId;

  /**
   * @param all in any order; the same more than once is no harm
   */
  Likes(List<Like> all) {
    Like[] ascending = all.toArray(Like[]::new);
    Arrays.sort(ascending, Comparator.comparingInt(Like::id));
    ids = Arrays.stream(ascending).mapToInt(Like::id).toArray();
    byId = Arrays.stream(ascending).map(Like::likeness).toArray(WordLikeness[]::new);
    Arrays.sort(ascending, Comparator.comparingDouble(like -> -like.likeness().similarity()));
    closestFirst = List.of(ascending);
  }

  @Nullable WordLikeness get(int id) {
    int at = Arrays.binarySearch(ids, id);
    return at < 0 ? null : byId[at];
  }

  /** The most alike first. */
  List<Like> closestFirst() {
    return closestFirst;
  }
}
