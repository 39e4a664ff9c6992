package org.tallystick.tree;

import java.util.Collection;
import java.util.Map;

/** Where the hashes of full subtrees are kept. */
@FunctionalInterface
public interface SubtreeHashes {
  /**
   * Reads hashes of 32 bytes; one look-up for all of them.
   *
   * @return without those that are not there
   */
  Map<Subtree, byte[]> read(Collection<Subtree> subtrees);
}
