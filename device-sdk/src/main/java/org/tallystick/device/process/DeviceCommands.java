package org.tallystick.device.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.tallystick.bill.Bill;
import org.tallystick.code.Purpose;
import org.tallystick.code.TransactionNumber;
import org.tallystick.codec.Base64Url;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.device.FootprintCollector;
import org.tallystick.device.FootprintItem;
import org.tallystick.device.PaymentChoice;
import org.tallystick.device.TallystickDevice;
import org.tallystick.device.bill.BillForms;
import org.tallystick.device.bill.NfcPayload;
import org.tallystick.device.bill.QrCode;
import org.tallystick.device.result.DeviceRefusal;
import org.tallystick.device.result.Refusal;
import org.tallystick.device.result.Result;
import org.tallystick.device.state.FinishedEntry;
import org.tallystick.device.state.Identity;
import org.tallystick.device.state.OutboxEntry;
import org.tallystick.enrolment.Activation;
import org.tallystick.enrolment.Footprint;
import org.tallystick.request.StatusResult;

/** Carries out commands; each ends with exactly one event that has {@code re}. */
final class DeviceCommands {
  private static final int CANONICAL_NUMBER = 16;
  private static final long MAX_LIFE_SECONDS = 86_400;

  private final TallystickDevice device;
  private final TamperingConnection bank;
  private final EventWriter events;
  private final AccountCommands account;
  private final LaterCommands later;

  DeviceCommands(TallystickDevice device, TamperingConnection bank, EventWriter events) {
    this.device = device;
    this.bank = bank;
    this.events = events;
    this.account = new AccountCommands(device, events);
    this.later = new LaterCommands(device, events);
  }

  /** Carries out one command but {@code quit}. */
  void run(Command command) {
    switch (command.name()) {
      case "enrol" -> enrol(command);
      case "bill" -> bill(command);
      case "show" -> show(command);
      case "read" -> read(command);
      case "approve" -> approve(command);
      case "send" -> send(command);
      case "await" -> await(command);
      case "cancel" -> cancel(command);
      case "status" -> status(command);
      case "tamper" -> tamper(command);
      case "fetch-bill" -> fetchBill(command);
      default -> {
        if (!later.run(command)) {
          account.run(command);
        }
      }
    }
  }

  private void enrol(Command command) {
    command.allow("activation", "pin", "serial", "consent");
    String serial = command.text("serial");
    Footprint footprint =
        new FootprintCollector("device-sdk")
            .with(FootprintItem.MANUFACTURER, () -> "Tallystick")
            .with(FootprintItem.MODEL, () -> "device process")
            .with(FootprintItem.SERIAL, () -> serial)
            .collect(consented(command));
    Activation activation = Activation.parse(command.text("activation"));
    Result<Identity> result =
        device.enrol(
            activation,
            command.pinOrNull(),
            footprint,
            agreement -> {
              events.write(
                  events
                      .event("agreement")
                      .put("bank", agreement.bankName())
                      .put("consortium", agreement.consortium())
                      .put("role", agreement.role())
                      .put("version", agreement.version()));
              return true;
            });
    activation.code().close();
    finish(
        command,
        result,
        identity ->
            events
                .reply("enrolled", command)
                .put("role", identity.role())
                .put("device", Base64Url.encode(identity.binding().deviceId())));
  }

  /** Items named in {@code consent}; all of them where the member is not there. */
  private static Set<FootprintItem> consented(Command command) {
    if (!command.has("consent")) {
      return EnumSet.allOf(FootprintItem.class);
    }
    Set<FootprintItem> items = EnumSet.noneOf(FootprintItem.class);
    for (JsonNode item : command.array("consent")) {
      items.add(
          Arrays.stream(FootprintItem.values())
              .filter(known -> EventWriter.lower(known).equals(item.asText()))
              .findFirst()
              .orElseThrow(() -> new MalformedInputException("no such item of the footprint")));
    }
    return items;
  }

  private void bill(Command command) {
    command.allow(BillMembers.BILL);
    finish(
        command,
        device.makeBill(BillMembers.request(command, null)),
        entry -> BillMembers.billed(events.reply("bill", command), entry));
  }

  private void show(Command command) {
    command.allow("number", "as");
    String number = number(command);
    Bill bill = device.bill(number).orElse(null);
    if (bill == null) {
      events.refused(command, new DeviceRefusal("show", "no bill of that number is here"));
      return;
    }
    String as = command.text("as");
    ObjectNode event = events.reply("shown", command).put("number", number).put("as", as);
    switch (as) {
      case "qr" ->
          event
              .put("text", bill.qrText())
              .put("png", Base64Url.encode(QrCode.of(bill.qrText()).png()));
      case "json" -> event.put("text", BillForms.json(bill));
      case "link" -> event.put("text", BillForms.appLink(bill));
      case "nfc" -> event.put("ndef", Base64Url.encode(NfcPayload.encode(bill)));
      case "terminal" -> event.put("text", QrCode.of(bill.qrText()).terminal());
      default -> throw new MalformedInputException("as is qr, json, terminal, link or nfc");
    }
    events.write(event);
  }

  private void read(Command command) {
    command.allow("bill", "png", "ndef");
    finish(
        command, billText(command).then(device::readBill), checked -> describe(command, checked));
  }

