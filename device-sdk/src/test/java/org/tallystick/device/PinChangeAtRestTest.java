package org.tallystick.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.device.fixture.Bench;
import org.tallystick.device.state.BankPin;
import org.tallystick.device.state.Bound;
import org.tallystick.device.state.DeviceState;
import org.tallystick.device.state.FileSteps;
import org.tallystick.device.state.StateFile;

/**
 * Property 8 while a PIN changes: who has the file and its key opens every request in it, so that a
 * stored proof, with the PIN's secret beside it, would let each guess be checked.
 */
class PinChangeAtRestTest {
  private static final String NEW_PIN = "98765";

  @TempDir Path folder;
  private Bench bench;
  private TallystickDevice payer;

  @BeforeEach
  void device() {
    bench = new Bench(folder);
    payer = bench.payer("payer");
    payer.askStatus().orElseThrow(); // leaves a challenge, so that the next request does go out
    bench.bank.losesReplies(true);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  /** What lies on the disk when the device is off. */
  private Bound atRest() {
    payer.close();
    DeviceSettings settings = bench.settings("payer", FileSteps.REAL);
    DeviceState none = DeviceState.fresh(new BankPin(new byte[32], settings.baseUrl()));
    try (StateFile file =
        StateFile.open(
            settings.stateFile(),
            settings.platformKeyFile(),
            none,
            FileSteps.REAL,
            new SecureRandom())) {
      return file.state().bound();
    }
  }

  @Test
  void change_whoseReplyIsLost_leavesNoRequestInTheFile() {
    assertThat(payer.account().changePin(Bench.PIN.toCharArray(), NEW_PIN.toCharArray()).refusal())
        .isPresent();
    assertThat(bench.bank.requests().texts()).as("it went out").hasSize(2);
    assertThat(atRest().pending()).isNull();
  }

  /** The same look at the disk finds a request that is stored. */
  @Test
  void rekey_whoseReplyIsLost_isInTheFile() {
    assertThat(payer.rekey().refusal()).isPresent();
    List<String> sent = bench.bank.requests().texts();
    assertThat(atRest().pending().sent().text()).isEqualTo(sent.get(sent.size() - 1));
  }
}
