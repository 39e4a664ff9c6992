package org.tallystick.device.state;

import java.util.List;
import org.tallystick.code.DeviceSequence;
import org.tallystick.code.EpochStart;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.crypto.Secret;
import org.tallystick.rekey.PendingRekey;
import org.tallystick.request.RequestKind;
import org.tallystick.request.SealedRequest;
import org.tallystick.request.SentRequest;
import org.tallystick.sequencer.DownChain;
import org.tallystick.sequencer.EpochRoot;

/** The strict CBOR of an epoch and of an open request inside a state file; it holds secrets. */
final class EpochCodec {
  private EpochCodec() {}

  static Cbor encode(HeldEpoch epoch) {
    return Cbor.array(
        root(epoch.root()),
        StateCodec.written(epoch.previous(), EpochCodec::root),
        Cbor.of(epoch.beganAtMillis()),
        Cbor.of(epoch.recoveryEpoch()),
        inbox(epoch.notices()),
        StateCodec.written(epoch.earlier(), EpochCodec::inbox));
  }

  static HeldEpoch epoch(Cbor item) {
    List<Cbor> parts = item.asArray(6);
    return new HeldEpoch(
        root(parts.get(0)),
        StateCodec.orNull(parts.get(1), EpochCodec::root),
        parts.get(2).asLong(),
        parts.get(3).asLong(),
        inbox(parts.get(4)),
        StateCodec.orNull(parts.get(5), EpochCodec::inbox));
  }

  static Cbor encode(DeviceSequence sequence) {
    EpochStart start = sequence.start();
    return Cbor.array(
        Cbor.of(sequence.epoch()),
        Cbor.of(start.first()),
        StateCodec.written(start.closed(), Cbor::of),
        Cbor.of(start.prev()),
        Cbor.of(sequence.n()),
        Cbor.of(sequence.chain().reveal()),
        Cbor.of(sequence.string2().reveal()),
        Cbor.of(sequence.prev()));
  }

  static DeviceSequence sequence(Cbor item) {
    List<Cbor> parts = item.asArray(8);
    EpochStart start =
        new EpochStart(
            parts.get(1).asLong(),
            StateCodec.orNull(parts.get(2), Cbor::asLong),
            parts.get(3).asBytes(16));
    return new DeviceSequence(
        parts.get(0).asLong(),
        start,
        parts.get(4).asLong(),
        Secret.adopt(parts.get(5).asBytes(32)),
        Secret.adopt(parts.get(6).asBytes(32)),
        parts.get(7).asBytes(16));
  }

  private static Cbor root(EpochRoot root) {
    return Cbor.array(Cbor.of(root.epoch()), Cbor.of(root.root().reveal()));
  }

  private static EpochRoot root(Cbor item) {
    List<Cbor> parts = item.asArray(2);
    return new EpochRoot(parts.get(0).asLong(), Secret.adopt(parts.get(1).asBytes(32)));
  }

  private static Cbor inbox(NoticeInbox inbox) {
    DownChain chain = inbox.chain();
    return Cbor.array(
        Cbor.of(chain.epoch()),
        Cbor.of(chain.k()),
        Cbor.of(chain.down().reveal()),
        Cbor.of(inbox.made()));
  }

  private static NoticeInbox inbox(Cbor item) {
    List<Cbor> parts = item.asArray(4);
    return new NoticeInbox(
        new DownChain(
            parts.get(0).asLong(), parts.get(1).asLong(), Secret.adopt(parts.get(2).asBytes(32))),
        parts.get(3).asLong());
  }

  static Cbor encode(PendingRequest pending) {
    SentRequest sent = pending.sent();
    return Cbor.array(
        Cbor.of(sent.text()),
        Cbor.of(sent.kind().value()),
        Cbor.of(sent.epoch()),
        Cbor.of(sent.replyRoot().reveal()),
        StateCodec.written(
            pending.rekey(),
            rekey -> Cbor.array(Cbor.of(rekey.keys().reveal()), Cbor.of(rekey.epoch()))));
  }

  static PendingRequest pending(Cbor item) {
    List<Cbor> parts = item.asArray(5);
    SentRequest sent =
        new SentRequest(
            parts.get(0).asText(SealedRequest.MAX_LENGTH),
            RequestKind.of(parts.get(1).asLong())
                .orElseThrow(() -> new MalformedInputException("unknown kind of request")),
            parts.get(2).asLong(),
            Secret.adopt(parts.get(3).asBytes(32)));
    return new PendingRequest(
        sent, StateCodec.orNull(parts.get(4), rekey -> rekey(sent, rekey.asArray(2))), null);
  }

  private static PendingRekey rekey(SentRequest sent, List<Cbor> parts) {
    return new PendingRekey(sent, Secret.adopt(parts.get(0).asBytes()), parts.get(1).asLong());
  }
}
