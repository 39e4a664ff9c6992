package org.tallystick.device.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tallystick.device.TallystickDevice;
import org.tallystick.device.fixture.Bench;
import org.tallystick.device.result.Result;
import org.tallystick.device.state.StateRefusedException.Reason;

class StateFileTest {
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

  /** Where a write is cut off. */
  enum Crash {
    HALF_WRITTEN,
    WRITTEN,
    FORCED,
    REPLACED,
    FOLDER_FORCED
  }

  /** Fails at one step, as if the machine went off there, and does nothing from then on. */
  private static final class CrashingSteps implements FileSteps {
    private Crash at;

    private void crash(Crash here) throws IOException {
      if (here == at) {
        throw new IOException("simulated crash");
      }
    }

    @Override
    public void write(Path temp, byte[] content) throws IOException {
      if (at == Crash.HALF_WRITTEN) {
        FileSteps.super.write(temp, java.util.Arrays.copyOf(content, content.length / 2));
        crash(Crash.HALF_WRITTEN);
      }
      FileSteps.super.write(temp, content);
      crash(Crash.WRITTEN);
    }

    @Override
    public void force(Path temp) throws IOException {
      FileSteps.super.force(temp);
      crash(Crash.FORCED);
    }

    @Override
    public void replace(Path temp, Path target) throws IOException {
      FileSteps.super.replace(temp, target);
      crash(Crash.REPLACED);
    }

    @Override
    public void forceFolder(Path where) throws IOException {
      FileSteps.super.forceFolder(where);
      crash(Crash.FOLDER_FORCED);
    }
  }

