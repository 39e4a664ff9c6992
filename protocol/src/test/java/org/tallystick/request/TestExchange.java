package org.tallystick.request;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.tallystick.alias.AliasKey;
import org.tallystick.code.DeviceBinding;
import org.tallystick.crypto.Secret;
import org.tallystick.crypto.SigningKey;
import org.tallystick.format.Suite;
import org.tallystick.sequencer.EpochRoot;

/** A device and the bank's view of it, for tests of requests. */
final class TestExchange {
  static final long NOW = 1_790_000_000_000L;

  final SecureRandom random = new SecureRandom();
  final Suite suite;
  final SigningKey deviceKey = SigningKey.generate(random);
  final SigningKey answerKey = SigningKey.generate(random);
  final DeviceBinding binding;
  final EpochRoot newest = new EpochRoot(4, Secret.random(random, 32));
  final EpochRoot before = new EpochRoot(3, Secret.random(random, 32));
  final byte[] challenge = challenges(NOW).make();

  TestExchange(Suite suite) {
    this.suite = suite;
    binding = new DeviceBinding("TL", suite, bytes(16), bytes(16), bytes(16), bytes(16));
  }

  Challenges challenges(long at) {
    return new Challenges(
        Secret.copyOf(new byte[32]), Clock.fixed(Instant.ofEpochMilli(at), ZoneOffset.UTC), random);
  }

  byte[] bytes(int length) {
    byte[] b = new byte[length];
    random.nextBytes(b);
    return b;
  }

  byte[] alias() {
    return bytes(AliasKey.LENGTH);
  }

  RequestSealer sealer() {
    return new RequestSealer(binding, deviceKey, random);
  }

  SentRequest send(RequestArguments arguments) {
    return sealer().seal(newest, challenge, alias(), arguments, NOW);
  }

  RequestOpener opener(EpochRoot... roots) {
    return new RequestOpener(
        "TL", suite, binding.deviceId(), deviceKey.verificationKey(), List.of(roots));
  }

  Optional<OpenedRequest> open(String text) {
    return opener(newest, before).open(SealedRequest.parse(text));
  }

  byte[] reply(OpenedRequest to, RequestResult result) {
    return SealedReply.seal(
        to.replyTo(), ReplyBody.done(to, result, NOW, alias(), challenge), answerKey);
  }

  Optional<ReplyBody> read(byte[] reply, SentRequest sent) {
    return SealedReply.open(reply, sent.replyTo(binding), sent.kind(), answerKey.verificationKey());
  }
}
