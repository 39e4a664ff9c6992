package org.tallystick.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.crypto.Secret;
import org.tallystick.format.Suite;
import org.tallystick.pin.Level;
import org.tallystick.pin.PinVerifier;

/** Kinds 10 and 11, and what kinds 5 and 6 say of offers. */
class LevelPinTest {
  private final TestExchange device = new TestExchange(Suite.CLASSIC);

  private static PinVerifier verifier(int fill) {
    byte[] v = new byte[32];
    v[0] = (byte) fill;
    return PinVerifier.ofBytes(v);
  }

  private OpenedRequest change(int level, @Nullable PinVerifier fresh) {
    SentRequest sent =
        device
            .sealer()
            .seal(
                device.newest,
                device.challenge,
                device.alias(),
                keys -> LevelPin.change(verifier(1), level, fresh, keys),
                TestExchange.NOW);
    return device.open(sent.text()).orElseThrow();
  }

  private static LevelPin arguments(OpenedRequest request) {
    return (LevelPin)
        RequestArguments.decode(RequestKind.LEVEL_PIN, request.body().arguments());
  }

  @Test
  void change_provenByThePinInThisRequest_holdsThereAlone() {
    OpenedRequest request = change(2, verifier(2));
    LevelPin asked = arguments(request);
    assertThat(asked.level()).isEqualTo(2);
    assertThat(Objects.requireNonNull(asked.verifier()).reveal()).isEqualTo(verifier(2).toBytes());
    assertThat(asked.isProvenBy(verifier(1), request)).isTrue();
    assertThat(asked.isProvenBy(verifier(2), request)).isFalse();
    assertThat(asked.isProvenBy(verifier(1), change(2, verifier(2)))).isFalse();
    LevelPin otherLevel = new LevelPin(3, Secret.adopt(verifier(2).toBytes()), asked.proof());
    assertThat(otherLevel.isProvenBy(verifier(1), request)).isFalse();
    LevelPin otherPin = new LevelPin(2, Secret.adopt(verifier(3).toBytes()), asked.proof());
    assertThat(otherPin.isProvenBy(verifier(1), request)).isFalse();
    LevelPin removes = new LevelPin(2, null, asked.proof());
    assertThat(removes.isProvenBy(verifier(1), request)).isFalse();
    assertThat(asked).hasToString("LevelPin[level=2]");
  }

  @Test
  void removal_isProvenToo() {
    OpenedRequest request = change(7, null);
    LevelPin asked = arguments(request);
    assertThat(asked.verifier()).isNull();
    assertThat(asked.isProvenBy(verifier(1), request)).isTrue();
    assertThat(asked.isProvenBy(verifier(2), request)).isFalse();
  }

  @Test
  void levels_outsideOneToSeven_areMalformed() {
    for (int level : new int[] {0, 8, -1}) {
      assertThatThrownBy(() -> new LevelPin(level, null, new byte[32]))
          .isInstanceOf(MalformedInputException.class);
    }
    assertThat(Level.bits(List.of(1, 3, 7))).isEqualTo(0b1000101);
    assertThat(Level.bits(List.of())).isZero();
    assertThatThrownBy(() -> Level.bits(List.of(8))).isInstanceOf(MalformedInputException.class);
  }

  @Test
  void arguments_ofOtherLengths_areMalformed() {
    List<Runnable> wrong =
        List.of(
            () -> new LevelPin(1, null, new byte[31]),
            () -> new LevelPin(1, Secret.adopt(new byte[31]), new byte[32]),
            () -> new EndAuthority(new byte[9], new byte[32]),
            () -> new EndAuthority(new byte[10], new byte[31]),
            () -> new RequestArguments.Lodge(new byte[1], new byte[9]),
            () -> new RequestArguments.FetchBill(null, null),
            () -> new RequestArguments.FetchBill(new byte[10], new byte[10]),
            () -> RequestArguments.FetchBill.ofOffer(new byte[9]));
    for (Runnable one : wrong) {
      assertThatThrownBy(one::run).isInstanceOf(MalformedInputException.class);
    }
  }
}
