package org.tallystick.device;

import java.util.Optional;
import org.tallystick.device.DeviceEvents.Stage;
import org.tallystick.device.result.Result;
import org.tallystick.device.state.EntryState;
import org.tallystick.device.state.OutboxEntry;

/**
 * Sends the stored bytes of codes, however often.
 *
 * <p>Source: docs/PROTOCOL.md section 8.
 */
final class CodeSender {
  private final Core core;

  CodeSender(Core core) {
    this.core = core;
  }

  /** Sends a code; one that withdraws another goes after that other one (P6). */
  Result<OutboxEntry> send(OutboxEntry entry) {
    Optional<OutboxEntry> first =
        Optional.ofNullable(entry.terms().cancelledN())
            .flatMap(n -> core.state().open(entry.epoch(), n))
            .filter(withdrawn -> withdrawn.state() == EntryState.SEALED);
    return first.isPresent()
        ? sendStored(first.get()).then(sent -> sendStored(entry))
        : sendStored(entry);
  }

  private Result<OutboxEntry> sendStored(OutboxEntry entry) {
    OutboxEntry stored = core.state().open(entry.epoch(), entry.n()).orElse(null);
    if (stored == null) {
      return Result.refused("send", "this half is not open");
    }
    core.events().progress(stored.number(), Stage.SENDING);
    return core.bank().send(stored.code()).then(state -> accepted(stored, state));
  }

  private Result<OutboxEntry> accepted(OutboxEntry sent, String state) {
    if (!state.equals("ACCEPTED")) {
      return Result.refused("send", "the bank did not say that it has the code");
    }
    OutboxEntry entry = sent;
    synchronized (core.file()) {
      OutboxEntry current = core.state().open(sent.epoch(), sent.n()).orElse(sent);
      if (current.state() == EntryState.SEALED) {
        entry = current.at(EntryState.ACCEPTED);
        core.file().store(core.state().with(entry));
      }
    }
    core.events().progress(entry.number(), Stage.ACCEPTED);
    return Result.ok(entry);
  }
}
