package org.tallystick.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TableSignerTest {
  @Test
  void signatures_manyMessages_verifyByTheProtocol() {
    TableSigner signer = new TableSigner(new Chance(3));
    TableSigner other = new TableSigner(new Chance(4));
    for (int i = 0; i < 500; i++) {
      byte[] message = ("message " + i).getBytes(StandardCharsets.UTF_8);
      byte[] signature = signer.sign(message);

      assertThat(signer.verificationKey().verify(message, signature)).isTrue();
      assertThat(other.verificationKey().verify(message, signature)).isFalse();
    }
  }
}
