package org.tallystick.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which blocks of a page are run, and which are what they print. */
final class DocPageTest {
  private static DocPage page(String text) {
    return DocPage.of(List.of(text.split("\n", -1)));
  }

  @Test
  void block_withAnAnswerRightAfterIt_isOneStep() {
    DocPage page =
        page(
            """
            | `<id>` | an identifier | `[a-z]{4}` |

            ```console
            $ not run
            ```
            ```sh
            A=1
            ```

            Words.

            ```sh
            echo $A
            ```
            ```text
            1
            ```
            """);
    assertThat(page.steps())
        .containsExactly(
            new DocPage.Step(7, "A=1\n", "", ""), new DocPage.Step(13, "echo $A\n", "text", "1\n"));
    assertThat(page.forms()).containsOnlyKeys("id").containsValue("[a-z]{4}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "```bash\nls\n```",
        "```\nls\n```",
        "```sh\nls\n",
        "```text\nan answer to nothing\n```",
        "```sh\nls\n```\nwords\n```text\nx\n```",
        "```sh\nls\n```\n```text\nx\n```\n```text\ny\n```"
      })
  void page_withABlockThatWouldBePassedOver_isRefused(String text) {
    assertThatThrownBy(() -> page(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