  private void fetchBill(Command command) {
    command.allow("number");
    finish(command, device.fetchBill(number(command)), checked -> describe(command, checked));
  }

  private ObjectNode describe(Command command, Bill.Checked checked) {
    return BillMembers.describe(events.reply("read", command), checked);
  }

  /** What is read: text, a picture of a QR, or an NDEF message. */
  private static Result<String> billText(Command command) {
    if (command.has("ndef")) {
      return Result.ok(NfcPayload.decode(Base64Url.decode(command.text("ndef"))).qrText());
    }
    if (!command.has("png")) {
      return Result.ok(command.text("bill"));
    }
    return QrCode.read(Base64Url.decode(command.text("png")))
        .map(Result::ok)
        .orElseGet(() -> Result.refused("B1", "no QR in the picture"));
  }

  private void approve(Command command) {
    command.allow(
        BillMembers.and(BillMembers.PAYER, "bill", "instrument", "pin", "tip", "consent"));
    char[] pin = command.pin();
    PaymentChoice choice = BillMembers.choice(command);
    finish(
        command,
        device.readBill(command.text("bill")).then(checked -> device.approve(checked, pin, choice)),
        entry -> BillMembers.sealed(events.reply("sealed", command), entry));
  }

  private void send(Command command) {
    command.allow("number");
    String number = number(command);
    Optional<OutboxEntry> entry =
        Arrays.stream(Purpose.values())
            .flatMap(purpose -> device.open(number, purpose).stream())
            .findFirst();
    Result<OutboxEntry> result =
        entry
            .map(device::send)
            .orElseGet(() -> Result.refused("send", "no open half of that number is here"));
    finish(command, result, sent -> BillMembers.sealed(events.reply("accepted", command), sent));
  }

  private void cancel(Command command) {
    command.allow("number");
    String number = number(command);
    finish(
        command,
        device.cancel(number).then(device::send),
        sent -> BillMembers.sealed(events.reply("accepted", command), sent));
  }

  private void await(Command command) {
    command.allow("number", "timeoutSeconds", "purpose");
    long seconds = command.integer("timeoutSeconds");
    if (seconds < 0 || seconds > MAX_LIFE_SECONDS) {
      throw new MalformedInputException("a time-out is at most a day");
    }
    String number = number(command);
    Result<FinishedEntry> result =
        device.awaitAnswer(number, purpose(command), Duration.ofSeconds(seconds));
    boolean pending =
        result.refusal().map(refusal -> refusal.type().endsWith(":pending")).orElse(false);
    if (pending) {
      events.write(events.reply("pending", command).put("number", number));
    } else {
      finish(command, result, e -> EventWriter.describe(events.reply("answer", command), e));
    }
  }

  private static Purpose purpose(Command command) {
    String name = command.has("purpose") ? command.text("purpose") : "purchase";
    return Arrays.stream(Purpose.values())
        .filter(purpose -> EventWriter.lower(purpose).equals(name))
        .findFirst()
        .orElseThrow(
            () -> new MalformedInputException("purpose is purchase, cancel, complete or charge"));
  }

  private void status(Command command) {
    command.allow("ask");
    Result<StatusResult> asked = null;
    if (command.has("ask") && command.flag("ask")) {
      asked = device.askStatus();
      if (asked.refusal().isPresent()) {
        events.refused(command, asked.refusal().get());
        return;
      }
    }
    ObjectNode event = events.reply("status", command);
    Optional<Identity> identity = device.identity();
    event.put("enrolled", identity.isPresent());
    identity.ifPresent(found -> event.put("role", found.role()));
    event.put("logIndex", device.logIndex());
    device.standing().ifPresent(own -> own.describe(event));
    if (asked != null) {
      AccountCommands.describe(event.putObject("bank"), asked.orElseThrow());
    }
    ArrayNode open = event.putArray("open");
    for (OutboxEntry entry : device.openHalves()) {
      open.addObject()
          .put("number", entry.number())
          .put("n", entry.n())
          .put("role", EventWriter.lower(entry.role()))
          .put("purpose", EventWriter.lower(entry.purpose()))
          .put("state", entry.state().name());
    }
    ArrayNode ended = event.putArray("ended");
    device.receipts().forEach(entry -> EventWriter.describe(ended.addObject(), entry));
    events.write(event);
  }

  /** A number as typed, with or without its check symbol. */
  static String number(Command command) {
    String text = command.text("number");
    return text.length() == CANONICAL_NUMBER
        ? TransactionNumber.text(TransactionNumber.bytes(text))
        : BillForms.typed(text);
  }

  private void tamper(Command command) {
    command.allow("what", "number");
    if (!command.text("what").equals("flip-code-byte")) {
      throw new MalformedInputException("what is flip-code-byte");
    }
    String number = number(command);
    bank.damageCodesOf(number);
    events.write(events.reply("tampering", command).put("number", number));
  }

  private <T> void finish(
      Command command, Result<T> result, java.util.function.Function<T, ObjectNode> event) {
    Optional<Refusal> refusal = result.refusal();
    if (refusal.isPresent()) {
      events.refused(command, refusal.get());
    } else {
      events.write(event.apply(result.orElseThrow()));
    }
  }
}
