package org.tallystick.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The values of RFC 8949, appendix A that the subset admits, and those that it refuses. */
class CborTest {
  private static final HexFormat HEX = HexFormat.of();

  @ParameterizedTest
  @CsvSource({
    "0, 00",
    "1, 01",
    "10, 0a",
    "23, 17",
    "24, 1818",
    "25, 1819",
    "100, 1864",
    "255, 18ff",
    "256, 190100",
    "1000, 1903e8",
    "65535, 19ffff",
    "65536, 1a00010000",
    "1000000, 1a000f4240",
    "4294967295, 1affffffff",
    "4294967296, 1b0000000100000000",
    "1000000000000, 1b000000e8d4a51000",
    "9223372036854775807, 1b7fffffffffffffff",
    "-1, 20",
    "-10, 29",
    "-24, 37",
    "-25, 3818",
    "-100, 3863",
    "-1000, 3903e7",
    "-9223372036854775808, 3b7fffffffffffffff"
  })
  void integer_ofAppendixAOrAtALimit_hasThatEncoding(long value, String encoded) {
    assertBothWays(Cbor.of(value), encoded);
  }

  static List<Arguments> otherValues() {
    return List.of(
        Arguments.of("f4", Cbor.of(false)),
        Arguments.of("f5", Cbor.of(true)),
        Arguments.of("f6", Cbor.NULL),
        Arguments.of("40", Cbor.of(new byte[0])),
        Arguments.of("4401020304", Cbor.of(new byte[] {1, 2, 3, 4})),
        Arguments.of("60", Cbor.of("")),
        Arguments.of("6161", Cbor.of("a")),
        Arguments.of("6449455446", Cbor.of("IETF")),
        Arguments.of("62225c", Cbor.of("\"\\")),
        Arguments.of("62c3bc", Cbor.of("\u00fc")),
        Arguments.of("63e6b0b4", Cbor.of("\u6c34")),
        Arguments.of("64f0908591", Cbor.of("\ud800\udd51")),
        Arguments.of("80", Cbor.array()),
        Arguments.of("83010203", Cbor.array(Cbor.of(1), Cbor.of(2), Cbor.of(3))),
        Arguments.of(
            "8301820203820405",
            Cbor.array(
                Cbor.of(1),
                Cbor.array(Cbor.of(2), Cbor.of(3)),
                Cbor.array(Cbor.of(4), Cbor.of(5)))),
        Arguments.of(
            "98190102030405060708090a0b0c0d0e0f101112131415161718181819",
            Cbor.array(java.util.stream.LongStream.rangeClosed(1, 25).mapToObj(Cbor::of).toList())),
        Arguments.of("a0", Cbor.map().build()),
        Arguments.of("a201020304", Cbor.map().put(3, Cbor.of(4)).put(1, Cbor.of(2)).build()),
        Arguments.of(
            "a26161016162820203",
            Cbor.map().put("b", Cbor.array(Cbor.of(2), Cbor.of(3))).put("a", Cbor.of(1)).build()),
        Arguments.of(
            "826161a161626163",
            Cbor.array(Cbor.of("a"), Cbor.map().put("b", Cbor.of("c")).build())),
        Arguments.of(
            "a56161614161626142616361436164614461656145",
            Cbor.map()
                .put("e", Cbor.of("E"))
                .put("d", Cbor.of("D"))
                .put("c", Cbor.of("C"))
                .put("b", Cbor.of("B"))
                .put("a", Cbor.of("A"))
                .build()));
  }

  @ParameterizedTest
  @MethodSource("otherValues")
  void value_ofAppendixA_hasThatEncoding(String encoded, Cbor value) {
    assertBothWays(value, encoded);
  }

