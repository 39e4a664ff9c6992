package org.tallystick.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A page that shows anything else than what is printed is found out. */
final class ShownAnswerTest {
  private static final ShownAnswer ANSWER =
      new ShownAnswer(
          Map.of("id", "[a-z]{4}", "number", "\\d{1,18}", "text", ".+"), Map.of("WHO", "a.b"));
  private static final String PRINTED =
      """
      HTTP/1.1 201 Created\r
      ETag: "v1"\r
      Content-Type: application/json\r
      \r
      {"id":"abcd","count":7,"who":"a.b","list":["x","y"]}\
      """;
  private static final String SHOWN =
      """
      HTTP/1.1 201
      etag: "v1"

      {"count": "<number>", "id": "<id>", "who": "$WHO", "list": ["x", "y"]}
      """;

  @Test
  void answer_asItIsShown_hasNoFaults() {
    assertThat(ANSWER.faults("http", SHOWN, PRINTED)).isEmpty();
    assertThat(ANSWER.faults("http", SHOWN, "HTTP/1.1 100 Continue\r\n\r\n" + PRINTED)).isEmpty();
    assertThat(ANSWER.faults("text", "<id> of $WHO\n", "abcd of a.b\n")).isEmpty();
    assertThat(ANSWER.faults("", "", "")).isEmpty();
    assertThat(ANSWER.faults("http", "HTTP/2 204\n", "HTTP/2 204 \r\n\r\n")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "201 | 200",
        "1.1 | 1.0",
        "etag: \"v1\" | etag: \"v2\"",
        "etag: \"v1\" | Location: /x",
        "\"<id>\" | \"efgh\"",
        "\"<id>\" | \"<number>\"",
        "\"<id>\" | \"<unknown>\"",
        "$WHO | $NOBODY",
        "$WHO | aXb",
        "\"<number>\" | \"7\"",
        "\"<number>\" | 8",
        "\"who\" | \"whom\"",
        "\"<id>\", | \"<id>\", \"more\": 1,",
        "\"id\": \"<id>\", | ``",
        "[\"x\", \"y\"] | [\"x\"]",
        "[\"x\", \"y\"] | [\"y\", \"x\"]",
        "[\"x\", \"y\"] | {\"x\": \"y\"}",
        "[\"x\", \"y\"]} | [\"x\", \"y\"]"
      })
  void page_thatShowsAnythingElse_isFoundOut(String word, String planted) {
    assertThat(SHOWN).contains(word);
    assertThat(ANSWER.faults("http", SHOWN.replace(word, planted), PRINTED)).isNotEmpty();
  }

  @Test
  void body_ofWhichThePageShowsNothing_isFoundOut() {
    assertThat(ANSWER.faults("http", "HTTP/1.1 201\n", PRINTED)).isNotEmpty();
    assertThat(ANSWER.faults("", "", "a word")).isNotEmpty();
    assertThat(ANSWER.faults("http", SHOWN, "curl: (7) nobody there")).isNotEmpty();
    assertThat(ANSWER.faults("json", "{}", "")).isNotEmpty();
    assertThat(ANSWER.faults("json", "{}", "{} {}")).isNotEmpty();
  }
}
