package org.tallystick.wallet;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;

/** What is kept of a card: the number sealed, a keyed hash to find it by, and what may be shown. */
@Embeddable
public class CardOnFile {
  @Column(name = "pan_sealed", updatable = false)
  private byte[] panSealed;

  @Column(name = "pan_hash", updatable = false)
  private byte[] panHash;

  @Column(name = "bin", updatable = false)
  private String bin;

  @Column(name = "last_four", updatable = false)
  private String lastFour;

  @Column(name = "expiry", updatable = false)
  private String expiry;

  /** For JPA. */
  protected CardOnFile() {}

  /** Takes copies; {@code expiry} is YYYY-MM, {@code bin} has 8 digits. */
  public CardOnFile(byte[] panSealed, byte[] panHash, String bin, String lastFour, String expiry) {
    this.panSealed = panSealed.clone();
    this.panHash = panHash.clone();
    this.bin = bin;
    this.lastFour = lastFour;
    this.expiry = expiry;
  }

  /** The sealed card number. */
  public byte[] panSealed() {
    return panSealed.clone();
  }

  /** The first eight digits: which bank issued it. */
  public String bin() {
    return bin;
  }

  /** The last four digits, which may be shown. */
  public String lastFour() {
    return lastFour;
  }

  /** The last month it is good in, YYYY-MM. */
  public String expiry() {
    return expiry;
  }

  @Override
  public String toString() {
    return "Card(" + lastFour + ")";
  }
}
