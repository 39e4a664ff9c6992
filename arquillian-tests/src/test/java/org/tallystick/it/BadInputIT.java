package org.tallystick.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tallystick.launcher.portability.BadInput;

/**
 * Requests that no client should make: each is refused in one form that tells nothing of the
 * inside, and changes nothing. The portability run tries the same set on every full server.
 *
 * <p>TSE-09, TSE-10: what arrives where codes are taken, and beside it.
 */
final class BadInputIT extends BankIT {
  private static List<BadInput> all() {
    return BadInput.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  void badInput_atTheServer_isRefusedAndTellsNothing(BadInput input)
      throws IOException, InterruptedException {
    assertThat(input.faults(HTTP, baseUri())).isEmpty();
  }
}
