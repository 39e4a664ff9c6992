package org.tallystick.rekey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tallystick.code.DeviceBinding;
import org.tallystick.code.DeviceSequence;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.crypto.EcdhKey;
import org.tallystick.crypto.Secret;
import org.tallystick.crypto.SigningKey;
import org.tallystick.format.Suite;
import org.tallystick.request.OpenedRequest;
import org.tallystick.request.ReplyBody;
import org.tallystick.request.RequestArguments;
import org.tallystick.request.RequestKind;
import org.tallystick.request.RequestOpener;
import org.tallystick.request.RequestResult;
import org.tallystick.request.RequestSealer;
import org.tallystick.request.SealedReply;
import org.tallystick.request.SealedRequest;
import org.tallystick.sequencer.DeviceEpochs;
import org.tallystick.sequencer.EpochRoot;
import org.tallystick.sequencer.EpochSecrets;

/**
 * Property 2 across a rekey: who has the whole state from before it, of the device and of the bank,
 * and all that went over the network, does not reach the new epoch. The thief tries every 32 bytes
 * of what he holds and of what he opens in the place of what both sides agreed on.
 */
class OldStateTest {
  private static final long NOW = 1_790_000_000_000L;

  private final SecureRandom random = new SecureRandom();
  private final SigningKey key = SigningKey.generate(random);
  private final SigningKey answerKey = SigningKey.generate(random);
  private final DeviceBinding binding =
      new DeviceBinding("TL", Suite.CLASSIC, bytes(16), bytes(16), bytes(16), bytes(16));
  private DeviceSequence before;
  private EpochRoot root;
  private byte[] bankBefore;
  private DeviceEpochs bank;
  private PendingRekey pending;
  private byte[] reply;

  @BeforeEach
  void rekey() {
    EpochSecrets secrets = new EpochSecrets(77, secret(), secret(), secret(), secret());
    before = DeviceSequence.initial(77, secrets.string1(), secrets.string2());
    root = new EpochRoot(0, Secret.copyOf(secrets.root().reveal()));
    bank = DeviceEpochs.enrolled(Suite.CLASSIC, binding.deviceId(), secrets, 0, NOW);
    bankBefore = bank.encode();
    pending =
        PendingRekey.begin(
            new RequestSealer(binding, key, random),
            binding,
            root,
            bytes(32),
            bytes(17),
            1,
            before.n(),
            NOW,
            random);
    OpenedRequest opened = opened(pending.sent().text());
    RekeyOutcome.Granted granted =
        (RekeyOutcome.Granted)
            new BankRekey(random).rekey(bank, opened, asked(opened), 0, NOW, NOW + 1);
    bank = granted.next();
    reply =
        SealedReply.seal(
            opened.replyTo(),
            ReplyBody.done(
                opened,
                granted.result(Collections.nCopies(32, bytes(17))),
                NOW,
                bytes(17),
                bytes(32)),
            answerKey);
  }

  private byte[] bytes(int length) {
    byte[] b = new byte[length];
    random.nextBytes(b);
    return b;
  }

  private Secret secret() {
    return Secret.random(random, 32);
  }

  /** What the holder of the old root reads of a request: everything. */
  private OpenedRequest opened(String text) {
    return new RequestOpener(
            "TL", Suite.CLASSIC, binding.deviceId(), key.verificationKey(), List.of(root))
        .open(SealedRequest.parse(text))
        .orElseThrow();
  }

  private static RequestArguments.Rekey asked(OpenedRequest opened) {
    return (RequestArguments.Rekey)
        RequestArguments.decode(RequestKind.REKEY, opened.body().arguments());
  }

  private ReplyBody replied(OpenedRequest opened) {
    return SealedReply.open(reply, opened.replyTo(), RequestKind.REKEY, answerKey.verificationKey())
        .orElseThrow();
  }

  private static RequestResult.Rekey given(ReplyBody body) {
    return (RequestResult.Rekey) RequestResult.decode(RequestKind.REKEY, body.result());
  }

  /** Whether a guess of z, with an old root, leads to the new epoch. */
  private boolean opens(EpochRoot from, byte[] guess, RequestResult.Rekey given) {
    RekeySchedule schedule =
        new RekeySchedule(
            Suite.CLASSIC,
            binding.deviceId(),
            1,
            pending.sent().hash(),
            given.ephemeralKey(),
            null);
    try (EpochSecrets secrets = schedule.derive(from, Secret.copyOf(guess), null)) {
      return secrets.string1().equals(bank.newest().chain().current())
          || secrets.string2().equals(bank.newest().chain().string2())
          || secrets.root().equals(bank.newest().root())
          || secrets.down().equals(bank.notices().down());
    }
  }

  /** As z itself, or as the scalar of either side's ephemeral key. */
  private boolean leads(byte[] guess, RequestArguments.Rekey asked, RequestResult.Rekey given) {
    return opens(root, guess, given)
        || opensAsScalar(guess, asked.ephemeralKey(), given)
        || opensAsScalar(guess, given.ephemeralKey(), given);
  }

  private boolean opensAsScalar(byte[] guess, byte[] other, RequestResult.Rekey given) {
    try (EcdhKey scalar = EcdhKey.ofScalar(guess);
        Secret agreed = Secret.adopt(scalar.agreeCompressed(other))) {
      return opens(root, agreed.reveal(), given);
    } catch (MalformedInputException noKey) {
      return false;
    }
  }

  private boolean anyLeads(byte[] held, RequestArguments.Rekey asked, RequestResult.Rekey given) {
    for (int from = 0; from + 32 <= held.length; from++) {
      if (leads(Arrays.copyOfRange(held, from, from + 32), asked, given)) {
        return true;
      }
    }
    return leads(new byte[32], asked, given);
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  @Test
  void oldState_afterARekey_opensNothing() {
    OpenedRequest opened = opened(pending.sent().text());
    RequestArguments.Rekey asked = asked(opened);
    ReplyBody body = replied(opened);
    byte[] held =
        joined(
            before.chain().reveal(),
            before.string2().reveal(),
            root.root().reveal(),
            key.scalar(),
            bankBefore,
            opened.body().arguments(),
            given(body).ephemeralKey(),
            pending.sent().hash(),
            opened.replyTo().replyRoot().reveal());
    assertThat(anyLeads(held, asked, given(body))).isFalse();
  }

  /** The same thief with one secret more gets in, or he proves nothing. */
  @Test
  void oldState_andTheEphemeralSecret_opensTheNewEpoch() {
    OpenedRequest opened = opened(pending.sent().text());
    RequestResult.Rekey given = given(replied(opened));
    assertThat(anyLeads(pending.keys().reveal(), asked(opened), given)).isTrue();
  }

  @Test
  void agreementAlone_withoutTheOldRoot_opensNothing() {
    OpenedRequest opened = opened(pending.sent().text());
    RequestResult.Rekey given = given(replied(opened));
    try (EcdhKey scalar = EcdhKey.ofScalar(pending.keys().reveal());
        Secret agreed = Secret.adopt(scalar.agreeCompressed(given.ephemeralKey()))) {
      assertThat(opens(root, agreed.reveal(), given)).isTrue();
      for (byte[] other : List.of(new byte[32], bytes(32), agreed.reveal())) {
        assertThat(opens(new EpochRoot(0, Secret.copyOf(other)), agreed.reveal(), given)).isFalse();
      }
    }
  }
}
