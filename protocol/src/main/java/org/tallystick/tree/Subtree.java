package org.tallystick.tree;

import java.util.ArrayList;
import java.util.List;

/**
 * A full subtree of the tree: leaves index · 2^level up to (index + 1) · 2^level − 1. Once its
 * leaves are there its hash never changes, so these are what a bank stores.
 *
 * @param level 0 for a leaf
 * @param index from 0, among the subtrees of its level
 */
public record Subtree(int level, long index) {
  /** The one that this and its sibling make. */
  Subtree parent() {
    return new Subtree(level + 1, index / 2);
  }

  boolean isRight() {
    return index % 2 == 1;
  }

  Subtree left() {
    return new Subtree(level, index - 1);
  }

  /**
   * The full subtrees that leaves {@code from} to {@code to − 1} consist of, left to right.
   *
   * @param from a multiple of the largest power of two below {@code to − from}, as RFC 9162 splits
   */
  static List<Subtree> of(long from, long to) {
    List<Subtree> parts = new ArrayList<>();
    long at = from;
    while (at < to) {
      int level = Long.SIZE - 1 - Long.numberOfLeadingZeros(to - at);
      parts.add(new Subtree(level, at >> level));
      at += 1L << level;
    }
    return parts;
  }
}
