package org.tallystick.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tallystick.launcher.bank.FreshBank;

/**
 * docs/ONBOARDING.md is run as it stands, command by command in one shell, and must print what it
 * shows. Needs bash, curl, jq and openssl.
 *
 * <p>The bank of all tests has been taken over already, so a further administrator stands in for
 * the first one, with a one-time password like that one's.
 */
@Tag("all")
final class OnboardingIT extends BankIT {
  private static final Pattern WORD = Pattern.compile("<[a-z-]+>|\\$[A-Z_]+|[A-Za-z0-9]+");

  @Test
  void page_runCommandByCommand_printsWhatItShows() throws IOException, InterruptedException {
    Path root = Path.of(System.getProperty("tallystick.it.root")).toRealPath();
    DocPage page = DocPage.of(root.resolve("docs/ONBOARDING.md"));
    Path folder = Files.createDirectories(folder().resolve("onboarding-" + UUID.randomUUID()));
    try (BashSession bash = new BashSession(folder, outside(root))) {
      for (DocPage.Step step : page.steps()) {
        BashSession.Outcome outcome = bash.run(step.commands());
        ShownAnswer answer = new ShownAnswer(page.forms(), outcome.variables());
        assertThat(answer.faults(step.kind(), step.shown(), outcome.printed()))
            .as("line %d, printed:%n%s", step.line(), outcome.printed())
            .isEmpty();
        assertEveryWordCounts(step, answer, outcome.printed());
        assertThat(outcome.exit())
            .as("exit at line %d; %s", step.line(), outcome.complaint())
            .isZero();
        assertThat(outcome.complaint()).as("complaint at line %d", step.line()).isEmpty();
      }
    }
  }

  /** A page that showed any one word otherwise would not have passed. */
  private static void assertEveryWordCounts(DocPage.Step step, ShownAnswer answer, String printed) {
    Matcher word = WORD.matcher(step.shown());
    while (word.find()) {
      String other = Character.isDigit(word.group().charAt(0)) ? "9" : "§";
      String planted = new StringBuilder(step.shown()).insert(word.start(), other).toString();
      assertThat(answer.faults(step.kind(), planted, printed))
          .as("faults where line %d shows %s", step.line(), planted)
          .isNotEmpty();
    }
  }

  /** What the page says that comes from outside. */
  private static Map<String, String> outside(Path root) throws IOException {
    String administrator = "o" + UUID.randomUUID().toString().substring(0, 8);
    String bank = baseUri().toString();
    Map<String, String> outside = new HashMap<>();
    outside.put("TALLYSTICK", root.toString());
    outside.put("BASE", bank.substring(0, bank.length() - 1));
    outside.put("ADMIN", administrator);
    outside.put(
        "ONE_TIME",
        client()
            .mustPost(
                "/staff",
                office().administrator(),
                Map.of("user", administrator, "roles", List.of("ADMINISTRATOR")))
            .text("oneTimePassword"));
    outside.put("ROOT", new FreshBank(baseUri(), folder().resolve("data")).rootFingerprint());
    return outside;
  }
}
