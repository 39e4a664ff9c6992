package org.tallystick.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tallystick.log.LogLine;

/**
 * A device's own log: contiguous lines, and lines that came before the ones they follow.
 *
 * @param base index of the line that it goes on from: 0, or where the bank stood after a restore
 * @param seed head(base)
 * @param lines contiguous, from base + 1
 * @param ahead by index
 */
record LogView(long base, byte[] seed, List<LogLine> lines, SortedMap<Long, LogLine> ahead) {
  static LogView from(long base, byte[] seed) {
    return new LogView(base, seed, List.of(), new TreeMap<>());
  }

  long index() {
    return base + lines.size();
  }

  byte[] head() {
    return lines.isEmpty() ? seed : lines.get(lines.size() - 1).head();
  }

  /** First line that is missing before one that is there already; 0 where there is none. */
  long missing() {
    return ahead.isEmpty() ? 0 : index() + 1;
  }

  /** A5: the log with that line; empty if the line contradicts what is held. */
  Optional<LogView> with(LogLine line) {
    if (line.index() <= base) {
      return Optional.of(this);
    }
    if (line.index() <= index()) {
      LogLine held = lines.get((int) (line.index() - base) - 1);
      return Arrays.equals(held.head(), line.head()) ? Optional.of(this) : Optional.empty();
    }
    TreeMap<Long, LogLine> waiting = new TreeMap<>(ahead);
    waiting.put(line.index(), line);
    LogView grown = new LogView(base, seed, new ArrayList<>(lines), waiting);
    for (LogLine next = waiting.remove(grown.index() + 1);
        next != null;
        next = waiting.remove(grown.index() + 1)) {
      if (!next.extendsHead(grown.index() + 1, grown.head())) {
        return Optional.empty();
      }
      grown.lines.add(next);
    }
    return Optional.of(grown);
  }
}
