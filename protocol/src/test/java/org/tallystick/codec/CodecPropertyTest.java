package org.tallystick.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class CodecPropertyTest {
  @Property
  void cbor_encodedAndDecoded_isEqual(@ForAll("items") Cbor item) {
    byte[] encoded = item.encode();
    Cbor decoded = Cbor.decode(encoded, encoded.length);
    assertThat(decoded).isEqualTo(item);
    assertThat(decoded.encode()).isEqualTo(encoded);
  }

  @Property(tries = 20_000)
  void cbor_decodedFromAnyBytes_isRefusedOrTheOneEncoding(@ForAll @Size(max = 24) byte[] bytes) {
    Cbor decoded;
    try {
      decoded = Cbor.decode(bytes);
    } catch (MalformedInputException e) {
      assertThat(e).hasMessageNotContainingAny("\u0000");
      return;
    }
    assertThat(decoded.encode()).isEqualTo(bytes);
  }

  @Property
  void cbor_withOneBitFlipped_isRefusedOrAnotherValue(
      @ForAll("items") Cbor item, @ForAll int position) {
    byte[] encoded = item.encode();
    int bit = Math.floorMod(position, 8 * encoded.length);
    encoded[bit / 8] ^= (byte) (1 << bit % 8);
    try {
      assertThat(Cbor.decode(encoded, encoded.length)).isNotEqualTo(item);
    } catch (MalformedInputException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  @Property
  void base64Url_encodedAndDecoded_isEqual(@ForAll byte[] bytes) {
    assertThat(Base64Url.decode(Base64Url.encode(bytes))).isEqualTo(bytes);
  }

  @Property
  void base64Url_decodedFromAnyText_isRefusedOrTheOneEncoding(@ForAll("nearlyBase64") String text) {
    byte[] decoded;
    try {
      decoded = Base64Url.decode(text);
    } catch (MalformedInputException e) {
      assertThat(e).hasNoCause();
      return;
    }
    assertThat(Base64Url.encode(decoded)).isEqualTo(text);
  }

  @Property
  void crockford32_encodedAndDecoded_isEqual(@ForAll @Size(max = 40) byte[] bytes) {
    String symbols = Crockford32.encode(bytes);
    assertThat(symbols).matches("[0-9A-HJKMNP-TV-Z]*");
    assertThat(Crockford32.decode(symbols, bytes.length)).isEqualTo(bytes);
    String checked = Crockford32.encodeWithCheck(bytes);
    assertThat(Crockford32.decodeWithCheck(checked.toLowerCase(Locale.ROOT), bytes.length))
        .isEqualTo(bytes);
  }

  @Provide
  Arbitrary<String> nearlyBase64() {
    return Arbitraries.strings()
        .withChars("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_-_+/= ")
        .ofMaxLength(9);
  }

  @Provide
  Arbitrary<Cbor> items() {
    return items(Cbor.MAX_DEPTH);
  }

  private static Arbitrary<Cbor> items(int depth) {
    Arbitrary<Cbor> scalars =
        Arbitraries.oneOf(
            Arbitraries.longs().map(Cbor::of),
            Arbitraries.bytes().array(byte[].class).ofMaxSize(40).map(Cbor::of),
            texts().map(Cbor::of),
            Arbitraries.of(Cbor.of(true), Cbor.of(false), Cbor.NULL));
    if (depth == 0) {
      return scalars;
    }
    Arbitrary<Cbor> inner = Arbitraries.lazy(() -> items(depth - 1));
    Arbitrary<Cbor> arrays = inner.list().ofMaxSize(4).map((List<Cbor> list) -> Cbor.array(list));
    Arbitrary<Cbor> maps =
        Arbitraries.maps(keys(), inner).ofMaxSize(4).map(CodecPropertyTest::mapOf);
    return Arbitraries.frequencyOf(
        net.jqwik.api.Tuple.of(3, scalars),
        net.jqwik.api.Tuple.of(1, arrays),
        net.jqwik.api.Tuple.of(1, maps));
  }

  private static Arbitrary<Object> keys() {
    return Arbitraries.oneOf(
        Arbitraries.longs().map(key -> (Object) key), texts().map(key -> (Object) key));
  }

  private static Arbitrary<String> texts() {
    return Arbitraries.strings().withCharRange('\u0000', '\ud7ff').ofMaxLength(30);
  }

  private static Cbor mapOf(java.util.Map<Object, Cbor> members) {
    Cbor.MapBuilder map = Cbor.map();
    members.forEach(
        (key, value) -> {
          if (key instanceof Long number) {
            map.put(number, value);
          } else {
            map.put((String) key, value);
          }
        });
    return map.build();
  }
}
