package org.tallystick.device.process;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tallystick.bill.PaymentOffer;
import org.tallystick.codec.Base64Url;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.device.TallystickDevice;
import org.tallystick.device.bill.BillRequest;
import org.tallystick.device.result.Refusal;
import org.tallystick.device.result.Result;
import org.tallystick.device.state.Authority;
import org.tallystick.device.state.OutboxEntry;
import org.tallystick.money.Money;

/** Commands for terms mode, offers, level PINs, and what a purchase leaves behind. */
final class LaterCommands {
  private static final int MAX_OFFERS = 64;
  private static final long OFFER_SECONDS = 600;

  private final TallystickDevice device;
  private final EventWriter events;

  /** Own offers of this process, by id. */
  private final Map<ByteBuffer, PaymentOffer> offers = new HashMap<>();

  LaterCommands(TallystickDevice device, EventWriter events) {
    this.device = device;
    this.events = events;
  }

  /** Carries out one command; false where it is none of these. */
  boolean run(Command command) {
    switch (command.name()) {
      case "terms-bill" -> termsBill(command);
      case "pay-terms" -> payTerms(command);
      case "offer" -> offer(command);
      case "accept-offer" -> acceptOffer(command);
      case "look-offer" -> lookOffer(command);
      case "complete" -> later(command, device::complete);
      case "charge" -> later(command, device::charge);
      case "authorities" -> authorities(command);
      case "level-pin" -> levelPin(command);
      case "end-authority" -> endAuthority(command);
      default -> {
        return false;
      }
    }
    return true;
  }

  private void termsBill(Command command) {
    command.allow("amount", "currency", "expiresInSeconds", "number", "progress");
    Result<OutboxEntry> made =
        device.makeTerms(
            amount(command),
            BillMembers.life(command, BillRequest.STANDARD_LIFE.toSeconds()),
            command.has("number") ? DeviceCommands.number(command) : null,
            command.has("progress") && command.flag("progress"));
    finish(command, made, entry -> BillMembers.billed(events.reply("terms", command), entry));
  }

  private void payTerms(Command command) {
    command.allow(
        BillMembers.and(BillMembers.PAYER, "number", "amount", "currency", "instrument", "pin"));
    finish(
        command,
        device.approveTerms(
            DeviceCommands.number(command),
            amount(command),
            command.pin(),
            BillMembers.choice(command)),
        entry -> BillMembers.sealed(events.reply("sealed", command), entry).put("terms", true));
  }

  private static Money amount(Command command) {
    return Money.of(command.integer("amount"), command.text("currency"));
  }

  private void offer(Command command) {
    command.allow("amount", "currency", "text", "expiresInSeconds");
    Result<PaymentOffer> made =
        device
            .offers()
            .make(
                command.has("amount") ? command.integer("amount") : null,
                command.has("currency") ? command.text("currency") : null,
                command.has("text") ? command.text("text") : null,
                BillMembers.life(command, OFFER_SECONDS));
    made.value().ifPresent(this::remember);
    finish(
        command,
        made,
        offer ->
            events
                .reply("offer", command)
                .put("offer", Base64Url.encode(offer.id()))
                .put("text", offer.qrText())
                .put("expires", offer.expiresMillis()));
  }

  private void remember(PaymentOffer offer) {
    if (offers.size() >= MAX_OFFERS) {
      offers.clear(); // the sender makes another one
    }
    offers.put(ByteBuffer.wrap(offer.id()), offer);
  }

  private void acceptOffer(Command command) {
    command.allow(BillMembers.and(BillMembers.BILL, "offer"));
    Result<OutboxEntry> made =
        device
            .offers()
            .read(command.text("offer"))
            .then(offer -> device.acceptOffer(offer, BillMembers.request(command, offer)));
    finish(command, made, entry -> BillMembers.billed(events.reply("bill", command), entry));
  }

  private void lookOffer(Command command) {
    command.allow("offer");
    @Nullable PaymentOffer own =
        offers.get(ByteBuffer.wrap(Base64Url.decode(command.text("offer"))));
    if (own == null) {
      throw new MalformedInputException("no offer of that id was made here");
    }
    finish(
        command,
        device.fetchBill(own),
        checked -> BillMembers.describe(events.reply("read", command), checked));
  }

  /** Makes a later step. */
  private interface Step {
    Result<OutboxEntry> make(String number, long minor);
  }

  private void later(Command command, Step step) {
    command.allow("number", "amount");
    finish(
        command,
        step.make(DeviceCommands.number(command), command.integer("amount")).then(device::send),
        sent -> BillMembers.sealed(events.reply("accepted", command), sent));
  }

  private void authorities(Command command) {
    command.allow();
    ObjectNode event = events.reply("authorities", command);
    ArrayNode open = event.putArray("authorities");
    for (Authority one : device.authorities()) {
      EventWriter.describe(
          open.addObject()
              .put("number", one.number())
              .put("role", EventWriter.lower(one.role()))
              .put("currency", one.currency()),
          one.limits());
    }
    events.write(event);
  }

  private void levelPin(Command command) {
    command.allow("level", "pin", "newPin", "remove");
    boolean removes = command.has("remove") && command.flag("remove");
    if (removes == command.hasNewPin()) {
      throw new MalformedInputException("newPin, or remove");
    }
    int level = (int) Math.min(Integer.MAX_VALUE, Math.max(0, command.integer("level")));
    finish(
        command,
        device.account().levelPin(level, command.pin(), removes ? null : command.newPin()),
        done -> events.reply("levelPin", command).put("level", level).put("removed", removes));
  }

  private void endAuthority(Command command) {
    command.allow("number");
    String number = DeviceCommands.number(command);
    finish(
        command,
        device.account().endAuthority(number),
        done -> events.reply("authorityEnded", command).put("number", number));
  }

  private <T> void finish(Command command, Result<T> result, Function<T, ObjectNode> event) {
    Optional<Refusal> refusal = result.refusal();
    if (refusal.isPresent()) {
      events.refused(command, refusal.get());
    } else {
      events.write(event.apply(result.orElseThrow()));
    }
  }
}
