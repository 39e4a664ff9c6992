package org.tallystick.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ws.rs.BadRequestException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreconditionsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"v7\"|true",
        "\"v6\", \"v7\"|true",
        "\"v6\",\"v7\" , \"x\"|true",
        "*|true",
        "\"v6\"|false",
        "\"v77\"|false",
        "W/\"v7\"|false",
        "\"\"|false"
      })
  void ifMatch_admitsTheVersionsThatAreNamed(String header, boolean admitted) {
    EntityTags tags = EntityTags.of(List.of(header)).orElseThrow();
    assertThat(tags.matchStrongly("\"v7\"")).isEqualTo(admitted);
  }

  @Test
  void ifNoneMatch_comparesWeakly_andTakesSeveralLines() {
    EntityTags tags = EntityTags.of(List.of("W/\"a\"", "\"b,c\"")).orElseThrow();
    assertThat(tags.matchWeakly("\"a\"")).isTrue();
    assertThat(tags.matchWeakly("\"b,c\"")).isTrue();
    assertThat(tags.matchWeakly("\"b\"")).isFalse();
    assertThat(tags.matchStrongly("\"a\"")).isFalse();
  }

  @Test
  void noHeader_asksNothing() {
    assertThat(EntityTags.of(List.of())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "v7",
        "\"v7",
        "v7\"",
        "\"v7\" \"v8\"",
        "w/\"v7\"",
        "\"v\u0001\"",
        "*,*",
        "\"a\"\"b\""
      })
  void header_thatIsMalformed_isRefused(String header) {
    assertThatThrownBy(() -> EntityTags.of(List.of(header)))
        .isInstanceOf(BadRequestException.class);
  }

  @Test
  void header_thatIsTooLong_isRefused() {
    String header = "\"a\",".repeat(10_000) + "\"a\"";
    assertThatThrownBy(() -> EntityTags.of(List.of(header)))
        .isInstanceOf(BadRequestException.class);
  }
}
