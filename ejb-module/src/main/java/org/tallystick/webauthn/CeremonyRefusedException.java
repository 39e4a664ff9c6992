package org.tallystick.webauthn;

/** A ceremony failed at a step; its message never repeats what was sent. */
public final class CeremonyRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Fault {
    /** Something has another form than the standard gives it. */
    MALFORMED,
    TYPE,
    CHALLENGE,
    ORIGIN,
    /** Made in a frame of another site. */
    CROSS_ORIGIN,
    RP_ID,
    USER_NOT_PRESENT,
    USER_NOT_VERIFIED,
    BACKUP_FLAGS,
    /** A key that is not ES256 on P-256. */
    KEY,
    /** Neither no attestation nor self attestation. */
    ATTESTATION,
    SIGNATURE,
    /** The count did not go up. */
    CLONE
  }

  private final Fault fault;

  CeremonyRefusedException(Fault fault) {
    super(fault.name());
    this.fault = fault;
  }

  /** Why. */
  public Fault fault() {
    return fault;
  }

  static void require(boolean condition, Fault fault) throws CeremonyRefusedException {
    if (!condition) {
      throw new CeremonyRefusedException(fault);
    }
  }
}
