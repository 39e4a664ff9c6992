package org.tallystick.rekey;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tallystick.code.DeviceBinding;
import org.tallystick.code.DeviceSequence;
import org.tallystick.crypto.Secret;
import org.tallystick.crypto.SigningKey;
import org.tallystick.format.Suite;
import org.tallystick.request.OpenedRequest;
import org.tallystick.request.RequestArguments;
import org.tallystick.request.RequestKind;
import org.tallystick.request.RequestOpener;
import org.tallystick.request.RequestResult;
import org.tallystick.request.RequestSealer;
import org.tallystick.request.RequestStatus;
import org.tallystick.request.SealedRequest;
import org.tallystick.sequencer.DeviceEpochs;
import org.tallystick.sequencer.Epoch;
import org.tallystick.sequencer.EpochRoot;
import org.tallystick.sequencer.EpochSecrets;

/** R.2: both sides reach the same epoch, and nobody else does. */
class RekeyTest {
  private static final long NOW = 1_790_000_000_000L;
  private static final long DAY = 86_400_000L;

  private final SecureRandom random = new SecureRandom();
  private final SigningKey key = SigningKey.generate(random);

  /** A device and its bank, both at the begin of epoch 0. */
  private final class Pair {
    final DeviceBinding binding;
    DeviceSequence sequence;
    EpochRoot root;
    DeviceEpochs bank;

    Pair(Suite suite) {
      binding = new DeviceBinding("TL", suite, bytes(16), bytes(16), bytes(16), bytes(16));
      EpochSecrets secrets = new EpochSecrets(77, secret(), secret(), secret(), secret());
      sequence = DeviceSequence.initial(77, secrets.string1(), secrets.string2());
      root = new EpochRoot(0, Secret.copyOf(secrets.root().reveal()));
      bank = DeviceEpochs.enrolled(suite, binding.deviceId(), secrets, 0, NOW);
    }

    PendingRekey begin(long epoch) {
      return PendingRekey.begin(
          new RequestSealer(binding, key, random),
          binding,
          root,
          bytes(32),
          bytes(17),
          epoch,
          sequence.n(),
          NOW,
          random);
    }

    OpenedRequest open(PendingRekey pending) {
      return new RequestOpener(
              "TL", binding.suite(), binding.deviceId(), key.verificationKey(), bank.roots())
          .open(SealedRequest.parse(pending.sent().text()))
          .orElseThrow();
    }

    RekeyOutcome ask(PendingRekey pending, long recoveryEpoch, long now) {
      OpenedRequest request = open(pending);
      RequestArguments.Rekey asked =
          (RequestArguments.Rekey)
              RequestArguments.decode(RequestKind.REKEY, request.body().arguments());
      return new BankRekey(random).rekey(bank, request, asked, recoveryEpoch, now, now + DAY);
    }

    RekeyOutcome.Granted grant(PendingRekey pending, long now) {
      RekeyOutcome.Granted granted = (RekeyOutcome.Granted) ask(pending, 0, now);
      bank = granted.next();
      return granted;
    }

    EpochSecrets complete(PendingRekey pending, RequestResult.Rekey result) {
      EpochSecrets secrets = pending.complete(root, binding, result).orElseThrow();
      sequence = sequence.rekeyed(pending.epoch(), secrets);
      root = new EpochRoot(pending.epoch(), Secret.copyOf(secrets.root().reveal()));
      return secrets;
    }

    boolean agrees() {
      Epoch newest = bank.newest();
      return newest.number() == sequence.epoch()
          && newest.next() == sequence.n()
          && newest.root().equals(root.root())
          && newest.chain().current().equals(sequence.chain())
          && newest.chain().string2().equals(sequence.string2());
    }
  }

  private byte[] bytes(int length) {
    byte[] b = new byte[length];
    random.nextBytes(b);
    return b;
  }

  private Secret secret() {
    return Secret.random(random, 32);
  }

