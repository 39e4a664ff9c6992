package org.tallystick.request;

import java.util.Optional;
import org.tallystick.format.Suite;

/**
 * What a device may ask for.
 *
 * <p>Source: docs/PROTOCOL.md section R, table of kinds.
 */
public enum RequestKind {
  /** How device, sequencer, log and account stand. */
  STATUS(1, 2),
  /** A fresh epoch. */
  REKEY(2, 2),
  /** Lines of the device's log. */
  LOG(3, 4),
  /** Another PIN. */
  PIN(4, 1),
  /** Leave a bill at the bank, to be fetched by its number. */
  LODGE(5, 1),
  /** Fetch a lodged bill. */
  BILL(6, 3),
  /** A transaction number that the bank draws. */
  NUMBER(7, 1),
  /** Have a device suspended or waiting halves ended. */
  NOT_ME(8, 1),
  /** Vouch for a new device of the account. */
  COUNTERSIGN(9, 1),
  /** Set, change or remove the PIN of a level. */
  LEVEL_PIN(10, 1),
  /** End an authority for charges. */
  END_AUTHORITY(11, 1),
  /** Agree to a new version of the agreement, for the party. */
  AGREE(12, 1);

  private final int value;
  private final int blocks;

  RequestKind(int value, int blocks) {
    this.value = value;
    this.blocks = blocks;
  }

  /** Number on the wire. */
  public int value() {
    return value;
  }

  /** Kind of a wire number; empty where there is none, which is answered with status 7. */
  public static Optional<RequestKind> of(long value) {
    for (RequestKind kind : values()) {
      if (kind.value == value) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  /** Blocks of 1,024 bytes in which every result of this kind fits: what a device asks for. */
  public int blocks(Suite suite) {
    return this == REKEY && suite == Suite.HYBRID ? blocks + 1 : blocks;
  }

  /** Whether a suspended device may ask it. */
  public boolean whileSuspended() {
    return this == STATUS || this == LOG;
  }

  /** Whether it changes something, so that its reply is stored and given again (R3, R7). */
  public boolean changesState() {
    return this != STATUS && this != LOG;
  }
}
