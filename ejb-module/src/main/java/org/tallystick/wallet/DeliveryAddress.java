package org.tallystick.wallet;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Locale.IsoCountryCode;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MapReader;

/**
 * Where something is delivered to. It is kept sealed, as deterministic CBOR: recipient (1), lines
 * (2), locality (3), region (4), postcode (5), country (6).
 *
 * @param recipient who takes it
 * @param lines street, number, floor: 1 to 4 lines
 * @param locality town
 * @param region state or province, where one is written
 * @param postcode where the country has them
 * @param country ISO 3166-1 alpha-2
 */
public record DeliveryAddress(
    String recipient,
    List<String> lines,
    String locality,
    @Nullable String region,
    @Nullable String postcode,
    String country) {
  /** Longest line, characters. */
  public static final int MAX_LINE = 70;

  /** Most lines. */
  public static final int MAX_LINES = 4;

  /** Longest postcode, characters. */
  public static final int MAX_POSTCODE = 12;

  private static final Set<String> COUNTRIES =
      Set.copyOf(Locale.getISOCountries(IsoCountryCode.PART1_ALPHA2));
  private static final Pattern POSTCODE =
      Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9 -]{0,10}[A-Za-z0-9])?");

  /** Copies the lines. */
  public DeliveryAddress {
    lines = List.copyOf(lines);
  }

  /** The address itself, or empty where it is none. */
  public Optional<DeliveryAddress> checked() {
    boolean texts =
        fits(recipient)
            && !lines.isEmpty()
            && lines.size() <= MAX_LINES
            && lines.stream().allMatch(DeliveryAddress::fits)
            && fits(locality)
            && (region == null || fits(region));
    return texts
            && (postcode == null || POSTCODE.matcher(postcode).matches())
            && COUNTRIES.contains(country)
        ? Optional.of(this)
        : Optional.empty();
  }

  private static boolean fits(String text) {
    return !text.isBlank() && text.length() <= MAX_LINE;
  }

  byte[] encoded() {
    List<Cbor> items = new ArrayList<>();
    lines.forEach(line -> items.add(Cbor.of(line)));
    return Cbor.map()
        .put(1, Cbor.of(recipient))
        .put(2, Cbor.array(items.toArray(Cbor[]::new)))
        .put(3, Cbor.of(locality))
        .putIfPresent(4, region == null ? null : Cbor.of(region))
        .putIfPresent(5, postcode == null ? null : Cbor.of(postcode))
        .put(6, Cbor.of(country))
        .build()
        .encode();
  }

  static DeliveryAddress decode(byte[] bytes) {
    MapReader map = MapReader.of(Cbor.decode(bytes));
    DeliveryAddress address =
        new DeliveryAddress(
            map.text(1, MAX_LINE),
            map.value(2).asArray().stream().map(line -> line.asText(MAX_LINE)).toList(),
            map.text(3, MAX_LINE),
            map.optional(4).map(text -> text.asText(MAX_LINE)).orElse(null),
            map.optional(5).map(text -> text.asText(MAX_POSTCODE)).orElse(null),
            map.text(6, 2));
    map.end();
    return address;
  }

  @Override
  public String toString() {
    return "DeliveryAddress(" + country + ")";
  }
}
