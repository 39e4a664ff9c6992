package org.tallystick.code;

/**
 * What the bank knows of the authorities that purchases with a hold or with charges have left
 * behind: what O8c asks.
 *
 * <p>Source: docs/PROTOCOL.md sections 5.2 (O8c) and 8.
 */
@FunctionalInterface
public interface Authorities {
  /** No authority at all. */
  Authorities NONE = (half, payeeCodeHash) -> false;

  /**
   * Whether the half's account has an open authority under the half's consortium, transaction
   * number and bill hash.
   *
   * @param half with purpose COMPLETE or CHARGE
   * @param payeeCodeHash hash of the code that held the payee's half of the purchase, 32 bytes
   */
  boolean isOpen(OpenedHalf half, byte[] payeeCodeHash);
}
