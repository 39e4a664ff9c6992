package org.tallystick.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Signatures against the vector that the specification's own libraries are tested with. */
class WebhookSecretTest {
  private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
  private static final long TIMESTAMP = 1_614_265_330;
  private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.US_ASCII);
  private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

  private static WebhookSecret published() {
    return WebhookSecret.adopt(Base64.getDecoder().decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
  }

  @Test
  void signature_ofThePublishedVector_isThePublishedOne() {
    assertThat(WebhookSecret.signatures(List.of(published()), ID, TIMESTAMP, BODY))
        .isEqualTo(SIGNATURE);
  }

  @Test
  void signature_byTwoSecrets_isBoth_thePresentOneFirst() {
    WebhookSecret other = WebhookSecret.draw(new SecureRandom());
    String both = WebhookSecret.signatures(List.of(other, published()), ID, TIMESTAMP, BODY);
    assertThat(both.split(" "))
        .hasSize(2)
        .endsWith(SIGNATURE)
        .startsWith(WebhookSecret.signatures(List.of(other), ID, TIMESTAMP, BODY));
  }

  @Test
  void signature_ofAnythingElse_isAnother() {
    byte[] other = BODY.clone();
    other[3] ^= 1;
    List<WebhookSecret> secrets = List.of(published());
    assertThat(WebhookSecret.signatures(secrets, ID, TIMESTAMP, other)).isNotEqualTo(SIGNATURE);
    assertThat(WebhookSecret.signatures(secrets, ID, TIMESTAMP + 1, BODY)).isNotEqualTo(SIGNATURE);
    assertThat(WebhookSecret.signatures(secrets, ID + "x", TIMESTAMP, BODY))
        .isNotEqualTo(SIGNATURE);
  }

  @Test
  void secret_isShownWithItsPrefix_as32Bytes_andNeverByItself() {
    WebhookSecret secret = WebhookSecret.draw(new SecureRandom());
    assertThat(secret.shown()).matches("whsec_[A-Za-z0-9+/]{43}=");
    assertThat(Base64.getDecoder().decode(secret.shown().substring(6))).hasSize(32);
    assertThat(secret).hasToString("WebhookSecret");
  }
}
