package org.tallystick.fuzz;

import static org.tallystick.fuzz.Parser.bytes;
import static org.tallystick.fuzz.Parser.present;
import static org.tallystick.fuzz.Parser.requireSame;
import static org.tallystick.fuzz.Parser.text;
import static org.tallystick.fuzz.SignedPayload.CONSORTIUM;
import static org.tallystick.fuzz.SignedPayload.KEY;
import static org.tallystick.fuzz.SignedPayload.SIGNER;
import static org.tallystick.fuzz.SignedPayload.filled;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.tallystick.agreement.SignedAgreement;
import org.tallystick.code.Code;
import org.tallystick.codec.Base64Url;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.crypto.Secret;
import org.tallystick.crypto.VerificationKey;
import org.tallystick.format.Format;
import org.tallystick.format.Padding;
import org.tallystick.format.Sealed;
import org.tallystick.format.Signed;
import org.tallystick.format.Suite;
import org.tallystick.request.Challenges;
import org.tallystick.request.CountersignedBinding;
import org.tallystick.request.OpenedRequest;
import org.tallystick.request.ReplyBody;
import org.tallystick.request.ReplyContext;
import org.tallystick.request.RequestArguments;
import org.tallystick.request.RequestBody;
import org.tallystick.request.RequestKind;
import org.tallystick.request.RequestOpener;
import org.tallystick.request.RequestResult;
import org.tallystick.request.SealedReply;
import org.tallystick.request.SealedRequest;
import org.tallystick.sequencer.EpochRoot;

/**
 * Parsers of requests and their replies: each as it is reached from outside, once more with the
 * plaintext as input, which the target seals, and once more with what is signed in it.
 */
final class RequestTargets {
  static final List<Target> ALL =
      List.of(
          new Target("request", () -> text(SealedRequest::parse, RequestTargets::written)),
          new Target(
              "request-plaintext",
              () ->
                  bytes(input -> open(input, devicePublic()))
                      .onlySeeded(Vectors.hex(Published.REQUEST, "signed"))),
          new Target(
              "request-payload",
              () ->
                  bytes(RequestTargets::payload)
                      .onlySeeded(Vectors.hex(Published.REQUEST, "body"))),
          new Target("request-terms", () -> bytes(RequestBody::decode, RequestBody::encode)),
          new Target(
              "request-arguments",
              () ->
                  ofKind((kind, map) -> RequestArguments.decode(kind, map).encode())
                      .onlySeeded(kinds("request", "arguments", any -> true))),
          new Target(
              "request-result",
              () ->
                  ofKind((kind, map) -> RequestResult.decode(kind, map).encode())
                      .onlySeeded(kinds("reply", "result", RequestTargets::isDone))),
          new Target("reply-body", () -> bytes(ReplyBody::decode, ReplyBody::encode)),
          new Target(
              "sealed-reply",
              () ->
                  bytes(input -> reply(input, answerPublic()))
                      .onlySeeded(Vectors.hex(Published.REPLY, "sealed"))),
          new Target(
              "reply-plaintext",
              () ->
                  bytes(input -> reply(sealReply(input), answerPublic()))
                      .onlySeeded(Vectors.hex(Published.REPLY, "plaintext"))),
          new Target(
              "reply-payload",
              () ->
                  bytes(RequestTargets::replyPayload)
                      .onlySeeded(Vectors.hex(Published.REPLY, "body"))),
          new Target(
              "challenge",
              () ->
                  bytes(RequestTargets::challenge).onlySeeded(challenges().make(), filled(32, 0))),
          new Target(
              "countersign",
              () ->
                  SignedPayload.signed(
                          "countersign",
                          sign1 ->
                              CountersignedBinding.verify(sign1, KEY, Suite.CLASSIC, CONSORTIUM),
                          (read, signer) -> read.sign(signer, Suite.CLASSIC, CONSORTIUM))
                      .onlySeeded(countersigned())),
          new Target(
              "agreement",
              () ->
                  SignedPayload.signed(
                          "agreement",
                          sign1 -> SignedAgreement.verify(sign1, KEY, Suite.CLASSIC, CONSORTIUM),
                          (read, signer) -> read.sign(signer, Suite.CLASSIC))
                      .onlySeeded(agreed())));

  private RequestTargets() {}

  /** Read only by who needs them. */
  private static final class Published {
    static final JsonNode REQUEST = Vectors.named("request", "status");
    static final JsonNode REPLY = Vectors.named("reply", "status reply");
  }

  private static String written(SealedRequest request) {
    return String.join(
        "::",
        request.consortium(),
        SealedRequest.MARK,
        Base64Url.encode(request.alias()),
        Base64Url.encode(request.sealed().encode()));
  }

