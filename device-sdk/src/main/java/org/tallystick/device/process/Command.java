package org.tallystick.device.process;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.device.transport.StrictJson;

/**
 * One command: a JSON object with {@code command}, perhaps an {@code id} that the reply repeats,
 * and what the command needs. A PIN never becomes a string here.
 */
final class Command implements AutoCloseable {
  /** Of one member: what follows it is read here. */
  private static final ObjectReader MEMBER =
      StrictJson.mapper().reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final ObjectNode members;
  private final char @Nullable [] pin;
  private final char @Nullable [] newPin;
  private final Map<Integer, char[]> levels;

  private Command(
      ObjectNode members,
      char @Nullable [] pin,
      char @Nullable [] newPin,
      Map<Integer, char[]> levels) {
    this.members = members;
    this.pin = pin;
    this.newPin = newPin;
    this.levels = levels;
  }

  /**
   * Reads one line.
   *
   * @throws MalformedInputException if it is no strict JSON object with a command
   */
  static Command of(byte[] line) {
    ObjectNode members = StrictJson.mapper().createObjectNode();
    char[] pin = null;
    char[] newPin = null;
    Map<Integer, char[]> levels = new HashMap<>();
    boolean isRead = false;
    try (JsonParser parser = StrictJson.mapper().createParser(line)) {
      require(parser.nextToken() == JsonToken.START_OBJECT);
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        boolean isText = value == JsonToken.VALUE_STRING;
        if (isText && name.equals("pin")) {
          pin = characters(parser);
        } else if (isText && name.equals("newPin")) {
          newPin = characters(parser);
        } else if (value == JsonToken.START_OBJECT && name.equals("levels")) {
          levels(parser, levels);
        } else {
          JsonNode tree = MEMBER.readTree(parser);
          members.set(name, tree);
        }
      }
      require(parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null);
      StrictJson.text(members, "command");
      isRead = true;
    } catch (IOException e) {
      throw new MalformedInputException("a command is one strict JSON object");
    } finally {
      if (!isRead) {
        wipe(pin, newPin, levels);
      }
    }
    return new Command(members, pin, newPin, levels);
  }

  /** {"1": "PIN", …}. */
  private static void levels(JsonParser parser, Map<Integer, char[]> levels) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String level = parser.currentName();
      require(level.matches("[1-7]") && parser.nextToken() == JsonToken.VALUE_STRING);
      levels.put(Integer.valueOf(level), characters(parser));
    }
  }

  private static char[] characters(JsonParser parser) throws IOException {
    int from = parser.getTextOffset();
    return Arrays.copyOfRange(parser.getTextCharacters(), from, from + parser.getTextLength());
  }

  private static void require(boolean holds) {
    if (!holds) {
      throw new MalformedInputException("a command is one JSON object");
    }
  }

  String name() {
    return StrictJson.text(members, "command");
  }

  @Nullable JsonNode id() {
    return members.get("id");
  }

  /** Refuses what the command does not know; the PIN counts as allowed where it is asked for. */
  void allow(String... names) {
    Set<String> allowed = Set.of(names);
    members
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!allowed.contains(name) && !name.equals("command") && !name.equals("id")) {
                throw new MalformedInputException("unknown member of this command");
              }
            });
    if ((pin != null && !allowed.contains("pin"))
        || (newPin != null && !allowed.contains("newPin"))
        || (!levels.isEmpty() && !allowed.contains("levels"))) {
      throw new MalformedInputException("this command takes no PIN");
    }
  }

  boolean has(String name) {
    return members.hasNonNull(name);
  }

  String text(String name) {
    return StrictJson.text(members, name);
  }

  boolean flag(String name) {
    JsonNode value = members.get(name);
    if (value == null || !value.isBoolean()) {
      throw new MalformedInputException("member " + name + " is not true or false");
    }
    return value.booleanValue();
  }

  long integer(String name) {
    return integer(members, name);
  }

  static long integer(JsonNode object, String name) {
    JsonNode value = object.get(name);
    if (value == null || !value.isIntegralNumber() || !value.canConvertToLong()) {
      throw new MalformedInputException("member " + name + " is not an integer");
    }
    return value.longValue();
  }

  /** An object that has exactly these members. */
  JsonNode object(String name, String... exactly) {
    JsonNode value = members.get(name);
    if (value == null
        || !value.isObject()
        || value.size() != exactly.length
        || !Arrays.stream(exactly).allMatch(value::has)) {
      throw new MalformedInputException("member " + name + " has other members");
    }
    return value;
  }

  JsonNode array(String name) {
    JsonNode value = members.get(name);
    if (value == null || !value.isArray()) {
      throw new MalformedInputException("member " + name + " is not an array");
    }
    return value;
  }

  /** The PIN, wiped at the latest with this command. */
  char[] pin() {
    return typed(pin, "pin");
  }

  /** The PIN, or null where none was typed. */
  char @Nullable [] pinOrNull() {
    return pin;
  }

  /** The new PIN, wiped at the latest with this command. */
  char[] newPin() {
    return typed(newPin, "newPin");
  }

  boolean hasNewPin() {
    return newPin != null;
  }

  private static char[] typed(char @Nullable [] pin, String name) {
    if (pin == null) {
      throw new MalformedInputException("member " + name + " is missing");
    }
    return pin;
  }

  /** PINs by level, wiped at the latest with this command. */
  Map<Integer, char[]> levels() {
    if (has("levels")) {
      throw new MalformedInputException("levels is {level: PIN}");
    }
    return levels;
  }

  @Override
  public void close() {
    wipe(pin, newPin, levels);
  }

  private static void wipe(
      char @Nullable [] pin, char @Nullable [] newPin, Map<Integer, char[]> levels) {
    Stream.concat(Stream.of(pin, newPin), levels.values().stream())
        .filter(Objects::nonNull)
        .forEach(typed -> Arrays.fill(typed, '\0'));
  }
}
