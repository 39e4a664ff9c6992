package org.tallystick.fuzz;

import static org.tallystick.fuzz.Parser.bytes;
import static org.tallystick.fuzz.Parser.present;
import static org.tallystick.fuzz.Parser.requireSame;
import static org.tallystick.fuzz.SignedPayload.CONSORTIUM;
import static org.tallystick.fuzz.SignedPayload.KEY;
import static org.tallystick.fuzz.SignedPayload.SIGNER;
import static org.tallystick.fuzz.SignedPayload.filled;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import org.tallystick.code.DeviceBinding;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.crypto.Secret;
import org.tallystick.crypto.SignatureKey;
import org.tallystick.crypto.VerificationKey;
import org.tallystick.format.Padding;
import org.tallystick.format.Sealed;
import org.tallystick.format.Signed;
import org.tallystick.format.Suite;
import org.tallystick.notice.Notice;
import org.tallystick.notice.NoticeSubject;
import org.tallystick.notice.SealedNotice;
import org.tallystick.rekey.BankRekey;
import org.tallystick.rekey.PendingRekey;
import org.tallystick.rekey.RekeyOutcome;
import org.tallystick.request.OpenedRequest;
import org.tallystick.request.ReplyContext;
import org.tallystick.request.RequestArguments;
import org.tallystick.request.RequestBody;
import org.tallystick.request.RequestKind;
import org.tallystick.request.RequestResult;
import org.tallystick.request.SentRequest;
import org.tallystick.sequencer.DeviceEpochs;
import org.tallystick.sequencer.DownChain;
import org.tallystick.sequencer.EpochRoot;
import org.tallystick.sequencer.EpochSecrets;

/** Parsers of what changes an epoch or comes within one: rekeys and notices. */
final class EpochTargets {
  static final List<Target> ALL =
      List.of(
          new Target(
              "rekey-arguments",
              () ->
                  bytes(EpochTargets::rekeyAtBank)
                      .onlySeeded(
                          Vectors.hex(Vectors.named("request", "payer 2 rekey"), "arguments"))),
          new Target(
              "rekey-result",
              () ->
                  bytes(result -> rekeyAtDevice(keys(), result))
                      .onlySeeded(Vectors.hex(Published.REKEY, "result"))),
          new Target(
              "rekey-keys",
              () ->
                  bytes(keys -> rekeyAtDevice(keys, Vectors.hex(Published.REKEY, "result")))
                      .onlySeeded(keys())),
          new Target("notice", () -> bytes(Notice::decode, Notice::encode)),
          new Target(
              "notice-subject", () -> Parser.reading(EpochTargets::subject).onlySeeded(subjects())),
          new Target(
              "sealed-notice",
              () ->
                  bytes(input -> notice(input, answerPublic()))
                      .onlySeeded(Vectors.hex(Published.NOTICE, "sealed"))),
          new Target(
              "notice-plaintext",
              () ->
                  bytes(input -> notice(sealNotice(input), answerPublic()))
                      .onlySeeded(Vectors.hex(Published.NOTICE, "plaintext"))),
          new Target(
              "notice-payload",
              () ->
                  bytes(EpochTargets::noticePayload)
                      .onlySeeded(Vectors.hex(Published.NOTICE, "body"))));

  private EpochTargets() {}

  /** Read only by who needs them. */
  private static final class Published {
    static final JsonNode REKEY = Vectors.named("rekey", "payer 2 rekey");
    static final JsonNode NOTICE = Vectors.named("notice", "a device was bound");
    static final byte[] DEVICE = Vectors.hex(REKEY, "deviceId");
    static final byte[] HASH = Vectors.hex(REKEY, "hash");
  }

