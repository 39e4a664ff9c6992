package org.tallystick.bill;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.code.Conditions;
import org.tallystick.code.Purpose;
import org.tallystick.code.Role;
import org.tallystick.code.SignedMap;
import org.tallystick.code.TransactionNumber;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.codec.MapReader;
import org.tallystick.format.Format;
import org.tallystick.money.Money;

/**
 * What a payee asks for.
 *
 * <p>Source: docs/PROTOCOL.md section 6; TSE-08.
 *
 * @param consortium two letters
 * @param number transaction number, text
 * @param purpose of the halves
 * @param items at most 32
 * @param subtotal sum of the items
 * @param tax in the same currency
 * @param createdMillis device clock
 * @param expiresMillis at most 15 minutes later for a purchase, else 24 h
 * @param salt 16 bytes
 * @param tillLabel or null
 * @param routingLabel resolved under the user's own consortium
 * @param presence whether both answers are to show the same number
 * @param conditions limits, content hash and consent asked; never terms mode
 */
public record BillBody(
    String consortium,
    String number,
    Purpose purpose,
    List<BillItem> items,
    Money subtotal,
    Money tax,
    long createdMillis,
    long expiresMillis,
    byte[] salt,
    @Nullable String tillLabel,
    String routingLabel,
    boolean presence,
    Conditions conditions) {
  /** Most items. */
  public static final int MAX_ITEMS = 32;

  /** Longest life of a purchase's bill, milliseconds. */
  public static final long MAX_PURCHASE_LIFE_MILLIS = 15 * 60_000L;

  /** Checks that the conditions are those of a bill. */
  public BillBody {
    if (conditions.terms() || (purpose != Purpose.PURCHASE && !conditions.areEmpty())) {
      throw new MalformedInputException("conditions that are not those of a bill");
    }
    if (conditions.limits() != null) {
      conditions.limits().requireFits(Role.PAYEE, subtotal.plus(tax).minor(), createdMillis);
    }
  }

  /** Subtotal and tax. */
  public Money total() {
    return subtotal.plus(tax);
  }

  /** Deterministic CBOR map. */
  public byte[] encode() {
    return Cbor.map()
        .put(1, Cbor.of(Format.VERSION))
        .put(2, Cbor.of(consortium))
        .put(3, Cbor.of(TransactionNumber.bytes(number)))
        .put(4, Cbor.of(purpose.value()))
        .put(5, Cbor.array(items.stream().map(item -> item.toCbor()).toList()))
        .put(6, Cbor.of(subtotal.minor()))
        .put(7, Cbor.of(tax.minor()))
        .put(8, Cbor.of(total().minor()))
        .put(9, Cbor.of(subtotal.currency()))
        .put(10, Cbor.of(createdMillis))
        .put(11, Cbor.of(expiresMillis))
        .put(12, Cbor.of(salt))
        .put(13, tillLabel == null ? Cbor.NULL : Cbor.of(tillLabel))
        .put(14, Cbor.of(routingLabel))
        .putIfPresent(15, presence ? Cbor.of(true) : null)
        .putIfPresent(16, conditions.limitsItem())
        .putIfPresent(17, conditions.contentItem())
        .putIfPresent(18, conditions.consentItem())
        .build()
        .encode();
  }

  /** Strict inverse of {@link #encode}; B5: the sums must hold. */
  public static BillBody decode(byte[] bytes) {
    MapReader map = MapReader.of(Cbor.decode(bytes, Bill.MAX_LENGTH));
    map.integer(1, Format.VERSION, Format.VERSION);
    String currency = map.text(9, 3);
    if (!Money.isCurrency(currency)) {
      throw new MalformedInputException("unknown currency");
    }
    List<Cbor> items = map.value(5).asArray();
    if (items.size() > MAX_ITEMS) {
      throw new MalformedInputException("too many items");
    }
    Cbor till = map.value(13);
    Purpose purpose = Purpose.of(map.integer(4));
    long created = map.integer(10, 0, Long.MAX_VALUE / 2);
    BillBody body =
        new BillBody(
            map.text(2, 2),
            TransactionNumber.text(map.bytes(3, TransactionNumber.LENGTH)),
            purpose,
            items.stream().map(BillItem::of).toList(),
            Money.of(map.integer(6, 0, Money.MAX_MINOR), currency),
            Money.of(map.integer(7, 0, Money.MAX_MINOR), currency),
            created,
            map.integer(11, created, created + maxLife(purpose)),
            map.bytes(12, 16),
            till.isNull() ? null : till.asText(32),
            map.text(14, 32),
            presence(map),
            Conditions.of(map.optional(16), map.optional(17), map.optional(18), Optional.empty()));
    long total = map.integer(8, 0, Money.MAX_MINOR);
    map.end();
    body.requireSums(total);
    return body;
  }

  private static long maxLife(Purpose purpose) {
    return purpose == Purpose.PURCHASE ? MAX_PURCHASE_LIFE_MILLIS : SignedMap.MAX_LIFE_MILLIS;
  }

  private static boolean presence(MapReader map) {
    Optional<Cbor> presence = map.optional(15);
    if (presence.isPresent() && !presence.get().asBool()) {
      throw new MalformedInputException("presence is true or absent");
    }
    return presence.isPresent();
  }

  private void requireSums(long total) {
    long sum = 0;
    for (BillItem item : items) {
      if (item.minor() < 0 || item.minor() > Money.MAX_MINOR) {
        throw new MalformedInputException("item amount out of range");
      }
      sum += item.minor();
    }
    if (sum != subtotal.minor() || subtotal.minor() + tax.minor() != total) {
      throw new MalformedInputException("the bill does not add up");
    }
  }
}
