package org.tallystick.party;

/**
 * A provider's public name, and what it is compared by: no two parties that take part share one of
 * the two hashes.
 *
 * @param text as shown, at most 64 characters
 * @param lookHash SHA-256, the same for all names that look like this one as it is written
 * @param foldedHash SHA-256, the same for all names that look like this one in small letters
 */
public record PublicName(String text, byte[] lookHash, byte[] foldedHash) {
  /** Copies. */
  public PublicName {
    lookHash = lookHash.clone();
    foldedHash = foldedHash.clone();
  }

  @Override
  public byte[] lookHash() {
    return lookHash.clone();
  }

  @Override
  public byte[] foldedHash() {
    return foldedHash.clone();
  }
}
