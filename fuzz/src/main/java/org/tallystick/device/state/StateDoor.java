package org.tallystick.device.state;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.tallystick.answer.ReasonClass;
import org.tallystick.code.DeviceBinding;
import org.tallystick.code.DeviceSequence;
import org.tallystick.code.EpochStart;
import org.tallystick.code.Limits;
import org.tallystick.code.Purpose;
import org.tallystick.code.Role;
import org.tallystick.crypto.Secret;
import org.tallystick.format.Suite;
import org.tallystick.log.LogLine;
import org.tallystick.notice.Notice;
import org.tallystick.notice.NoticeSubject;
import org.tallystick.rekey.PendingRekey;
import org.tallystick.request.RequestKind;
import org.tallystick.request.SentRequest;
import org.tallystick.sequencer.DownChain;
import org.tallystick.sequencer.EpochRoot;
import org.tallystick.tree.SignedCheckpoint;

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
    DeviceBinding binding =
        new DeviceBinding("TL", Suite.CLASSIC, bytes(16), bytes(16), bytes(16), bytes(16));
    Identity identity =
        new Identity(binding, "USER", 1, 1, bytes(32), bytes(5), secret(), pin, Map.of(3, pin));
    LogLine line = LogLine.after(1, bytes(32), 2, "decision", bytes(32));
    Bound bound =
        new Bound(
            identity,
            epoch(),
            new DeviceSequence(
                1, new EpochStart(7, 5L, bytes(16)), 8, secret(), secret(), bytes(16)),
            9,
            List.of(bytes(17)),
            DeviceLog.seeded(bytes(32)).fill(line),
            bytes(6),
            bytes(16),
            bytes(32),
            rekey());
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
            null,
            "LOYAL-1",
            5);
    FinishedEntry ended =
        FinishedEntry.of(waiting, Ending.APPROVED, ReasonClass.NONE, bytes(1), line, 3);
    Notice notice =
        new Notice(bytes(16), 1, 1, new NoticeSubject.DeviceSuspended(bytes(16), "OWNER"), 4, line);
    return StateCodec.encode(
        new DeviceState(
            new BankPin(bytes(32), "https://bank.example"),
            null,
            pending,
            bound,
            List.of(waiting),
            List.of(ended),
            List.of(notice),
            new CheckpointShelf(
                new SignedCheckpoint(bytes(64), bytes(64)),
                5,
                List.of(
                    new CheckpointShelf.Evidence(
                        null, new SignedCheckpoint(bytes(64), null), "C4"))),
            List.of(
                new Authority(
                    Role.PAYEE,
                    "CKJNB3RNHTNTG568",
                    bytes(32),
                    "USD",
                    bytes(32),
                    new Limits(9L, new Limits.Hold(100, 5), null)))));
  }

  /** Its second, with notices of the first still to come. */
  private static HeldEpoch epoch() {
    DownChain down = new DownChain(0, 2, secret());
    return new HeldEpoch(
        new EpochRoot(1, secret()),
        new EpochRoot(0, secret()),
        5,
        0,
        NoticeInbox.of(DownChain.initial(1, secret())),
        new NoticeInbox(down, 3));
  }

  private static PendingRequest rekey() {
    SentRequest sent = new SentRequest("TL::REQUEST::", RequestKind.REKEY, 1, secret());
    return new PendingRequest(sent, new PendingRekey(sent, secret(), 2), null);
  }

  private static byte[] bytes(int length) {
    return new byte[length];
  }

  private static Secret secret() {
    return Secret.adopt(bytes(32));
  }
}
