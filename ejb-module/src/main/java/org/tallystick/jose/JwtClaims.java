package org.tallystick.jose;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.json.ForeignJson;

/**
 * What a token says. A claim of another type than expected counts as missing, and what is required
 * is then refused.
 *
 * <p>Source: RFC 7519, 4.1.
 */
public final class JwtClaims {
  private static final BigDecimal LATEST = BigDecimal.valueOf(253_402_300_799L);

  private final JsonObject claims;

  JwtClaims(JsonObject claims) {
    this.claims = claims;
  }

  /** Whether there is a claim of that name, of whatever type. */
  public boolean has(String name) {
    return claims.containsKey(name);
  }

  /** A claim that is a text and not empty. */
  public Optional<String> text(String name) {
    return ForeignJson.text(claims, name).filter(text -> !text.isEmpty());
  }

  /** Whom the token is for: {@code aud}, a text or an array of texts. */
  public List<String> audience() {
    return texts(claims.get("aud"));
  }

  /**
   * The texts of a claim that is an array of texts, or one text of words parted by blanks.
   *
   * @param path the claim's name, or names parted by dots for a member of a member; a claim whose
   *     name has dots itself is found first
   */
  public List<String> words(String path) {
    List<String> words = new ArrayList<>();
    for (String text : texts(at(path))) {
      words.addAll(List.of(text.strip().split("\\s+")));
    }
    return words;
  }

  /** A point in time, {@code NumericDate}, fractions cut off. */
  public Optional<Instant> time(String name) {
    if (claims.get(name) instanceof JsonNumber number) {
      BigDecimal seconds = number.bigDecimalValue();
      if (seconds.signum() >= 0 && seconds.compareTo(LATEST) <= 0) {
        return Optional.of(Instant.ofEpochSecond(seconds.longValue()));
      }
    }
    return Optional.empty();
  }

  /**
   * Whether the token is good now: {@code exp} and {@code iat} are there, {@code exp} is not over,
   * neither {@code iat} nor {@code nbf} lies ahead, and it is not made for longer than {@code
   * longest}.
   *
   * @param skew by how much the clocks may differ
   */
  public boolean inTime(Instant now, Duration skew, Duration longest) {
    Optional<Instant> end = time("exp");
    Optional<Instant> made = time("iat");
    if (end.isEmpty() || made.isEmpty() || (claims.containsKey("nbf") && time("nbf").isEmpty())) {
      return false;
    }
    Instant latestStart = now.plus(skew);
    return now.isBefore(end.get().plus(skew))
        && !made.get().isAfter(latestStart)
        && !time("nbf").orElse(made.get()).isAfter(latestStart)
        && !end.get().isAfter(made.get().plus(longest));
  }

  private @Nullable JsonValue at(String path) {
    if (claims.containsKey(path)) {
      return claims.get(path);
    }
    JsonValue value = claims;
    for (String name : path.split("\\.", -1)) {
      value = value instanceof JsonObject object ? object.get(name) : null;
    }
    return value;
  }

  private static List<String> texts(@Nullable JsonValue value) {
    if (value instanceof JsonString text) {
      return List.of(text.getString());
    }
    if (value instanceof JsonArray array) {
      return array.stream()
          .filter(JsonString.class::isInstance)
          .map(item -> ((JsonString) item).getString())
          .toList();
    }
    return List.of();
  }

  @Override
  public String toString() {
    return "JwtClaims";
  }
}
