package org.tallystick.device.process;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.tallystick.codec.Base64Url;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.device.PendingAgreement;
import org.tallystick.device.TallystickDevice;
import org.tallystick.device.result.Refusal;
import org.tallystick.device.result.Result;
import org.tallystick.device.state.Identity;

/** Commands about new versions of the agreement: docs/PROTOCOL.md section 10.4. */
final class AgreementCommands {
  private final TallystickDevice device;
  private final EventWriter events;

  AgreementCommands(TallystickDevice device, EventWriter events) {
    this.device = device;
    this.events = events;
  }

  /** Carries out one command. */
  void run(Command command) {
    switch (command.name()) {
      case "agreement" -> show(command);
      case "agree" -> agree(command);
      default -> throw new MalformedInputException("unknown command");
    }
  }

  private void show(Command command) {
    command.allow();
    Result<Optional<PendingAgreement>> waiting = device.agreements().waiting();
    if (refused(command, waiting)) {
      return;
    }
    ObjectNode event = events.reply("agreement", command);
    device.identity().ifPresent(own -> event.put("agreed", own.contractVersion()));
    waiting
        .orElseThrow()
        .ifPresent(
            one ->
                EventWriter.describe(event.putObject("waiting"), one.terms())
                    .put("text", one.text()));
    events.write(event);
  }

  /** The person has read the text of this version and agrees. */
  private void agree(Command command) {
    command.allow("version");
    long version = command.integer("version");
    Result<Identity> agreed =
        device
            .agreements()
            .waiting()
            .then(
                waiting ->
                    waiting
                        .filter(one -> one.terms().version() == version)
                        .map(device.agreements()::agree)
                        .orElseGet(
                            () ->
                                Result.refused("gone", "no such version of the agreement waits")));
    if (!refused(command, agreed)) {
      Identity own = agreed.orElseThrow();
      events.write(
          events
              .reply("agreed", command)
              .put("version", own.contractVersion())
              .put("sha256", Base64Url.encode(own.contractHash())));
    }
  }

  private boolean refused(Command command, Result<?> result) {
    Optional<Refusal> refusal = result.refusal();
    refusal.ifPresent(why -> events.refused(command, why));
    return refusal.isPresent();
  }
}
