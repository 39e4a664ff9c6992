package org.tallystick.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Values that are equal by content, found by key, shown without content, and in one order. */
class CborValuesTest {
  @Test
  void byteStrings_ofOneContent_areEqualAndOfAnotherAreNot() {
    Cbor bytes = Cbor.of(new byte[] {1, 2});
    assertThat(bytes).isEqualTo(Cbor.of(new byte[] {1, 2}));
    assertThat(bytes).hasSameHashCodeAs(Cbor.of(new byte[] {1, 2}));
    assertThat(bytes).doesNotHaveSameHashCodeAs(Cbor.of(new byte[] {2, 1}));
    assertThat(bytes).isNotEqualTo(Cbor.of(new byte[] {1, 3}));
    assertThat(bytes).isNotEqualTo(Cbor.of(new byte[] {1, 2, 0}));
    assertThat(bytes).isNotEqualTo(Cbor.of("\u0001\u0002"));
  }

  @Test
  void member_underAKeyOfEitherKind_isFound() {
    Cbor.Map map = Cbor.map().put(0, Cbor.of(10)).put("0", Cbor.of(20)).build();
    assertThat(map.get(0)).contains(Cbor.of(10));
    assertThat(map.get("0")).contains(Cbor.of(20));
    assertThat(map.get(1)).isEmpty();
    assertThat(map.get("")).isEmpty();
  }

  @Test
  void keys_builtInAnyOrder_standInTheOrderOfTheirEncodings() {
    Cbor.Map map =
        Cbor.map()
            .put("aa", Cbor.NULL)
            .put(-2, Cbor.NULL)
            .put("b", Cbor.NULL)
            .put(5, Cbor.NULL)
            .put(-1, Cbor.NULL)
            .put("\u00e9", Cbor.NULL)
            .put(0, Cbor.NULL)
            .put(24, Cbor.NULL)
            .put("a", Cbor.NULL)
            .build();
    assertThat(map.entries().stream().map(Cbor.Entry::key).toList())
        .isEqualTo(
            List.of(
                Cbor.of(0),
                Cbor.of(5),
                Cbor.of(24),
                Cbor.of(-1),
                Cbor.of(-2),
                Cbor.of("a"),
                Cbor.of("b"),
                Cbor.of("aa"),
                Cbor.of("\u00e9")));
    assertThat(Cbor.decode(map.encode())).isEqualTo(map);
  }

  @Test
  void values_shown_giveNoContent() {
    assertThat(Cbor.NULL).hasToString("Null");
    assertThat(Cbor.of(new byte[3])).hasToString("Bytes(3 bytes)");
    assertThat(Cbor.of("abc")).hasToString("Text(3 characters)");
  }

  @Test
  void boolean_readFromAMap_isTheOneThatWasPut() {
    MapReader reader = MapReader.of(Cbor.map().put(1, Cbor.of(false)).build());
    assertThat(reader.bool(1)).isFalse();
  }

  @Test
  void text_ofExactlyTheExpectedContent_isTakenAndNoOther() {
    MapReader reader = MapReader.of(Cbor.map().put(1, Cbor.of("TL")).build());
    assertThat(reader.text(1, "TL")).isEqualTo("TL");
    assertThatThrownBy(() -> reader.text(1, "TM")).isInstanceOf(MalformedInputException.class);
    assertThatThrownBy(() -> reader.text(1, "T")).isInstanceOf(MalformedInputException.class);
  }

  @Test
  void text_withAReplacementCharacterOfItsOwn_isRead() {
    Cbor text = Cbor.of("a\ufffdb");
    assertThat(Cbor.decode(text.encode())).isEqualTo(text);
  }

  @Test
  void text_atEachEdgeOfTheUtf8Lengths_isWrittenWhole() {
    for (String text : List.of("\u007f", "\u0080", "\u07ff", "\u0800", "\uffff", "\ud83d\ude00")) {
      Cbor value = Cbor.of(text);
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      assertThat(value.encode()).hasSize(1 + utf8.length).endsWith(utf8);
      assertThat(Cbor.decode(value.encode())).isEqualTo(value);
    }
  }
}
