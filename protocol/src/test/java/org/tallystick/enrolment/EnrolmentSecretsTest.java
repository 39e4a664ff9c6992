package org.tallystick.enrolment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.crypto.Secret;
import org.tallystick.crypto.Sha256;
import org.tallystick.format.Suite;
import org.tallystick.sequencer.EpochSecrets;

/** What an exchange leaves on both sides: bound to its messages, each part its own. */
class EnrolmentSecretsTest {
  private static final byte[] MESSAGE1 = {1};
  private static final byte[] NONCE = new byte[32];

  private final EnrolmentSecrets secrets = secrets(MESSAGE1, NONCE, Suite.CLASSIC);

  private static EnrolmentSecrets secrets(byte[] message1, byte[] nonce, Suite suite) {
    return EnrolmentSecrets.derive(Secret.copyOf(new byte[32]), message1, nonce, suite);
  }

  @Test
  void epoch_ofTheExchange_holdsItsSecrets() {
    try (EpochSecrets epoch = secrets.epoch()) {
      assertThat(epoch.first()).isEqualTo(secrets.first()).isBetween(1L, (1L << 48) - 1);
      assertThat(epoch.string1()).isEqualTo(secrets.string1());
      assertThat(epoch.string2()).isEqualTo(secrets.string2());
      assertThat(epoch.root()).isEqualTo(secrets.root());
      assertThat(epoch.down()).isEqualTo(secrets.down());
      assertThat(Stream.of(epoch.string1(), epoch.string2(), epoch.root(), epoch.down()).distinct())
          .hasSize(4);
    }
    assertThat(secrets.suite()).isEqualTo(Suite.CLASSIC);
  }

  @Test
  void secrets_ofAnotherMessageNonceOrSuite_areOthers() {
    byte[] other = new byte[32];
    other[31] = 1;
    for (EnrolmentSecrets different :
        List.of(
            secrets(new byte[] {2}, NONCE, Suite.CLASSIC),
            secrets(MESSAGE1, other, Suite.CLASSIC),
            secrets(MESSAGE1, NONCE, Suite.HYBRID))) {
      assertThat(different.root()).isNotEqualTo(secrets.root());
      assertThat(different.bankConfirmation()).isNotEqualTo(secrets.bankConfirmation());
      assertThat(different.deviceConfirmation(MESSAGE1, NONCE))
          .isNotEqualTo(secrets.deviceConfirmation(MESSAGE1, NONCE));
    }
  }

  @Test
  void transcript_isOfMessageAndNonce_andACopy() {
    byte[] transcript = secrets.transcript();
    assertThat(transcript).hasSize(64).startsWith(Sha256.of(MESSAGE1)).endsWith(NONCE);
    transcript[0] ^= 1;
    assertThat(secrets.transcript()).startsWith(Sha256.of(MESSAGE1));
  }

  @Test
  void secrets_closed_giveNothingAnyMore() {
    secrets.close();
    assertThatThrownBy(secrets::root).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(secrets::bankConfirmation).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void footprint_withAMemberTooMany_isMalformed() {
    Footprint footprint = new Footprint("Maker", "Model", "1", "Linux", "0.1");
    assertThat(Footprint.of(footprint.toCbor())).isEqualTo(footprint);
    Cbor.MapBuilder longer = Cbor.map();
    for (int key = 1; key <= 6; key++) {
      longer.put(key, Cbor.of("x"));
    }
    assertThatThrownBy(() -> Footprint.of(longer.build()))
        .isInstanceOf(MalformedInputException.class);
  }
}
