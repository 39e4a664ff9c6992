package org.tallystick.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.codec.Base64Url;
import org.tallystick.crypto.Secret;
import org.tallystick.device.fixture.Bench;
import org.tallystick.device.result.Result;
import org.tallystick.device.state.Identity;
import org.tallystick.enrolment.Activation;

class EnrolmentTest {
  @TempDir Path folder;
  private Bench bench;

  @BeforeEach
  void bench() {
    bench = new Bench(folder);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private Result<Identity> enrol(TallystickDevice device, Activation activation) {
    return device.enrol(
        Activation.parse(activation.text()),
        Bench.PIN.toCharArray(),
        Bench.FOOTPRINT,
        agreement -> true);
  }

  private static String refusal(Result<?> result) {
    return result.refusal().orElseThrow().type();
  }

  @Test
  void enrol_typedActivation_showsTheAgreementAndBinds() {
    AtomicReference<Agreement> read = new AtomicReference<>();
    TallystickDevice device = bench.open("phone");
    char[] pin = Bench.PIN.toCharArray();
    Identity identity =
        device
            .enrol(
                bench.bank.activate("USER", "phone"),
                pin,
                Bench.FOOTPRINT,
                agreement -> {
                  read.set(agreement);
                  return true;
                })
            .orElseThrow();
    assertThat(identity.role()).isEqualTo("USER");
    assertThat(read.get().text()).startsWith("I agree");
    assertThat(pin).containsOnly('\0');
    assertThat(device.identity()).isPresent();
    assertThat(bench.events.seen).containsExactly("OFFERED", "BINDING", "CONFIRMING", "ENROLLED");
  }

  @Test
  void enrol_notAgreed_sendsNothing() {
    TallystickDevice device = bench.open("phone");
    Result<Identity> result =
        device.enrol(
            bench.bank.activate("USER", "phone"), null, Bench.FOOTPRINT, agreement -> false);
    assertThat(refusal(result)).endsWith(":not-agreed");
    assertThat(bench.bank.messages()).isEmpty();
  }

  @Test
  void enrol_otherFingerprint_isRefusedBeforeAnythingIsSent() {
    Activation real = bench.bank.activate("USER", "phone");
    byte[] fingerprint = real.fingerprint().clone();
    fingerprint[0] ^= 1;
    Activation wrong = new Activation(real.enrolmentId(), real.code(), fingerprint);
    assertThat(refusal(enrol(bench.open("phone"), wrong))).endsWith(":E2");
    assertThat(bench.bank.messages()).isEmpty();
  }

  @Test
  void enrol_wrongCodeThenRightOne_usesNothingUp() {
    Activation real = bench.bank.activate("USER", "phone");
    Activation wrong =
        new Activation(real.enrolmentId(), Secret.copyOf(new byte[16]), real.fingerprint());
    TallystickDevice device = bench.open("phone");
    assertThat(enrol(device, wrong).refusal()).isPresent();
    assertThat(enrol(device, real).orElseThrow().role()).isEqualTo("USER");
  }

  @Test
  void enrol_replyLostAndRestart_sendsTheSameMessageAgain() {
    Activation activation = bench.bank.activate("USER", "phone");
    TallystickDevice device = bench.open("phone");
    Result<Identity> lost =
        device.enrol(
            activation,
            Bench.PIN.toCharArray(),
            Bench.FOOTPRINT,
            agreement -> {
              bench.bank.losesReplies(true);
              return true;
            });
    assertThat(lost.refusal()).isPresent();
    device.close();
    bench.bank.losesReplies(false);

    TallystickDevice again = bench.open("phone");
    assertThat(again.resume().problem()).isEmpty();

    assertThat(again.identity()).isPresent();
    assertThat(bench.bank.messages()).hasSize(2);
    assertThat(bench.bank.messages().get(1)).isEqualTo(bench.bank.messages().get(0));
  }

  @Test
  void enrol_confirmationLost_deviceDoesNothingUntilItIsConfirmed() {
    Activation activation = bench.bank.activate("PROVIDER", "till");
    TallystickDevice device =
        TallystickDevice.open(
            bench.settings("till", org.tallystick.device.state.FileSteps.REAL),
            bench.bank,
            new DeviceEvents() {
              @Override
              public void progress(String number, Stage stage) {
                bench.bank.offline(stage == Stage.CONFIRMING);
              }
            });
    assertThat(enrol(device, activation).refusal()).isPresent();
    assertThat(device.identity()).isEmpty();
    assertThat(refusal(device.makeBill(Bench.coffee()))).endsWith(":not-confirmed");
    device.close();
    bench.bank.offline(false);

    TallystickDevice again = bench.open("till");
    assertThat(again.resume().problem()).isEmpty();
    assertThat(again.makeBill(Bench.coffee()).refusal()).isEmpty();
    assertThat(bench.bank.messages()).hasSize(1);
  }

  @Test
  void enrol_twice_isRefused() {
    TallystickDevice device = bench.payer("phone");
    assertThat(refusal(enrol(device, bench.bank.activate("USER", "x")))).endsWith(":enrolled");
  }

  @Test
  void enrol_keysOlderThanThoseHeld_isRefused() {
    bench.bank.changeKeys();
    TallystickDevice device = bench.open("phone");
    Activation first = bench.bank.activate("USER", "phone");
    bench.bank.losesReplies(false);
    device.enrol(
        first,
        null,
        Bench.FOOTPRINT,
        agreement -> {
          bench.bank.losesReplies(true);
          return true;
        });
    bench.bank.losesReplies(false);
    bench.bank.rewindKeys();
    assertThat(refusal(enrol(device, bench.bank.activate("USER", "phone")))).endsWith(":K3");
  }

  @Test
  void enrol_bankOfAnotherRoot_isRefused() {
    Bench other = new Bench(folder.resolve("other"));
    TallystickDevice device =
        TallystickDevice.open(
            bench.settings("phone", org.tallystick.device.state.FileSteps.REAL),
            other.bank,
            DeviceEvents.NONE);
    assertThat(refusal(enrol(device, other.bank.activate("USER", "phone")))).endsWith(":K2");
    device.close();
  }

  @Test
  void activation_inAnyText_isNotShown() {
    Activation activation = bench.bank.activate("USER", "phone");
    assertThat(activation.toString()).doesNotContain(Base64Url.encode(activation.code().reveal()));
  }
}
