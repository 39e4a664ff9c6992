package org.tallystick.jose;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.json.ForeignJson;

/**
 * The public keys of a signer. Keys that cannot be used here are passed over (RFC 7517, 5), so that
 * a signer may publish others beside them.
 */
public final class JsonWebKeySet {
  /** Longest set that is read, in bytes. */
  public static final int MAX_BYTES = 64 * 1024;

  private static final int MAX_KEYS = 64;

  private final List<JsonWebKey> keys;

  private JsonWebKeySet(List<JsonWebKey> keys) {
    this.keys = List.copyOf(keys);
  }

  /**
   * Reads a set.
   *
   * @throws MalformedInputException if it is no set, too long, or without any key for signatures
   */
  public static JsonWebKeySet read(byte[] utf8) {
    if (utf8.length > MAX_BYTES) {
      throw new MalformedInputException("a key set of " + utf8.length + " bytes");
    }
    JsonValue members = ForeignJson.object(utf8).get("keys");
    if (!(members instanceof JsonArray array) || array.size() > MAX_KEYS) {
      throw new MalformedInputException("no key set, or one of too many keys");
    }
    List<JsonWebKey> keys = new ArrayList<>();
    for (JsonValue member : array) {
      usable(member).ifPresent(keys::add);
    }
    if (keys.isEmpty()) {
      throw new MalformedInputException("no key for signatures that are taken");
    }
    return new JsonWebKeySet(keys);
  }

  private static Optional<JsonWebKey> usable(JsonValue member) {
    try {
      return member instanceof JsonObject jwk ? Optional.of(JsonWebKey.of(jwk)) : Optional.empty();
    } catch (MalformedInputException e) {
      return Optional.empty(); // RFC 7517, 5: such keys are ignored
    }
  }

  /** The keys that can have signed a token: of its key id if it names one, of its algorithm. */
  public List<JsonWebKey> candidates(JsonWebToken token) {
    return keys.stream()
        .filter(key -> key.serves(token.algorithm()))
        .filter(key -> token.keyId().isEmpty() || token.keyId().equals(key.id()))
        .toList();
  }

  /** Whether one of the keys has signed the token. */
  public boolean signed(JsonWebToken token) {
    return candidates(token).stream().anyMatch(token::isSignedBy);
  }
}
