package org.tallystick.device.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tallystick.bill.Bill;
import org.tallystick.bill.BillBody;
import org.tallystick.bill.BillItem;
import org.tallystick.bill.PaymentOffer;
import org.tallystick.code.Conditions;
import org.tallystick.code.Limits;
import org.tallystick.codec.Base64Url;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.device.PaymentChoice;
import org.tallystick.device.bill.BillForms;
import org.tallystick.device.bill.BillRequest;
import org.tallystick.device.state.OutboxEntry;
import org.tallystick.money.Money;

/** Members of commands and events that bills and halves have, read and written. */
final class BillMembers {
  /** Of every command that makes a bill. */
  static final String[] BILL = {
    "items",
    "tax",
    "currency",
    "expiresInSeconds",
    "till",
    "number",
    "presence",
    "tip",
    "hold",
    "recurring",
    "content",
    "ask",
    "progress"
  };

  /** Of every command that makes a payer's half. */
  static final String[] PAYER = {"loyalty", "levels", "compact", "progress"};

  private static final long MAX_SECONDS = 900;
  private static final int HEXADECIMAL = 64;

  private BillMembers() {}

  static String[] and(String[] some, String... others) {
    return Stream.concat(Stream.of(some), Stream.of(others)).toArray(String[]::new);
  }

  /**
   * What a bill says.
   *
   * @param offer which it answers and which may say amount and currency, or null
   */
  static BillRequest request(Command command, @Nullable PaymentOffer offer) {
    String offered = offer == null ? null : offer.currency();
    String currency =
        offered == null || command.has("currency") ? command.text("currency") : offered;
    BillItem whole = offer == null || command.has("items") ? null : item(offer);
    boolean hasNoTax = whole != null && !command.has("tax");
    return new BillRequest(
        whole == null ? items(command) : List.of(whole),
        Money.of(hasNoTax ? 0 : command.integer("tax"), currency),
        command.has("till") ? command.text("till") : null,
        life(command, BillRequest.STANDARD_LIFE.toSeconds()),
        command.has("number") ? DeviceCommands.number(command) : null,
        command.has("presence") && command.flag("presence"),
        conditions(command),
        command.has("progress") && command.flag("progress"));
  }

  /** What an offer names alone, or null where it names no amount. */
  private static @Nullable BillItem item(PaymentOffer offer) {
    Long minor = offer.minor();
    String text = offer.text();
    return minor == null ? null : new BillItem(text == null ? "Payment" : text, minor);
  }

  private static List<BillItem> items(Command command) {
    List<BillItem> items = new ArrayList<>();
    for (JsonNode item : command.array("items")) {
      if (item.size() != 2 || !item.path("text").isTextual()) {
        throw new MalformedInputException("an item is {text, amount}");
      }
      items.add(new BillItem(item.path("text").textValue(), Command.integer(item, "amount")));
    }
    return items;
  }

  static Duration life(Command command, long standardSeconds) {
    long seconds =
        command.has("expiresInSeconds") ? command.integer("expiresInSeconds") : standardSeconds;
    if (seconds < 1 || seconds > MAX_SECONDS) {
      throw new MalformedInputException("expiresInSeconds is a second to 15 minutes");
    }
    return Duration.ofSeconds(seconds);
  }

  private static Conditions conditions(Command command) {
    Long tip = command.has("tip") ? command.integer("tip") : null;
    Limits.Hold hold = null;
    if (command.has("hold")) {
      JsonNode said = command.object("hold", "limit", "until");
      hold = new Limits.Hold(Command.integer(said, "limit"), Command.integer(said, "until"));
    }
    Limits.Charges charges = null;
    if (command.has("recurring")) {
      JsonNode said = command.object("recurring", "each", "count", "interval", "until");
      charges =
          new Limits.Charges(
              Command.integer(said, "each"),
              (int) Math.min(Integer.MAX_VALUE, Math.max(0, Command.integer(said, "count"))),
              Command.integer(said, "interval"),
              Command.integer(said, "until"));
    }
    boolean isLimited = tip != null || hold != null || charges != null;
    return new Conditions(
        isLimited ? new Limits(tip, hold, charges) : null,
        command.has("content") ? content(command.text("content")) : null,
        bits(command, "ask"),
        false);
  }

  private static byte[] content(String text) {
    return text.length() == HEXADECIMAL
        ? java.util.HexFormat.of().parseHex(text)
        : Base64Url.decode(text);
  }

  private static int bits(Command command, String name) {
    long bits = command.has(name) ? command.integer(name) : 0;
    if (bits < 0 || bits > Conditions.ALL_CONSENT) {
      throw new MalformedInputException("member " + name + " is bits, 0 to 15");
    }
    return (int) bits;
  }

  /** What a payer chooses. */
  static PaymentChoice choice(Command command) {
    return new PaymentChoice(
        command.has("instrument") ? command.text("instrument") : null,
        command.has("tip") ? command.integer("tip") : 0,
        bits(command, "consent"),
        command.has("loyalty") ? command.text("loyalty") : null,
        command.levels(),
        command.has("compact") && command.flag("compact"),
        command.has("progress") && command.flag("progress"));
  }

  static ObjectNode sealed(ObjectNode event, OutboxEntry entry) {
    return event
        .put("number", entry.number())
        .put("n", entry.n())
        .put("notAfter", entry.notAfterMillis());
  }

  static ObjectNode billed(ObjectNode event, OutboxEntry entry) {
    return sealed(event, entry)
        .put("typable", BillForms.typable(entry.number()))
        .put("total", entry.terms().amount().minor())
        .put("currency", entry.terms().amount().currency());
  }

  /** A bill that was read and checked. */
  static ObjectNode describe(ObjectNode event, Bill.Checked checked) {
    BillBody body = checked.body();
    event
        .put("number", body.number())
        .put("provider", checked.provider().displayName())
        .put("place", checked.provider().place())
        .put("subtotal", body.subtotal().minor())
        .put("tax", body.tax().minor())
        .put("total", body.total().minor())
        .put("currency", body.total().currency())
        .put("expires", body.expiresMillis())
        .put("text", checked.bill().qrText());
    EventWriter.describe(event, body.conditions(), "ask");
    ArrayNode items = event.putArray("items");
    body.items().forEach(i -> items.addObject().put("text", i.text()).put("amount", i.minor()));
    return event;
  }
}
