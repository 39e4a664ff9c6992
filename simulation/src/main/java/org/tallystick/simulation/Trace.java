package org.tallystick.simulation;

import java.util.ArrayList;
import java.util.List;

/** What happened, in order: always as a hash, and as text where somebody wants to read it. */
final class Trace {
  private final boolean recording;
  private final List<String> lines = new ArrayList<>();
  private long hash = 0x7461_6c6c_7973L;

  Trace(boolean recording) {
    this.recording = recording;
  }

  void add(long millis, String what, String who, String detail) {
    mix(millis);
    mix(what.hashCode());
    mix(who.hashCode());
    mix(detail.hashCode());
    if (recording) {
      lines.add(String.format("%12.3f s  %-28s %-8s %s", millis / 1000.0, what, who, detail));
    }
  }

  private void mix(long value) {
    hash = Long.rotateLeft(hash ^ value, 23) * 0x9e3779b97f4a7c15L;
  }

  long hash() {
    return hash;
  }

  List<String> lines() {
    return lines;
  }
}