  /** Input: what a device asks for, with its keys in it. */
  private static void rekeyAtBank(byte[] arguments) {
    if (!(RequestArguments.decode(RequestKind.REKEY, arguments)
        instanceof RequestArguments.Rekey asked)) {
      throw new BrokenRuleError("arguments of another kind");
    }
    Secret same = Secret.adopt(filled(32, 3));
    DeviceEpochs epochs =
        DeviceEpochs.enrolled(
            Suite.HYBRID, Published.DEVICE, new EpochSecrets(1, same, same, same, same), 0, 1);
    OpenedRequest request =
        new OpenedRequest(
            new RequestBody(
                Published.DEVICE, 0, RequestKind.REKEY.value(), filled(32, 1), 1, arguments),
            new byte[0],
            new ReplyContext(
                CONSORTIUM, Suite.HYBRID, Published.DEVICE, 0, Published.HASH, 3, same),
            filled(16, 1),
            same);
    RekeyOutcome outcome = new BankRekey(new FixedRandom()).rekey(epochs, request, asked, 0, 1, 2);
    if (!(outcome instanceof RekeyOutcome.Granted)) {
      throw new MalformedInputException("not granted");
    }
  }

  /** What the device keeps until the reply is there: ECDH scalar, then the ML-KEM seed. */
  private static byte[] keys() {
    byte[] scalar = Vectors.hex(Published.REKEY, "ephemeralScalar");
    byte[] seed = Vectors.hex(Published.REKEY, "kemSeed");
    byte[] both = Arrays.copyOf(scalar, scalar.length + seed.length);
    System.arraycopy(seed, 0, both, scalar.length, seed.length);
    return both;
  }

  private static void rekeyAtDevice(byte[] keys, byte[] result) {
    if (!(RequestResult.decode(RequestKind.REKEY, result) instanceof RequestResult.Rekey given)) {
      throw new BrokenRuleError("a result of another kind");
    }
    JsonNode published = Published.REKEY;
    long base = published.required("baseEpoch").asLong();
    EpochRoot root = new EpochRoot(base, Secret.adopt(Vectors.hex(published, "root")));
    SentRequest sent =
        new SentRequest(
            published.required("request").asText(),
            RequestKind.REKEY,
            base,
            Secret.adopt(filled(32, 3)));
    byte[] id = filled(16, 1);
    DeviceBinding binding =
        new DeviceBinding(CONSORTIUM, Suite.HYBRID, Published.DEVICE, id, id, id);
    long epoch = published.required("epoch").asLong();
    present(new PendingRekey(sent, Secret.adopt(keys), epoch).complete(root, binding, given));
  }

  /** Input: one byte for the kind, then the subject. */
  private static void subject(byte[] input) {
    byte[] subject = Arrays.copyOfRange(input, Math.min(1, input.length), input.length);
    requireSame(subject, NoticeSubject.decode(input.length == 0 ? 0 : input[0], subject).encode());
  }

  private static byte[][] subjects() {
    return Vectors.all("notice")
        .map(
            vector ->
                MessageParts.after(
                    vector.required("noticeKind").asInt(), Vectors.hex(vector, "subject")))
        .toArray(byte[][]::new);
  }

  /** N1 to N3. */
  private static Notice notice(byte[] sealed, SignatureKey bank) {
    JsonNode published = Published.NOTICE;
    DownChain at =
        new DownChain(
            published.required("epoch").asLong(),
            published.required("k").asLong(),
            Secret.adopt(Vectors.hex(published, "down")));
    return present(
        SealedNotice.open(
            sealed, Suite.CLASSIC, CONSORTIUM, Vectors.hex(published, "deviceId"), at, bank));
  }

  private static byte[] sealNotice(byte[] plaintext) {
    JsonNode published = Published.NOTICE;
    return new Sealed(
            Secret.adopt(Vectors.hex(published, "noticeKey")),
            Secret.adopt(Vectors.hex(published, "noticeIv")))
        .seal(Cbor.map().build(), Vectors.hex(published, "externalAad"), plaintext);
  }

  /** Input: what the bank signs. */
  private static void noticePayload(byte[] body) {
    Notice.decode(body); // what is refused without a signature must not make one too long
    byte[] signed = Signed.sign(SIGNER, "notice", Suite.CLASSIC, CONSORTIUM, body);
    if (signed.length > SealedNotice.PLAINTEXT_LENGTH * 3 / 4) {
      throw new MalformedInputException("longer than a notice");
    }
    byte[] padded = Padding.pad(signed, SealedNotice.PLAINTEXT_LENGTH);
    requireSame(body, notice(sealNotice(padded), KEY).encode());
  }

  private static VerificationKey answerPublic() {
    return VerificationKey.ofPoint(Vectors.hex(Published.NOTICE, "answerPublic"));
  }
}
