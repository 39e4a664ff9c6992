package org.tallystick.code;

import org.jspecify.annotations.Nullable;
import org.tallystick.money.Money;
import org.tallystick.pin.PinVerifier;

/**
 * What a party agrees to with one half.
 *
 * @param role payer or payee
 * @param purpose purchase or cancel
 * @param number transaction number, text
 * @param billHash 32 bytes
 * @param amount with its currency
 * @param counterparty account identifier, or null where it is to be confirmed
 * @param notAfterMillis after which the bank refuses it
 * @param shorthand wallet instrument, payer only
 * @param pin what the person typed, or null where none is asked
 * @param cancelledN only with purpose CANCEL
 * @param logIndex last contiguous log line
 * @param logHead head after it
 * @param extensions beyond the fixed fields
 * @param conditions beyond amount and parties
 * @param options what only some halves have
 */
public record HalfTerms(
    Role role,
    Purpose purpose,
    String number,
    byte[] billHash,
    Money amount,
    byte @Nullable [] counterparty,
    long notAfterMillis,
    @Nullable String shorthand,
    @Nullable PinVerifier pin,
    @Nullable Long cancelledN,
    long logIndex,
    byte[] logHead,
    Extensions extensions,
    Conditions conditions,
    HalfOptions options) {
  /** Terms of a plain half. */
  public HalfTerms(
      Role role,
      Purpose purpose,
      String number,
      byte[] billHash,
      Money amount,
      byte @Nullable [] counterparty,
      long notAfterMillis,
      @Nullable String shorthand,
      @Nullable PinVerifier pin,
      @Nullable Long cancelledN,
      long logIndex,
      byte[] logHead) {
    this(
        role,
        purpose,
        number,
        billHash,
        amount,
        counterparty,
        notAfterMillis,
        shorthand,
        pin,
        cancelledN,
        logIndex,
        logHead,
        Extensions.NONE,
        Conditions.NONE,
        HalfOptions.NONE);
  }

  /** The same with other extensions. */
  public HalfTerms with(Extensions others) {
    return with(others, conditions, options);
  }

  /** The same with other conditions. */
  public HalfTerms with(Conditions others) {
    return with(extensions, others, options);
  }

  /** The same with other options. */
  public HalfTerms with(HalfOptions others) {
    return with(extensions, conditions, others);
  }

  /** The same with another place in the device's log. */
  public HalfTerms with(long index, byte[] head) {
    return with(pin, index, head, extensions, conditions, options);
  }

  /** The same with what the person typed. */
  public HalfTerms with(PinVerifier typed) {
    return with(typed, logIndex, logHead, extensions, conditions, options);
  }

  private HalfTerms with(
      Extensions itsExtensions, Conditions itsConditions, HalfOptions itsOptions) {
    return with(pin, logIndex, logHead, itsExtensions, itsConditions, itsOptions);
  }

  private HalfTerms with(
      @Nullable PinVerifier itsPin,
      long index,
      byte[] head,
      Extensions itsExtensions,
      Conditions itsConditions,
      HalfOptions itsOptions) {
    return new HalfTerms(
        role,
        purpose,
        number,
        billHash,
        amount,
        counterparty,
        notAfterMillis,
        shorthand,
        itsPin,
        cancelledN,
        index,
        head,
        itsExtensions,
        itsConditions,
        itsOptions);
  }
}
