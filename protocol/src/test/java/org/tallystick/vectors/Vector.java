package org.tallystick.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.tallystick.format.Suite;

/** One vector under construction: a kind, a name, and members of which byte strings are hex. */
final class Vector {
  private final ObjectNode members = JsonNodeFactory.instance.objectNode();

  private Vector() {}

  static Vector of(String kind, String name) {
    return new Vector().text("kind", kind).text("name", name);
  }

  /** A part of a vector. */
  static Vector part() {
    return new Vector();
  }

  Vector hex(String member, byte @Nullable [] value) {
    members.put(member, value == null ? null : HexFormat.of().formatHex(value));
    return this;
  }

  Vector text(String member, @Nullable String value) {
    members.put(member, value);
    return this;
  }

  Vector integer(String member, @Nullable Long value) {
    members.put(member, value);
    return this;
  }

  Vector integer(String member, long value) {
    members.put(member, value);
    return this;
  }

  /** Number of the device's suite. */
  Vector suite(Suite suite) {
    return integer("suite", suite.value());
  }

  Vector json(String member, JsonNode value) {
    members.set(member, value);
    return this;
  }

  Vector part(String member, Vector value) {
    members.set(member, value.members);
    return this;
  }

  /** Takes over all members of another. */
  Vector with(Vector other) {
    members.setAll(other.members);
    return this;
  }

  /** Why it must be refused. */
  ObjectNode refused(String refusal) {
    return members.put("refusal", refusal);
  }

  ObjectNode node() {
    return members;
  }
}
