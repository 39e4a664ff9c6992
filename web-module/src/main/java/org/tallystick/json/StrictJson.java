package org.tallystick.json;

import java.io.InputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.tallystick.codec.Base64Url;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.json.JsonNode.Digits;
import org.tallystick.json.JsonNode.Flag;
import org.tallystick.json.JsonNode.Items;
import org.tallystick.json.JsonNode.Members;
import org.tallystick.json.JsonNode.Nothing;
import org.tallystick.json.JsonNode.Text;
import org.tallystick.money.Money;

/**
 * A JSON object of a request, read member by member; what is missing, mistyped, doubled, too long
 * or not asked for is refused with {@link JsonRefusedException}.
 *
 * <p>A resource takes it as its body parameter, asks for each member it knows and then calls {@link
 * #end()}, which refuses whatever is left.
 */
public final class StrictJson {
  /** The limit for bodies of resources that set none, in bytes. */
  public static final int DEFAULT_LIMIT_BYTES = 64 * 1024;

  private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]{0,17})");
  private static final Pattern SHOWABLE = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,31}");

  private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
  private static final Pattern INSTANT =
      Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,3})?Z");
  private static final Pattern PHONE = Pattern.compile("\\+[1-9][0-9]{6,14}");
  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

  private final Map<String, JsonNode> members;
  private final String path;
  private final Set<String> asked = new HashSet<>();

  private StrictJson(Map<String, JsonNode> members, String path) {
    this.members = members;
    this.path = path;
  }

  /**
   * Reads one object and nothing else.
   *
   * @throws BodyTooLargeException if there are more than {@code limitBytes} bytes
   */
  public static StrictJson read(InputStream body, int limitBytes) {
    if (JsonTree.parse(BoundedBody.read(body, limitBytes)) instanceof Members root) {
      return new StrictJson(root.values(), "");
    }
    throw new JsonRefusedException("the body must be an object");
  }

  /** A text of 1 to {@code maxChars} printing characters that is not blank. */
  public String requireText(String name, int maxChars) {
    return optionalText(name, maxChars).orElseThrow(() -> missing(name));
  }

  /** As {@link #requireText}, but the member may be absent or null. */
  public Optional<String> optionalText(String name, int maxChars) {
    Optional<JsonNode> value = value(name);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(text(name, value.get(), maxChars));
  }

  /** As {@link #requireText}, but lines are parted by line feeds. */
  public String requireLines(String name, int maxChars) {
    if (!(require(name) instanceof Text text)) {
      throw refused(name, "must be a text");
    }
    String lines = text.value();
    if (lines.isBlank() || lines.codePointCount(0, lines.length()) > maxChars) {
      throw refused(name, "must have 1 to " + maxChars + " characters");
    }
    if (!PlainText.is(lines.replace("\n", ""))) {
      throw refused(name, "must hold printing characters and line feeds only");
    }
    return lines;
  }

  /** A text, or an array with one text and nothing else. */
  public String requireOnlyText(String name, int maxChars) {
    return require(name) instanceof Items
        ? requireTexts(name, 1, maxChars).stream().findFirst().orElseThrow(() -> missing(name))
        : requireText(name, maxChars);
  }

  /** Whether there is a member of that name, whatever it holds. */
  public boolean has(String name) {
    return members.containsKey(name);
  }

  /** A moment, RFC 3339 in UTC with Z, to the millisecond at most. */
  public Instant requireInstant(String name) {
    if (require(name) instanceof Text text && INSTANT.matcher(text.value()).matches()) {
      try {
        return Instant.parse(text.value());
      } catch (DateTimeParseException e) {
        throw refused(name, "is no time that there is");
      }
    }
    throw refused(name, "must be a time in UTC, such as 2031-05-02T10:30:00Z");
  }

  /** A secret as typed: any 1 to {@code maxChars} characters but unpaired surrogates. */
  public String requireSecret(String name, int maxChars) {
    if (!(require(name) instanceof Text text)) {
      throw refused(name, "must be a text");
    }
    String secret = text.value();
    boolean whole = secret.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE);
    if (secret.isEmpty() || !whole || secret.codePointCount(0, secret.length()) > maxChars) {
      throw refused(name, "must have 1 to " + maxChars + " characters");
    }
    return secret;
  }

  /** An amount in minor units: an integer from 0 to 10^15, without fraction, exponent or quotes. */
  public long requireAmountMinor(String name) {
    return requireInteger(name, 0, Money.MAX_MINOR);
  }

  /** An integer within bounds, without fraction, exponent or quotes. */
  public long requireInteger(String name, long least, long most) {
    if (!(require(name) instanceof Digits digits)
        || !INTEGER.matcher(digits.value()).matches()
        || digits.value().equals("-0")) {
      throw refused(name, "must be an integer");
    }
    long number = Long.parseLong(digits.value());
    if (number < least || number > most) {
      throw refused(name, "must lie between " + least + " and " + most);
    }
    return number;
  }

  /** A calendar date, ISO 8601 with four digits of the year. */
  public LocalDate requireDate(String name) {
    return optionalDate(name).orElseThrow(() -> missing(name));
  }

  /** As {@link #requireDate}, but the member may be absent or null. */
  public Optional<LocalDate> optionalDate(String name) {
    return value(name).map(value -> date(name, value));
  }

  /** An ISO 3166-1 alpha-2 code in capitals. */
  public String requireCountry(String name) {
    if (require(name) instanceof Text text && COUNTRIES.contains(text.value())) {
      return text.value();
    }
    throw refused(name, "must be an ISO 3166-1 alpha-2 country code");
  }

  /** A telephone number as E.164 writes it: a plus sign and 7 to 15 digits; may be absent. */
  public Optional<String> optionalPhone(String name) {
    return value(name)
        .map(
            value -> {
              if (value instanceof Text text && PHONE.matcher(text.value()).matches()) {
                return text.value();
              }
              throw refused(name, "must be a telephone number in E.164");
            });
  }

  /** An ISO 4217 code in capitals. */
  public String requireCurrency(String name) {
    if (require(name) instanceof Text text && Money.isCurrency(text.value())) {
      return text.value();
    }
    throw refused(name, "must be an ISO 4217 currency code");
  }

  /** Amount and currency in two members. */
  public Money requireMoney(String amountName, String currencyName) {
    return Money.of(requireAmountMinor(amountName), requireCurrency(currencyName));
  }

  /** True or false. */
  public boolean requireFlag(String name) {
    if (require(name) instanceof Flag flag) {
      return flag.value();
    }
    throw refused(name, "must be true or false");
  }

  /** One of the names of an enumeration. */
  public <E extends Enum<E>> E requireOneOf(String name, Class<E> type) {
    return oneOf(name, require(name), type);
  }

  /** An array of different names of an enumeration, at least one. */
  public <E extends Enum<E>> Set<E> requireSetOf(String name, Class<E> type) {
    Set<E> set = EnumSet.noneOf(type);
    for (JsonNode item : items(name, type.getEnumConstants().length)) {
      if (!set.add(oneOf(name, item, type))) {
        throw refused(name, "must not repeat a value");
      }
    }
    if (set.isEmpty()) {
      throw refused(name, "must not be empty");
    }
    return set;
  }

  /** Bytes as base64url without padding, at most {@code maxBytes}. */
  public byte[] requireBytes(String name, int maxBytes) {
    if (require(name) instanceof Text text) {
      try {
        byte[] bytes = Base64Url.decode(text.value());
        if (bytes.length <= maxBytes) {
          return bytes;
        }
      } catch (MalformedInputException e) {
        throw refused(name, "must be base64url");
      }
    }
    throw refused(name, "must be base64url of at most " + maxBytes + " bytes");
  }

  /** As {@link #requireBytes}, but the member may be absent or null. */
  public Optional<byte[]> optionalBytes(String name, int maxBytes) {
    return value(name).isEmpty() ? Optional.empty() : Optional.of(requireBytes(name, maxBytes));
  }

  /** A text that can only be this one. */
  public void requireExactly(String name, String only) {
    if (!(require(name) instanceof Text text) || !text.value().equals(only)) {
      throw refused(name, "has another value than it must have");
    }
  }

  /** Lets a member pass that browsers send and nobody here needs, whatever is in it. */
  public void letPass(String name) {
    asked.add(name);
  }

  /** An object within this one; call its {@link #end()} too. */
  public StrictJson requireObject(String name) {
    return object(name, require(name));
  }

  /** As {@link #requireObject}, but the member may be absent or null. */
  public Optional<StrictJson> optionalObject(String name) {
    return value(name).map(value -> object(name, value));
  }

  /** An array of at most {@code maxItems} objects; call {@link #end()} on each. */
  public List<StrictJson> requireArray(String name, int maxItems) {
    return items(name, maxItems).stream().map(item -> object(name, item)).toList();
  }

  /** An array of at most {@code maxItems} texts. */
  public List<String> requireTexts(String name, int maxItems, int maxChars) {
    return items(name, maxItems).stream().map(item -> text(name, item, maxChars)).toList();
  }

  /** Refuses members that nobody asked for. */
  public void end() {
    for (String name : members.keySet()) {
      if (!asked.contains(name)) {
        throw SHOWABLE.matcher(name).matches()
            ? refused(name, "is not known here")
            : new JsonRefusedException("a member is not known here");
      }
    }
  }

  private LocalDate date(String name, JsonNode value) {
    if (value instanceof Text text && DATE.matcher(text.value()).matches()) {
      try {
        return LocalDate.parse(text.value());
      } catch (DateTimeParseException e) {
        throw refused(name, "must be a date of the calendar");
      }
    }
    throw refused(name, "must be a date such as 2001-12-31");
  }

  private List<JsonNode> items(String name, int maxItems) {
    if (!(require(name) instanceof Items items)) {
      throw refused(name, "must be an array");
    }
    if (items.values().size() > maxItems) {
      throw refused(name, "must have at most " + maxItems + " items");
    }
    return items.values();
  }

  private StrictJson object(String name, JsonNode value) {
    if (value instanceof Members object) {
      return new StrictJson(object.values(), path + name + ".");
    }
    throw refused(name, "must be an object");
  }

  private <E extends Enum<E>> E oneOf(String name, JsonNode value, Class<E> type) {
    if (value instanceof Text text) {
      for (E constant : type.getEnumConstants()) {
        if (constant.name().equals(text.value())) {
          return constant;
        }
      }
    }
    throw refused(name, "must be one of " + Arrays.toString(type.getEnumConstants()));
  }

  private String text(String name, JsonNode value, int maxChars) {
    if (!(value instanceof Text text)) {
      throw refused(name, "must be a text");
    }
    String content = text.value();
    if (content.isBlank() || content.codePointCount(0, content.length()) > maxChars) {
      throw refused(name, "must have 1 to " + maxChars + " characters");
    }
    if (!PlainText.is(content)) {
      throw refused(name, "must hold printing characters only");
    }
    return content;
  }

  private JsonNode require(String name) {
    return value(name).orElseThrow(() -> missing(name));
  }

  private Optional<JsonNode> value(String name) {
    asked.add(name);
    return Optional.ofNullable(members.get(name)).filter(value -> !(value instanceof Nothing));
  }

  private JsonRefusedException missing(String name) {
    return refused(name, "is missing");
  }

  private JsonRefusedException refused(String name, String rule) {
    return new JsonRefusedException("'" + path + name + "' " + rule);
  }

  @Override
  public String toString() {
    return "StrictJson";
  }
}
