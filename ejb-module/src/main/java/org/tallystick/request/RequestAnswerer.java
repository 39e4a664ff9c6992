package org.tallystick.request;

import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.code.BoundDevice;
import org.tallystick.code.Times;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.device.Device;
import org.tallystick.device.DeviceRegister;
import org.tallystick.device.DeviceSequencer;
import org.tallystick.device.DeviceState;
import org.tallystick.sequencer.DeviceEpochs;

/**
 * Answers one request inside the caller's transaction: R2 to R7. Whoever is not the device that the
 * request names gets bytes of a reply's form and length, and nothing changes.
 *
 * <p>Lock order: the device's row in {@code device_sequencer} comes first, as for codes; so a rekey
 * waits for a batch that opens codes of the device, and the other way round.
 *
 * <p>Round trips: lock sequencer, read device, look for a stored reply, store the reply, write,
 * commit, and what the kind's own rule needs.
 */
final class RequestAnswerer {
  private static final long KEPT_MILLIS = Duration.ofHours(24).toMillis();

  private final EntityManager entities;
  private final Connection connection;
  private final RequestTools tools;
  private final DeviceRegister register;
  private final ReplyRows replies;
  private final long nowMillis;

  RequestAnswerer(EntityManager entities, Connection connection, RequestTools tools) {
    this.entities = entities;
    this.connection = connection;
    this.tools = tools;
    this.register = new DeviceRegister(entities);
    this.replies = new ReplyRows(connection);
    this.nowMillis = tools.clock().millis();
  }

  byte[] answer(SealedRequest sealed) throws SQLException {
    Optional<Asking> asking = Optional.empty();
    Optional<Locked> locked = lock(sealed); // R2
    if (locked.isPresent()) {
      long device = locked.get().bound().device().index();
      Optional<byte[]> stored = replies.find(device, sealed.hash()); // R3
      if (stored.isPresent()) {
        return stored.get();
      }
      asking = open(sealed, locked.get()); // R4, R5
    }
    return asking.isPresent()
        ? reply(asking.get())
        : SealedReply.lookAlike(sealed.blocks(), tools.random());
  }

  /** A device that may ask, with its locked sequencer. */
  private record Locked(BoundDevice bound, DeviceSequencer sequencer) {}

  private Optional<Locked> lock(SealedRequest sealed) {
    if (!sealed.consortium().equals(tools.consortium())) {
      return Optional.empty();
    }
    Optional<Long> index = tools.aliases().deviceIndex(sealed.alias());
    List<DeviceSequencer> rows = register.lockSequencers(index.stream().toList());
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    long device = rows.get(0).deviceIndex();
    @Nullable BoundDevice bound = BoundDevice.read(entities, List.of(device)).get(device);
    return Optional.ofNullable(bound)
        .filter(found -> mayAsk(found.device().state()))
        .map(found -> new Locked(found, rows.get(0)));
  }

  private static boolean mayAsk(DeviceState state) {
    return state == DeviceState.ACTIVE || state == DeviceState.SUSPENDED;
  }

  private Optional<Asking> open(SealedRequest sealed, Locked locked) {
    Device device = locked.bound().device();
    DeviceEpochs epochs = tools.sequencers().open(locked.sequencer(), device.deviceId());
    return new RequestOpener(
            tools.consortium(),
            device.evidence().suite(),
            device.deviceId(),
            tools.deviceKeys().of(device),
            epochs.roots())
        .open(sealed)
        .map(
            opened ->
                new Asking(
                    entities,
                    connection,
                    locked.bound(),
                    locked.sequencer(),
                    epochs,
                    opened,
                    nowMillis));
  }

  private byte[] reply(Asking asking) throws SQLException {
    OpenedRequest request = asking.request();
    try {
      Ruling ruling =
          tools.challenges().isGood(request.body().challenge()) // R6
              ? rule(asking) // R7
              : Ruling.refused(RequestStatus.CHALLENGE_TOO_OLD);
      byte[] reply = seal(asking, ruling);
      if (ruling.status() != RequestStatus.CHALLENGE_TOO_OLD) {
        store(asking, reply);
      }
      entities.flush();
      return reply;
    } finally {
      request.pinKey().close();
      request.replyTo().replyRoot().close();
    }
  }

  private Ruling rule(Asking asking) throws SQLException {
    Optional<RequestKind> kind = asking.request().body().knownKind();
    Optional<RequestRule<?>> rule = kind.flatMap(tools.rules()::of);
    if (kind.isEmpty() || rule.isEmpty() || !hasRoom(asking, kind.get())) {
      return Ruling.refused(RequestStatus.ARGUMENTS_REFUSED);
    }
    if (asking.device().state() != DeviceState.ACTIVE && !kind.get().whileSuspended()) {
      return Ruling.refused(RequestStatus.NOT_PERMITTED);
    }
    RequestArguments arguments;
    try {
      arguments = RequestArguments.decode(kind.get(), asking.request().body().arguments());
    } catch (MalformedInputException malformed) {
      return Ruling.refused(RequestStatus.ARGUMENTS_REFUSED);
    }
    return rule.get().ruleOn(asking, arguments);
  }

  /** Whether each result of the kind fits in the blocks that were asked for. */
  private static boolean hasRoom(Asking asking, RequestKind kind) {
    return asking.request().replyTo().blocks() >= kind.blocks(asking.device().evidence().suite());
  }

  private byte[] seal(Asking asking, Ruling ruling) {
    OpenedRequest request = asking.request();
    byte[] alias = tools.aliases().fresh(asking.device().index(), 1).get(0);
    byte[] challenge = tools.challenges().make();
    RequestResult result = ruling.result();
    ReplyBody body =
        result == null
            ? ReplyBody.refused(request, ruling.status(), nowMillis, alias, challenge)
            : ReplyBody.done(request, result, nowMillis, alias, challenge);
    return SealedReply.seal(request.replyTo(), body, tools.answerKey());
  }

  private void store(Asking asking, byte[] reply) throws SQLException {
    Optional<RequestKind> kind =
        asking.request().body().knownKind().filter(RequestKind::changesState);
    if (kind.isEmpty()) {
      return;
    }
    replies.insert(
        new ReplyRows.Row(
            asking.device().index(),
            asking.request().replyTo().requestHash(),
            kind.get().value(),
            reply,
            kind.get() == RequestKind.REKEY
                ? OffsetDateTime.MAX
                : Times.ofMillis(nowMillis + KEPT_MILLIS)));
  }
}
