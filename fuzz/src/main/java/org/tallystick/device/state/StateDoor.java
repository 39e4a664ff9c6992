package org.tallystick.device.state;

import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.tallystick.answer.ReasonClass;
import org.tallystick.code.DeviceBinding;
import org.tallystick.code.DeviceSequence;
import org.tallystick.code.Purpose;
import org.tallystick.code.Role;
import org.tallystick.crypto.Secret;
import org.tallystick.log.LogLine;

/** Lets the fuzzer reach the reader of a device's state. */
@NullMarked
public final class StateDoor {
  private StateDoor() {}

  /** Reads a state and writes it again. */
  public static byte[] reencoded(byte[] state) {
    return StateCodec.encode(StateCodec.decode(state));
  }

  /** A state with every part in it but the bank's keys. */
  public static byte[] full() {
    PinMaterial pin = new PinMaterial(bytes(16), secret(), 600_000);
    PendingEnrolment pending =
        new PendingEnrolment(bytes(3), bytes(32), bytes(4), secret(), bytes(32), secret(), pin);
    DeviceBinding binding = new DeviceBinding("TL", bytes(16), bytes(16), bytes(16), bytes(16));
    Identity identity =
        new Identity(binding, "USER", 1, 1, bytes(32), bytes(5), secret(), secret(), pin);
    Bound bound =
        new Bound(
            identity,
            new DeviceSequence(0, 7, secret(), secret(), bytes(16)),
            9,
            List.of(bytes(17)),
            1,
            bytes(32),
            bytes(6),
            bytes(16),
            bytes(32));
    OutboxEntry waiting =
        new OutboxEntry(
            0,
            6,
            "CKJNB3RNHTNTG568",
            Role.PAYER,
            Purpose.PURCHASE,
            "TL::CKJNB3RNHTNTG568::::",
            bytes(32),
            bytes(2),
            secret(),
            bytes(1),
            5,
            EntryState.SEALED,
            null);
    LogLine line = LogLine.after(1, bytes(32), 2, "decision", bytes(32));
    FinishedEntry ended =
        FinishedEntry.of(waiting, Ending.APPROVED, ReasonClass.NONE, bytes(1), line, 3);
    return StateCodec.encode(
        new DeviceState(
            new BankPin(bytes(32), "https://bank.example"),
            null,
            pending,
            bound,
            List.of(waiting),
            List.of(ended)));
  }

  private static byte[] bytes(int length) {
    return new byte[length];
  }

  private static Secret secret() {
    return Secret.adopt(bytes(32));
  }
}
