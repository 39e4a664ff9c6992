package org.tallystick.vectors;

import java.util.ArrayList;
import java.util.List;
import org.tallystick.alias.AliasKey;
import org.tallystick.crypto.MessageSigner;
import org.tallystick.crypto.MlDsaSigningKey;
import org.tallystick.crypto.Sha256;
import org.tallystick.crypto.SigningKey;
import org.tallystick.format.Suite;
import org.tallystick.keys.BankKey;
import org.tallystick.keys.BankKeySet;

/** The bank of the worked example. */
final class ExampleBank {
  static final String CONSORTIUM = "TL";
  static final String NAME = "Example Bank";

  final byte[] rootScalar = Fixed.bytes("bank root key", 32);
  final SigningKey root = SigningKey.ofScalar(rootScalar);
  final SigningKey answer = Fixed.signing("bank answer key");
  final SigningKey receipt = Fixed.signing("bank receipt key");
  final SigningKey certificate = Fixed.signing("bank certificate key");
  final byte[] aliasSecret = Fixed.bytes("bank alias key", 32);
  final AliasKey aliasKey = new AliasKey(7, org.tallystick.crypto.Secret.copyOf(aliasSecret));
  final byte[] secondReceiptSeed = Fixed.bytes("bank ML-DSA receipt key", 32);
  final MlDsaSigningKey secondReceipt = MlDsaSigningKey.ofSeed(secondReceiptSeed);
  final byte[] keySet;

  /** A bank of suite 1, or of both. */
  ExampleBank(Suite highest) {
    keySet = keySet(highest).sign(root);
  }

  private BankKeySet keySet(Suite highest) {
    List<BankKey> keys =
        new ArrayList<>(
            List.of(
                key(BankKey.ANSWER, answer),
                key(BankKey.RECEIPT, receipt),
                key(BankKey.CERTIFICATE, certificate)));
    if (highest == Suite.HYBRID) {
      keys.add(key(BankKey.RECEIPT, secondReceipt));
    }
    return new BankKeySet(
        CONSORTIUM, NAME, 1, List.copyOf(keys), Fixed.NOW - 86_400_000, 0, Suite.CLASSIC);
  }

  private static BankKey key(String use, MessageSigner key) {
    return new BankKey(
        use, key.verificationKey(), Fixed.NOW - 86_400_000, Fixed.NOW + 86_400_000L * 365);
  }

  byte[] rootPublic() {
    return root.verificationKey().compressed();
  }

  Vector vector() {
    return Vector.of("keys", "the bank's key set")
        .text("consortium", CONSORTIUM)
        .hex("rootScalar", rootScalar)
        .hex("rootPublic", rootPublic())
        .hex("fingerprint", Sha256.of(rootPublic()))
        .integer("at", Fixed.NOW)
        .hex("keySet", keySet)
        .hex("answerPublic", answer.verificationKey().compressed())
        .hex("receiptPublic", receipt.verificationKey().compressed())
        .hex("certificatePublic", certificate.verificationKey().compressed());
  }
}
