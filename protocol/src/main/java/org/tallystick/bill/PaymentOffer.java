package org.tallystick.bill;

import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Base64Url;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.codec.MapReader;
import org.tallystick.format.Format;
import org.tallystick.money.Money;

/**
 * What a sender shows so that the receiver makes a bill. It has no authority: nothing is signed,
 * and the sender decides when it sees the receiver's certified name (F1 to F3).
 *
 * <p>Source: docs/PROTOCOL.md section 6.3.
 *
 * @param consortium two letters
 * @param id 10 random bytes
 * @param minor minor units, or null where the receiver says how much
 * @param currency ISO 4217 alphabetic code, or null; null only where the amount is
 * @param expiresMillis at most 15 minutes ahead
 * @param text for people, at most 64 characters, or null
 */
public record PaymentOffer(
    String consortium,
    byte[] id,
    @Nullable Long minor,
    @Nullable String currency,
    long expiresMillis,
    @Nullable String text) {
  /** Bytes of an id. */
  public static final int ID_LENGTH = 10;

  /** Longest life, milliseconds. */
  public static final long MAX_LIFE_MILLIS = 15 * 60_000L;

  /** Longest text, characters. */
  public static final int MAX_TEXT = 64;

  /** What a QR starts with. */
  public static final String QR_PREFIX = "TALLYO:";

  private static final int MAX_BYTES = 512;

  /** Checks lengths and ranges. */
  public PaymentOffer(
      String consortium,
      byte[] id,
      @Nullable Long minor,
      @Nullable String currency,
      long expiresMillis,
      @Nullable String text) {
    require(id.length == ID_LENGTH, "id has 10 bytes");
    require(currency != null || minor == null, "amount without currency");
    require(currency == null || Money.isCurrency(currency), "unknown currency");
    require(minor == null || (minor >= 0 && minor <= Money.MAX_MINOR), "amount");
    require(text == null || (text.length() <= MAX_TEXT && Bill.printable(text)), "text");
    this.consortium = consortium;
    this.id = id;
    this.minor = minor;
    this.currency = currency;
    this.expiresMillis = expiresMillis;
    this.text = text;
  }

  /** Text for a QR. */
  public String qrText() {
    return QR_PREFIX + Base64Url.encode(encode());
  }

  /**
   * Offer of a scanned text.
   *
   * @throws MalformedInputException if it is none
   */
  public static PaymentOffer ofQrText(String text) {
    if (!text.startsWith(QR_PREFIX) || text.length() > MAX_BYTES * 2) {
      throw new MalformedInputException("not a Tallystick offer");
    }
    return decode(Base64Url.decode(text.substring(QR_PREFIX.length())));
  }

  /** Deterministic CBOR map. */
  public byte[] encode() {
    return Cbor.map()
        .put(1, Cbor.of(Format.VERSION))
        .put(2, Cbor.of(consortium))
        .put(3, Cbor.of(id))
        .put(4, minor == null ? Cbor.NULL : Cbor.of(minor))
        .put(5, currency == null ? Cbor.NULL : Cbor.of(currency))
        .put(6, Cbor.of(expiresMillis))
        .put(7, text == null ? Cbor.NULL : Cbor.of(text))
        .build()
        .encode();
  }

  /** Strict inverse of {@link #encode}. */
  public static PaymentOffer decode(byte[] bytes) {
    MapReader map = MapReader.of(Cbor.decode(bytes, MAX_BYTES));
    map.integer(1, Format.VERSION, Format.VERSION);
    Cbor minor = map.value(4);
    Cbor currency = map.value(5);
    Cbor text = map.value(7);
    PaymentOffer offer =
        new PaymentOffer(
            map.text(2, 2),
            map.bytes(3, ID_LENGTH),
            minor.isNull() ? null : minor.asLong(),
            currency.isNull() ? null : currency.asText(3),
            map.integer(6, 0, Long.MAX_VALUE / 2),
            text.isNull() ? null : text.asText(MAX_TEXT));
    map.end();
    return offer;
  }

  /** F1: whether a receiver may answer it now. */
  public boolean isOpen(String ownConsortium, long nowMillis) {
    return consortium.equals(ownConsortium)
        && nowMillis <= expiresMillis
        && expiresMillis - nowMillis <= MAX_LIFE_MILLIS;
  }

  /** F2: whether a bill asks for what was offered. */
  public boolean fits(BillBody bill) {
    Money total = bill.total();
    return consortium.equals(bill.consortium())
        && (currency == null || currency.equals(total.currency()))
        && (minor == null || minor == total.minor());
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new MalformedInputException("offer: " + what);
    }
  }
}
