package org.tallystick.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tallystick.money.Money;

class StrictJsonTest {
  private static StrictJson read(String json) {
    return read(json.getBytes(UTF_8));
  }

  private static StrictJson read(byte[] json) {
    return StrictJson.read(new ByteArrayInputStream(json), 1024);
  }

  @Test
  void object_wellFormed_givesItsMembers() {
    StrictJson body =
        read(
            """
            {"a": 5, "c": "USD", "t": "x", "f": true, "day": "MONDAY", "days": ["MONDAY"],
             "b": "AAE", "o": {"n": 1}, "l": [{"n": 2}], "s": ["p", "q"], "none": null}
            """);
    assertThat(body.requireMoney("a", "c")).isEqualTo(Money.of(5, "USD"));
    assertThat(body.requireText("t", 1)).isEqualTo("x");
    assertThat(body.requireFlag("f")).isTrue();
    assertThat(body.requireOneOf("day", DayOfWeek.class)).isEqualTo(DayOfWeek.MONDAY);
    assertThat(body.requireSetOf("days", DayOfWeek.class)).containsExactly(DayOfWeek.MONDAY);
    assertThat(body.requireBytes("b", 2)).containsExactly(0, 1);
    assertThat(body.requireObject("o").requireInteger("n", 0, 9)).isEqualTo(1);
    assertThat(body.requireArray("l", 1).get(0).requireInteger("n", 0, 9)).isEqualTo(2);
    assertThat(body.requireTexts("s", 2, 1)).containsExactly("p", "q");
    assertThat(body.optionalText("none", 5)).isEmpty();
    assertThat(body.optionalText("absent", 5)).isEmpty();
    body.end();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1", "1000000000000000"})
  void amount_withinBounds_isTaken(String amount) {
    assertThat(read("{\"a\":" + amount + "}").requireAmountMinor("a"))
        .isEqualTo(Long.parseLong(amount));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.9",
        "1.0",
        "1e3",
        "1E0",
        "\"7\"",
        "-1",
        "-0",
        "1000000000000001",
        "9223372036854775808",
        "18446744073709551617",
        "100000000000000000000000000000",
        "null",
        "true",
        "[1]",
        "{}"
      })
  void amount_fractional_quoted_tooLarge_orOfAnotherType_isRefused(String amount) {
    StrictJson body = read("{\"a\":" + amount + "}");
    assertThatThrownBy(() -> body.requireAmountMinor("a"))
        .isInstanceOf(JsonRefusedException.class)
        .hasMessageContaining("'a'");
  }

  @Test
  void member_missing_isRefused() {
    assertThatThrownBy(() -> read("{}").requireAmountMinor("a"))
        .isInstanceOf(JsonRefusedException.class)
        .hasMessage("'a' is missing");
  }

