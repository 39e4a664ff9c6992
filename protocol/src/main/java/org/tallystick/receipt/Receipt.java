package org.tallystick.receipt;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.tallystick.answer.Outcome;
import org.tallystick.code.Conditions;
import org.tallystick.code.Limits;
import org.tallystick.code.PrivateMap;
import org.tallystick.code.Purpose;
import org.tallystick.code.Role;
import org.tallystick.code.SignedMap;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.codec.MapReader;
import org.tallystick.cose.CoseSign1;
import org.tallystick.crypto.Sha256;
import org.tallystick.crypto.SignatureAlgorithm;
import org.tallystick.format.Format;
import org.tallystick.format.SignatureRefusedException;
import org.tallystick.format.Suite;
import org.tallystick.keys.BankKey;
import org.tallystick.keys.BankKeySet;
import org.tallystick.money.Money;
import org.tallystick.pin.Level;

/**
 * What a party keeps of a transaction; the other party is there only as a salted commitment.
 *
 * <p>Source: docs/PROTOCOL.md section 9; TSE-14.
 *
 * @param consortium two letters
 * @param receiptNumber 10 bytes
 * @param number transaction number, text
 * @param role of the party
 * @param accountIdentifier of the party, 16 bytes
 * @param contractId of the party, 16 bytes
 * @param deviceId of the party, 16 bytes
 * @param counterpartyCommitment 32 bytes
 * @param purpose of the half
 * @param billHash 32 bytes
 * @param amount with currency
 * @param outcome how it ended
 * @param timeMillis bank clock
 * @param codeHash 32 bytes
 * @param halfHash SHA-256 of the half's COSE_Sign1
 * @param logIndex line of the device's log
 * @param column1 of that line
 * @param column2 of that line
 * @param loyaltyId the payer's, on both receipts, or null
 * @param levels proven by this half, bits of {@link Level}; 0 for none
 * @param conditions as the payer's half has them: limits, consent granted, terms mode, content hash
 */
