package org.tallystick.simulation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.tallystick.alias.AliasKey;
import org.tallystick.code.DeviceBinding;
import org.tallystick.code.Role;
import org.tallystick.crypto.Secret;
import org.tallystick.crypto.Sha256;
import org.tallystick.crypto.Signer;
import org.tallystick.crypto.VerificationKey;
import org.tallystick.format.Format;
import org.tallystick.format.Suite;
import org.tallystick.log.LogLine;
import org.tallystick.pin.PinVerifier;

/** The parties and keys that every schedule uses again; making keys is dear. */
final class Cast {
  static final String CONSORTIUM = Format.DEFAULT_CONSORTIUM;
  static final String CURRENCY = "EUR";
  static final int MAX_PAYERS = 3;
  static final int MAX_PAYEES = 2;

  /** One PBKDF2 iteration: the PIN's stretching is not what is simulated. */
  private static final int PIN_ITERATIONS = 1;

  private static final Chance CHANCE = new Chance(20_250_101L);

  static final Signer ANSWER_KEY = new TableSigner(CHANCE);
  static final Signer THIEF_KEY = new TableSigner(CHANCE);
  static final AliasKey ALIAS_KEY = new AliasKey(1, Secret.random(CHANCE.secure(), 32));

  /** Payers, then payees; the last of each takes part after healing only. */
  static final List<Party> PAYERS = parties("payer", Role.PAYER, MAX_PAYERS + 1, 0);

  static final List<Party> PAYEES = parties("payee", Role.PAYEE, MAX_PAYEES + 1, MAX_PAYERS + 1);

  private Cast() {}

  /** Signs bills and receipts, whose signatures nobody checks here: a hash in place of a curve. */
  static final class StandIn implements Signer {
    @Override
    public byte[] sign(byte[] message) {
      byte[] signature = new byte[VerificationKey.SIGNATURE_LENGTH];
      System.arraycopy(Sha256.of(message), 0, signature, 0, Sha256.LENGTH);
      return signature;
    }

    @Override
    public VerificationKey verificationKey() {
      return ANSWER_KEY.verificationKey();
    }
  }

  private static List<Party> parties(String name, Role role, int count, int firstIndex) {
    List<Party> parties = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      parties.add(party(firstIndex + i, name + (i + 1), role));
    }
    return List.copyOf(parties);
  }

  private static Party party(int index, String name, Role role) {
    byte[] deviceId = CHANCE.bytes(16);
    DeviceBinding binding =
        new DeviceBinding(
            CONSORTIUM,
            Suite.CLASSIC,
            deviceId,
            CHANCE.bytes(16),
            CHANCE.bytes(16),
            CHANCE.bytes(16));
    Secret pinSecret = Secret.random(CHANCE.secure(), 32);
    byte[] salt = CHANCE.bytes(16);
    return new Party(
        index,
        name,
        role,
        binding,
        new TableSigner(CHANCE),
        PinVerifier.ofPin("4711".toCharArray(), pinSecret, salt, PIN_ITERATIONS),
        PinVerifier.ofPin("4712".toCharArray(), pinSecret, salt, PIN_ITERATIONS),
        LogLine.seed(
            Suite.CLASSIC, deviceId, ("binding of " + name).getBytes(StandardCharsets.US_ASCII)));
  }
}
