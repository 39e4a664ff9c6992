package org.tallystick.code;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tallystick.codec.Base64Url;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.crypto.Secret;
import org.tallystick.crypto.Sha256;
import org.tallystick.crypto.Signer;
import org.tallystick.format.Signed;
import org.tallystick.sequencer.OneTimeKeys;

/**
 * The device's side of a code: signs the terms and seals them under the keys of the next number.
 * Pure: the caller stores the result in one durable write before any byte leaves.
 *
 * <p>Source: docs/PROTOCOL.md sections 4 (S1) and 5.
 */
public final class HalfSealer {
  private final DeviceBinding binding;
  private final Signer signer;
  private final SecureRandom random;

  /**
   * @param binding of this device
   * @param signer device key
   * @param random for salts
   */
  public HalfSealer(DeviceBinding binding, Signer signer, SecureRandom random) {
    this.binding = binding;
    this.signer = signer;
    this.random = random;
  }

  /**
   * Makes one half.
   *
   * @throws IllegalStateException if the epoch has no number left (S4)
   * @throws MalformedInputException if the protocol knows no half of these terms; nothing is used
   *     up
   * @param alias one-time alias, used for this code and then dropped
   * @param nowMillis device clock
   */
  public SealedHalf seal(DeviceSequence at, HalfTerms terms, byte[] alias, long nowMillis) {
    if (at.isExhausted()) {
      throw new IllegalStateException("the epoch has no number left: rekey first");
    }
    String account = Base64Url.encode(alias);
    try (OneTimeKeys keys = at.keys(binding)) {
      PrivateMap secrets = privateMap(keys, at, terms);
      byte[] privateMap = secrets.encode();
      SignedMap signed = signedMap(at, terms, privateMap, nowMillis);
      signed.requireGoesWith(secrets);
      byte[] payload = signed.encode();
      byte[] half =
          Signed.sign(
              signer,
              "half",
              binding.suite(),
              binding.consortium(),
              terms.number(),
              account,
              payload);
      String text =
          Code.seal(
              keys,
              binding.consortium(),
              terms.number(),
              account,
              new Code.Content(half, privateMap));
      byte[] hash = Code.hash(text);
      DeviceSequence next = at.sealed(keys, Arrays.copyOf(hash, 16));
      return new SealedHalf(text, hash, half, at.epoch(), at.n(), keys.replyRoot(), next);
    }
  }

  private PrivateMap privateMap(OneTimeKeys keys, DeviceSequence at, HalfTerms terms) {
    byte[] salt = new byte[16];
    random.nextBytes(salt);
    byte[] proof = null;
    if (terms.pin() != null) {
      try (Secret pinKey = keys.pinKey()) {
        proof =
            terms
                .pin()
                .proof(
                    pinKey,
                    binding.deviceId(),
                    at.epoch(),
                    at.n(),
                    terms.role().value(),
                    terms.billHash());
      }
    }
    return new PrivateMap(
        salt,
        proof,
        terms.shorthand(),
        binding.bindingValue(),
        terms.options().loyaltyId(),
        levelProofs(keys, at, terms));
  }

  private SortedMap<Integer, byte[]> levelProofs(
      OneTimeKeys keys, DeviceSequence at, HalfTerms terms) {
    SortedMap<Integer, byte[]> proofs = new TreeMap<>();
    try (Secret pinKey = keys.pinKey()) {
      terms
          .options()
          .levelPins()
          .forEach(
              (level, pin) ->
                  proofs.put(
                      level,
                      pin.levelProof(
                          pinKey,
                          level,
                          binding.deviceId(),
                          at.epoch(),
                          at.n(),
                          terms.role().value(),
                          terms.billHash())));
    }
    return proofs;
  }

  private SignedMap signedMap(
      DeviceSequence at, HalfTerms terms, byte[] privateMap, long nowMillis) {
    return new SignedMap(
        terms.role(),
        terms.purpose(),
        binding.deviceId(),
        binding.accountIdentifier(),
        binding.contractId(),
        at.epoch(),
        at.n(),
        terms.counterparty(),
        terms.billHash(),
        terms.amount(),
        nowMillis,
        terms.notAfterMillis(),
        terms.pin() == null ? 0 : 1,
        at.prev(),
        terms.logIndex(),
        hash(terms.options().compact(), terms.logHead()),
        hash(terms.options().compact(), Sha256.of(privateMap)),
        terms.cancelledN(),
        at.start().closed(),
        terms.extensions(),
        terms.conditions(),
        terms.options().belongsTo(),
        terms.options().compact());
  }

  private static byte[] hash(boolean compact, byte[] whole) {
    return compact ? Arrays.copyOf(whole, SignedMap.COMPACT_HASH_LENGTH) : whole;
  }
}
