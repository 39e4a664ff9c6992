package org.tallystick.device.process;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tallystick.agreement.AgreementTerms;
import org.tallystick.answer.Progress;
import org.tallystick.code.Conditions;
import org.tallystick.code.Limits;
import org.tallystick.code.TransactionNumber;
import org.tallystick.codec.Base64Url;
import org.tallystick.cose.CoseSign1;
import org.tallystick.device.DeviceEvents;
import org.tallystick.device.result.BankProblem;
import org.tallystick.device.result.Refusal;
import org.tallystick.device.state.FinishedEntry;
import org.tallystick.device.transport.StrictJson;
import org.tallystick.notice.Notice;
import org.tallystick.receipt.Receipt;

/** Writes events, one JSON object a line; what happens by itself has no {@code re}. */
final class EventWriter implements DeviceEvents {
  private final PrintStream out;

  EventWriter(PrintStream out) {
    this.out = out;
  }

  ObjectNode event(String name) {
    return StrictJson.mapper().createObjectNode().put("event", name);
  }

  /** The one event that ends a command. */
  ObjectNode reply(String name, Command command) {
    ObjectNode event = event(name).put("re", command.name());
    if (command.id() != null) {
      event.set("id", command.id());
    }
    return event;
  }

  synchronized void write(ObjectNode event) {
    out.println(event);
    out.flush();
  }

  /** The reply to a command that was refused; {@code re} is empty where none could be read. */
  void refused(@Nullable Command command, Refusal refusal) {
    ObjectNode event = command == null ? event("refused").put("re", "") : reply("refused", command);
    event.put("type", refusal.type()).put("title", refusal.title());
    if (refusal instanceof BankProblem problem) {
      event.put("status", problem.status());
    }
    write(event);
  }

  /** How a half ended, for a reply or by itself. */
  static ObjectNode describe(ObjectNode event, FinishedEntry entry) {
    event
        .put("number", entry.number())
        .put("n", entry.n())
        .put("role", lower(entry.role()))
        .put("purpose", lower(entry.purpose()))
        .put("ending", entry.ending().name())
        .put("reason", entry.reason().name())
        .put("time", entry.timeMillis());
    byte[] receipt = entry.receipt();
    if (receipt != null) {
      Receipt read = Receipt.decode(CoseSign1.decode(receipt).payload());
      describe(event.put("receipt", TransactionNumber.text(read.receiptNumber())), read);
    }
    if (entry.presence() != null) {
      event.put("presence", entry.presence());
    }
    return event;
  }

  /** What a receipt says beside amount and parties. */
  private static void describe(ObjectNode event, Receipt receipt) {
    describe(event, receipt.conditions(), "consent");
    if (receipt.loyaltyId() != null) {
      event.put("loyalty", receipt.loyaltyId());
    }
    if (receipt.levels() != 0) {
      event.put("levels", receipt.levels());
    }
  }

  /**
   * Limits, documents and consent, as far as they say something.
   *
   * @param consent what the member with the bits is called
   */
  static void describe(ObjectNode event, Conditions conditions, String consent) {
    if (conditions.limits() != null) {
      describe(event, conditions.limits());
    }
    byte[] content = conditions.contentHash();
    if (content != null) {
      event.put("content", Base64Url.encode(content));
    }
    if (conditions.consent() != 0) {
      event.put(consent, conditions.consent());
    }
    if (conditions.terms()) {
      event.put("terms", true);
    }
  }

  static void describe(ObjectNode event, Limits limits) {
    Limits.Hold hold = limits.hold();
    Limits.Charges charges = limits.charges();
    if (limits.tipMinor() != null) {
      event.put("tip", limits.tipMinor());
    }
    if (hold != null) {
      event.putObject("hold").put("limit", hold.limitMinor()).put("until", hold.untilMillis());
    }
    if (charges != null) {
      event
          .putObject("recurring")
          .put("each", charges.eachMinor())
          .put("count", charges.count())
          .put("interval", charges.intervalMillis())
          .put("until", charges.untilMillis());
    }
  }

  /** A version of the agreement that waits. */
  static ObjectNode describe(ObjectNode event, AgreementTerms terms) {
    return event
        .put("version", terms.version())
        .put("sha256", Base64Url.encode(terms.hash()))
        .put("effectiveAt", terms.effectiveAtMillis());
  }

  static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public void progress(String number, Stage stage) {
    write(event("progress").put("number", number).put("stage", stage.name()));
  }

  @Override
  public void answered(FinishedEntry entry) {
    write(describe(event("ended"), entry));
  }

  @Override
  public void waiting(String number, Progress told) {
    write(
        event("progress")
            .put("number", number)
            .put("stage", "WAITING")
            .put("i", told.i())
            .put("time", told.timeMillis())
            .put("notAfter", told.notAfterMillis()));
  }

  @Override
  public void receipt(Receipt receipt) {
    ObjectNode event =
        event("receipt")
            .put("number", receipt.number())
            .put("receipt", TransactionNumber.text(receipt.receiptNumber()))
            .put("outcome", receipt.outcome().name())
            .put("amount", receipt.amount().minor())
            .put("currency", receipt.amount().currency())
            .put("time", receipt.timeMillis());
    describe(event, receipt);
    write(event);
  }

  @Override
  public void logLine(long index, byte[] head) {
    write(event("logLine").put("index", index).put("head", Base64Url.encode(head)));
  }

  @Override
  public void logRolledBack(long index) {
    write(event("logRolledBack").put("index", index));
  }

  @Override
  public void epoch(long epoch, long recoveryEpoch) {
    write(event("epoch").put("epoch", epoch).put("recoveryEpoch", recoveryEpoch));
  }

  @Override
  public void recovery(long recoveryEpoch) {
    write(event("recovery").put("recoveryEpoch", recoveryEpoch));
  }

  @Override
  public void notice(Notice notice) {
    write(NoticeMembers.describe(event("notice"), notice));
  }

  @Override
  public void agreementWaits(AgreementTerms terms) {
    write(describe(event("agreementWaits"), terms));
  }

  @Override
  public void checkpoint(long size, long timeMillis) {
    write(event("checkpoint").put("size", size).put("time", timeMillis));
  }

  @Override
  public void contradiction(String step, long size) {
    write(event("contradiction").put("step", step).put("size", size));
  }

  @Override
  public void checkpointsBegunAnew(long recoveryEpoch) {
    write(event("checkpointsBegunAnew").put("recoveryEpoch", recoveryEpoch));
  }

  @Override
  public void blocked(long untilMillis) {
    write(event("blocked").put("until", untilMillis));
  }

  @Override
  public void presence(String number, int presence) {
    write(event("presence").put("number", number).put("presence", presence));
  }

  @Override
  public void suspended(String number) {
    write(event("suspended").put("number", number));
  }
}
