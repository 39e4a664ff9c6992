package org.tallystick.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.tallystick.launcher.portability.Refusal;

/** What every refusal looks like, RFC 9457, and what it never tells. */
final class Problems {
  private Problems() {}

  static void assertProblem(HttpResponse<String> answer, int status) {
    assertThat(Refusal.faults(answer, status)).as("faults of %s", answer.body()).isEmpty();
  }
}
