package org.tallystick.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tallystick.keys.KeyVault;
import org.tallystick.keys.Pkcs12KeyVault;

class CursorsTest {
  private static final String LIST = "registrations/APPLIED";

  @TempDir Path keys;
  private Cursors cursors;

  @BeforeEach
  void open() {
    cursors = CursorsFixture.cursors(vault(keys));
  }

  @Test
  void cursor_ofThisList_givesItsPosition() {
    String cursor = cursors.cursor(LIST, "p\u00f6sition 7");
    assertThat(cursors.position(LIST, Optional.of(cursor))).contains("p\u00f6sition 7");
    assertThat(cursors.position(LIST, Optional.empty())).isEmpty();
    assertThat(cursor).matches("[A-Za-z0-9_-]+");
  }

  @Test
  void cursor_ofAnotherListOrFilter_isRefused() {
    String cursor = cursors.cursor("registrations/REFUSED", "7");
    assertRefused(cursor);
    // name and position are kept apart
    assertRefused(cursors.cursor(LIST + "7", "x"));
  }

  @Test
  void cursor_withAnyCharacterChanged_isRefused() {
    String cursor = cursors.cursor(LIST, "123456");
    for (int i = 0; i < cursor.length(); i++) {
      char other = cursor.charAt(i) == 'A' ? 'g' : 'A';
      assertRefused(cursor.substring(0, i) + other + cursor.substring(i + 1));
    }
  }

  @Test
  void cursor_ofAnotherBank_isRefused(@TempDir Path others) {
    assertRefused(CursorsFixture.cursors(vault(others)).cursor(LIST, "7"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A", "AQ", "***", "7", "AQAAAAAAAAAAAAAAAAAAAAA"})
  void cursor_thatIsNone_isRefused(String text) {
    assertRefused(text);
  }

  @Test
  void cursor_thatIsTooLong_isRefused() {
    assertRefused("A".repeat(100_000));
  }

  private static KeyVault vault(Path folder) {
    return Pkcs12KeyVault.open(
        folder, "a password".toCharArray(), Clock.systemUTC(), new SecureRandom());
  }

  private void assertRefused(String cursor) {
    assertThatThrownBy(() -> cursors.position(LIST, Optional.of(cursor)))
        .isInstanceOf(CursorRefusedException.class);
  }
}
