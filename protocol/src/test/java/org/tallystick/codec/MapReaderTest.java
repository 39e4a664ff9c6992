package org.tallystick.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class MapReaderTest {
  private final MapReader reader =
      MapReader.of(
          Cbor.map()
              .put(1, Cbor.of(7))
              .put(2, Cbor.of(new byte[4]))
              .put(3, Cbor.of("abc"))
              .put(4, Cbor.of(true))
              .put(5, Cbor.array())
              .build());

  @Test
  void members_allRead_endIsReached() {
    assertThat(reader.integer(1)).isEqualTo(7);
    assertThat(reader.integer(1, 7, 7)).isEqualTo(7);
    assertThat(reader.bytes(2, 4)).hasSize(4);
    assertThat(reader.bytes(2, 4, 9)).hasSize(4);
    assertThat(reader.text(3, 3)).isEqualTo("abc");
    assertThat(reader.bool(4)).isTrue();
    assertThat(reader.optional(6)).isEmpty();
    refused(reader::end);
    assertThat(reader.value(5)).isEqualTo(Cbor.array());
    reader.end();
  }

  @Test
  void member_missingOrOutsideItsLimits_isRefused() {
    refused(() -> reader.integer(9));
    refused(() -> reader.value(9));
    refused(() -> reader.integer(1, 8, 9));
    refused(() -> reader.integer(1, 0, 6));
    refused(() -> reader.integer(3));
    refused(() -> reader.bytes(2, 5));
    refused(() -> reader.bytes(2, 0, 3));
    refused(() -> reader.bytes(2, 5, 8));
    refused(() -> reader.text(3, 2));
    refused(() -> reader.bool(1));
  }

  @Test
  void textKey_isAnUnknownMember() {
    MapReader other = MapReader.of(Cbor.map().put("1", Cbor.NULL).build());
    assertThat(other.optional(1)).isEmpty();
    refused(other::end);
  }

  @Test
  void otherThanAMap_isRefused() {
    refused(() -> MapReader.of(Cbor.array()));
  }

  private static void refused(ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(MalformedInputException.class);
  }
}
