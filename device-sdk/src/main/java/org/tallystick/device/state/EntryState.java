package org.tallystick.device.state;

import org.tallystick.codec.MalformedInputException;

/** How far a half in the outbox has come. */
public enum EntryState {
  /** Durable here; the bank has not said that it has it. */
  SEALED(1),
  /** The bank has it on disk. */
  ACCEPTED(2),
  /** Its answer is here and waits for earlier log lines. */
  HELD(3),
  /** Long past its end without an answer; the person was told so, a late answer still counts. */
  NO_ANSWER(4);

  private final int value;

  EntryState(int value) {
    this.value = value;
  }

  int value() {
    return value;
  }

  static EntryState of(long value) {
    for (EntryState state : values()) {
      if (state.value == value) {
        return state;
      }
    }
    throw new MalformedInputException("unknown state of a half");
  }
}
