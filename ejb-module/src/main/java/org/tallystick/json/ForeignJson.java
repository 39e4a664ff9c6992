package org.tallystick.json;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.tallystick.codec.Base64Url;
import org.tallystick.codec.MalformedInputException;

/** Reads JSON objects of strangers; the caller has bounded their length. */
public final class ForeignJson {
  private ForeignJson() {}

  /**
   * Reads one object in UTF-8.
   *
   * @throws MalformedInputException if it is anything else
   */
  public static JsonObject object(byte[] utf8) {
    try (JsonReader reader =
        Json.createReader(
            new StringReader(
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString()))) {
      return reader.readObject();
    } catch (CharacterCodingException | RuntimeException e) {
      // the reader throws others than its own too: for long numbers, exponents and deep nesting
      MalformedInputException refusal = new MalformedInputException("not a JSON object");
      refusal.initCause(e);
      throw refusal;
    }
  }

  /** A member that is a text. */
  public static Optional<String> text(JsonObject object, String name) {
    JsonValue value = object.get(name);
    return value instanceof JsonString text ? Optional.of(text.getString()) : Optional.empty();
  }

  /** A member that must be base64url without padding. */
  public static byte[] bytes(JsonObject object, String name) {
    return Base64Url.decode(
        text(object, name)
            .orElseThrow(() -> new MalformedInputException("a member of the key is missing")));
  }
}
