package org.tallystick.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tallystick.code.Code;
import org.tallystick.device.fixture.Bench;
import org.tallystick.device.fixture.LossyDisk;
import org.tallystick.device.result.Result;
import org.tallystick.device.state.Ending;
import org.tallystick.device.state.FileSteps;
import org.tallystick.device.state.OutboxEntry;
import org.tallystick.device.transport.ForwardingBankConnection;
import org.tallystick.enrolment.Activation;

/**
 * Property 3, the device's side: the machine goes off before every single step of every write from
 * enrolment to receipt, and loses whatever was not forced. Device and bank meet again without help,
 * with one effect, one code for each number and byte-equal answers.
 */
class CrashAtEveryWriteTest {
  private static final Duration SHORT = Duration.ofSeconds(2);

  @TempDir Path folder;
  private Bench bench;
  private TallystickDevice till;
  private TallystickDevice phone;
  private final Map<ByteBuffer, byte[]> answers = new HashMap<>();

  @BeforeEach
  void open() {
    bench = new Bench(folder);
    till = bench.payee("till");
    phone = bench.payer("phone");
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void payer_machineOffBeforeEachStep_paysOnceAllTheSame(boolean renameSurvives)
      throws IOException {
    offBeforeEachStep(new Errand("USER", this::pay), renameSurvives);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void payee_machineOffBeforeEachStep_isPaidOnceAllTheSame(boolean renameSurvives)
      throws IOException {
    offBeforeEachStep(new Errand("PROVIDER", this::isPaid), renameSurvives);
  }

  /** What a party does until it holds its receipt, beginning wherever its device stands. */
  private record Errand(String role, BiConsumer<TallystickDevice, Activation> goOn) {}

  private void offBeforeEachStep(Errand errand, boolean renameSurvives) throws IOException {
    int steps = crashAndGoOn(errand, "never", LossyDisk.NEVER, renameSurvives);
    assertThat(steps).as("steps of all writes").isGreaterThanOrEqualTo(24);
    for (int offAt = 0; offAt <= steps; offAt++) {
      crashAndGoOn(errand, "off at " + offAt, offAt, renameSurvives);
    }
  }

  private int crashAndGoOn(Errand errand, String name, int offAt, boolean renameSurvives)
      throws IOException {
    Activation activation = bench.bank.activate(errand.role(), name);
    int codesBefore = bench.bank.codes().size();
    int messagesBefore = bench.bank.messages().size();
    LossyDisk disk = new LossyDisk(bench.stateFile(name), offAt, renameSurvives);
    TallystickDevice first = open(name, disk);
    try {
      errand.goOn().accept(first, activation);
    } catch (UncheckedIOException off) {
      assertThat(disk.isOff()).isTrue();
    }
    if (!disk.isOff()) {
      disk.goOff(); // after its last write
    }
    first.close();

    TallystickDevice again = open(name, FileSteps.REAL);
    errand.goOn().accept(again, activation);
    assertThat(again.openHalves()).as(name).isEmpty();
    assertThat(again.receipts()).as(name).hasSize(1);
    assertThat(again.receipts().get(0).ending()).isEqualTo(Ending.APPROVED);
    assertThat(again.receipts().get(0).receipt()).isNotNull();
    assertThat(again.logIndex()).isEqualTo(1).isEqualTo(bench.desk().logIndex(name));
    again.close();
    assertOneMessage(messagesBefore);
    assertOneCodeForEachNumber(codesBefore);
    assertSameAnswersAgain(codesBefore);
    return disk.steps();
  }

  private void pay(TallystickDevice own, Activation activation) {
    enrol(own, activation);
    if (own.receipts().isEmpty() && own.openHalves().isEmpty()) {
      List<OutboxEntry> unpaid = till.openHalves(); // by a payer whose machine went off
      OutboxEntry bill =
          unpaid.isEmpty() ? till.makeBill(Bench.coffee()).orElseThrow() : unpaid.get(0);
      till.send(bill).orElseThrow();
      approve(own, till, bill);
    }
    takeAnswers(own);
    till.resume();
  }

  private void isPaid(TallystickDevice own, Activation activation) {
    enrol(own, activation);
    if (own.receipts().isEmpty() && own.openHalves().isEmpty()) {
      own.send(own.makeBill(Bench.coffee()).orElseThrow()).orElseThrow();
    }
    for (OutboxEntry bill : own.openHalves()) {
      approve(phone, own, bill);
    }
    takeAnswers(own);
    takeAnswers(phone);
  }

  private static void approve(TallystickDevice payer, TallystickDevice payee, OutboxEntry bill) {
    String qr = payee.bill(bill.number()).orElseThrow().qrText();
    payer
        .readBill(qr)
        .then(checked -> payer.approve(checked, "Card 1", Bench.PIN.toCharArray()))
        .then(payer::send);
  }

  private void takeAnswers(TallystickDevice device) {
    for (OutboxEntry open : device.openHalves()) {
      device.awaitAnswer(open.number(), SHORT).orElseThrow();
    }
  }

  private void enrol(TallystickDevice device, Activation activation) {
    if (device.identity().isEmpty()) {
      device
          .enrol(activation, Bench.PIN.toCharArray(), Bench.FOOTPRINT, terms -> true)
          .orElseThrow();
    }
    device.resume();
  }

  private TallystickDevice open(String name, FileSteps steps) {
    return TallystickDevice.open(bench.settings(name, steps), new Watched(), DeviceEvents.NONE);
  }

  /** message1 is made once, however often it is sent. */
  private void assertOneMessage(int from) {
    List<byte[]> messages = bench.bank.messages();
    assertThat(messages.subList(from, messages.size()).stream().map(ByteBuffer::wrap).distinct())
        .hasSize(1);
  }

  /** One key, one code: no two texts carry the same hint. */
  private void assertOneCodeForEachNumber(int from) {
    Map<ByteBuffer, String> texts = new HashMap<>();
    List<String> codes = bench.bank.codes();
    for (String text : codes.subList(from, codes.size())) {
      String known = texts.putIfAbsent(ByteBuffer.wrap(Code.parse(text).hint()), text);
      assertThat(known).isIn(null, text);
    }
  }

  /** The bank gets every code once more. */
  private void assertSameAnswersAgain(int from) {
    List<String> codes = bench.bank.codes();
    codes.subList(from, codes.size()).forEach(bench.bank::send);
    List<byte[]> pickups = answers.keySet().stream().map(ByteBuffer::array).toList();
    Watched again = new Watched();
    for (byte[] pickup : pickups) {
      assertThat(again.answers(List.of(pickup), Duration.ZERO).orElseThrow()).hasSize(1);
    }
  }

  /** The bank's answers: under one token always the same bytes. */
  private final class Watched extends ForwardingBankConnection {
    Watched() {
      super(bench.bank);
    }

    @Override
    public Result<List<PickedUp>> answers(List<byte[]> pickups, Duration wait) {
      Result<List<PickedUp>> result = super.answers(pickups, wait);
      result
          .value()
          .ifPresent(
              found ->
                  found.forEach(
                      one -> {
                        byte[] known =
                            answers.putIfAbsent(ByteBuffer.wrap(one.pickup()), one.sealed());
                        assertThat(known == null || Arrays.equals(known, one.sealed())).isTrue();
                      }));
      return result;
    }
  }
}
