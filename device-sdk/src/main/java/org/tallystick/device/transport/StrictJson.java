package org.tallystick.device.transport;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tallystick.codec.MalformedInputException;

/**
 * Reads flat JSON objects of text members and nothing else: repeated, missing and unknown members,
 * other types and trailing content are refused.
 */
public final class StrictJson {
  private static final int MAX_DEPTH = 4;
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private StrictJson() {}

  /** The mapper, for who writes. */
  public static JsonMapper mapper() {
    return MAPPER;
  }

  /**
   * Reads one object.
   *
   * @throws MalformedInputException if it is anything else; the message quotes nothing
   */
  public static ObjectNode object(byte[] json) {
    JsonNode node;
    try {
      node = MAPPER.readTree(json);
    } catch (IOException e) {
      throw new MalformedInputException("not one strict JSON object");
    }
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw new MalformedInputException("not a JSON object");
  }

  /** Refuses members that are in neither set, and the lack of a required one. */
  public static ObjectNode members(ObjectNode object, Set<String> required, Set<String> optional) {
    for (String name : required) {
      if (!object.has(name)) {
        throw new MalformedInputException("member " + name + " is missing");
      }
    }
    Iterator<Map.Entry<String, JsonNode>> members = object.properties().iterator();
    while (members.hasNext()) {
      String name = members.next().getKey();
      if (!required.contains(name) && !optional.contains(name)) {
        throw new MalformedInputException("unknown member");
      }
    }
    return object;
  }

  /** A text member. */
  public static String text(ObjectNode object, String name) {
    JsonNode value = object.get(name);
    if (value == null || !value.isTextual()) {
      throw new MalformedInputException("member " + name + " is not a text");
    }
    return value.textValue();
  }

  /** A member that is a whole number. */
  public static long integer(ObjectNode object, String name) {
    JsonNode value = object.get(name);
    if (value == null || !value.isIntegralNumber() || !value.canConvertToLong()) {
      throw new MalformedInputException("member " + name + " is not a whole number");
    }
    return value.longValue();
  }

  /** A member that is an array of texts. */
  public static List<String> texts(ObjectNode object, String name) {
    JsonNode value = object.get(name);
    if (value == null || !value.isArray()) {
      throw new MalformedInputException("member " + name + " is not an array");
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode one : value) {
      if (!one.isTextual()) {
        throw new MalformedInputException("member " + name + " is not of texts");
      }
      texts.add(one.textValue());
    }
    return texts;
  }
}
