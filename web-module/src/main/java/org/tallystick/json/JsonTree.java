package org.tallystick.json;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/** Parses one JSON text, RFC 8259, with doubled keys, deep nesting and bad UTF-8 refused. */
final class JsonTree {
  private static final int MAX_DEPTH = 8;

  private final JsonParser parser;

  private JsonTree(JsonParser parser) {
    this.parser = parser;
  }

  static JsonNode parse(byte[] utf8) {
    String text = decode(utf8);
    try (JsonParser parser = Json.createParser(new StringReader(text))) {
      JsonNode root = new JsonTree(parser).value(parser.next(), 1);
      if (parser.hasNext()) {
        throw new JsonRefusedException("something follows after the JSON text");
      }
      return root;
    } catch (JsonException | NoSuchElementException | IllegalStateException e) {
      // the cause is dropped: its message quotes the input
      throw new JsonRefusedException("not one JSON text");
    }
  }

  private static String decode(byte[] utf8) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(utf8))
          .toString();
    } catch (CharacterCodingException e) {
      throw new JsonRefusedException("not UTF-8");
    }
  }

  private JsonNode value(Event event, int depth) {
    if (depth > MAX_DEPTH) {
      throw new JsonRefusedException("nested more than " + MAX_DEPTH + " deep");
    }
    return switch (event) {
      case START_OBJECT -> members(depth);
      case START_ARRAY -> items(depth);
      case VALUE_STRING -> new JsonNode.Text(parser.getString());
      case VALUE_NUMBER -> new JsonNode.Digits(parser.getString());
      case VALUE_TRUE -> new JsonNode.Flag(true);
      case VALUE_FALSE -> new JsonNode.Flag(false);
      case VALUE_NULL -> new JsonNode.Nothing();
      case KEY_NAME, END_OBJECT, END_ARRAY -> throw new JsonRefusedException("not one JSON text");
    };
  }

  private JsonNode members(int depth) {
    Map<String, JsonNode> members = new LinkedHashMap<>();
    for (Event event = parser.next(); event != Event.END_OBJECT; event = parser.next()) {
      String name = parser.getString();
      JsonNode value = value(parser.next(), depth + 1);
      if (members.putIfAbsent(name, value) != null) {
        throw new JsonRefusedException("a member appears twice");
      }
    }
    return new JsonNode.Members(members);
  }

  private JsonNode items(int depth) {
    List<JsonNode> items = new ArrayList<>();
    for (Event event = parser.next(); event != Event.END_ARRAY; event = parser.next()) {
      items.add(value(event, depth + 1));
    }
    return new JsonNode.Items(items);
  }
}
