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
 * @param seed head(0)
 * @param lines contiguous, from 1
 * @param ahead by index
 */
record LogView(byte[] seed, List<LogLine> lines, SortedMap<Long, LogLine> ahead) {
  static LogView empty(byte[] seed) {
    return new LogView(seed, List.of(), new TreeMap<>());
  }

  byte[] head() {
    return lines.isEmpty() ? seed : lines.get(lines.size() - 1).head();
  }

  /** A5: the log with that line; empty if the line contradicts what is held. */
  Optional<LogView> with(LogLine line) {
    if (line.index() <= lines.size()) {
      LogLine held = lines.get((int) line.index() - 1);
      return Arrays.equals(held.head(), line.head()) ? Optional.of(this) : Optional.empty();
    }
    TreeMap<Long, LogLine> waiting = new TreeMap<>(ahead);
    waiting.put(line.index(), line);
    LogView grown = new LogView(seed, new ArrayList<>(lines), waiting);
    for (LogLine next = waiting.remove(grown.lines.size() + 1L);
        next != null;
        next = waiting.remove(grown.lines.size() + 1L)) {
      if (!next.extendsHead(grown.lines.size() + 1L, grown.head())) {
        return Optional.empty();
      }
      grown.lines.add(next);
    }
    return Optional.of(grown);
  }
}
