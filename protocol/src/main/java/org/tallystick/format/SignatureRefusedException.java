package org.tallystick.format;

/** A signature that does not hold for the type and context it is presented in. */
public final class SignatureRefusedException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /**
   * @param type the signed type that was expected
   */
  public SignatureRefusedException(String type) {
    super("signature of type " + type + " does not hold");
  }
}
