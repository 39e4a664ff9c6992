package org.tallystick.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.tallystick.crypto.Secret;
import org.tallystick.crypto.SigningKey;
import org.tallystick.crypto.VerificationKey;
import org.tallystick.format.Suite;

/** Reads the members of one vector; a member that is missing is an error of the vector. */
record VectorReader(JsonNode node) {
  String kind() {
    return text("kind");
  }

  String name() {
    return text("name");
  }

  String text(String member) {
    return node.required(member).asText();
  }

  @Nullable String textOrNull(String member) {
    return node.required(member).isNull() ? null : text(member);
  }

  byte[] hex(String member) {
    return HexFormat.of().parseHex(text(member));
  }

  byte @Nullable [] hexOrNull(String member) {
    return node.required(member).isNull() ? null : hex(member);
  }

  long integer(String member) {
    assertThat(node.required(member).isIntegralNumber()).as(member).isTrue();
    return node.required(member).longValue();
  }

  @Nullable Long integerOrNull(String member) {
    return node.required(member).isNull() ? null : integer(member);
  }

  Suite suite() {
    return Suite.of(integer("suite"));
  }

  Secret secret(String member) {
    return Secret.adopt(hex(member));
  }

  VerificationKey key(String member) {
    return VerificationKey.ofPoint(hex(member));
  }

  SigningKey signing(String member) {
    return SigningKey.ofScalar(hex(member));
  }

  VectorReader part(String member) {
    return new VectorReader(node.required(member));
  }

  String refusal() {
    return text("refusal");
  }

  /** The value must be the one that is published. */
  void same(String member, byte[] computed) {
    assertThat(HexFormat.of().formatHex(computed)).as(member).isEqualTo(text(member));
  }
}
