package org.tallystick.wallet;

/**
 * Whether it is known that an instrument is its party's own. Only what is {@link #VERIFIED} can be
 * paid with. From {@link #FAILED} the party may begin again.
 */
public enum VerificationState {
  /** Nobody has looked. */
  UNVERIFIED,
  /** The party is to prove it. */
  PENDING,
  /** It is the party's own. */
  VERIFIED,
  /** The party did not prove it, or the issuer did not confirm it. */
  FAILED
}
