package org.tallystick.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** base64url against RFC 4648, clause 10; Crockford base 32 against its own definition. */
class TextFormsTest {
  @ParameterizedTest
  @CsvSource({"'',''", "f,Zg", "fo,Zm8", "foo,Zm9v", "foob,Zm9vYg", "fooba,Zm9vYmE"})
  void base64Url_ofTheVectors_isThatText(String plain, String text) {
    assertThat(Base64Url.encode(plain.getBytes(US_ASCII))).isEqualTo(text);
    assertThat(Base64Url.decode(text)).isEqualTo(plain.getBytes(US_ASCII));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Zg==", "Zg=", "Zh", "Zm9", "Z", "Zm9v\n", " Zm9v", "Zm+v", "Zm/v", "Zm\u00e9v"})
  void base64Url_inAnotherForm_isRefused(String text) {
    assertThatThrownBy(() -> Base64Url.decode(text))
        .isInstanceOf(MalformedInputException.class)
        .hasNoCause();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1, 000",
    "1, 1, 011",
    "31, 1, 0ZZ",
    "32, 1, 10*",
    "33, 1, 11+",
    "34, 1, 12$",
    "35, 1, 13%",
    "36, 1, 14U",
    "37, 1, 150",
    "1234, 2, 016JD"
  })
  void crockford32_withCheck_isTheNumberModulo37(long number, int byteLength, String text) {
    byte[] bytes = new byte[byteLength];
    for (int i = 0; i < byteLength; i++) {
      bytes[i] = (byte) (number >>> (8 * (byteLength - 1 - i)));
    }
    assertThat(Crockford32.encodeWithCheck(bytes)).isEqualTo(text);
    assertThat(Crockford32.decodeWithCheck(text, byteLength)).isEqualTo(bytes);
  }

  @Test
  void crockford32_ofSixteenBytes_is26SymbolsWithTheSpareBitsInFront() {
    byte[] bytes = new byte[16];
    java.util.Arrays.fill(bytes, (byte) 0xFF);
    String text = Crockford32.encode(bytes);
    assertThat(text).isEqualTo("7" + "Z".repeat(25));
    assertThat(Crockford32.decode(text, 16)).isEqualTo(bytes);
    assertThatThrownBy(() -> Crockford32.decode("8" + "0".repeat(25), 16))
        .isInstanceOf(MalformedInputException.class);
  }

  @Test
  void crockford32_asPeopleTypeIt_isRead() {
    assertThat(Crockford32.decode("lo-iL-O", 3)).isEqualTo(Crockford32.decode("10110", 3));
    assertThat(Crockford32.decodeWithCheck("1-4u", 1)).containsExactly(36);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "000", "0U", "0*", "80", "ZZ", "0\u0131", "0\uff11", "0 "})
  void crockford32_inAnotherForm_isRefused(String text) {
    assertThatThrownBy(() -> Crockford32.decode(text, 1))
        .isInstanceOf(MalformedInputException.class);
  }

  @Test
  void crockford32_withAnyOneSymbolChangedOrTwoSwapped_isRefused() {
    byte[] bytes = {
      0x13, (byte) 0x9A, 0x55, (byte) 0xFE, 0x00, 0x41, 0x7C, 0x2B, (byte) 0x80, 0x01
    };
    char[] symbols = Crockford32.encodeWithCheck(bytes).toCharArray();
    for (int i = 0; i < symbols.length; i++) {
      for (char replacement : "0123456789ABCDEFGHJKMNPQRSTVWXYZ*+$%U".toCharArray()) {
        if (replacement != symbols[i]) {
          char[] changed = symbols.clone();
          changed[i] = replacement;
          refusedWithCheck(changed);
        }
      }
      if (i > 0 && symbols[i] != symbols[i - 1]) {
        char[] swapped = symbols.clone();
        swapped[i] = symbols[i - 1];
        swapped[i - 1] = symbols[i];
        refusedWithCheck(swapped);
      }
    }
    assertThatThrownBy(() -> Crockford32.decodeWithCheck("", 10))
        .isInstanceOf(MalformedInputException.class);
  }

  private static void refusedWithCheck(char[] symbols) {
    assertThatThrownBy(() -> Crockford32.decodeWithCheck(new String(symbols), 10))
        .isInstanceOf(MalformedInputException.class);
  }
}
