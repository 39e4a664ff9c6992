package org.tallystick.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tallystick.code.Conditions;
import org.tallystick.code.HalfOptions;
import org.tallystick.code.HalfTerms;
import org.tallystick.code.Limits;
import org.tallystick.pin.PinVerifier;

/** What only some halves have, as members that are there only where they say something. */
final class TermsMembers {
  private TermsMembers() {}

  static Vector put(Vector terms, HalfTerms of) {
    Conditions conditions = of.conditions();
    if (conditions.limits() != null) {
      terms.part("limits", limits(conditions.limits()));
    }
    if (conditions.contentHash() != null) {
      terms.hex("contentHash", conditions.contentHash());
    }
    if (conditions.consent() != 0) {
      terms.integer("consent", conditions.consent());
    }
    if (conditions.terms()) {
      terms.json("termsMode", BooleanNode.TRUE);
    }
    HalfOptions options = of.options();
    if (options.belongsTo() != null) {
      terms.hex("belongsTo", options.belongsTo());
    }
    if (options.loyaltyId() != null) {
      terms.text("loyaltyId", options.loyaltyId());
    }
    if (!options.levelPins().isEmpty()) {
      Vector levels = Vector.part();
      new TreeMap<>(options.levelPins())
          .forEach((level, pin) -> levels.hex(level.toString(), pin.toBytes()));
      terms.part("levels", levels);
    }
    if (options.compact()) {
      terms.json("compact", BooleanNode.TRUE);
    }
    return terms;
  }

  private static Vector limits(Limits limits) {
    Vector part = Vector.part();
    if (limits.tipMinor() != null) {
      part.integer("tip", limits.tipMinor());
    }
    Limits.Hold hold = limits.hold();
    if (hold != null) {
      part.json("hold", numbers(hold.limitMinor(), hold.untilMillis()));
    }
    Limits.Charges charges = limits.charges();
    if (charges != null) {
      part.json(
          "charges",
          numbers(
              charges.eachMinor(),
              charges.count(),
              charges.intervalMillis(),
              charges.untilMillis()));
    }
    return part;
  }

  private static ArrayNode numbers(long... values) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (long value : values) {
      array.add(value);
    }
    return array;
  }

  static HalfTerms read(VectorReader v, HalfTerms plain) {
    Conditions conditions =
        new Conditions(
            limits(v.node().path("limits")),
            hex(v.node().path("contentHash")),
            v.node().path("consent").asInt(),
            v.node().path("termsMode").asBoolean());
    JsonNode loyaltyId = v.node().path("loyaltyId");
    return plain
        .with(conditions)
        .with(
            new HalfOptions(
                hex(v.node().path("belongsTo")),
                loyaltyId.isMissingNode() ? null : loyaltyId.asText(),
                levels(v.node().path("levels")),
                v.node().path("compact").asBoolean()));
  }

  private static byte @Nullable [] hex(JsonNode member) {
    return member.isMissingNode() ? null : HexFormat.of().parseHex(member.asText());
  }

  private static Map<Integer, PinVerifier> levels(JsonNode members) {
    Map<Integer, PinVerifier> levels = new TreeMap<>();
    members
        .properties()
        .forEach(
            level ->
                levels.put(
                    Integer.valueOf(level.getKey()),
                    PinVerifier.ofBytes(HexFormat.of().parseHex(level.getValue().asText()))));
    return levels;
  }

  private static @Nullable Limits limits(JsonNode member) {
    if (member.isMissingNode()) {
      return null;
    }
    JsonNode tip = member.path("tip");
    JsonNode hold = member.path("hold");
    JsonNode charges = member.path("charges");
    return new Limits(
        tip.isMissingNode() ? null : tip.asLong(),
        hold.isMissingNode() ? null : new Limits.Hold(hold.get(0).asLong(), hold.get(1).asLong()),
        charges.isMissingNode()
            ? null
            : new Limits.Charges(
                charges.get(0).asLong(),
                charges.get(1).asInt(),
                charges.get(2).asLong(),
                charges.get(3).asLong()));
  }
}
