package org.tallystick.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An answer that an example does not promise is noticed, and no more than that. */
final class LikenessTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String EXAMPLE =
      """
      {"id": "tL1yxWqWw3XrxQm7dYkYHg", "state": "OPEN", "user": "anna", "count": 2, "ready": true,
       "at": "2026-11-22T16:05:00Z", "lines": ["one", "two"], "items": [{"name": "a"}, {"name": "b"}],
       "limits": {"next": 1}}
      """;

  private static List<String> faults(String answer, Map<String, String> replaced, Set<String> free)
      throws JsonProcessingException {
    return Likeness.faults(JSON.readTree(EXAMPLE), JSON.readTree(answer), replaced, free);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"OPEN\" | \"CLOSED\"",
        "\"count\": 2 | \"count\": 3",
        "\"count\": 2 | \"count\": \"2\"",
        "\"ready\": true | \"ready\": false",
        "\"ready\": true, |",
        "\"ready\": true | \"ready\": true, \"more\": 1",
        "2026-11-22T16:05:00Z | 2026-11-22",
        "2026-11-22T16:05:00Z | 2026-11-22T16:05:00+01:00",
        "tL1yxWqWw3XrxQm7dYkYHg | tL1yxWqWw3XrxQm7dYkYH",
        "tL1yxWqWw3XrxQm7dYkYHg | tL1yxWqWw3XrxQm7dYkYH!",
        "\"one\", \"two\" | \"one\"",
        "\"one\", \"two\" | \"two\", \"one\"",
        "{\"name\": \"b\"} | {\"name\": \"c\"}",
        "{\"name\": \"a\"}, {\"name\": \"b\"} | {\"name\": \"b\"}, {\"name\": \"a\"}",
        "\"anna\" | \"bob\"",
        "{\"next\": 1} | {}"
      })
  void answer_thatIsNotAsShown_isNamed(String shown, String planted)
      throws JsonProcessingException {
    assertThat(EXAMPLE).contains(shown);
    String answer = EXAMPLE.replace(shown, planted == null ? "" : planted);
    assertThat(faults(answer, Map.of(), Set.of())).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "Z", "*", "+", "$", "%", "U"})
  void activation_withAnyCheckSymbol_isAsShown(String symbol) {
    TextNode shown = new TextNode("8".repeat(77) + "0");
    TextNode other = new TextNode("9".repeat(77) + symbol);
    assertThat(Likeness.faults(shown, other, Map.of(), Set.of())).isEmpty();
    TextNode wrong = new TextNode("9".repeat(77) + "~");
    assertThat(Likeness.faults(shown, wrong, Map.of(), Set.of())).isNotEmpty();
  }

  @Test
  void answer_withOtherIdsTimesAndMoreItems_isAsShown() throws JsonProcessingException {
    String answer =
        EXAMPLE
            .replace("tL1yxWqWw3XrxQm7dYkYHg", "HQVvFE7zkp-n21SEiE-w6g")
            .replace("2026-11-22T16:05:00Z", "2027-01-01T00:00:00.123456Z")
            .replace("{\"name\": \"b\"}", "{\"name\": \"x\"}, {\"name\": \"b\"}");
    assertThat(faults(answer, Map.of(), Set.of())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "8J2SPP2HFJH8JKNGR7RGZGW9VX8FF3TDMCP9YB22BFC6Z3KB9PK43FYQGHV5WHA2CB8Z31WY54XMZ0,"
        + " FPERCB7E87F2HSS7K49500B63SCKY3KZY4367BGNKVRCT6W5KN7T74ZT00FTAME3K142XSD3GB56A$, true",
    "8J2SPP2HFJH8JKNGR7RGZGW9VX8FF3TDMCP9YB22BFC6Z3KB9PK43FYQGHV5WHA2CB8Z31WY54XMZ0,"
        + " FPERCB7E87F2HSS7K49500B63SCKY3KZY4367BGNKVRCT6W5KN7T74ZT00FTAME3K142XSD3GB56$A, false",
    "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oDTKwwsGoBu1c=,"
        + " whsec_b7ZqO3wX1m2Jr9LkT5uVhYc8nE4sPdGfA0iWxRtB6Q/=, true",
    "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oDTKwwsGoBu1c=,"
        + " whsec_b7ZqO3wX1m2Jr9LkT5uVhYc8nE4sPdGfA0iWxRtB6Q=, false"
  })
  void secret_ofTheSameForm_isAsShown(String shown, String answered, boolean alike) {
    List<String> faults =
        Likeness.faults(TextNode.valueOf(shown), TextNode.valueOf(answered), Map.of(), Set.of());
    assertThat(faults.isEmpty()).isEqualTo(alike);
  }

  @Test
  void wordThatWasSent_isTheOneThatIsAnswered() throws JsonProcessingException {
    String answer = EXAMPLE.replace("\"anna\"", "\"bob\"");
    assertThat(faults(answer, Map.of("anna", "bob"), Set.of())).isEmpty();
    assertThat(faults(EXAMPLE, Map.of("anna", "bob"), Set.of())).isNotEmpty();
  }

  @Test
  void memberThatIsFree_stillHasItsType() throws JsonProcessingException {
    Set<String> free = Set.of("/count");
    assertThat(faults(EXAMPLE.replace(": 2,", ": 7,"), Map.of(), free)).isEmpty();
    assertThat(faults(EXAMPLE.replace(": 2,", ": \"7\","), Map.of(), free)).isNotEmpty();
  }
}
