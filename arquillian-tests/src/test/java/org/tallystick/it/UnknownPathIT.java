package org.tallystick.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

final class UnknownPathIT extends ServerIT {
  @Test
  void unknownPath_onTheSameServer_isNotFound() throws IOException, InterruptedException {
    assertThat(send(request(api("no-such-resource"))).statusCode()).isEqualTo(404);
  }
}
