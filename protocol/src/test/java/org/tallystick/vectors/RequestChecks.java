package org.tallystick.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.tallystick.code.DeviceBinding;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.crypto.Hkdf;
import org.tallystick.crypto.Secret;
import org.tallystick.format.Format;
import org.tallystick.format.Sealed;
import org.tallystick.format.Signed;
import org.tallystick.notice.Notice;
import org.tallystick.notice.SealedNotice;
import org.tallystick.pin.PinVerifier;
import org.tallystick.rekey.PendingRekey;
import org.tallystick.request.Challenges;
import org.tallystick.request.OpenedRequest;
import org.tallystick.request.ReplyBody;
import org.tallystick.request.RequestArguments;
import org.tallystick.request.RequestKind;
import org.tallystick.request.RequestOpener;
import org.tallystick.request.RequestResult;
import org.tallystick.request.RequestSealer;
import org.tallystick.request.RequestStatus;
import org.tallystick.request.SealedReply;
import org.tallystick.request.SealedRequest;
import org.tallystick.request.SentRequest;
import org.tallystick.sequencer.DownChain;
import org.tallystick.sequencer.EpochRoot;
import org.tallystick.sequencer.EpochSecrets;

/** Recomputes or refuses what sections R and N describe, by the protocol's own classes. */
final class RequestChecks {
  static final Map<String, Consumer<VectorReader>> GOOD =
      Map.of(
          "challenge", RequestChecks::challenge,
          "request", RequestChecks::request,
          "reply", RequestChecks::reply,
          "pin-change", RequestChecks::pinChange,
          "rekey", RequestChecks::rekey,
          "notice", RequestChecks::notice);

  static final Map<String, Function<VectorReader, String>> BAD =
      Map.of(
          "challenge-bad", RequestChecks::badChallenge,
          "request-bad", RequestChecks::badRequest,
          "arguments-bad", RequestChecks::badArguments,
          "reply-bad", RequestChecks::badReply,
          "rekey-bad", RequestChecks::badRekey,
          "notice-bad", RequestChecks::badNotice);

  private static final String ACCEPTED = "accepted";

  private RequestChecks() {}

  private static Challenges challenges(VectorReader v, long at, byte[] random) {
    return new Challenges(
        v.secret("key"),
        Clock.fixed(Instant.ofEpochMilli(at), ZoneOffset.UTC),
        Fixed.random(random));
  }

  private static void challenge(VectorReader v) {
    byte[] made = challenges(v, v.integer("time"), v.hex("random")).make();
    v.same("challenge", made);
    assertThat(challenges(v, v.integer("at"), new byte[0]).isGood(made)).isTrue();
  }

  private static String badChallenge(VectorReader v) {
    boolean good = challenges(v, v.integer("at"), new byte[0]).isGood(v.hex("challenge"));
    return good ? ACCEPTED : "R6";
  }

  private static DeviceBinding binding(VectorReader v) {
    return new DeviceBinding(
        v.text("consortium"),
        v.suite(),
        v.hex("deviceId"),
        new byte[16],
        new byte[16],
        new byte[16]);
  }

  private static RequestKind kind(VectorReader v) {
    return RequestKind.of(v.integer("requestKind")).orElseThrow();
  }

  private static EpochRoot root(VectorReader v) {
    return new EpochRoot(v.integer("epoch"), v.secret("root"));
  }

  private static Optional<OpenedRequest> open(VectorReader v) {
    List<EpochRoot> roots = new ArrayList<>(List.of(root(v)));
    v.node().path("before").forEach(one -> roots.add(root(new VectorReader(one))));
    return new RequestOpener(
            v.text("consortium"), v.suite(), v.hex("deviceId"), v.key("devicePublic"), roots)
        .open(SealedRequest.parse(v.text("request")));
  }

