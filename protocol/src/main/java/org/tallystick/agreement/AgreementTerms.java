package org.tallystick.agreement;

import java.util.Arrays;
import java.util.List;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MalformedInputException;

/**
 * A version of the agreement as the bank names it to a device that has not signed it: the text is
 * fetched, and is the right one where its hash is this one.
 *
 * <p>Shape: {@code cbor[version, hash, effective at]}. Source: docs/PROTOCOL.md sections 10 (kind
 * 1) and 11 (kind 5).
 *
 * @param version from 1
 * @param hash SHA-256 of the text in UTF-8, 32 bytes
 * @param effectiveAtMillis from then on halves need it
 */
public record AgreementTerms(long version, byte[] hash, long effectiveAtMillis) {
  /** Highest number of a version. */
  public static final long MAX_VERSION = 9_999;

  private static final int HASH_LENGTH = 32;

  /** Checks lengths and ranges. */
  public AgreementTerms {
    requireVersion(version, hash);
    if (effectiveAtMillis < 0) {
      throw new MalformedInputException("an agreement is in force from some time on");
    }
  }

  static void requireVersion(long version, byte[] hash) {
    if (version < 1 || version > MAX_VERSION || hash.length != HASH_LENGTH) {
      throw new MalformedInputException("version or hash of an agreement");
    }
  }

  /** Whether they are of one version with one text. */
  public boolean isOf(long otherVersion, byte[] otherHash) {
    return version == otherVersion && Arrays.equals(hash, otherHash);
  }

  /** The three values. */
  public Cbor toCbor() {
    return Cbor.array(Cbor.of(version), Cbor.of(hash), Cbor.of(effectiveAtMillis));
  }

  /** Strict inverse of {@link #toCbor}. */
  public static AgreementTerms of(Cbor item) {
    List<Cbor> parts = item.asArray(3);
    return new AgreementTerms(
        parts.get(0).asLong(), parts.get(1).asBytes(HASH_LENGTH), parts.get(2).asLong());
  }

  @Override
  public String toString() {
    return "AgreementTerms[" + version + "]";
  }
}