  @Test
  void member_unknown_isRefused_andNamedOnlyIfHarmless() {
    assertThatThrownBy(() -> read("{\"extra\":1}").end())
        .isInstanceOf(JsonRefusedException.class)
        .hasMessageContaining("extra");
    assertThatThrownBy(() -> read("{\"<script>\":1}").end())
        .isInstanceOf(JsonRefusedException.class)
        .hasMessageNotContaining("script");
    StrictJson outer = read("{\"o\":{\"x\":1}}");
    assertThatThrownBy(() -> outer.requireObject("o").end())
        .hasMessageContaining("'o.x' is not known");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1,\"a\":1}",
        "{\"a\":1,\"\\u0061\":2}",
        "{\"a\":null,\"a\":2}",
        "{\"o\":{\"a\":1,\"a\":2}}",
        "{\"a\":1} x",
        "{\"a\":1}{}",
        "{\"a\":1},",
        "{\"a\":1,}",
        "{\"a\":01}",
        "{\"a\":+1}",
        "{\"a\":NaN}",
        "{'a':1}",
        "{a:1}",
        "{\"a\":1",
        "",
        " ",
        "null",
        "[]",
        "\"text\"",
        "7",
        "// note\n{}",
        "\uFEFF{}"
      })
  void text_doubled_trailing_orNotAnObject_isRefused(String json) {
    assertThatThrownBy(() -> read(json)).isInstanceOf(JsonRefusedException.class);
  }

  @Test
  void nesting_tooDeep_isRefused() {
    String deep = "{\"a\":" + "[".repeat(300) + "]".repeat(300) + "}";
    assertThatThrownBy(() -> read(deep))
        .isInstanceOf(JsonRefusedException.class)
        .hasMessageContaining("deep");
  }

  @Test
  void bytes_notUtf8_areRefused() {
    byte[] broken = {'{', '"', (byte) 0xC0, (byte) 0xAF, '"', ':', '1', '}'};
    assertThatThrownBy(() -> read(broken)).hasMessage("not UTF-8");
    byte[] surrogate = {'{', '"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"', ':', '1', '}'};
    assertThatThrownBy(() -> read(surrogate)).hasMessage("not UTF-8");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"\"",
        "\" \"",
        "\"abcd\"",
        "\"\\u0000\"",
        "\"a\\nb\"",
        "\"\\u202Ex\"",
        "\"\\ud800\"",
        "1",
        "null",
        "[\"x\"]"
      })
  void text_blank_tooLong_orNotPrinting_isRefused(String text) {
    StrictJson body = read("{\"t\":" + text + "}");
    assertThatThrownBy(() -> body.requireText("t", 3)).isInstanceOf(JsonRefusedException.class);
  }

  @Test
  void text_counts_characters_notUnits() {
    assertThat(read("{\"t\":\"😀😀😀\"}").requireText("t", 3)).hasSize(6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"usd\"", "\"XYZ\"", "\"US\"", "5"})
  void currency_unknown_isRefused(String currency) {
    StrictJson body = read("{\"c\":" + currency + "}");
    assertThatThrownBy(() -> body.requireCurrency("c")).isInstanceOf(JsonRefusedException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"AAE=\"", "\"AA+\"", "\"AAF\"", "\"AAEC\"", "1"})
  void bytes_notCanonical_orTooMany_areRefused(String bytes) {
    StrictJson body = read("{\"b\":" + bytes + "}");
    assertThatThrownBy(() -> body.requireBytes("b", 2)).isInstanceOf(JsonRefusedException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "[\"MONDAY\",\"MONDAY\"]", "[\"monday\"]", "\"MONDAY\"", "[1]"})
  void set_empty_repeating_orUnknown_isRefused(String set) {
    StrictJson body = read("{\"d\":" + set + "}");
    assertThatThrownBy(() -> body.requireSetOf("d", DayOfWeek.class))
        .isInstanceOf(JsonRefusedException.class);
  }

  @Test
  void nesting_eightDeep_isTaken_nineIsNot() {
    read("{\"a\":" + "[".repeat(7) + "]".repeat(7) + "}");
    assertThatThrownBy(() -> read("{\"a\":" + "[".repeat(7) + "1" + "]".repeat(7) + "}"))
        .isInstanceOf(JsonRefusedException.class)
        .hasMessageContaining("deep");
  }

  @Test
  void lines_arePartedByLineFeedsAlone() {
    assertThat(read("{\"t\":\"a\\nb\"}").requireLines("t", 3)).isEqualTo("a\nb");
    for (String text : List.of("a\\tb", "a\\rb", "a\\u0000", "a\\u202E", "abcd", " \\n ", "")) {
      StrictJson body = read("{\"t\":\"" + text + "\"}");
      assertThatThrownBy(() -> body.requireLines("t", 3)).isInstanceOf(JsonRefusedException.class);
    }
  }

  @Test
  void onlyText_isATextOrAnArrayOfOne() {
    assertThat(read("{\"t\":\"x\"}").requireOnlyText("t", 3)).isEqualTo("x");
    assertThat(read("{\"t\":[\"x\"]}").requireOnlyText("t", 3)).isEqualTo("x");
    for (String other : List.of("[]", "[\"x\",\"y\"]", "[1]", "1")) {
      StrictJson body = read("{\"t\":" + other + "}");
      assertThatThrownBy(() -> body.requireOnlyText("t", 3))
          .isInstanceOf(JsonRefusedException.class);
    }
  }

  @Test
  void instant_inUtcToTheMillisecond_isTaken() {
    assertThat(read("{\"t\":\"2031-05-02T10:30:00.125Z\"}").requireInstant("t"))
        .isEqualTo(Instant.parse("2031-05-02T10:30:00.125Z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2031-05-02T10:30:00.1250Z",
        "2031-05-02T10:30:00+00:00",
        "2031-05-02T10:30:00",
        "2031-05-02T10:30Z",
        "2031-02-30T10:30:00Z",
        "+12031-05-02T10:30:00Z",
        "2031-05-02 10:30:00Z"
      })
  void instant_otherwise_isRefused(String instant) {
    StrictJson body = read("{\"t\":\"" + instant + "\"}");
    assertThatThrownBy(() -> body.requireInstant("t")).isInstanceOf(JsonRefusedException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2001-02-30", "2001-2-3", "+12001-02-03", "-2001-02-03", "2001-02-03Z"})
  void date_notOfTheCalendar_isRefused(String date) {
    StrictJson body = read("{\"d\":\"" + date + "\"}");
    assertThatThrownBy(() -> body.requireDate("d")).isInstanceOf(JsonRefusedException.class);
    assertThat(read("{\"d\":\"2004-02-29\"}").requireDate("d")).isEqualTo("2004-02-29");
  }

  @ParameterizedTest
  @ValueSource(strings = {"de", "De", "DEU", "XX", " DE"})
  void country_unknown_isRefused(String country) {
    StrictJson body = read("{\"c\":\"" + country + "\"}");
    assertThatThrownBy(() -> body.requireCountry("c")).isInstanceOf(JsonRefusedException.class);
    assertThat(read("{\"c\":\"DE\"}").requireCountry("c")).isEqualTo("DE");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"+123456", "+1234567890123456", "+0234567", "491701234567", "+49 1701234"})
  void phone_notInE164_isRefused(String phone) {
    StrictJson body = read("{\"p\":\"" + phone + "\"}");
    assertThatThrownBy(() -> body.optionalPhone("p")).isInstanceOf(JsonRefusedException.class);
    assertThat(read("{\"p\":\"+1234567\"}").optionalPhone("p")).contains("+1234567");
  }

  @Test
  void items_moreThanThereMayBe_areRefused() {
    assertThat(read("{\"s\":[\"a\",\"b\"]}").requireTexts("s", 2, 1)).hasSize(2);
    StrictJson three = read("{\"s\":[\"a\",\"b\",\"c\"],\"o\":[{},{},{}]}");
    assertThatThrownBy(() -> three.requireTexts("s", 2, 1))
        .isInstanceOf(JsonRefusedException.class);
    assertThatThrownBy(() -> three.requireArray("o", 2)).isInstanceOf(JsonRefusedException.class);
  }

  @Test
  void secret_mayHoldAnythingButHalfACharacter() {
    assertThat(read("{\"s\":\" \\n😀\"}").requireSecret("s", 3)).isEqualTo(" \n😀");
    for (String text : List.of("", "abcd", "\\ud83d", "a\\ude00")) {
      StrictJson body = read("{\"s\":\"" + text + "\"}");
      assertThatThrownBy(() -> body.requireSecret("s", 3)).isInstanceOf(JsonRefusedException.class);
    }
  }

  @Test
  void exactly_isThatAndNothingElse() {
    read("{\"t\":\"public-key\"}").requireExactly("t", "public-key");
    StrictJson other = read("{\"t\":\"Public-key\",\"n\":1}");
    assertThatThrownBy(() -> other.requireExactly("t", "public-key"))
        .isInstanceOf(JsonRefusedException.class);
    assertThatThrownBy(() -> other.requireExactly("n", "1"))
        .isInstanceOf(JsonRefusedException.class);
  }

  @Test
  void body_overTheLimit_isRefused_beforeItIsParsed() {
    assertThat(read("{\"t\":\"" + "x".repeat(1024 - 8) + "\"}").toString()).isEqualTo("StrictJson");
    assertThatThrownBy(() -> read("{\"t\":\"" + "x".repeat(1024 - 7) + "\"}"))
        .isInstanceOf(BodyTooLargeException.class);
  }

  @Test
  void body_overTheLimit_isRefused_withoutWaitingForMore() {
    // as a socket whose client sends nothing more: even a read of no bytes would wait
    InputStream open =
        new InputStream() {
          private int sent;

          @Override
          public int read() {
            throw new AssertionError("read one by one");
          }

          @Override
          public int read(byte[] into, int offset, int length) {
            if (sent > 1024 || length == 0) {
              throw new AssertionError("waits for ever");
            }
            int count = Math.min(length, 1025 - sent);
            Arrays.fill(into, offset, offset + count, (byte) ' ');
            sent += count;
            return count;
          }
        };
    assertThatThrownBy(() -> StrictJson.read(open, 1024)).isInstanceOf(BodyTooLargeException.class);
  }

  @Test
  void refusal_neverRepeatsWhatWasSent() {
    StrictJson body = read("{\"pan\":4111111111111111}");
    assertThatThrownBy(() -> body.requireText("pan", 19)).hasMessageNotContaining("4111");
  }
}
