package org.tallystick.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.tallystick.sequencer.DeviceEpochs;
import org.tallystick.sequencer.NumberAt;

/** Whatever an honest device does, its bank and it meet again, and no number is used twice. */
class EpochsPropertyTest {
  private final TestParty payer = new TestParty(Role.PAYER);
  private final List<SealedHalf> underway = new ArrayList<>();
  private final Set<NumberAt> opened = new HashSet<>();
  private final List<SealedHalf> arrived = new ArrayList<>();
  private int rekeys;

  /** 0 to 5: seal; 6: rekey; 7 to 9: one code of those underway arrives; 10: one is lost. */
  private void step(int what, Random chance) {
    if (what < 6) {
      if (!payer.device.isExhausted() && underway.size() < 60) {
        underway.add(payer.seal());
      }
    } else if (what == 6) {
      rekeys++;
      payer.rekey(rekeys, 10_000L * rekeys);
    } else if (!underway.isEmpty()) {
      SealedHalf half = underway.remove(chance.nextInt(underway.size()));
      if (what < 10) {
        arrive(half);
      }
    }
  }

  private void arrive(SealedHalf half) {
    OpenResult result = payer.open(half.text());
    if (result instanceof OpenResult.Opened) {
      payer.accept(half.text());
      arrived.add(half);
      assertThat(opened.add(new NumberAt(half.epoch(), half.n()))).isTrue();
    } else {
      assertThat(result).isEqualTo(new OpenResult.Dropped("O4")); // its key fell to a limit
    }
  }

  @Property(tries = 200)
  void honestDevice_anyOrderOfCodesAndRekeys_isNeverTakenForACopy(
      @ForAll @Size(max = 120) List<@IntRange(max = 10) Integer> steps, @ForAll long seed) {
    Random chance = new Random(seed);
    for (int what : steps) {
      step(what, chance);
      DeviceEpochs stored = DeviceEpochs.decode(payer.bank.encode());
      assertThat(stored.encode()).isEqualTo(payer.bank.encode());
      assertThat(payer.bank.skipped()).hasSizeLessThanOrEqualTo(DeviceEpochs.MAX_SKIPPED);
      payer.bank = stored;
    }
    for (SealedHalf half : arrived) {
      assertThat(payer.open(half.text())).isEqualTo(new OpenResult.Dropped("O4"));
    }
    if (payer.device.isExhausted()) {
      payer.rekey(rekeys + 1, 10_000L * (rekeys + 1));
    }
    assertThat(payer.open(payer.seal().text())).isInstanceOf(OpenResult.Opened.class);
  }
}
