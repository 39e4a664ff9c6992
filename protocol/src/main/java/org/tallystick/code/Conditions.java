package org.tallystick.code;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MalformedInputException;

/**
 * What a bill, a half or a receipt says beyond amount and parties. Each message has its own keys
 * for the members; a member that says nothing is absent.
 *
 * <p>Source: docs/PROTOCOL.md sections 5 (25 to 28), 6 (16 to 18) and 9 (23 to 26).
 *
 * @param limits or null
 * @param contentHash of documents or files that both agree on, 32 bytes, or null
 * @param consent bits: asked by a payee, granted by a payer; 0 for none
 * @param terms whether the payer did not have the bill (terms mode); then nothing else is there
 */
public record Conditions(
    @Nullable Limits limits, byte @Nullable [] contentHash, int consent, boolean terms) {
  /** Consent bit: whether the person is of age. */
  public static final int OF_AGE = 1;

  /** Consent bit: where the person lives. */
  public static final int RESIDENCE = 2;

  /** Consent bit: where to deliver. */
  public static final int DELIVERY_ADDRESS = 4;

  /** Consent bit: who the person is. */
  public static final int IDENTITY = 8;

  /** All consent bits. */
  public static final int ALL_CONSENT = 15;

  /** A plain purchase. */
  public static final Conditions NONE = new Conditions(null, null, 0, false);

  /** Terms mode. */
  public static final Conditions TERMS = new Conditions(null, null, 0, true);

  /** Checks lengths and ranges. */
  public Conditions(
      @Nullable Limits limits, byte @Nullable [] contentHash, int consent, boolean terms) {
    if (contentHash != null && contentHash.length != 32) {
      throw new MalformedInputException("content hash has 32 bytes");
    }
    if (consent < 0 || consent > ALL_CONSENT) {
      throw new MalformedInputException("unknown consent");
    }
    if (terms && (limits != null || contentHash != null || consent != 0)) {
      throw new MalformedInputException("terms mode has no other conditions");
    }
    this.limits = limits;
    this.contentHash = contentHash;
    this.consent = consent;
    this.terms = terms;
  }

  /** Conditions with limits alone. */
  public static Conditions of(Limits limits) {
    return new Conditions(limits, null, 0, false);
  }

  /** From the members of a message, each where it is there. */
  public static Conditions of(
      Optional<Cbor> limits,
      Optional<Cbor> contentHash,
      Optional<Cbor> consent,
      Optional<Cbor> terms) {
    long bits = consent.map(Cbor::asLong).orElse(0L);
    if (consent.isPresent() && (bits < 1 || bits > ALL_CONSENT)) {
      throw new MalformedInputException("consent is bits 1 to 15 or absent");
    }
    if (terms.isPresent() && !terms.get().asBool()) {
      throw new MalformedInputException("terms mode is true or absent");
    }
    return new Conditions(
        limits.map(Limits::of).orElse(null),
        contentHash.map(Cbor::asBytes).orElse(null),
        (int) bits,
        terms.isPresent());
  }

  /** Whether there is neither limit nor content hash nor consent; terms mode may be. */
  public boolean areEmpty() {
    return limits == null && contentHash == null && consent == 0;
  }

  /** The tip, 0 where there is none, minor units. */
  public long tipMinor() {
    return limits == null ? 0 : limits.tip();
  }

  /** Whether it says nothing at all: a plain purchase. */
  public boolean arePlain() {
    return areEmpty() && !terms;
  }

  /** Whether both say exactly the same. */
  public boolean isSameAs(Conditions other) {
    return Objects.equals(limits, other.limits)
        && hasContentOf(other)
        && consent == other.consent
        && terms == other.terms;
  }

  /** L4: whether no consent is in it that was not asked for. */
  public boolean consentIsWithin(Conditions asked) {
    return (consent & ~asked.consent) == 0;
  }

  /** Whether both name the same documents, or neither names any. */
  public boolean hasContentOf(Conditions other) {
    return Arrays.equals(contentHash, other.contentHash);
  }

  /** Member: limits. */
  public @Nullable Cbor limitsItem() {
    return limits == null ? null : limits.toCbor();
  }

  /** Member: content hash. */
  public @Nullable Cbor contentItem() {
    return contentHash == null ? null : Cbor.of(contentHash);
  }

  /** Member: consent. */
  public @Nullable Cbor consentItem() {
    return consent == 0 ? null : Cbor.of(consent);
  }

  /** Member: terms mode. */
  public @Nullable Cbor termsItem() {
    return terms ? Cbor.of(true) : null;
  }
}
