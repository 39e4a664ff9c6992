package org.tallystick.code;

import java.util.Arrays;
import java.util.Optional;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.cose.CoseSign1;
import org.tallystick.crypto.Secret;
import org.tallystick.crypto.Sha256;
import org.tallystick.crypto.SignatureVerifier;
import org.tallystick.format.Format;
import org.tallystick.sequencer.OneTimeKeys;
import org.tallystick.sequencer.SequencerState;

/**
 * Opens a code with the duplicate sequencer: steps O4 to O9, each in its place. Pure: it neither
 * stores nor sends. The caller has parsed (O1), found the device (O2) and looked for the code among
 * the consumed ones (O3), and holds the device's lock.
 *
 * <p>Source: docs/PROTOCOL.md section 5.2.
 */
public final class CodeOpener {
  private final SignatureVerifier deviceKey;
  private final SequencerState state;
  private final ConsumedCodes consumed;

  /**
   * @param deviceKey as bound at enrolment
   * @param state of the device's duplicate sequencer
   * @param consumed numbers used up
   */
  public CodeOpener(SignatureVerifier deviceKey, SequencerState state, ConsumedCodes consumed) {
    this.deviceKey = deviceKey;
    this.state = state;
    this.consumed = consumed;
  }

  /** A rule of opening that an authentic ciphertext broke. */
  private static final class Broken extends Exception {
    private static final long serialVersionUID = 1L;

    private final String step;

    Broken(String step) {
      super(step);
      this.step = step;
    }
  }

  /**
   * Opens one code.
   *
   * @param nowMillis bank clock
   * @param skippedUntilMillis until when numbers passed over stay open
   */
  public OpenResult open(Code code, long nowMillis, long skippedUntilMillis) {
    if (code.suite() != state.suite()) {
      return new OpenResult.Dropped("O4");
    }
    Optional<OneTimeKeys> found = state.find(code.hint(), nowMillis);
    if (found.isEmpty()) {
      return new OpenResult.Dropped("O4");
    }
    try (OneTimeKeys keys = found.get()) {
      Optional<byte[]> plaintext = code.open(keys);
      if (plaintext.isEmpty()) {
        return new OpenResult.Dropped("O5");
      }
      SequencerState next = state.used(keys.n(), nowMillis, skippedUntilMillis);
      byte[] hash = code.hash();
      try {
        return new OpenResult.Opened(read(code, keys, plaintext.get(), hash), next);
      } catch (Broken broken) {
        return new OpenResult.Compromised(broken.step, keys.n(), hash, keys.replyRoot(), next);
      }
    }
  }

  private OpenedHalf read(Code code, OneTimeKeys keys, byte[] plaintext, byte[] hash)
      throws Broken {
    Code.Content content;
    CoseSign1 half;
    SignedMap signed;
    PrivateMap privateMap;
    try {
      content = Code.Content.decode(plaintext); // O6
      half = CoseSign1.decode(content.half());
      signed = SignedMap.decode(half.payload());
      privateMap = PrivateMap.decode(content.privateMap());
    } catch (MalformedInputException malformed) {
      throw new Broken("O6");
    }
    byte[] aad =
        Format.aad("half", state.suite(), code.consortium(), code.number(), code.account());
    require(half.verify(deviceKey, Format.typ("half"), aad), "O7");
    require(Arrays.equals(signed.deviceId(), state.deviceId()), "O8");
    require(signed.epoch() == keys.epoch() && signed.n() == keys.n(), "O8");
    require(Arrays.equals(signed.privateDigest(), Sha256.of(content.privateMap())), "O8");
    require(signed.role() != Role.PAYEE || numberFits(code, signed, keys), "O8");
    require(signed.purpose() != Purpose.CANCEL || signed.role() == Role.PAYEE, "O8");
    require(prevFits(signed, hash), "O9");
    Secret pinKey = keys.pinKey();
    return new OpenedHalf(code, signed, privateMap, content.half(), hash, keys.replyRoot(), pinKey);
  }

  /** A payee's transaction number is the one that its own sequencer number yields. */
  private boolean numberFits(Code code, SignedMap signed, OneTimeKeys keys) {
    Long cancelled = signed.cancelledN();
    if (cancelled == null) {
      return TransactionNumber.text(keys.number()).equals(code.number());
    }
    if (cancelled >= signed.n()) {
      return false;
    }
    Optional<ConsumedCodes.Consumed> used = consumed.byNumber(signed.epoch(), cancelled);
    if (used.isPresent()) {
      return used.get().number().equals(code.number());
    }
    return state
        .keysOf(cancelled)
        .map(
            of -> {
              try (of) {
                return TransactionNumber.text(of.number()).equals(code.number());
              }
            })
        .orElse(true); // its key is long gone; P6 asks for the half itself in the slot
  }

  /** O9: no accepted neighbour of this number belongs to another history. */
  private boolean prevFits(SignedMap signed, byte[] hash) {
    boolean before =
        consumed
            .byNumber(signed.epoch(), signed.n() - 1)
            .map(c -> Arrays.equals(Arrays.copyOf(c.codeHash(), 16), signed.prev()))
            .orElse(true);
    boolean after =
        consumed
            .byNumber(signed.epoch(), signed.n() + 1)
            .map(c -> Arrays.equals(c.prev(), Arrays.copyOf(hash, 16)))
            .orElse(true);
    return before && after;
  }

  private static void require(boolean holds, String step) throws Broken {
    if (!holds) {
      throw new Broken(step);
    }
  }
}
