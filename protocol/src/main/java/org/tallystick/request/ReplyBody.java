package org.tallystick.request;

import java.util.Arrays;
import org.tallystick.alias.AliasKey;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.codec.MapReader;
import org.tallystick.format.Format;

/**
 * What the bank signs in reply to one request.
 *
 * <p>Source: docs/PROTOCOL.md section R, body.
 *
 * @param deviceId 16 bytes
 * @param kind number on the wire, as asked
 * @param requestHash T, 32 bytes
 * @param timeMillis bank clock
 * @param status how it ended
 * @param result a CBOR map, the empty one unless status is DONE
 * @param alias fresh one-time alias, 17 bytes
 * @param challenge for the next request, 32 bytes
 */
public record ReplyBody(
    byte[] deviceId,
    long kind,
    byte[] requestHash,
    long timeMillis,
    RequestStatus status,
    byte[] result,
    byte[] alias,
    byte[] challenge) {
  private static final byte[] NOTHING = Cbor.map().build().encode();

  /** Refuses a result beside a refusal. */
  public ReplyBody {
    if (status != RequestStatus.DONE && !Arrays.equals(result, NOTHING)) {
      throw new MalformedInputException("a result without status 0");
    }
  }

  /**
   * The bank's word that it is done.
   *
   * @param alias fresh one
   * @param challenge next one
   */
  public static ReplyBody done(
      OpenedRequest request, RequestResult result, long nowMillis, byte[] alias, byte[] challenge) {
    return of(request, RequestStatus.DONE, result.encode(), nowMillis, alias, challenge);
  }

  /** The bank's refusal. */
  public static ReplyBody refused(
      OpenedRequest request, RequestStatus status, long nowMillis, byte[] alias, byte[] challenge) {
    return of(request, status, NOTHING, nowMillis, alias, challenge);
  }

  private static ReplyBody of(
      OpenedRequest request,
      RequestStatus status,
      byte[] result,
      long nowMillis,
      byte[] alias,
      byte[] challenge) {
    return new ReplyBody(
        request.body().deviceId(),
        request.body().kind(),
        request.replyTo().requestHash(),
        nowMillis,
        status,
        result,
        alias,
        challenge);
  }

  /** Deterministic CBOR map. */
  public byte[] encode() {
    return Cbor.map()
        .put(1, Cbor.of(Format.VERSION))
        .put(2, Cbor.of(deviceId))
        .put(3, Cbor.of(kind))
        .put(4, Cbor.of(requestHash))
        .put(5, Cbor.of(timeMillis))
        .put(6, Cbor.of(status.value()))
        .put(7, Cbor.of(result))
        .put(8, Cbor.of(alias))
        .put(9, Cbor.of(challenge))
        .build()
        .encode();
  }

  /** Strict inverse of {@link #encode}; the result is read by {@link RequestResult#decode}. */
  public static ReplyBody decode(byte[] bytes) {
    MapReader map = MapReader.of(Cbor.decode(bytes));
    map.integer(1, Format.VERSION, Format.VERSION);
    ReplyBody body =
        new ReplyBody(
            map.bytes(2, 16),
            map.integer(3),
            map.bytes(4, 32),
            map.integer(5, 0, Long.MAX_VALUE),
            RequestStatus.of(map.integer(6)),
            map.bytes(7, 1, SealedReply.BLOCK * SealedRequest.MAX_BLOCKS),
            map.bytes(8, AliasKey.LENGTH),
            map.bytes(9, Challenges.LENGTH));
    map.end();
    MapReader.of(Cbor.decode(body.result()));
    return body;
  }

  @Override
  public String toString() {
    return "ReplyBody[kind=" + kind + ", " + status + "]";
  }
}
