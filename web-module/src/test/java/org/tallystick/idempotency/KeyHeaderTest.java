package org.tallystick.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ws.rs.BadRequestException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyHeaderTest {
  @Test
  void key_withAndWithoutQuotationMarks_isTheSame() {
    assertThat(KeyHeader.of(List.of("a-1"))).contains("a-1");
    assertThat(KeyHeader.of(List.of("\"a-1\""))).contains("a-1");
    assertThat(KeyHeader.of(List.of(" \"a-1\" "))).contains("a-1");
    assertThat(KeyHeader.of(List.of("x".repeat(64)))).contains("x".repeat(64));
    assertThat(KeyHeader.of(List.of())).isEmpty();
    assertThat(KeyHeader.of(null)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "\"\"", "\"a", "a\"", "a b", "a\\b", "\u00e9", "a\u202eb", "a\tb"})
  void key_ofAnotherForm_isRefused(String line) {
    assertThatThrownBy(() -> KeyHeader.of(List.of(line))).isInstanceOf(BadRequestException.class);
  }

  @Test
  void key_tooLongOrTwice_isRefused() {
    assertThatThrownBy(() -> KeyHeader.of(List.of("x".repeat(65))))
        .isInstanceOf(BadRequestException.class);
    assertThatThrownBy(() -> KeyHeader.of(List.of("a", "a")))
        .isInstanceOf(BadRequestException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 202, 204, 404, 409, 412, 422})
  void answer_thatCameFromTheResource_isKept(int status) {
    assertThat(KeptStatuses.areKept(status)).isTrue();
    assertThat(KeptStatuses.undo(status)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 405, 406, 413, 415, 429, 500, 503})
  void answer_thatDidNot_isNot(int status) {
    assertThat(KeptStatuses.areKept(status)).isFalse();
    assertThat(KeptStatuses.undo(status)).isEqualTo(status >= 500);
  }
}