  /** R4 and R5 on what is sealed under the right root. */
  private static OpenedRequest open(byte[] plaintext, VerificationKey device) {
    JsonNode published = Published.REQUEST;
    Cbor.Map headers =
        Cbor.map()
            .put(Code.SUITE_LABEL, Suite.CLASSIC.toCbor())
            .put(SealedRequest.NONCE_LABEL, Cbor.of(Vectors.hex(published, "nonce")))
            .put(SealedRequest.CHALLENGE_LABEL, Cbor.of(Vectors.hex(published, "challenge")))
            .put(SealedRequest.BLOCKS_LABEL, Cbor.of(published.required("blocks").asInt()))
            .build();
    byte[] sealed =
        new Sealed(
                Secret.adopt(Vectors.hex(published, "requestKey")),
                Secret.adopt(Vectors.hex(published, "requestIv")))
            .seal(headers, Vectors.hex(published, "externalAad"), plaintext);
    SealedRequest request =
        SealedRequest.parse(
            String.join("::", CONSORTIUM, SealedRequest.MARK, account(), Base64Url.encode(sealed)));
    EpochRoot root =
        new EpochRoot(
            published.required("epoch").asLong(), Secret.adopt(Vectors.hex(published, "root")));
    return present(
        new RequestOpener(
                CONSORTIUM,
                Suite.CLASSIC,
                Vectors.hex(published, "deviceId"),
                device,
                List.of(root))
            .open(request));
  }

  /** Input: what the device signs. */
  private static void payload(byte[] body) {
    Cbor.decode(body); // what is no CBOR is refused anyway, and signing is slow
    byte[] sign1 = Signed.sign(SIGNER, "request", Suite.CLASSIC, CONSORTIUM, "", account(), body);
    requireSame(body, open(sign1, KEY).body().encode());
  }

  private static String account() {
    return Base64Url.encode(Vectors.hex(Published.REQUEST, "alias"));
  }

  private static VerificationKey devicePublic() {
    return VerificationKey.ofPoint(Vectors.hex(Published.REQUEST, "devicePublic"));
  }

  /** Input: one byte for the kind, then the map. */
  private static Parser ofKind(BiFunction<RequestKind, byte[], byte[]> reencoded) {
    return Parser.reading(
        input -> {
          RequestKind kind = present(RequestKind.of(input.length == 0 ? 0 : input[0]));
          byte[] map = Arrays.copyOfRange(input, 1, input.length);
          requireSame(map, reencoded.apply(kind, map));
        });
  }

  private static byte[][] kinds(String vectors, String member, Predicate<JsonNode> wanted) {
    return Vectors.all(vectors)
        .filter(wanted)
        .map(
            vector ->
                MessageParts.after(
                    vector.required("requestKind").asInt(), Vectors.hex(vector, member)))
        .toArray(byte[][]::new);
  }

  private static boolean isDone(JsonNode reply) {
    return reply.required("status").asInt() == 0;
  }

  /** R8 to R10. */
  private static ReplyBody reply(byte[] reply, VerificationKey bank) {
    JsonNode published = Published.REPLY;
    ReplyContext context =
        new ReplyContext(
            CONSORTIUM,
            Suite.CLASSIC,
            Vectors.hex(published, "deviceId"),
            published.required("epoch").asLong(),
            Vectors.hex(published, "hash"),
            published.required("blocks").asInt(),
            Secret.adopt(Vectors.hex(published, "reply")));
    return present(SealedReply.open(reply, context, RequestKind.STATUS, bank));
  }

  private static byte[] sealReply(byte[] plaintext) {
    JsonNode published = Published.REPLY;
    return new Sealed(
            Secret.adopt(Vectors.hex(published, "replyKey")),
            Secret.adopt(Vectors.hex(published, "replyIv")))
        .seal(Cbor.map().build(), Vectors.hex(published, "externalAad"), plaintext);
  }

  /** Input: what the bank signs. */
  private static void replyPayload(byte[] body) {
    ReplyBody.decode(body); // what is refused without a signature must not make one too long
    byte[] signed = Signed.sign(SIGNER, "reply", Suite.CLASSIC, CONSORTIUM, body);
    int length = Published.REPLY.required("blocks").asInt() * SealedReply.BLOCK;
    if (signed.length > SealedReply.room(length / SealedReply.BLOCK)) {
      throw new MalformedInputException("longer than a reply");
    }
    requireSame(body, reply(sealReply(Padding.pad(signed, length)), KEY).encode());
  }

  private static VerificationKey answerPublic() {
    return VerificationKey.ofPoint(Vectors.hex(Published.REPLY, "answerPublic"));
  }

  private static void challenge(byte[] challenge) {
    if (!challenges().isGood(challenge)) {
      throw new MalformedInputException("another's challenge");
    }
  }

  private static Challenges challenges() {
    Clock still = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    return new Challenges(Secret.adopt(filled(32, 8)), still, new FixedRandom());
  }

  private static byte[] agreed() {
    return Cbor.map()
        .put(1, Cbor.of(Format.VERSION))
        .put(2, Cbor.of(CONSORTIUM))
        .put(3, Cbor.of(filled(16, 1)))
        .put(4, Cbor.of(filled(16, 2)))
        .put(5, Cbor.of(2))
        .put(6, Cbor.of(filled(32, 3)))
        .put(7, Cbor.of(4))
        .build()
        .encode();
  }

  private static byte[] countersigned() {
    return Cbor.map()
        .put(1, Cbor.of(Format.VERSION))
        .put(2, Cbor.of(filled(32, 1)))
        .put(3, Cbor.of(filled(16, 2)))
        .put(4, Cbor.of(filled(16, 3)))
        .put(5, Cbor.of(4))
        .build()
        .encode();
  }
}
