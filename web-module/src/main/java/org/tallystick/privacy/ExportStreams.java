package org.tallystick.privacy;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.Set;

/**
 * Who is being sent an export by this node: few at a time, since each holds data and a document in
 * memory for as long as its reader takes, and one for each caller, so that nobody has them all.
 */
@ApplicationScoped
public class ExportStreams {
  /** How many at a time. */
  static final int MOST = 4;

  private final Set<String> callers = new HashSet<>();

  synchronized boolean begin(String caller) {
    return callers.size() < MOST && callers.add(caller);
  }

  synchronized void end(String caller) {
    callers.remove(caller);
  }
}
