package org.tallystick.screening;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicBoolean;

/** Lets one list at a time into this node's memory. */
@ApplicationScoped
public class UploadTurn {
  private final AtomicBoolean taken = new AtomicBoolean();

  /** Whether it is the caller's turn, until it gives it back. */
  public boolean take() {
    return taken.compareAndSet(false, true);
  }

  /** The turn is free again. */
  public void giveBack() {
    taken.set(false);
  }
}
