package org.tallystick.json;

import java.util.List;
import java.util.Map;

/** A parsed value; numbers keep the digits they were written with. */
sealed interface JsonNode {
  /** A string. */
  record Text(String value) implements JsonNode {}

  /** A number as it was written. */
  record Digits(String value) implements JsonNode {}

  /** True or false. */
  record Flag(boolean value) implements JsonNode {}

  /** Null. */
  record Nothing() implements JsonNode {}

  /** An array. */
  record Items(List<JsonNode> values) implements JsonNode {}

  /** An object. */
  record Members(Map<String, JsonNode> values) implements JsonNode {}
}
