package org.tallystick.wallet;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;

/**
 * What is kept of an account at another bank: the number sealed, a keyed hash to find it by, and
 * what may be shown.
 */
@Embeddable
public class ExternalAccount {
  @Enumerated(EnumType.STRING)
  @Column(name = "external_form", updatable = false)
  private AccountForm form;

  @Column(name = "external_sealed", updatable = false)
  private byte[] numberSealed;

  @Column(name = "external_hash", updatable = false)
  private byte[] numberHash;

  @Column(name = "external_country", updatable = false)
  private String country;

  @Column(name = "external_currency", updatable = false)
  private String currency;

  @Column(name = "external_last_four", updatable = false)
  private String lastFour;

  /** For JPA. */
  protected ExternalAccount() {}

  /** Takes copies; {@code country} is ISO 3166-1 alpha-2, {@code currency} ISO 4217. */
  public ExternalAccount(
      AccountForm form,
      byte[] numberSealed,
      byte[] numberHash,
      String country,
      String currency,
      String lastFour) {
    this.form = form;
    this.numberSealed = numberSealed.clone();
    this.numberHash = numberHash.clone();
    this.country = country;
    this.currency = currency;
    this.lastFour = lastFour;
  }

  /** How it is written. */
  public AccountForm form() {
    return form;
  }

  /** The sealed number. */
  public byte[] numberSealed() {
    return numberSealed.clone();
  }

  /** Where the bank is. */
  public String country() {
    return country;
  }

  /** What the account is kept in. */
  public String currency() {
    return currency;
  }

  /** The last characters, four at most, which may be shown. */
  public String lastFour() {
    return lastFour;
  }

  @Override
  public String toString() {
    return "ExternalAccount(" + country + ", " + lastFour + ")";
  }
}
