package org.tallystick.device.state;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.crypto.Secret;
import org.tallystick.request.RequestKind;
import org.tallystick.request.SealedRequest;
import org.tallystick.request.SentRequest;
import org.tallystick.sequencer.EpochRoot;

/** The strict CBOR of an epoch and of an open request inside a state file; it holds secrets. */
final class EpochCodec {
  private EpochCodec() {}

  static Cbor encode(HeldEpoch epoch) {
    return Cbor.array(
        root(epoch.root()),
        StateCodec.orNull(epoch.previous(), EpochCodec::root),
        Cbor.of(epoch.first()),
        Cbor.of(epoch.beganAtMillis()),
        Cbor.of(epoch.recoveryEpoch()),
        chain(epoch.notices()),
        StateCodec.orNull(epoch.earlier(), EpochCodec::chain));
  }

  static HeldEpoch epoch(Cbor item) {
    List<Cbor> parts = item.asArray(7);
    return new HeldEpoch(
        root(parts.get(0)),
        StateCodec.orNull(parts.get(1), EpochCodec::root),
        parts.get(2).asLong(),
        parts.get(3).asLong(),
        parts.get(4).asLong(),
        chain(parts.get(5)),
        StateCodec.orNull(parts.get(6), EpochCodec::chain));
  }

  private static Cbor root(EpochRoot root) {
    return Cbor.array(Cbor.of(root.epoch()), Cbor.of(root.root().reveal()));
  }

  private static EpochRoot root(Cbor item) {
    List<Cbor> parts = item.asArray(2);
    return new EpochRoot(parts.get(0).asLong(), Secret.adopt(parts.get(1).asBytes(32)));
  }

  private static Cbor chain(DownChain chain) {
    return Cbor.array(
        Cbor.of(chain.epoch()),
        Cbor.of(chain.k()),
        Cbor.of(chain.secret().reveal()),
        Cbor.of(chain.last()));
  }

  private static DownChain chain(Cbor item) {
    List<Cbor> parts = item.asArray(4);
    return new DownChain(
        parts.get(0).asLong(),
        parts.get(1).asLong(),
        Secret.adopt(parts.get(2).asBytes(32)),
        parts.get(3).asLong());
  }

  static Cbor encode(PendingRequest pending) {
    SentRequest sent = pending.sent();
    return Cbor.array(
        Cbor.of(sent.text()),
        Cbor.of(sent.kind().value()),
        Cbor.of(sent.epoch()),
        Cbor.of(sent.replyRoot().reveal()),
        StateCodec.orNull(pending.ephemeralKey(), EpochCodec::secret),
        StateCodec.orNull(pending.decapsulationKey(), EpochCodec::secret),
        StateCodec.orNull(pending.pin(), StateCodec::encode));
  }

  static PendingRequest pending(Cbor item) {
    List<Cbor> parts = item.asArray(7);
    return new PendingRequest(
        new SentRequest(
            parts.get(0).asText(SealedRequest.MAX_LENGTH),
            RequestKind.of(parts.get(1).asLong())
                .orElseThrow(() -> new MalformedInputException("unknown kind of request")),
            parts.get(2).asLong(),
            Secret.adopt(parts.get(3).asBytes(32))),
        secret(parts.get(4)),
        secret(parts.get(5)),
        StateCodec.orNull(parts.get(6), StateCodec::pin));
  }

  private static Cbor secret(Secret secret) {
    return Cbor.of(secret.reveal());
  }

  private static @Nullable Secret secret(Cbor item) {
    return item.isNull() ? null : Secret.adopt(item.asBytes());
  }
}
