package org.tallystick.device.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tallystick.bill.Bill;
import org.tallystick.bill.BillBody;
import org.tallystick.bill.BillItem;
import org.tallystick.code.Purpose;
import org.tallystick.code.TransactionNumber;
import org.tallystick.codec.Base64Url;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.device.TallystickDevice;
import org.tallystick.device.bill.BillForms;
import org.tallystick.device.bill.BillRequest;
import org.tallystick.device.bill.QrCode;
import org.tallystick.device.result.DeviceRefusal;
import org.tallystick.device.result.Refusal;
import org.tallystick.device.result.Result;
import org.tallystick.device.state.FinishedEntry;
import org.tallystick.device.state.Identity;
import org.tallystick.device.state.OutboxEntry;
import org.tallystick.enrolment.Activation;
import org.tallystick.enrolment.Footprint;
import org.tallystick.money.Money;

/** Carries out commands; each ends with exactly one event that has {@code re}. */
final class DeviceCommands {
  private static final int MAX_FIELD = 64;
  private static final int NUMBER_SYMBOLS = 16;
  private static final long MAX_LIFE_SECONDS = 86_400;

  private final TallystickDevice device;
  private final TamperingConnection bank;
  private final EventWriter events;

  DeviceCommands(TallystickDevice device, TamperingConnection bank, EventWriter events) {
    this.device = device;
    this.bank = bank;
    this.events = events;
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
      default -> throw new MalformedInputException("unknown command");
    }
  }

  private void enrol(Command command) {
    command.allow("activation", "pin", "serial");
    Footprint footprint =
        new Footprint(
            "Tallystick",
            "device process",
            shortened(command.text("serial")),
            shortened(System.getProperty("os.name") + " " + System.getProperty("os.version")),
            "device-sdk");
    Activation activation = Activation.parse(command.text("activation"));
    Result<Identity> result =
        device.enrol(
            activation,
            command.pin(),
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

  private static String shortened(String text) {
    return text.length() > MAX_FIELD ? text.substring(0, MAX_FIELD) : text;
  }

  private void bill(Command command) {
    command.allow("items", "tax", "currency", "expiresInSeconds", "till");
    List<BillItem> items = new ArrayList<>();
    for (JsonNode item : command.array("items")) {
      if (item.size() != 2 || !item.path("text").isTextual()) {
        throw new MalformedInputException("an item is {text, amount}");
      }
      items.add(new BillItem(item.path("text").textValue(), Command.integer(item, "amount")));
    }
    long seconds =
        command.has("expiresInSeconds")
            ? command.integer("expiresInSeconds")
            : BillRequest.STANDARD_LIFE.toSeconds();
    if (seconds < 1 || seconds > MAX_LIFE_SECONDS) {
      throw new MalformedInputException("a bill lives for a second to a day");
    }
    BillRequest request =
        new BillRequest(
            items,
            Money.of(command.integer("tax"), command.text("currency")),
            command.has("till") ? command.text("till") : null,
            Duration.ofSeconds(seconds));
    finish(
        command,
        device.makeBill(request),
        entry ->
            sealed("bill", command, entry)
                .put("typable", BillForms.typable(entry.number()))
                .put("total", entry.terms().amount().minor())
                .put("currency", entry.terms().amount().currency()));
  }

  private ObjectNode sealed(String event, Command command, OutboxEntry entry) {
    return events
        .reply(event, command)
        .put("number", entry.number())
        .put("n", entry.n())
        .put("notAfter", entry.notAfterMillis());
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
      case "terminal" -> event.put("text", QrCode.of(bill.qrText()).terminal());
      default -> throw new MalformedInputException("as is qr, json or terminal");
    }
    events.write(event);
  }

  private void read(Command command) {
    command.allow("bill", "png");
    finish(
        command,
        billText(command).then(device::readBill),
        checked -> {
          BillBody body = checked.body();
          ObjectNode event =
              events
                  .reply("read", command)
                  .put("number", body.number())
                  .put("provider", checked.provider().displayName())
                  .put("place", checked.provider().place())
                  .put("subtotal", body.subtotal().minor())
                  .put("tax", body.tax().minor())
                  .put("total", body.total().minor())
                  .put("currency", body.total().currency())
                  .put("expires", body.expiresMillis())
                  .put("text", checked.bill().qrText());
          ArrayNode items = event.putArray("items");
          body.items()
              .forEach(i -> items.addObject().put("text", i.text()).put("amount", i.minor()));
          return event;
        });
  }

  /** What is read: text, or a picture of a QR. */
  private static Result<String> billText(Command command) {
    if (!command.has("png")) {
      return Result.ok(command.text("bill"));
    }
    return QrCode.read(Base64Url.decode(command.text("png")))
        .map(Result::ok)
        .orElseGet(() -> Result.refused("B1", "no QR in the picture"));
  }

  private void approve(Command command) {
    command.allow("bill", "instrument", "pin");
    char[] pin = command.pin();
    if (pin == null) {
      throw new MalformedInputException("member pin is missing");
    }
    String instrument = command.has("instrument") ? command.text("instrument") : null;
    finish(
        command,
        device
            .readBill(command.text("bill"))
            .then(checked -> device.approve(checked, instrument, pin)),
        entry -> sealed("sealed", command, entry));
  }

  private void send(Command command) {
    command.allow("number");
    String number = number(command);
    Optional<OutboxEntry> entry =
        device.open(number, Purpose.PURCHASE).or(() -> device.open(number, Purpose.CANCEL));
    Result<OutboxEntry> result =
        entry
            .map(device::send)
            .orElseGet(() -> Result.refused("send", "no open half of that number is here"));
    finish(command, result, sent -> sealed("accepted", command, sent));
  }

  private void cancel(Command command) {
    command.allow("number");
    String number = number(command);
    finish(
        command,
        device.cancel(number).then(device::send),
        sent -> sealed("accepted", command, sent));
  }

  private void await(Command command) {
    command.allow("number", "timeoutSeconds");
    long seconds = command.integer("timeoutSeconds");
    if (seconds < 0 || seconds > MAX_LIFE_SECONDS) {
      throw new MalformedInputException("a time-out is at most a day");
    }
    String number = number(command);
    Result<FinishedEntry> result = device.awaitAnswer(number, Duration.ofSeconds(seconds));
    boolean pending =
        result.refusal().map(refusal -> refusal.type().endsWith(":pending")).orElse(false);
    if (pending) {
      events.write(events.reply("pending", command).put("number", number));
    } else {
      finish(command, result, e -> EventWriter.describe(events.reply("answer", command), e));
    }
  }

  private void status(Command command) {
    command.allow();
    ObjectNode event = events.reply("status", command);
    Optional<Identity> identity = device.identity();
    event.put("enrolled", identity.isPresent());
    identity.ifPresent(found -> event.put("role", found.role()));
    event.put("logIndex", device.logIndex());
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

  /** As a program has it, 16 symbols; or as a person types it, with the check symbol. */
  private static String number(Command command) {
    String text = command.text("number");
    return text.length() == NUMBER_SYMBOLS
        ? TransactionNumber.text(TransactionNumber.bytes(text))
        : BillForms.typed(text);
  }
}
