package org.tallystick.it;

import com.fasterxml.jackson.databind.JsonNode;
import org.tallystick.answer.Answer;
import org.tallystick.answer.SealedAnswer;
import org.tallystick.code.DeviceBinding;
import org.tallystick.code.SealedHalf;
import org.tallystick.codec.Base64Url;
import org.tallystick.crypto.SignatureAlgorithm;
import org.tallystick.crypto.VerificationKey;
import org.tallystick.keys.BankKey;
import org.tallystick.keys.BankKeySet;
import org.tallystick.receipt.Receipt;

/**
 * The bank's published keys, for a test that opens answers by itself.
 *
 * @param set as the root signed it
 */
record BankKeys(BankKeySet set) {
  /**
   * Reads what {@code GET /keys} says.
   *
   * @param said its body
   */
  static BankKeys of(JsonNode said) {
    byte[] root = Base64Url.decode(said.path("root").asText());
    byte[] signed = Base64Url.decode(said.path("keys").asText());
    return new BankKeys(BankKeySet.verify(signed, VerificationKey.ofPoint(root), "TL"));
  }

  /** An answer to a half of a device. */
  Answer open(byte[] sealed, DeviceBinding device, SealedHalf half) {
    return set.valid(BankKey.ANSWER, SignatureAlgorithm.ES256, System.currentTimeMillis()).stream()
        .flatMap(
            key ->
                SealedAnswer.open(
                    sealed,
                    device.suite(),
                    device.consortium(),
                    device.deviceId(),
                    half.epoch(),
                    half.n(),
                    key,
                    half.replyRoot())
                    .stream())
        .findFirst()
        .orElseThrow(() -> new AssertionError("no answer of this bank's"));
  }

  /** The receipt that an answer to this device carries. */
  Receipt receipt(Answer answer, DeviceBinding device) {
    byte[] sign1 = answer.receipt();
    if (sign1 == null) {
      throw new AssertionError("no receipt in " + answer.outcome());
    }
    return Receipt.verify(sign1, answer.secondReceipt(), device.suite(), set, answer.number());
  }
}
