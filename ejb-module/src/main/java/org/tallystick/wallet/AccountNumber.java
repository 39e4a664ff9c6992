package org.tallystick.wallet;

import java.nio.charset.StandardCharsets;
import org.tallystick.crypto.HmacSha256;

/** The number of an account at another bank. It shows itself only as its last characters. */
public sealed interface AccountNumber permits Iban, UsAccount {
  /** How it is written. */
  AccountForm form();

  /** Where the bank is, ISO 3166-1 alpha-2. */
  String country();

  /** The last characters: four, or fewer of a short number. */
  String lastFour();

  /** The whole number as bytes, one form for equal numbers. */
  byte[] bytes();

  /** 32 bytes by which equal numbers are found without opening any. */
  default byte[] searchHash(byte[] searchKey) {
    byte[] tag = ("tallystick/account/v1/" + form() + "\0").getBytes(StandardCharsets.US_ASCII);
    return HmacSha256.of(searchKey, tag, bytes());
  }
}
