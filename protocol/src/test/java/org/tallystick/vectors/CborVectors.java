package org.tallystick.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.tallystick.codec.Cbor;

/**
 * Deterministic CBOR, good and bad. Values are written as JSON with their type: {@code
 * {"int":"-1"}}, {@code {"bytes":"00"}}, {@code {"text":"a"}}, {@code {"array":[…]}}, {@code
 * {"map":[[key,value],…]}}, {@code {"bool":true}}, {@code {"null":true}}.
 */
final class CborVectors {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private CborVectors() {}

  static List<JsonNode> all() {
    List<JsonNode> all = new ArrayList<>();
    good(all);
    for (String bad : BAD.lines().toList()) {
      String[] parts = bad.split(": ", 2);
      all.add(Vector.of("cbor-bad", parts[0]).text("hex", parts[1]).refused("malformed"));
    }
    String deep = "81".repeat(7) + "00";
    all.add(Vector.of("cbor-bad", "seven arrays deep").text("hex", deep).refused("malformed"));
    return all;
  }

  private static final String BAD =
      """
      empty input:\s
      number not in its shortest form, 1 byte: 1817
      number not in its shortest form, 2 bytes: 1900ff
      number not in its shortest form, 4 bytes: 1a0000ffff
      number not in its shortest form, 8 bytes: 1b00000000ffffffff
      negative not in its shortest form: 3800
      byte string length not in its shortest form: 580100
      text length not in its shortest form: 780161
      array length not in its shortest form: 980100
      map length not in its shortest form: b8010000
      integer beyond 63 bits: 1b8000000000000000
      negative beyond 63 bits: 3b8000000000000000
      byte string of indefinite length: 5f4100ff
      text of indefinite length: 7f6161ff
      array of indefinite length: 9f00ff
      map of indefinite length: bf0000ff
      break alone: ff
      reserved head: 1c
      tag: c000
      tagged COSE_Sign1: d284404040f6
      float of 16 bits: f93c00
      float of 32 bits: fa3f800000
      float of 64 bits: fb3ff0000000000000
      undefined: f7
      simple value 16: f0
      simple value in two bytes: f820
      duplicate integer key: a201000100
      duplicate text key: a2616100616100
      keys out of order: a202000100
      negative key before positive: a220000000
      text key before integer key: a26161000100
      longer text key first: a262616100616200
      byte string as key: a1410000
      array as key: a18000
      null as key: a1f600
      trailing byte: 0000
      trailing bytes after a map: a1010000
      byte string cut short: 4200
      text cut short: 6261
      array cut short: 8200
      map without a value: a101
      head cut short: 19ff
      more members than bytes: 9affffffff
      length of 2^63-1: 5b7fffffffffffffff
      text not UTF-8: 61ff
      text with an overlong form: 62c080
      text with a surrogate: 63eda080""";

  private static void good(List<JsonNode> all) {
    long[] integers = {
      0,
      1,
      23,
      24,
      255,
      256,
      65_535,
      65_536,
      4_294_967_295L,
      4_294_967_296L,
      (1L << 53) - 1,
      1L << 53,
      Long.MAX_VALUE,
      -1,
      -24,
      -25,
      -256,
      -257,
      -65_537,
      -4_294_967_297L,
      Long.MIN_VALUE
    };
    for (long integer : integers) {
      all.add(good("integer " + integer, Cbor.of(integer)));
    }
    all.add(good("empty byte string", Cbor.of(new byte[0])));
    all.add(good("byte string of 23", Cbor.of(Fixed.bytes("23", 23))));
    all.add(good("byte string of 24", Cbor.of(Fixed.bytes("24", 24))));
    all.add(good("byte string of 256", Cbor.of(Fixed.bytes("256", 256))));
    all.add(good("empty text", Cbor.of("")));
    all.add(good("text in three scripts", Cbor.of("Zürich Ζυρίχη 苏黎世")));
    all.add(good("text beyond the first plane", Cbor.of("a😀b")));
    all.add(good("text with a zero and a byte order mark", Cbor.of("\u0000\ufeff")));
    all.add(good("true", Cbor.of(true)));
    all.add(good("false", Cbor.of(false)));
    all.add(good("null", Cbor.NULL));
    all.add(good("empty array", Cbor.array()));
    all.add(good("empty map", Cbor.map().build()));
    all.add(
        good(
            "map in deterministic order",
            Cbor.map()
                .put(-70_001, Cbor.of(1))
                .put(-1, Cbor.of(2))
                .put("aa", Cbor.of(3))
                .put("b", Cbor.of(4))
                .put(24, Cbor.of(5))
                .put(1, Cbor.of(6))
                .build()));
    Cbor deep = Cbor.of(7);
    for (int i = 0; i < Cbor.MAX_DEPTH; i++) {
      deep = Cbor.array(deep);
    }
    all.add(good("six arrays deep", deep));
    all.add(
        good(
            "mixed",
            Cbor.array(
                Cbor.of("tallystick"),
                Cbor.of(0),
                Cbor.NULL,
                Cbor.map().put(5, Cbor.array(Cbor.of(true), Cbor.of(new byte[2]))).build())));
  }

  private static JsonNode good(String name, Cbor value) {
    return Vector.of("cbor", name).json("value", typed(value)).hex("hex", value.encode()).node();
  }

  private static JsonNode typed(Cbor value) {
    if (value instanceof Cbor.Int integer) {
      return JSON.objectNode().put("int", Long.toString(integer.value()));
    } else if (value instanceof Cbor.Bytes bytes) {
      return JSON.objectNode().put("bytes", HexFormat.of().formatHex(bytes.value()));
    } else if (value instanceof Cbor.Text text) {
      return JSON.objectNode().put("text", text.value());
    } else if (value instanceof Cbor.Array array) {
      ArrayNode items = JSON.arrayNode();
      array.items().forEach(item -> items.add(typed(item)));
      return JSON.objectNode().set("array", items);
    } else if (value instanceof Cbor.Map map) {
      ArrayNode entries = JSON.arrayNode();
      map.entries()
          .forEach(e -> entries.add(JSON.arrayNode().add(typed(e.key())).add(typed(e.value()))));
      return JSON.objectNode().set("map", entries);
    } else if (value instanceof Cbor.Bool bool) {
      return JSON.objectNode().put("bool", bool.value());
    }
    return JSON.objectNode().put("null", true);
  }

  /** The value that a typed JSON stands for. */
  static Cbor value(JsonNode typed) {
    String type = typed.fieldNames().next();
    JsonNode content = typed.get(type);
    return switch (type) {
      case "int" -> Cbor.of(Long.parseLong(content.asText()));
      case "bytes" -> Cbor.of(HexFormat.of().parseHex(content.asText()));
      case "text" -> Cbor.of(content.asText());
      case "bool" -> Cbor.of(content.asBoolean());
      case "null" -> Cbor.NULL;
      case "array" -> {
        List<Cbor> items = new ArrayList<>();
        content.forEach(item -> items.add(value(item)));
        yield Cbor.array(items);
      }
      case "map" -> {
        List<Cbor.Entry> entries = new ArrayList<>();
        content.forEach(
            pair -> entries.add(new Cbor.Entry(value(pair.get(0)), value(pair.get(1)))));
        yield new Cbor.Map(entries);
      }
      default -> throw new IllegalArgumentException("unknown type " + type);
    };
  }
}