  private static void request(VectorReader v) {
    RequestArguments arguments = RequestArguments.decode(kind(v), v.hex("arguments"));
    v.same("arguments", arguments.encode());
    SentRequest made =
        new RequestSealer(binding(v), v.signing("deviceScalar"), Fixed.random(v.hex("nonce")))
            .seal(root(v), v.hex("challenge"), v.hex("alias"), arguments, v.integer("time"));
    assertThat(made.text()).isEqualTo(v.text("request"));
    v.same("hash", made.hash());
    v.same("reply", made.replyRoot().reveal());
    OpenedRequest opened = open(v).orElseThrow();
    v.same("body", opened.body().encode());
    v.same("signed", opened.sign1());
    v.same("requestPin", opened.pinKey().reveal());
    v.same("reply", opened.replyTo().replyRoot().reveal());
    assertThat(opened.replyTo().blocks()).isEqualTo(v.integer("blocks"));
  }

  private static String badRequest(VectorReader v) {
    try {
      return open(v).isPresent() ? ACCEPTED : isSealed(v) ? "R5" : "R4";
    } catch (MalformedInputException malformed) {
      return "R1";
    }
  }

  /** Whether the newest root opens it: the library tells nobody. */
  private static boolean isSealed(VectorReader v) {
    SealedRequest request = SealedRequest.parse(v.text("request"));
    Secret q = Secret.adopt(Hkdf.extract(request.challenge(), v.hex("root")));
    byte[] aad =
        Format.aad("request", request.suite(), request.consortium(), "", request.account());
    Cbor[] context = {
      request.suite().toCbor(),
      Cbor.of(v.hex("deviceId")),
      Cbor.of(v.integer("epoch")),
      Cbor.of(request.nonce())
    };
    return sealed(q, "request", context).open(request.sealed(), aad).isPresent();
  }

  private static Sealed sealed(Secret from, String type, Cbor... context) {
    return new Sealed(out(from, type + " key", context), out(from, type + " iv", context));
  }

  private static Secret out(Secret from, String label, Cbor... context) {
    List<Cbor> info = new ArrayList<>(List.of(Cbor.of(label)));
    info.addAll(List.of(context));
    return Secret.adopt(Hkdf.expand(from.reveal(), Cbor.array(info).encode(), 32));
  }

  /** What the bank sealed for a device: the step at which it stops to hold. */
  private static String opened(
      VectorReader v,
      String type,
      Sealed seal,
      int length,
      Cbor[] place,
      String[] steps,
      Consumer<byte[]> decoding) {
    List<Cbor> aad =
        new ArrayList<>(
            List.of(
                Cbor.of("tallystick"),
                Cbor.of(type),
                Cbor.of(Format.VERSION),
                v.suite().toCbor(),
                Cbor.of(v.text("consortium")),
                Cbor.of(v.hex("deviceId"))));
    aad.addAll(List.of(place));
    byte[] signed;
    try {
      signed = seal.openPadded(v.hex("sealed"), Cbor.array(aad).encode(), length).orElseThrow();
    } catch (MalformedInputException | NoSuchElementException refused) {
      return steps[0];
    }
    try {
      decoding.accept(
          Signed.payload(signed, v.key("answerPublic"), type, v.suite(), v.text("consortium")));
    } catch (IllegalArgumentException refused) {
      return steps[1];
    }
    return steps[2];
  }

  private static String badArguments(VectorReader v) {
    Optional<RequestKind> kind = RequestKind.of(v.integer("requestKind"));
    try {
      return kind.map(one -> RequestArguments.decode(one, v.hex("arguments"))).isPresent()
          ? ACCEPTED
          : "status 7";
    } catch (MalformedInputException malformed) {
      return "status 7";
    }
  }

  private static Optional<ReplyBody> openReply(VectorReader v) {
    SentRequest sent =
        new SentRequest(v.text("request"), kind(v), v.integer("epoch"), v.secret("reply"));
    return SealedReply.open(
        v.hex("sealed"), sent.replyTo(binding(v)), sent.kind(), v.key("answerPublic"));
  }

  private static void reply(VectorReader v) {
    ReplyBody body = openReply(v).orElseThrow();
    v.same("body", body.encode());
    v.same("result", body.result());
    v.same("alias", body.alias());
    v.same("challenge", body.challenge());
    assertThat(body.status()).isEqualTo(RequestStatus.of(v.integer("status")));
    if (body.status() == RequestStatus.DONE) {
      v.same("result", RequestResult.decode(kind(v), body.result()).encode());
    }
  }

