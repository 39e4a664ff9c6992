package org.tallystick.bench.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** CPU time of processes as the kernel counts it, in milliseconds. */
final class ProcessCpu {
  private static final long MILLIS_PER_TICK = 10;
  private static final int PARENT = 1;
  private static final int USER = 11;
  private static final int SYSTEM = 12;
  private static final int CHILDREN_USER = 13;
  private static final int CHILDREN_SYSTEM = 14;

  private ProcessCpu() {}

  /** Returns the CPU time of a process without its children. */
  static long ofProcess(long pid) throws IOException {
    String[] stat = stat(Path.of("/proc", Long.toString(pid), "stat"));
    return sum(stat, USER, SYSTEM);
  }

  /** Returns the CPU time of a process, its living children and those that have ended. */
  static long ofFamily(long pid) throws IOException {
    String[] own = stat(Path.of("/proc", Long.toString(pid), "stat"));
    long total = sum(own, USER, SYSTEM, CHILDREN_USER, CHILDREN_SYSTEM);
    List<Path> processes;
    try (Stream<Path> entries = Files.list(Path.of("/proc"))) {
      processes = entries.filter(ProcessCpu::isProcess).toList();
    }
    for (Path process : processes) {
      total += ofChild(process, pid);
    }
    return total;
  }

  /** Returns 0 for what is no child, and for a process that ended while the list was read. */
  private static long ofChild(Path process, long parent) throws IOException {
    try {
      String[] stat = stat(process.resolve("stat"));
      return Long.parseLong(stat[PARENT]) == parent ? sum(stat, USER, SYSTEM) : 0;
    } catch (NoSuchFileException ended) {
      return 0;
    }
  }

  private static boolean isProcess(Path entry) {
    return entry.getFileName().toString().chars().allMatch(Character::isDigit);
  }

  /** Returns the fields from the state on: the command before it may contain blanks. */
  private static String[] stat(Path file) throws IOException {
    String line = Files.readString(file);
    return line.substring(line.lastIndexOf(')') + 2).strip().split(" ", -1);
  }

  private static long sum(String[] stat, int... fields) {
    long ticks = 0;
    for (int field : fields) {
      ticks += Long.parseLong(stat[field]);
    }
    return ticks * MILLIS_PER_TICK;
  }
}
