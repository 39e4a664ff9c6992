package org.tallystick.code;

import org.tallystick.codec.MalformedInputException;

/** Which side of a transaction a half is. */
public enum Role {
  /** Pays, or asks. */
  PAYER(1),
  /** Is paid, or grants. */
  PAYEE(2);

  private final int value;

  Role(int value) {
    this.value = value;
  }

  /** Number on the wire. */
  public int value() {
    return value;
  }

  /** The other side. */
  public Role other() {
    return this == PAYER ? PAYEE : PAYER;
  }

  /** Role of a wire number. */
  public static Role of(long value) {
    for (Role role : values()) {
      if (role.value == value) {
        return role;
      }
    }
    throw new MalformedInputException("unknown role");
  }
}
