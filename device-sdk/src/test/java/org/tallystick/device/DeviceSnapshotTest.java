package org.tallystick.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.code.Code;
import org.tallystick.device.fixture.Bench;
import org.tallystick.device.fixture.RepeatedRandom;
import org.tallystick.device.state.Ending;
import org.tallystick.device.state.FileSteps;
import org.tallystick.device.state.FinishedEntry;
import org.tallystick.device.state.OutboxEntry;

/**
 * Properties 1 and 9: a virtual machine is snapshotted with device state <em>and</em> random
 * generator and goes on twice. No key meets one IV with two plaintexts, and the bank finds the copy
 * at its first divergent code.
 */
class DeviceSnapshotTest {
  private static final Duration SHORT = Duration.ofSeconds(2);

  @TempDir Path folder;
  private Bench bench;
  private TallystickDevice till;

  @BeforeEach
  void snapshot() {
    bench = new Bench(folder);
    till = bench.payee("till");
    TallystickDevice phone = bench.payer("phone");
    pay(phone, bill(), "Card 1");
    phone.close();
  }

  @AfterEach
  void close() {
    bench.close();
  }

  /** The snapshot goes on, with the generator where it was. */
  private TallystickDevice wakes(String name) {
    return wakes(name, new RepeatedRandom(1));
  }

  private TallystickDevice wakes(String name, SecureRandom random) {
    try {
      Files.copy(bench.stateFile("phone"), bench.stateFile(name));
      Files.copy(bench.keyFile("phone"), bench.keyFile(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return TallystickDevice.open(
        bench.settings(name, FileSteps.REAL, random), bench.bank, bench.events);
  }

  private OutboxEntry bill() {
    OutboxEntry bill = till.makeBill(Bench.coffee()).orElseThrow();
    till.send(bill).orElseThrow();
    return bill;
  }

  private OutboxEntry approve(TallystickDevice device, OutboxEntry bill, String instrument) {
    String qr = till.bill(bill.number()).orElseThrow().qrText();
    return device
        .readBill(qr)
        .then(checked -> device.approve(checked, instrument, Bench.PIN.toCharArray()))
        .orElseThrow();
  }

  private FinishedEntry pay(TallystickDevice device, OutboxEntry bill, String instrument) {
    OutboxEntry half = approve(device, bill, instrument);
    device.send(half).orElseThrow();
    till.resume();
    return device.awaitAnswer(half, SHORT).orElseThrow();
  }

  @Test
  void sameStateSameChance_otherPlaintext_hasAnotherIv() {
    OutboxEntry bill = bill();
    Code one = code(approve(wakes("one"), bill, "Card 1"));
    Code two = code(approve(wakes("two"), bill, "Card 2"));
    assertThat(one.hint()).as("one key").isEqualTo(two.hint());
    assertThat(one.number()).isEqualTo(two.number());
    assertThat(one.account()).as("one additional data").isEqualTo(two.account());
    assertThat(one.sealed().ciphertext()).isNotEqualTo(two.sealed().ciphertext());
    assertThat(one.sealed().iv()).isNotEqualTo(two.sealed().iv());
  }

  @Test
  void sameStateSameChance_otherBill_hasAnotherIv() {
    Code one = code(approve(wakes("one"), bill(), "Card 1"));
    Code two = code(approve(wakes("two"), bill(), "Card 1"));
    assertThat(one.hint()).as("one key").isEqualTo(two.hint());
    assertThat(one.sealed().iv()).isNotEqualTo(two.sealed().iv());
  }

  /** Nothing but the plaintext decides, so the same act twice is the same bytes. */
  @Test
  void sameStateSameChance_samePlaintext_isTheSameCode() {
    OutboxEntry bill = bill();
    assertThat(approve(wakes("one"), bill, "Card 1").code())
        .isEqualTo(approve(wakes("two"), bill, "Card 1").code());
  }

  @Test
  void copy_divergentCode_changesNothing_andItsNextOneIsAFork() {
    TallystickDevice one = wakes("one");
    TallystickDevice two = wakes("two");
    assertThat(pay(one, bill(), "Card 1").ending()).isEqualTo(Ending.APPROVED);
    long lines = bench.desk().logIndex("phone");

    OutboxEntry divergent = approve(two, bill(), "Card 1");
    two.send(divergent).orElseThrow();
    assertThat(two.awaitAnswer(divergent, Duration.ZERO).orElseThrow().ending())
        .as("another code took its number")
        .isEqualTo(Ending.NOT_ACCEPTED);
    assertThat(bench.desk().logIndex("phone")).as("no effect").isEqualTo(lines);
    assertThat(two.standing().orElseThrow().epoch()).as("it rekeys").isEqualTo(1);

    OutboxEntry next = approve(two, bill(), "Card 1");
    two.send(next).orElseThrow();
    two.fillLog().orElseThrow();
    assertThat(two.awaitAnswer(next, Duration.ZERO).orElseThrow().ending()).isEqualTo(Ending.ERROR);
    assertThat(bench.desk().isActive("phone")).as("the bank suspends the device").isFalse();
    one.close();
    two.close();
  }

  private static Code code(OutboxEntry entry) {
    return Code.parse(entry.code());
  }
}
