package org.tallystick.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.device.fixture.Bench;
import org.tallystick.device.result.Result;
import org.tallystick.device.state.FileSteps;
import org.tallystick.device.state.Identity;
import org.tallystick.device.transport.BankConnection;
import org.tallystick.device.transport.ForwardingBankConnection;
import org.tallystick.enrolment.Activation;

/**
 * Somebody between device and bank changes every byte of everything that an enrolment exchanges,
 * one after the other. One side refuses, the other side has nothing of it, and the true one still
 * goes through with the same activation.
 */
class EnrolmentTamperingTest {
  @TempDir Path folder;
  private Bench bench;
  private Activation activation;
  private final Middle middle = new Middle();
  private final AtomicInteger opened = new AtomicInteger();

  @BeforeEach
  void activate() {
    bench = new Bench(folder);
    activation = bench.bank.activate("PROVIDER", "till");
    middle.bank = bench.bank;
  }

  @AfterEach
  void close() {
    bench.close();
  }

  /** Passes everything on, changed. */
  private static final class Middle {
    private static final UnaryOperator<byte[]> NOTHING = UnaryOperator.identity();

    private BankConnection bank;
    private UnaryOperator<byte[]> offer = NOTHING;
    private UnaryOperator<byte[]> root = NOTHING;
    private UnaryOperator<byte[]> keys = NOTHING;
    private UnaryOperator<byte[]> message1 = NOTHING;
    private UnaryOperator<byte[]> message2 = NOTHING;
    private UnaryOperator<byte[]> confirmation = NOTHING;

    void goesAway() {
      offer = NOTHING;
      root = NOTHING;
      keys = NOTHING;
      message1 = NOTHING;
      message2 = NOTHING;
      confirmation = NOTHING;
    }

    ForwardingBankConnection connection() {
      return new ForwardingBankConnection(bank) {
        @Override
        public Result<Offered> offer(byte[] enrolmentId) {
          return super.offer(enrolmentId)
              .then(
                  sent ->
                      Result.ok(
                          new Offered(
                              offer.apply(sent.offer().clone()),
                              new Keys(
                                  root.apply(sent.keys().root().clone()),
                                  keys.apply(sent.keys().sign1().clone())))));
        }

        @Override
        public Result<byte[]> bind(byte[] enrolmentId, byte[] sent) {
          return super.bind(enrolmentId, message1.apply(sent.clone()))
              .then(reply -> Result.ok(message2.apply(reply.clone())));
        }

        @Override
        public Result<String> confirm(byte[] enrolmentId, byte[] sent) {
          return super.confirm(enrolmentId, confirmation.apply(sent.clone()));
        }
      };
    }
  }

  private static UnaryOperator<byte[]> flips(int at) {
    return bytes -> {
      bytes[at] ^= 1;
      return bytes;
    };
  }

  private TallystickDevice device() {
    return TallystickDevice.open(
        bench.settings("till" + opened.incrementAndGet(), FileSteps.REAL),
        middle.connection(),
        DeviceEvents.NONE);
  }

  private Result<Identity> enrol(TallystickDevice device) {
    return device.enrol(activation, null, Bench.FOOTPRINT, terms -> true);
  }

  /** The true exchange, by a device of its own or the one that was disturbed. */
  private void goesThrough(TallystickDevice device) {
    middle.goesAway();
    assertThat(enrol(device).orElseThrow().role()).isEqualTo("PROVIDER");
    assertThat(device.makeBill(Bench.coffee()).refusal()).isEmpty();
    device.close();
  }

  private int length(Consumer<UnaryOperator<byte[]>> member) {
    int[] length = new int[1];
    Bench other = new Bench(folder.resolve("whole" + opened.incrementAndGet()));
    middle.bank = other.bank;
    member.accept(
        bytes -> {
          length[0] = bytes.length;
          return bytes;
        });
    TallystickDevice device =
        TallystickDevice.open(
            other.settings("till", FileSteps.REAL), middle.connection(), DeviceEvents.NONE);
    device
        .enrol(other.bank.activate("PROVIDER", "till"), null, Bench.FOOTPRINT, terms -> true)
        .orElseThrow();
    device.close();
    middle.goesAway();
    middle.bank = bench.bank;
    return length[0];
  }

  @Test
  void offer_anyByteChanged_isRefused_andTheTrueOneGoesThrough() {
    int length = length(see -> middle.offer = see);
    for (int at = 0; at < length; at++) {
      middle.offer = flips(at);
      TallystickDevice device = device();
      assertThat(enrol(device).refusal()).as("byte %d", at).isPresent();
      assertThat(device.identity()).isEmpty();
      device.close();
    }
    goesThrough(device());
  }

  @Test
  void bankKeys_anyByteChanged_areRefused_andNothingIsStoredOrSent() {
    int root = length(see -> middle.root = see);
    int keys = length(see -> middle.keys = see);
    TallystickDevice device = device();
    for (int at = 0; at < root; at++) {
      middle.root = flips(at);
      assertThat(enrol(device).refusal()).as("root, byte %d", at).isPresent();
    }
    middle.goesAway();
    for (int at = 0; at < keys; at++) {
      middle.keys = flips(at);
      assertThat(enrol(device).refusal()).as("keys, byte %d", at).isPresent();
    }
    assertThat(bench.stateFile("till" + opened.get())).doesNotExist();
    assertThat(bench.bank.messages()).isEmpty();
    goesThrough(device);
  }

  @Test
  void message1_anyByteChanged_isRefused_andUsesNothingUp() {
    int length = length(see -> middle.message1 = see);
    TallystickDevice device = device();
    for (int at = 0; at < length; at++) {
      middle.message1 = flips(at);
      assertThat(enrol(device).refusal()).as("byte %d", at).isPresent();
      assertThat(bench.bank.devices()).isZero();
    }
    goesThrough(device);
    assertThat(bench.bank.devices()).isEqualTo(1);
  }

  @Test
  void message2_anyByteChanged_isRefused_andTheDeviceTakesTheTrueOne() {
    int length = length(see -> middle.message2 = see);
    TallystickDevice device = device();
    for (int at = 0; at < length; at++) {
      middle.message2 = flips(at);
      assertThat(enrol(device).refusal()).as("byte %d", at).isPresent();
      assertThat(device.identity()).isEmpty();
    }
    middle.message2 = bytes -> Arrays.copyOf(bytes, bytes.length - 1);
    assertThat(enrol(device).refusal()).as("cut").isPresent();
    assertThat(bench.bank.devices()).isEqualTo(1);
    goesThrough(device);
    assertThat(bench.bank.devices()).isEqualTo(1);
  }

  @Test
  void confirmation_anyByteChanged_isRefused_andTheDeviceStaysPending() {
    int length = length(see -> middle.confirmation = see);
    TallystickDevice device = device();
    for (int at = 0; at < length; at++) {
      middle.confirmation = flips(at);
      assertThat(enrol(device).refusal()).as("byte %d", at).isPresent();
      assertThat(device.identity()).isEmpty();
      assertThat(device.makeBill(Bench.coffee()).refusal()).isPresent();
      assertThat(bench.desk().isActive("till")).isFalse();
    }
    goesThrough(device);
    assertThat(bench.desk().isActive("till")).isTrue();
  }
}
