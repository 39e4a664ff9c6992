package org.tallystick.sequencer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.crypto.Secret;
import org.tallystick.format.Sealed;
import org.tallystick.format.Suite;

/** Keys that a step does not hand on are wiped, and what it keeps stays within its limits. */
class SequencerWipingTest {
  private static final byte[] DEVICE = new byte[16];
  private static final long NOW = 1_000;

  private static Secret secret(int fill) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) fill);
    return Secret.adopt(bytes);
  }

  private static EpochSecrets secrets(long first) {
    return new EpochSecrets(first, secret(1), secret(2), secret(3), secret(4));
  }

  private static DeviceEpochs enrolled() {
    return DeviceEpochs.enrolled(Suite.CLASSIC, DEVICE, secrets(100), 0, NOW);
  }

  private static void wiped(OneTimeKeys keys) {
    assertThatThrownBy(keys::key).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void find_keysThatAreNotWanted_areWiped() {
    Epoch epoch = enrolled().newest();
    List<OneTimeKeys> tried = new ArrayList<>();
    OneTimeKeys found =
        epoch
            .find(
                Suite.CLASSIC,
                DEVICE,
                keys -> {
                  tried.add(keys);
                  return keys.n() == 102;
                })
            .orElseThrow();
    assertThat(tried.stream().map(OneTimeKeys::n)).containsExactly(100L, 101L, 102L);
    wiped(tried.get(0));
    wiped(tried.get(1));
    assertThatCode(found::key).doesNotThrowAnyException();
    found.close();
    wiped(found);
  }

  @Test
  void find_noneWanted_triesTheWindowAndNoMore() {
    DeviceEpochs epochs = enrolled();
    AtomicLong last = new AtomicLong();
    assertThat(
            epochs
                .newest()
                .find(
                    Suite.CLASSIC,
                    DEVICE,
                    keys -> {
                      last.set(keys.n());
                      return false;
                    }))
        .isEmpty();
    assertThat(last).hasValue(100 + Epoch.WINDOW - 1);
    assertThat(epochs.newest().find(Suite.CLASSIC, DEVICE, keys -> true)).isPresent(); // kept
  }

  @Test
  void passing_keysShownOnTheWay_areWipedAfterwards() {
    List<OneTimeKeys> shown = new ArrayList<>();
    Epoch after = enrolled().newest().passing(Suite.CLASSIC, DEVICE, 103, shown::add);
    assertThat(after.next()).isEqualTo(103);
    assertThat(shown.stream().map(OneTimeKeys::n)).containsExactly(100L, 101L, 102L);
    shown.forEach(SequencerWipingTest::wiped);
  }

  @Test
  void epoch_goingBackOrPastItsEnd_isRefused() {
    Epoch epoch = enrolled().newest();
    Epoch end = epoch.passing(Suite.CLASSIC, DEVICE, 100 + Epoch.NUMBERS, keys -> {});
    assertThat(end.next()).isEqualTo(end.end());
    assertThatThrownBy(() -> epoch.passing(Suite.CLASSIC, DEVICE, 99, keys -> {}))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> epoch.passing(Suite.CLASSIC, DEVICE, 357, keys -> {}))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> epoch.closed().passing(Suite.CLASSIC, DEVICE, 101, keys -> {}))
        .isInstanceOf(IllegalStateException.class);
    assertThat(epoch.closed().find(Suite.CLASSIC, DEVICE, keys -> true)).isEmpty();
  }

  @Test
  void epoch_atItsEnds_hasItsNumbersAndNoOthers() {
    Epoch epoch = enrolled().newest();
    assertThat(epoch.has(99)).isFalse();
    assertThat(epoch.has(100)).isTrue();
    assertThat(epoch.has(355)).isTrue();
    assertThat(epoch.has(356)).isFalse();
  }

  @Test
  void epochSecrets_closed_areAllWiped() {
    EpochSecrets secrets = secrets(1);
    secrets.close();
    for (Secret secret :
        List.of(secrets.string1(), secrets.string2(), secrets.root(), secrets.down())) {
      assertThatThrownBy(secret::reveal).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void sealingKeys_closed_areBothWiped() {
    Sealed seal = new Sealed(secret(1), secret(2));
    seal.close();
    assertThatThrownBy(() -> seal.key().reveal()).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> seal.ivKey().reveal()).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void skippedKeys_overTheirLimit_loseTheLowest() {
    Epoch epoch = enrolled().newest();
    SkippedKeys kept = new SkippedKeys(new TreeMap<>(), NOW, NOW);
    epoch.passing(Suite.CLASSIC, DEVICE, 100 + DeviceEpochs.MAX_SKIPPED, kept.of(epoch));
    assertThat(kept.limited()).hasSize(128);
    assertThat(kept.limited().firstKey()).isEqualTo(new NumberAt(0, 100));
    epoch.passing(Suite.CLASSIC, DEVICE, 100 + DeviceEpochs.MAX_SKIPPED + 1, kept.of(epoch));
    assertThat(kept.limited()).hasSize(128);
    assertThat(kept.limited().firstKey()).isEqualTo(new NumberAt(0, 101));
  }

  @Test
  void skippedKey_untilItsTimeHasCome_staysAndIsThenGone() {
    Epoch epoch = enrolled().newest();
    SkippedKeys kept = new SkippedKeys(new TreeMap<>(), NOW, NOW);
    epoch.passing(Suite.CLASSIC, DEVICE, 101, kept.of(epoch));
    assertThat(new SkippedKeys(kept.limited(), NOW, NOW).limited()).hasSize(1);
    assertThat(new SkippedKeys(kept.limited(), NOW + 1, NOW).limited()).isEmpty();
    assertThat(kept.remove(new NumberAt(0, 99))).isFalse();
    assertThat(kept.remove(new NumberAt(0, 100))).isTrue();
    assertThat(kept.limited()).isEmpty();
  }

  @Test
  void numberAt_belowZero_isRefusedAndElseOrderedByEpochFirst() {
    assertThat(new NumberAt(0, 0)).isLessThan(new NumberAt(0, 1));
    assertThat(new NumberAt(0, 9)).isLessThan(new NumberAt(1, 0));
    assertThat(new NumberAt(1, 1)).isEqualByComparingTo(new NumberAt(1, 1));
    assertThatThrownBy(() -> new NumberAt(-1, 0)).isInstanceOf(MalformedInputException.class);
    assertThatThrownBy(() -> new NumberAt(0, -1)).isInstanceOf(MalformedInputException.class);
    NumberAt at = new NumberAt(3, 4);
    assertThat(NumberAt.of(at.toCbor())).isEqualTo(at);
  }

  @Test
  void epochs_rekeyedToNoHigherNumber_areRefused() {
    DeviceEpochs epochs = enrolled();
    assertThatThrownBy(() -> epochs.rekeyed(0, secrets(1), new byte[32], 0, List.of(), NOW, NOW))
        .isInstanceOf(IllegalStateException.class);
    DeviceEpochs rekeyed = epochs.rekeyed(1, secrets(1), new byte[32], 9, List.of(), NOW, NOW);
    assertThat(rekeyed.epoch(1)).contains(rekeyed.newest());
    assertThat(rekeyed.epoch(0)).contains(epochs.newest());
    assertThat(rekeyed.epoch(2)).isEmpty();
    assertThat(rekeyed.recoveryEpoch(new NumberAt(1, 1))).isEqualTo(9);
    assertThat(rekeyed.recoveryEpoch(new NumberAt(0, 100))).isZero();
    assertThat(rekeyed.roots().stream().map(EpochRoot::epoch)).containsExactly(1L, 0L);
    assertThat(epochs.roots()).hasSize(1);
  }

  @Test
  void noticeChain_afterEachNotice_hasOtherKeysAndOneMoreMade() {
    DownChain first = DownChain.initial(2, secret(5));
    DownChain second = first.next(Suite.CLASSIC, DEVICE);
    assertThat(first.made()).isZero();
    assertThat(second.made()).isEqualTo(1);
    assertThat(second.epoch()).isEqualTo(2);
    assertThat(second.down()).isNotEqualTo(first.down());
    byte[] token = first.keys(Suite.CLASSIC, DEVICE).pickup();
    assertThat(token).hasSize(16);
    assertThat(second.keys(Suite.CLASSIC, DEVICE).pickup()).isNotEqualTo(token);
    assertThat(first.keys(Suite.HYBRID, DEVICE).pickup()).isNotEqualTo(token);
    assertThat(first.keys(Suite.CLASSIC, new byte[15]).pickup()).isNotEqualTo(token);
  }
}