public record Receipt(
    String consortium,
    byte[] receiptNumber,
    String number,
    Role role,
    byte[] accountIdentifier,
    byte[] contractId,
    byte[] deviceId,
    byte[] counterpartyCommitment,
    Purpose purpose,
    byte[] billHash,
    Money amount,
    Outcome outcome,
    long timeMillis,
    byte[] codeHash,
    byte[] halfHash,
    long logIndex,
    byte[] column1,
    byte[] column2,
    @Nullable String loyaltyId,
    int levels,
    Conditions conditions) {
  /** What its signature is bound to. */
  public static final String TYPE = "receipt";

  /** Checks the additions. */
  public Receipt {
    if (loyaltyId != null) {
      PrivateMap.requireLoyaltyId(loyaltyId);
    }
    if (levels < 0 || levels > Level.ALL_BITS) {
      throw new MalformedInputException("unknown level");
    }
  }

  /** Deterministic CBOR map. */
  public byte[] encode() {
    return Cbor.map()
        .put(1, Cbor.of(Format.VERSION))
        .put(2, Cbor.of(consortium))
        .put(3, Cbor.of(receiptNumber))
        .put(4, Cbor.of(number))
        .put(5, Cbor.of(role.value()))
        .put(6, Cbor.of(accountIdentifier))
        .put(7, Cbor.of(contractId))
        .put(8, Cbor.of(deviceId))
        .put(9, Cbor.of(counterpartyCommitment))
        .put(10, Cbor.of(purpose.value()))
        .put(11, Cbor.of(billHash))
        .put(12, Cbor.of(amount.minor()))
        .put(13, Cbor.of(amount.currency()))
        .put(14, Cbor.of(outcome.value()))
        .put(15, Cbor.of(timeMillis))
        .put(16, Cbor.of(codeHash))
        .put(17, Cbor.of(halfHash))
        .put(18, Cbor.of(logIndex))
        .put(19, Cbor.of(column1))
        .put(20, Cbor.of(column2))
        .putIfPresent(21, loyaltyId == null ? null : Cbor.of(loyaltyId))
        .putIfPresent(22, levels == 0 ? null : Cbor.of(levels))
        .putIfPresent(23, conditions.consentItem())
        .putIfPresent(24, conditions.termsItem())
        .putIfPresent(25, conditions.limitsItem())
        .putIfPresent(26, conditions.contentItem())
        .build()
        .encode();
  }

  /** Strict inverse of {@link #encode}. */
  public static Receipt decode(byte[] bytes) {
    MapReader map = MapReader.of(Cbor.decode(bytes));
    map.integer(1, Format.VERSION, Format.VERSION);
    Receipt receipt =
        new Receipt(
            map.text(2, 2),
            map.bytes(3, 10),
            map.text(4, 16),
            Role.of(map.integer(5)),
            map.bytes(6, 16),
            map.bytes(7, 16),
            map.bytes(8, 16),
            map.bytes(9, 32),
            Purpose.of(map.integer(10)),
            map.bytes(11, 32),
            Money.of(map.integer(12, 0, Money.MAX_MINOR), map.text(13, 3)),
            Outcome.of(map.integer(14)),
            map.integer(15),
            map.bytes(16, 32),
            map.bytes(17, 32),
            map.integer(18),
            map.bytes(19, 32),
            map.bytes(20, 32),
            map.optional(21).map(text -> text.asText(PrivateMap.MAX_LOYALTY_ID)).orElse(null),
            map.optional(22).isPresent() ? (int) map.integer(22, 1, Level.ALL_BITS) : 0,
            Conditions.of(map.optional(25), map.optional(26), map.optional(23), map.optional(24)));
    map.end();
    return receipt;
  }

  /**
   * A4 and V4: reads a receipt that the bank has signed by keys that are valid at its time; in
   * suite HYBRID by both algorithms over the same bytes.
   *
   * @param sign1 by ES256
   * @param second by ML-DSA-65, or null; there exactly with suite HYBRID
   * @param suite of the device
   * @param number of the transaction
   * @throws SignatureRefusedException if a signature is missing, too many or does not hold
   */
  public static Receipt verify(
      byte[] sign1, byte @Nullable [] second, Suite suite, BankKeySet bank, String number) {
    byte[] payload = CoseSign1.decode(sign1).payload();
    Receipt receipt = decode(payload);
    if ((second != null) != (suite == Suite.HYBRID)) {
      throw new SignatureRefusedException(TYPE);
    }
    receipt.payload(sign1, SignatureAlgorithm.ES256, suite, bank, number);
    if (second != null) {
      byte[] same = receipt.payload(second, SignatureAlgorithm.ML_DSA_65, suite, bank, number);
      if (!Arrays.equals(payload, same)) {
        throw new SignatureRefusedException(TYPE);
      }
    }
    if (!receipt.consortium.equals(bank.consortium()) || !receipt.number.equals(number)) {
      throw new MalformedInputException("receipt names another consortium or number than its AAD");
    }
    return receipt;
  }

  /**
   * A4 and V4: whether it states the terms of a half, and beyond them nothing that the half does
   * not allow. The amount is the payer's: of a payee's half, with the tip.
   *
   * @param half of the same party; a compact one with its account and contract
   */
  public boolean states(SignedMap half) {
    Conditions said = half.conditions();
    boolean conditionsFit =
        role == Role.PAYER
            ? conditions.isSameAs(said)
            : conditions.hasContentOf(said)
                && conditions.terms() == said.terms()
                && conditions.consentIsWithin(said)
                && limitsAreWithin(said.limits());
    long tip = role == Role.PAYER ? 0 : conditions.tipMinor();
    return role == half.role()
        && purpose == half.purpose()
        && Arrays.equals(deviceId, half.deviceId())
        && Arrays.equals(accountIdentifier, half.accountIdentifier())
        && Arrays.equals(contractId, half.contractId())
        && Arrays.equals(billHash, half.billHash())
        && amount.currency().equals(half.amount().currency())
        && amount.minor() == half.amount().minor() + tip
        && conditionsFit;
  }

  /** A payee's receipt has the payer's limits, or none where there was no payer's half. */
  private boolean limitsAreWithin(@Nullable Limits payees) {
    return conditions.limits() == null
        || (Limits.tipFits(conditions.limits(), payees)
            && Limits.sameBeyondTip(conditions.limits(), payees));
  }

  private byte[] payload(
      byte[] sign1, SignatureAlgorithm by, Suite suite, BankKeySet bank, String number) {
    return bank.payload(sign1, BankKey.RECEIPT, by, TYPE, suite, number, timeMillis);
  }

  /**
   * Commitment to the other party.
   *
   * @param salt 16 bytes, one for each receipt
   * @param accountIdentifier 16 bytes, or empty where there is no other party
   * @param deviceId 16 bytes, or empty
   */
  public static byte[] counterparty(byte[] salt, byte[] accountIdentifier, byte[] deviceId) {
    return Sha256.of(
        Cbor.array(
                Cbor.of("tallystick counterparty"),
                Cbor.of(salt),
                Cbor.of(accountIdentifier),
                Cbor.of(deviceId))
            .encode());
  }
}
