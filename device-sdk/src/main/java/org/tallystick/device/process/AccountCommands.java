package org.tallystick.device.process;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tallystick.code.TransactionNumber;
import org.tallystick.codec.Base64Url;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.device.TallystickDevice;
import org.tallystick.device.result.Refusal;
import org.tallystick.device.result.Result;
import org.tallystick.log.LogLine;
import org.tallystick.request.RequestResult;
import org.tallystick.request.StatusResult;

/** Commands that ask the bank something for the device itself: docs/PROTOCOL.md sections 10, 11. */
final class AccountCommands {
  private static final long MAX_WAIT_SECONDS = 86_400;

  private final TallystickDevice device;
  private final EventWriter events;
  private final AgreementCommands agreements;

  AccountCommands(TallystickDevice device, EventWriter events) {
    this.device = device;
    this.events = events;
    this.agreements = new AgreementCommands(device, events);
  }

  /** Carries out one command. */
  void run(Command command) {
    switch (command.name()) {
      case "rekey" -> rekey(command);
      case "change-pin" -> changePin(command);
      case "not-me" -> notMe(command);
      case "countersign" -> countersign(command);
      case "agreement", "agree" -> agreements.run(command);
      case "notices" -> notices(command);
      case "lodge" -> lodge(command);
      case "number" -> number(command);
      case "log" -> log(command);
      case "checkpoint" -> checkpoint(command);
      default -> throw new MalformedInputException("unknown command");
    }
  }

  private void rekey(Command command) {
    command.allow();
    finish(
        command,
        device.rekey(),
        done -> {
          ObjectNode event = events.reply("rekeyed", command);
          device.standing().ifPresent(own -> own.describe(event));
          return event;
        });
  }

  private void changePin(Command command) {
    command.allow("pin", "newPin");
    finish(
        command,
        device.account().changePin(command.pin(), command.newPin()),
        done -> events.reply("pinChanged", command));
  }

  private void notMe(Command command) {
    command.allow("device", "number");
    byte @Nullable [] named =
        command.has("device") ? Base64Url.decode(command.text("device")) : null;
    String number = command.has("number") ? DeviceCommands.number(command) : null;
    finish(
        command,
        device.account().notMe(named, number),
        done ->
            events
                .reply("notMe", command)
                .put("deviceSuspended", done.deviceSuspended())
                .put("halvesEnded", done.halvesEnded()));
  }

  private void countersign(Command command) {
    command.allow("device");
    byte[] named = Base64Url.decode(command.text("device"));
    finish(
        command,
        device.account().countersign(named),
        done -> events.reply("countersigned", command).put("device", Base64Url.encode(named)));
  }

  private void notices(Command command) {
    command.allow("timeoutSeconds");
    long seconds = command.integer("timeoutSeconds");
    if (seconds < 0 || seconds > MAX_WAIT_SECONDS) {
      throw new MalformedInputException("a time-out is at most a day");
    }
    finish(
        command,
        device.takeNotices(Duration.ofSeconds(seconds)),
        taken -> {
          ObjectNode event = events.reply("notices", command).put("taken", taken);
          ArrayNode kept = event.putArray("notices");
          device.notices().forEach(notice -> NoticeMembers.describe(kept.addObject(), notice));
          return event;
        });
  }

  private void lodge(Command command) {
    command.allow("number");
    String number = DeviceCommands.number(command);
    finish(
        command,
        device.lodge(number),
        lodged ->
            events
                .reply("lodged", command)
                .put("number", number)
                .put("typable", TransactionNumber.typable(number))
                .put("expires", lodged.expiresMillis()));
  }

  private void number(Command command) {
    command.allow();
    finish(
        command,
        device.account().number(),
        drawn -> {
          String number = TransactionNumber.text(drawn.number());
          return events
              .reply("number", command)
              .put("number", number)
              .put("typable", TransactionNumber.typable(number))
              .put("label", drawn.routingLabel())
              .put("expires", drawn.expiresMillis());
        });
  }

  private void log(Command command) {
    command.allow("from", "to");
    if (command.has("from") || command.has("to")) {
      finish(
          command,
          device.log(command.integer("from"), command.integer("to")),
          lines -> logEvent(command, lines));
    } else {
      finish(
          command, device.fillLog(), filled -> logEvent(command, new RequestResult.Log(List.of())));
    }
  }

  private void checkpoint(Command command) {
    command.allow();
    finish(
        command,
        device.checkpoint(),
        held ->
            events
                .reply("checkpointHeld", command)
                .put("size", held.size())
                .put("root", Base64Url.encode(held.root()))
                .put("time", held.timeMillis())
                .put("recoveryEpoch", held.recoveryEpoch())
                .put("evidence", device.evidenceAgainstBank().size()));
  }

  private ObjectNode logEvent(Command command, RequestResult.Log log) {
    ObjectNode event = events.reply("log", command).put("logIndex", device.logIndex());
    device.standing().ifPresent(own -> event.put("logHead", Base64Url.encode(own.logHead())));
    ArrayNode lines = event.putArray("lines");
    for (LogLine line : log.lines()) {
      LogLine.Content content = line.content();
      lines
          .addObject()
          .put("index", line.index())
          .put("kind", content.kind())
          .put("time", content.timeMillis())
          .put("column1", Base64Url.encode(line.column1()))
          .put("column2", Base64Url.encode(line.column2()))
          .put("column3", Base64Url.encode(line.column3()));
    }
    return event;
  }

  /** What the bank said of itself and this device. */
  static void describe(ObjectNode event, StatusResult bank) {
    event
        .put("state", lower(bank.state()))
        .put("epoch", bank.epoch())
        .put("next", bank.next())
        .put("logIndex", bank.logIndex())
        .put("logHead", Base64Url.encode(bank.logHead()))
        .put("recoveryEpoch", bank.recoveryEpoch())
        .put("keySetVersion", bank.keySetVersion())
        .put("blockedUntil", bank.blockedUntilMillis())
        .put("noticesMade", bank.notices());
    ArrayNode halves = event.putArray("halves");
    bank.numbers()
        .forEach(
            one ->
                halves
                    .addObject()
                    .put("epoch", one.at().epoch())
                    .put("n", one.at().n())
                    .put("what", lower(one.fate())));
    ArrayNode devices = event.putArray("devices");
    bank.devices()
        .forEach(
            one ->
                devices
                    .addObject()
                    .put("device", Base64Url.encode(one.deviceId()))
                    .put("state", lower(one.state()))
                    .put("boundAt", one.boundAtMillis())
                    .put("countersigned", one.countersigned())
                    .put("limit", one.limitMinor()));
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
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