  @ParameterizedTest
  @EnumSource(Crash.class)
  void store_crashAtEachStep_leavesTheOldOrTheNewState(Crash at) {
    bench.payee("till").close();
    CrashingSteps steps = new CrashingSteps();
    TallystickDevice device = bench.open("till", steps);
    OutboxEntry first = device.makeBill(Bench.coffee()).orElseThrow();
    steps.at = at;
    assertThatThrownBy(() -> device.makeBill(Bench.coffee()))
        .isInstanceOf(UncheckedIOException.class);

    assertThatThrownBy(device::openHalves).isInstanceOf(StateRefusedException.class);
    assertThat(bench.bank.codes()).isEmpty();
    device.close();

    TallystickDevice again = bench.open("till");
    boolean isNew = at == Crash.REPLACED || at == Crash.FOLDER_FORCED;
    assertThat(again.openHalves()).hasSize(isNew ? 2 : 1);
    assertThat(again.openHalves().get(0).code()).isEqualTo(first.code());
    OutboxEntry next = again.makeBill(Bench.coffee()).orElseThrow();
    assertThat(next.n()).isEqualTo(first.n() + (isNew ? 2 : 1));
    assertThat(again.resume().resent()).isEqualTo(isNew ? 3 : 2);
    assertThat(bench.bank.codes()).hasSize(isNew ? 3 : 2).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource(Crash.class)
  void store_firstWriteEver_leavesNothingOrTheState(Crash at) {
    CrashingSteps steps = new CrashingSteps();
    steps.at = at;
    TallystickDevice device = bench.open("phone", steps);
    assertThatThrownBy(
            () ->
                device.enrol(
                    bench.bank.activate("USER", "phone"),
                    Bench.PIN.toCharArray(),
                    Bench.FOOTPRINT,
                    terms -> true))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(bench.bank.messages()).isEmpty();
    device.close();
    TallystickDevice.Resumed resumed = bench.open("phone").resume();
    assertThat(resumed.problem()).isEmpty();
  }

  @Test
  void open_byASecondWriter_isToldWhoHoldsIt() {
    bench.payee("till");
    assertThatThrownBy(() -> bench.open("till"))
        .isInstanceOfSatisfying(
            StateRefusedException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(Reason.LOCKED);
              assertThat(e).hasMessageContaining("" + ProcessHandle.current().pid());
            });
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void open_tamperedFile_isRefused(int quarter) throws IOException {
    bench.payee("till").close();
    Path file = bench.stateFile("till");
    byte[] bytes = Files.readAllBytes(file);
    int length = bytes.length;
    bytes[quarter == 0 ? 0 : 5 + quarter * (length - 6) / 3] ^= 1;
    Files.write(file, bytes);
    refused(Reason.TAMPERED);
    Files.write(file, java.util.Arrays.copyOf(bytes, quarter * length / 4));
    refused(Reason.TAMPERED);
  }

  @Test
  void open_unknownVersion_isRefused() throws IOException {
    bench.payee("till").close();
    byte[] bytes = Files.readAllBytes(bench.stateFile("till"));
    bytes[4] = 2;
    Files.write(bench.stateFile("till"), bytes);
    refused(Reason.UNKNOWN_VERSION);
  }

  @Test
  void open_withoutOrWithAnotherKey_isRefused() throws IOException {
    bench.payee("till").close();
    bench.payee("other").close();
    Files.move(bench.keyFile("other"), bench.keyFile("till"), StandardCopyOption.REPLACE_EXISTING);
    refused(Reason.TAMPERED);
    Files.delete(bench.keyFile("till"));
    refused(Reason.KEY_MISSING);
    assertThat(bench.keyFile("till")).doesNotExist();
  }

  @Test
  void open_keyThatOthersCanRead_isRefused() throws IOException {
    bench.payee("till").close();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(bench.keyFile("till"))))
        .isEqualTo("rw-------");
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(bench.stateFile("till"))))
        .isEqualTo("rw-------");
    Files.setPosixFilePermissions(
        bench.keyFile("till"), PosixFilePermissions.fromString("rw-r-----"));
    refused(Reason.KEY_UNSAFE);
  }

  @Test
  void open_forAnotherBank_isRefused() throws IOException {
    bench.payee("till").close();
    Bench other = new Bench(folder);
    assertThatThrownBy(() -> other.open("till"))
        .isInstanceOfSatisfying(
            StateRefusedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.OTHER_BANK));
  }

  private void refused(Reason reason) {
    assertThatThrownBy(() -> bench.open("till"))
        .isInstanceOfSatisfying(
            StateRefusedException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  @Test
  void file_neverHoldsSecretsInPlain_andPlaintextNoPinAtAll() throws IOException {
    TallystickDevice payee = bench.payee("till");
    TallystickDevice payer = bench.payer("phone");
    OutboxEntry bill = payee.makeBill(Bench.coffee()).orElseThrow();
    String pin = "83950284";
    Result<OutboxEntry> half =
        payer
            .readBill(payee.bill(bill.number()).orElseThrow().qrText())
            .then(checked -> payer.approve(checked, "Card 1", pin.toCharArray()));
    Identity identity = payer.identity().orElseThrow();
    List<byte[]> secrets = new ArrayList<>();
    secrets.add(pin.getBytes(StandardCharsets.UTF_8));
    secrets.add(identity.signingKey().reveal().clone());
    secrets.add(identity.pin().secret().reveal().clone());
    secrets.add(half.orElseThrow().replyRoot().reveal().clone());
    secrets.add(half.orElseThrow().code().getBytes(StandardCharsets.UTF_8));
    payer.close();

    byte[] file = Files.readAllBytes(bench.stateFile("phone"));
    byte[] plaintext = plaintext("phone");
    HeldEpoch epoch = StateCodec.decode(plaintext).bound().epoch();
    secrets.add(epoch.root().root().reveal().clone());
    secrets.add(epoch.notices().chain().down().reveal().clone());
    for (byte[] secret : secrets) {
      assertThat(indexOf(file, secret)).isNegative();
    }
    assertThat(indexOf(plaintext, secrets.get(0))).as("PIN").isNegative();
    assertThat(indexOf(plaintext, secrets.get(2))).as("pin secret, inside").isNotNegative();
  }

  @Test
  void file_afterACode_holdsTheChainThatCameBeforeNoMore() throws IOException {
    TallystickDevice payee = bench.payee("till");
    payee.close();
    byte[] before = plaintext("till");
    DeviceState old = StateCodec.decode(before);
    byte[] chain = old.bound().sequence().chain().reveal().clone();
    TallystickDevice again = bench.open("till");
    again.makeBill(Bench.coffee()).orElseThrow();
    again.close();
    assertThat(indexOf(before, chain)).isNotNegative();
    assertThat(indexOf(plaintext("till"), chain)).isNegative();
  }

  @Test
  void codec_roundTrip_isByteEqual() throws IOException {
    TallystickDevice payee = bench.payee("till");
    OutboxEntry bill = payee.makeBill(Bench.coffee()).orElseThrow();
    payee.send(payee.cancel(bill.number()).orElseThrow()).orElseThrow();
    payee.resume();
    payee.makeBill(Bench.coffee()).orElseThrow();
    payee.close();
    byte[] plaintext = plaintext("till");
    assertThat(StateCodec.encode(StateCodec.decode(plaintext))).isEqualTo(plaintext);
  }

  @Test
  void toString_ofAnythingStored_showsNoSecret() {
    TallystickDevice payer = bench.payer("phone");
    Identity identity = payer.identity().orElseThrow();
    assertThat(identity.toString()).isEqualTo("Identity[USER]");
    assertThat(identity.pin().toString()).isEqualTo("PinMaterial[...]");
    assertThat(bench.settings("phone", FileSteps.REAL).toString()).doesNotContain("key");
  }

  private byte[] plaintext(String name) throws IOException {
    byte[] file = Files.readAllBytes(bench.stateFile(name));
    byte[] key = Files.readAllBytes(bench.keyFile(name));
    return org.tallystick.crypto.AesGcm.open(
            key,
            java.util.Arrays.copyOfRange(file, 5, 17),
            java.util.Arrays.copyOf(file, 5),
            java.util.Arrays.copyOfRange(file, 17, file.length))
        .orElseThrow();
  }

  private static int indexOf(byte[] in, byte[] what) {
    for (int i = 0; i + what.length <= in.length; i++) {
      if (java.util.Arrays.equals(in, i, i + what.length, what, 0, what.length)) {
        return i;
      }
    }
    return -1;
  }
}