  @Test
  void mapKeys_inAnyOrder_areSortedBytewiseByEncoding() {
    Cbor.Map map =
        Cbor.map()
            .put("aa", Cbor.NULL)
            .put("z", Cbor.NULL)
            .put(-1, Cbor.NULL)
            .put(-2, Cbor.NULL)
            .put(100, Cbor.NULL)
            .put(10, Cbor.NULL)
            .build();
    assertBothWays(map, "a60af61864f620f621f6617af6626161f6");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1bffffffffffffffff", // 18446744073709551615
        "3bffffffffffffffff", // −18446744073709551616
        "c249010000000000000000", // bignum
        "f90000", // 0.0
        "fa47c35000", // 100000.0
        "fb3ff199999999999a", // 1.1
        "f7", // undefined
        "f0", // simple(16)
        "f8ff", // simple(255)
        "f814", // false in two bytes
        "c11a514b67b0", // tag 1
        "d74401020304", // tag 23
        "d28440a04040", // tag 18
        "5f42010243030405ff", // indefinite byte string
        "7f657374726561646d696e67ff", // indefinite text
        "9fff", // indefinite array
        "bf61610161629f0203ffff", // indefinite map
        "ff", // break
        "1c", // reserved
        "1800", // not shortest
        "1817",
        "190018",
        "1900ff",
        "1a0000ffff",
        "1b00000000ffffffff",
        "3817",
        "580100",
        "780161",
        "9800",
        "b800",
        "a2016161016162", // key twice
        "a202010102", // keys not sorted
        "a26162016161f6", // text keys not sorted
        "a220f600f6", // negative before positive
        "a140f6", // byte string as key
        "a1f4f6", // boolean as key
        "61ff", // not UTF-8
        "62c080", // overlong UTF-8
        "63eda080", // surrogate in UTF-8
        "", // nothing
        "18", // head cut off
        "4401", // content cut off
        "8201", // array cut off
        "a101", // map cut off
        "0000", // trailing byte
        "5b7fffffffffffffff", // length far beyond the input
        "9b7fffffffffffffff", // count far beyond the input
        "bb7fffffffffffffff",
        "9a7fffffff",
      })
  void decode_ofAnythingElse_isRefused(String encoded) {
    assertThatThrownBy(() -> Cbor.decode(HEX.parseHex(encoded)))
        .isInstanceOf(MalformedInputException.class);
  }

  @Test
  void nesting_ofSix_isTheDeepest() {
    assertBothWays(nested(6), "818181818180");
    assertThatThrownBy(() -> Cbor.decode(HEX.parseHex("81818181818180")))
        .isInstanceOf(MalformedInputException.class);
    assertThatThrownBy(() -> Cbor.decode(HEX.parseHex("a100a100a100a100a100a100a0")))
        .isInstanceOf(MalformedInputException.class);
    assertThatThrownBy(nested(7)::encode).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void decode_ofMoreBytesThanAllowed_isRefused() {
    byte[] atLimit = Cbor.of(new byte[Cbor.MAX_BYTES - 3]).encode();
    assertThat(atLimit).hasSize(Cbor.MAX_BYTES);
    assertThat(Cbor.decode(atLimit).asBytes()).hasSize(Cbor.MAX_BYTES - 3);
    byte[] over = Cbor.of(new byte[Cbor.MAX_BYTES - 2]).encode();
    assertThatThrownBy(() -> Cbor.decode(over)).isInstanceOf(MalformedInputException.class);
    assertThat(Cbor.decode(over, over.length).asBytes()).hasSize(Cbor.MAX_BYTES - 2);
    assertThatThrownBy(() -> Cbor.decode(atLimit, 10)).isInstanceOf(MalformedInputException.class);
  }

  @Test
  void decode_ofEveryPrefix_isRefused() {
    byte[] whole =
        Cbor.map()
            .put(1, Cbor.array(Cbor.of(1000), Cbor.of("text"), Cbor.of(new byte[30])))
            .put("k", Cbor.NULL)
            .build()
            .encode();
    for (int length = 0; length < whole.length; length++) {
      byte[] prefix = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> Cbor.decode(prefix)).isInstanceOf(MalformedInputException.class);
    }
  }

  @Test
  void narrowing_toAnotherType_isRefused() {
    Cbor text = Cbor.of("text");
    assertThatThrownBy(text::asLong).isInstanceOf(MalformedInputException.class);
    assertThatThrownBy(text::asBytes).isInstanceOf(MalformedInputException.class);
    assertThatThrownBy(() -> text.asBytes(4)).isInstanceOf(MalformedInputException.class);
    assertThatThrownBy(text::asArray).isInstanceOf(MalformedInputException.class);
    assertThatThrownBy(() -> text.asArray(1)).isInstanceOf(MalformedInputException.class);
    assertThatThrownBy(text::asBool).isInstanceOf(MalformedInputException.class);
    assertThatThrownBy(() -> text.asText(3)).isInstanceOf(MalformedInputException.class);
    assertThatThrownBy(() -> Cbor.of(1).asText(3)).isInstanceOf(MalformedInputException.class);
    assertThat(text.asText(4)).isEqualTo("text");
    assertThat(text.isNull()).isFalse();
    assertThat(Cbor.NULL.isNull()).isTrue();
    assertThat(Cbor.of(true).asBool()).isTrue();
    assertThatThrownBy(() -> Cbor.of(new byte[3]).asBytes(4))
        .isInstanceOf(MalformedInputException.class);
    assertThatThrownBy(() -> Cbor.array(text).asArray(2))
        .isInstanceOf(MalformedInputException.class);
    assertThat(Cbor.array(text).asArray(1)).containsExactly(text);
  }

  @Test
  void builder_withAKeyTwice_isRefused() {
    Cbor.MapBuilder twice = Cbor.map().put(1, Cbor.NULL).put(1, Cbor.of(2));
    assertThatThrownBy(twice::build).isInstanceOf(MalformedInputException.class);
  }

  @Test
  void builder_withAbsentValue_leavesTheMemberOut() {
    Cbor.Map map = Cbor.map().putIfPresent(1, null).putIfPresent(2, Cbor.of(5)).build();
    assertThat(map.get(1)).isEmpty();
    assertThat(map.get(2)).contains(Cbor.of(5));
    assertThat(map.get("2")).isEmpty();
  }

  @Test
  void text_withUnpairedSurrogate_isRefused() {
    for (String text : List.of("\ud800", "\udc00a", "a\ud800b", "\ud800\ud800\udc00")) {
      assertThatThrownBy(() -> Cbor.of(text)).isInstanceOf(MalformedInputException.class);
    }
  }

  @Test
  void bytesAndText_shown_giveTheirLengthOnly() {
    assertThat(Cbor.array(Cbor.of(new byte[] {77, 78}), Cbor.of("secret")).toString())
        .contains("2 bytes", "6 characters")
        .doesNotContain("secret");
  }

  private static Cbor nested(int depth) {
    Cbor value = Cbor.array();
    for (int i = 1; i < depth; i++) {
      value = Cbor.array(value);
    }
    return value;
  }

  private static void assertBothWays(Cbor value, String encoded) {
    assertThat(HEX.formatHex(value.encode())).isEqualTo(encoded);
    assertThat(Cbor.decode(HEX.parseHex(encoded))).isEqualTo(value);
    assertThat(Cbor.decode(HEX.parseHex(encoded)).hashCode()).isEqualTo(value.hashCode());
  }
}