  private static String badReply(VectorReader v) {
    if (openReply(v).isPresent()) {
      return ACCEPTED;
    }
    SealedRequest request = SealedRequest.parse(v.text("request"));
    Cbor hash = Cbor.of(request.hash());
    return opened(
        v,
        "reply",
        sealed(v.secret("reply"), "reply", hash),
        request.blocks() * SealedReply.BLOCK,
        new Cbor[] {Cbor.of(v.integer("epoch")), hash},
        new String[] {"R8", "R9", "R10"},
        ReplyBody::decode);
  }

  private static void pinChange(VectorReader v) {
    v.same(
        "proof",
        PinVerifier.ofBytes(v.hex("v"))
            .changeProof(
                v.secret("pinKey"),
                v.hex("deviceId"),
                v.integer("epoch"),
                v.hex("nonce"),
                v.hex("newV")));
  }

  private static Optional<EpochSecrets> complete(VectorReader v) {
    byte[] scalar = v.hex("ephemeralScalar");
    byte[] seed = v.hexOrNull("kemSeed");
    byte[] keys = seed == null ? scalar : ByteBuffer.allocate(96).put(scalar).put(seed).array();
    SentRequest sent =
        new SentRequest(
            v.text("request"),
            RequestKind.REKEY,
            v.integer("baseEpoch"),
            Secret.adopt(new byte[32]));
    DeviceBinding binding =
        new DeviceBinding(
            "TL", v.suite(), v.hex("deviceId"), new byte[16], new byte[16], new byte[16]);
    RequestResult.Rekey given =
        (RequestResult.Rekey) RequestResult.decode(RequestKind.REKEY, v.hex("result"));
    return new PendingRekey(sent, Secret.adopt(keys), v.integer("epoch"))
        .complete(new EpochRoot(v.integer("baseEpoch"), v.secret("root")), binding, given);
  }

  private static void rekey(VectorReader v) {
    EpochSecrets secrets = complete(v).orElseThrow();
    VectorReader outputs = v.part("outputs");
    outputs.same("string1", secrets.string1().reveal());
    outputs.same("string2", secrets.string2().reveal());
    outputs.same("root", secrets.root().reveal());
    outputs.same("down", secrets.down().reveal());
    assertThat(secrets.first()).isEqualTo(v.integer("n0"));
  }

  private static String badRekey(VectorReader v) {
    try {
      return complete(v).isPresent() ? ACCEPTED : "refused";
    } catch (MalformedInputException malformed) {
      return "refused";
    }
  }

  private static Optional<Notice> openNotice(VectorReader v) {
    return SealedNotice.open(
        v.hex("sealed"),
        v.suite(),
        v.text("consortium"),
        v.hex("deviceId"),
        chain(v),
        v.key("answerPublic"));
  }

  private static DownChain chain(VectorReader v) {
    return new DownChain(v.integer("epoch"), v.integer("k"), v.secret("down"));
  }

  private static void notice(VectorReader v) {
    v.same("pickup", chain(v).keys(v.suite(), v.hex("deviceId")).pickup());
    v.same("next", chain(v).next(v.suite(), v.hex("deviceId")).down().reveal());
    Notice notice = openNotice(v).orElseThrow();
    v.same("body", notice.encode());
    v.same("subject", notice.subject().encode());
    v.same("head", notice.line().head());
    assertThat(notice.subject().kind()).isEqualTo((int) v.integer("noticeKind"));
  }

  private static String badNotice(VectorReader v) {
    if (openNotice(v).isPresent()) {
      return ACCEPTED;
    }
    Cbor epoch = Cbor.of(v.integer("epoch"));
    Cbor k = Cbor.of(v.integer("k"));
    return opened(
        v,
        "notice",
        sealed(
            v.secret("down"), "notice", v.suite().toCbor(), Cbor.of(v.hex("deviceId")), epoch, k),
        SealedNotice.PLAINTEXT_LENGTH,
        new Cbor[] {epoch, k},
        new String[] {"N1", "N2", "N3"},
        Notice::decode);
  }
}
