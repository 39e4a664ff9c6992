package org.tallystick.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

final class HealthIT extends ServerIT {
  @Test
  void health_afterStart_databaseBrokerAndKeysAreUp() throws IOException, InterruptedException {
    var answer = send(request(api("health")));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo("{\"status\":\"UP\",\"database\":\"UP\",\"broker\":\"UP\",\"keys\":\"UP\"}");
  }
}
