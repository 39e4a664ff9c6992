package org.tallystick.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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
  @Test
  void page_runCommandByCommand_printsWhatItShows() throws IOException, InterruptedException {
    Path root = Path.of(System.getProperty("tallystick.it.root")).toRealPath();
    DocPage page = DocPage.of(root.resolve("docs/ONBOARDING.md"));
    Path folder = Files.createDirectories(folder().resolve("onboarding-" + UUID.randomUUID()));
    try (BashSession bash = new BashSession(folder, outside(root))) {
      for (DocPage.Step step : page.steps()) {
        BashSession.Outcome outcome = bash.run(step.commands());
        List<String> faults =
            new ShownAnswer(page.forms(), outcome.variables())
                .faults(step.kind(), step.shown(), outcome.printed());
        assertThat(faults).as("line %d, printed:%n%s", step.line(), outcome.printed()).isEmpty();
        assertThat(outcome.exit())
            .as("exit at line %d; %s", step.line(), outcome.complaint())
            .isZero();
        assertThat(outcome.complaint()).as("complaint at line %d", step.line()).isEmpty();
      }
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
