package org.tallystick.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.cose.CoseEncrypt0;
import org.tallystick.crypto.SigningKey;
import org.tallystick.format.Padding;
import org.tallystick.format.Sealed;
import org.tallystick.format.Signed;
import org.tallystick.format.Suite;

/** R8 to R10: a reply is the bank's, for this request, or it is nothing. */
class SealedReplyTest {
  private final TestExchange device = new TestExchange(Suite.CLASSIC);
  private final SentRequest sent = device.send(new RequestArguments.DrawNumber());
  private final OpenedRequest asked = device.open(sent.text()).orElseThrow();
  private final RequestResult result = new RequestResult.DrawnNumber(new byte[10], "TL", 99);

  @TestFactory
  List<DynamicTest> open_longestResultOfEachKind_fitsItsBlocks() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Suite suite : Suite.values()) {
      TestExchange of = new TestExchange(suite);
      for (RequestArguments arguments : Examples.arguments(suite)) {
        tests.add(
            DynamicTest.dynamicTest(
                arguments.kind() + " " + suite, () -> exchange(of, arguments, suite)));
      }
    }
    return tests;
  }

  private static void exchange(TestExchange of, RequestArguments arguments, Suite suite) {
    SentRequest sent = of.send(arguments);
    OpenedRequest opened = of.open(sent.text()).orElseThrow();
    RequestResult result = Examples.longestResult(arguments.kind(), suite);
    int blocks = arguments.kind().blocks(suite);
    assertThat(result.encode().length).isLessThanOrEqualTo(SealedReply.room(blocks));
    ReplyBody body = of.read(of.reply(opened, result), sent).orElseThrow();
    assertThat(body.status()).isEqualTo(RequestStatus.DONE);
    assertThat(RequestResult.decode(arguments.kind(), body.result()).encode())
        .isEqualTo(result.encode());
    assertThat(body.timeMillis()).isEqualTo(TestExchange.NOW);
  }

  @Test
  void open_refusal_tellsItsStatusAndNoResult() {
    for (RequestStatus status : RequestStatus.values()) {
      if (status != RequestStatus.DONE) {
        ReplyBody refused =
            ReplyBody.refused(asked, status, TestExchange.NOW, device.alias(), device.challenge);
        byte[] reply = SealedReply.seal(asked.replyTo(), refused, device.answerKey);
        assertThat(device.read(reply, sent).orElseThrow().status()).isEqualTo(status);
      }
    }
  }

  @Test
  void body_resultBesideARefusal_isMalformed() {
    assertThatThrownBy(
            () ->
                new ReplyBody(
                    new byte[16],
                    7,
                    new byte[32],
                    0,
                    RequestStatus.LIMIT_REACHED,
                    result.encode(),
                    new byte[17],
                    new byte[32]))
        .isInstanceOf(MalformedInputException.class);
  }

  @Test
  void lookAlike_besideAReply_hasItsFormAndLengthAndOpensForNobody() {
    for (int blocks = 1; blocks <= SealedRequest.MAX_BLOCKS; blocks++) {
      ReplyContext to = withBlocks(blocks);
      byte[] reply =
          SealedReply.seal(
              to,
              ReplyBody.done(asked, result, TestExchange.NOW, device.alias(), device.challenge),
              device.answerKey);
      byte[] noise = SealedReply.lookAlike(blocks, device.random);
      assertThat(noise).hasSameSizeAs(reply);
      CoseEncrypt0 good = CoseEncrypt0.decode(reply);
      CoseEncrypt0 like = CoseEncrypt0.decode(noise);
      assertThat(like.ciphertext()).hasSameSizeAs(good.ciphertext());
      assertThat(like.protectedBytes()).hasSameSizeAs(good.protectedBytes());
      assertThat(
              SealedReply.open(noise, to, RequestKind.NUMBER, device.answerKey.verificationKey()))
          .isEmpty();
    }
    assertThat(SealedReply.lookAlike(1, device.random))
        .isNotEqualTo(SealedReply.lookAlike(1, device.random));
  }

  private ReplyContext withBlocks(int blocks) {
    ReplyContext to = asked.replyTo();
    return new ReplyContext(
        to.consortium(),
        to.suite(),
        to.deviceId(),
        to.epoch(),
        to.requestHash(),
        blocks,
        to.replyRoot());
  }

  @Test
  void open_replyToAnotherRequest_opensNothing() {
    byte[] reply = device.reply(asked, result);
    assertThat(device.read(reply, sent)).isPresent();
    SentRequest other = device.send(new RequestArguments.DrawNumber());
    assertThat(device.read(reply, other)).isEmpty();
    SentRequest otherText =
        new SentRequest(other.text(), sent.kind(), sent.epoch(), sent.replyRoot());
    assertThat(device.read(reply, otherText)).isEmpty();
    SentRequest otherEpoch =
        new SentRequest(sent.text(), sent.kind(), sent.epoch() + 1, sent.replyRoot());
    assertThat(device.read(reply, otherEpoch)).isEmpty();
    SentRequest otherKind =
        new SentRequest(sent.text(), RequestKind.PIN, sent.epoch(), sent.replyRoot());
    assertThat(device.read(reply, otherKind)).isEmpty();
  }

  @Test
  void open_bodyOfAnotherDeviceKindOrRequest_opensNothing() {
    byte[] id = device.binding.deviceId();
    byte[] hash = sent.hash();
    assertThat(device.read(replyOf(id, 7, hash), sent)).isPresent();
    assertThat(device.read(replyOf(new byte[16], 7, hash), sent)).isEmpty();
    assertThat(device.read(replyOf(id, 8, hash), sent)).isEmpty();
    assertThat(device.read(replyOf(id, 7, new byte[32]), sent)).isEmpty();
  }

  private byte[] replyOf(byte[] deviceId, long kind, byte[] hash) {
    ReplyBody body =
        new ReplyBody(
            deviceId,
            kind,
            hash,
            TestExchange.NOW,
            RequestStatus.DONE,
            result.encode(),
            device.alias(),
            device.challenge);
    return SealedReply.seal(asked.replyTo(), body, device.answerKey);
  }

  @Test
  void open_signedByAnotherKey_opensNothing() {
    SigningKey stranger = SigningKey.generate(device.random);
    ReplyBody body =
        ReplyBody.done(asked, result, TestExchange.NOW, device.alias(), device.challenge);
    assertThat(device.read(SealedReply.seal(asked.replyTo(), body, stranger), sent)).isEmpty();
  }

  @Test
  void open_otherLengthOrDirtyPaddingOrOtherType_opensNothing() {
    byte[] body =
        ReplyBody.done(asked, result, TestExchange.NOW, device.alias(), device.challenge).encode();
    byte[] signed = Signed.sign(device.answerKey, "reply", Suite.CLASSIC, "TL", body);
    assertThat(device.read(sealing(Padding.pad(signed, 1024)), sent)).isPresent();
    assertThat(device.read(sealing(Padding.pad(signed, 1023)), sent)).isEmpty();
    assertThat(device.read(sealing(Padding.pad(signed, 2048)), sent)).isEmpty();
    byte[] dirty = Padding.pad(signed, 1024);
    dirty[1023] = 1;
    assertThat(device.read(sealing(dirty), sent)).isEmpty();
    byte[] typ = Signed.sign(device.answerKey, "answer", Suite.CLASSIC, "TL", body);
    assertThat(device.read(sealing(Padding.pad(typ, 1024)), sent)).isEmpty();
  }

  private byte[] sealing(byte[] plaintext) {
    try (Sealed seal = asked.replyTo().seal()) {
      return seal.seal(Cbor.map().build(), asked.replyTo().aad(), plaintext);
    }
  }

  @Test
  void open_anyByteFlipped_opensNothing() {
    byte[] good = device.reply(asked, result);
    for (int i = 0; i < good.length; i++) {
      byte[] flipped = good.clone();
      flipped[i] ^= 1;
      assertThat(device.read(flipped, sent)).as("byte " + i).isEmpty();
    }
  }

  @Test
  void log_moreLinesThanFit_givesTheFirstOnes() {
    assertThat(RequestResult.Log.fitting(Examples.lines(), 4).lines()).hasSize(16);
    RequestResult.Log some = RequestResult.Log.fitting(Examples.lines(), 1);
    assertThat(some.lines()).hasSizeBetween(1, 15);
    assertThat(some.lines().get(0).index()).isEqualTo(Examples.lines().get(0).index());
    assertThat(some.encode().length).isLessThanOrEqualTo(SealedReply.room(1));
    assertThat(RequestResult.Log.fitting(Collections.emptyList(), 1).lines()).isEmpty();
  }
}