  private static RequestResult.Rekey over(RekeyOutcome.Granted granted) {
    List<byte[]> aliases = Collections.nCopies(32, new byte[17]);
    return (RequestResult.Rekey)
        RequestResult.decode(RequestKind.REKEY, granted.result(aliases).encode());
  }

  @ParameterizedTest
  @EnumSource(Suite.class)
  void rekey_bothSides_reachTheSameEpoch(Suite suite) {
    Pair pair = new Pair(suite);
    DeviceEpochs before = pair.bank.noticed();
    pair.bank = before;
    PendingRekey pending = pair.begin(1);
    RequestResult.Rekey result = over(pair.grant(pending, NOW));
    assertThat(result.notices()).isEqualTo(1);
    assertThat(result.recoveryEpoch()).isZero();
    EpochSecrets secrets = pair.complete(pending, result);
    assertThat(pair.agrees()).isTrue();
    assertThat(pair.bank.notices().down()).isEqualTo(secrets.down());
    assertThat(pair.bank.notices().made()).isZero();
    assertThat(pair.bank.older().number()).isZero();
    assertThat(pair.bank.rekeyedBy()).isEqualTo(pending.sent().hash());
    assertThat(pair.sequence.start().closed()).isEqualTo(77);
    assertThat(secrets.first()).isBetween(0L, (1L << 48) - 1);
    PendingRekey again = pair.begin(2);
    pair.complete(again, over(pair.grant(again, NOW)));
    assertThat(pair.agrees()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Suite.class)
  void complete_withAnythingElseThanGiven_reachesAnotherEpochOrNone(Suite suite) {
    Pair pair = new Pair(suite);
    PendingRekey pending = pair.begin(1);
    RekeyOutcome.Granted granted = pair.grant(pending, NOW);
    RequestResult.Rekey good = over(granted);
    PendingRekey other = pair.begin(1);
    differs(pair, new PendingRekey(pending.sent(), other.keys(), 1), good);
    differs(pair, new PendingRekey(other.sent(), pending.keys(), 1), good);
    Pair stranger = new Pair(suite);
    RequestResult.Rekey otherKey = over(stranger.grant(stranger.begin(1), NOW));
    differs(
        pair,
        pending,
        new RequestResult.Rekey(otherKey.ephemeralKey(), good.ciphertext(), 1, 0, List.of(), 0));
    if (suite == Suite.HYBRID) {
      byte[] flipped = good.ciphertext().clone();
      flipped[7] ^= 1;
      differs(
          pair, pending, new RequestResult.Rekey(good.ephemeralKey(), flipped, 1, 0, List.of(), 0));
    }
    pair.complete(pending, good);
    assertThat(pair.agrees()).isTrue();
  }

  private static void differs(Pair pair, PendingRekey pending, RequestResult.Rekey given) {
    EpochSecrets secrets = pending.complete(pair.root, pair.binding, given).orElseThrow();
    assertThat(secrets.root()).isNotEqualTo(pair.bank.newest().root());
    assertThat(secrets.string1()).isNotEqualTo(pair.bank.newest().chain().current());
  }

  @Test
  void complete_whatDoesNotFit_isRefused() {
    Pair pair = new Pair(Suite.CLASSIC);
    PendingRekey pending = pair.begin(1);
    RequestResult.Rekey good = over(pair.grant(pending, NOW));
    byte[] point = good.ephemeralKey();
    for (RequestResult.Rekey wrong :
        List.of(
            new RequestResult.Rekey(point, null, 2, 0, List.of(), 0),
            new RequestResult.Rekey(point, new byte[1088], 1, 0, List.of(), 0),
            new RequestResult.Rekey(new byte[33], null, 1, 0, List.of(), 0))) {
      assertThat(pending.complete(pair.root, pair.binding, wrong)).isEmpty();
    }
    EpochRoot otherEpoch = new EpochRoot(5, pair.root.root());
    assertThat(pending.complete(otherEpoch, pair.binding, good)).isEmpty();
  }

  @Test
  void rekey_secondFromTheSameEpoch_suspends() {
    Pair pair = new Pair(Suite.CLASSIC);
    PendingRekey copy = pair.begin(7);
    pair.grant(pair.begin(1), NOW);
    RekeyOutcome outcome = pair.ask(copy, 0, NOW);
    assertThat(outcome).isEqualTo(new RekeyOutcome.Suspended(RekeyOutcome.Why.CONFLICT));
  }

  @Test
  void rekey_toAnEpochThatIsNotNew_isNotPermitted() {
    Pair pair = new Pair(Suite.CLASSIC);
    PendingRekey pending = pair.begin(4);
    pair.complete(pending, over(pair.grant(pending, NOW)));
    for (long epoch : new long[] {1, 4}) {
      assertThat(pair.ask(pair.begin(epoch), 0, NOW))
          .isEqualTo(new RekeyOutcome.Refused(RequestStatus.NOT_PERMITTED));
    }
  }

  @Test
  void rekey_fourthThatWasNotDueInADay_suspends() {
    Pair pair = new Pair(Suite.CLASSIC);
    for (int i = 1; i <= 3; i++) {
      PendingRekey pending = pair.begin(i);
      pair.complete(pending, over(pair.grant(pending, NOW + i)));
    }
    PendingRekey fourth = pair.begin(4);
    assertThat(pair.ask(fourth, 0, NOW + DAY))
        .isEqualTo(new RekeyOutcome.Suspended(RekeyOutcome.Why.TOO_OFTEN));
    assertThat(pair.ask(fourth, 0, NOW + DAY + 1)).isInstanceOf(RekeyOutcome.Granted.class);
    assertThat(pair.ask(fourth, 1, NOW + 4)).isInstanceOf(RekeyOutcome.Granted.class);
  }

  @Test
  void rekey_thatIsDue_isNotCounted() {
    Pair pair = new Pair(Suite.CLASSIC);
    assertThat(((RekeyOutcome.Granted) pair.ask(pair.begin(1), 0, NOW + DAY)).next().undueMillis())
        .isEmpty();
    assertThat(((RekeyOutcome.Granted) pair.ask(pair.begin(1), 1, NOW)).next().undueMillis())
        .isEmpty();
    assertThat(((RekeyOutcome.Granted) pair.ask(pair.begin(1), 0, NOW)).next().undueMillis())
        .containsExactly(NOW);
    DeviceSequence at = pair.sequence;
    pair.sequence = new DeviceSequence(0, at.start(), 177, at.chain(), at.string2(), at.prev());
    assertThat(((RekeyOutcome.Granted) pair.ask(pair.begin(1), 0, NOW)).next().undueMillis())
        .isEmpty();
  }

  @Test
  void rekey_keysOfAnotherSuiteOrNone_areRefused() {
    Pair classic = new Pair(Suite.CLASSIC);
    Pair hybrid = new Pair(Suite.HYBRID);
    OpenedRequest request = classic.open(classic.begin(1));
    byte[] point = new byte[33];
    point[0] = 2;
    point[32] = 5;
    refused(classic.bank, request, new RequestArguments.Rekey(point, new byte[1184], 1, 77));
    refused(
        hybrid.bank, hybrid.open(hybrid.begin(1)), new RequestArguments.Rekey(point, null, 1, 77));
    refused(classic.bank, request, new RequestArguments.Rekey(new byte[33], null, 1, 77));
    byte[] unreduced = new byte[1184];
    Arrays.fill(unreduced, (byte) 0xff);
    refused(
        hybrid.bank,
        hybrid.open(hybrid.begin(1)),
        new RequestArguments.Rekey(point, unreduced, 1, 77));
  }

  private void refused(DeviceEpochs bank, OpenedRequest request, RequestArguments.Rekey asked) {
    assertThat(new BankRekey(random).rekey(bank, request, asked, 0, NOW, NOW))
        .isEqualTo(new RekeyOutcome.Refused(RequestStatus.ARGUMENTS_REFUSED));
  }
}
