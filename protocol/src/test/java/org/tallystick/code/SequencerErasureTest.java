package org.tallystick.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tallystick.crypto.Secret;
import org.tallystick.format.Format;
import org.tallystick.format.Suite;
import org.tallystick.sequencer.OneTimeKeys;

/**
 * Property 2: who holds a state at n, of the bank or of the device, opens no code before n. The
 * thief tries every 32 bytes of what he holds in the place of every secret.
 */
class SequencerErasureTest {
  private static final int CODES = 4;

  private final TestParty payer = new TestParty(Role.PAYER);
  private final List<Code> before = new ArrayList<>();

  @Test
  void bankState_afterItsCodes_opensNoneOfThem() {
    makeAndAccept();
    assertNoneOpens(payer.bank.encode());
  }

  @Test
  void deviceState_afterItsCodes_opensNoneOfThem() {
    List<byte[]> held = new ArrayList<>();
    makeAndAccept().forEach(half -> held.add(half.replyRoot().reveal()));
    held.add(payer.device.chain().reveal());
    held.add(payer.device.string2().reveal());
    held.add(payer.key.scalar());
    assertNoneOpens(joined(held));
  }

  /** The same thief with the state before: he must be able to open, or he proves nothing. */
  @Test
  void bankState_beforeItsCodes_opensThemAll() {
    byte[] state = payer.bank.encode();
    makeAndAccept();
    for (Code code : before) {
      assertThat(opens(state, code)).as("code %s", code.number()).isTrue();
    }
  }

  /** A skipped key is a key on purpose: it opens its own number and no other. */
  @Test
  void bankState_withASkippedNumber_opensThatOneAlone() {
    payer.accept(payer.seal().text());
    Code used = before(payer.seal());
    Code skipped = Code.parse(payer.seal().text());
    Code after = before(payer.seal());
    payer.accept(used.text());
    payer.accept(after.text());
    byte[] state = payer.bank.encode();
    assertThat(opens(state, skipped)).isTrue();
    before.forEach(code -> assertThat(opens(state, code)).isFalse());
  }

  private Code before(SealedHalf half) {
    Code code = Code.parse(half.text());
    before.add(code);
    return code;
  }

  private List<SealedHalf> makeAndAccept() {
    List<SealedHalf> halves = new ArrayList<>();
    for (int i = 0; i < CODES; i++) {
      SealedHalf half = payer.seal();
      halves.add(half);
      before(half);
      payer.accept(half.text());
    }
    return halves;
  }

  private void assertNoneOpens(byte[] held) {
    for (Code code : before) {
      assertThat(opens(held, code)).as("code %s", code.account()).isFalse();
    }
  }

  private static byte[] joined(List<byte[]> parts) {
    byte[] all = new byte[parts.stream().mapToInt(part -> part.length).sum()];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }

  /** Whether any 32 bytes open the code: as its key, as P(n), or as a chain at or before n. */
  private boolean opens(byte[] held, Code code) {
    for (int from = 0; from + 32 <= held.length; from++) {
      byte[] guess = Arrays.copyOfRange(held, from, from + 32);
      if (opensAsKey(guess, code) || opensAsChain(guess, code)) {
        return true;
      }
    }
    return false;
  }

  private static boolean opensAsKey(byte[] guess, Code code) {
    byte[] aad =
        Format.aad("code", Suite.CLASSIC, code.consortium(), code.number(), code.account());
    return code.sealed().open(guess, aad).isPresent();
  }

  private boolean opensAsChain(byte[] guess, Code code) {
    byte[] device = payer.binding.deviceId();
    Secret string2 = payer.device.string2();
    for (long n = 77; n < 77 + CODES; n++) {
      try (OneTimeKeys kept =
          OneTimeKeys.ofSkipped(Secret.copyOf(guess), Suite.CLASSIC, device, 0, n)) {
        if (code.open(kept).isPresent()) {
          return true;
        }
      }
      Secret chain = Secret.copyOf(guess);
      for (long m = n; m < 77 + CODES; m++) {
        try (OneTimeKeys keys = OneTimeKeys.derive(chain, string2, Suite.CLASSIC, device, 0, m)) {
          if (code.open(keys).isPresent()) {
            return true;
          }
          chain = keys.nextChain();
        }
      }
    }
    return false;
  }
}
