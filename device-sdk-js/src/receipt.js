/** Receipts; docs/PROTOCOL.md section 9. */
import { MapReader, decode, encode } from './cbor.js';
import { FORMAT, LIMITS, PURPOSE } from './format.js';
import { loyaltyId } from './half.js';
import { readConditions } from './conditions.js';
import { requireCurrency } from './money.js';
import { sha256 } from './crypto.js';

const CONDITIONS = Object.freeze({ limits: 25, contentHash: 26, consent: 23, terms: 24 });
const ALL_LEVELS = 2 ** LIMITS.levels - 1;

/**
 * Strict reading of a receipt's payload; the signature is checked by who calls.
 *
 * @param {Uint8Array} bytes
 */
export function decodeReceipt(bytes) {
  const reader = new MapReader(decode(bytes));
  reader.integer(1, FORMAT, FORMAT);
  const receipt = {
    consortium: reader.text(2, 2),
    receiptNumber: reader.bytes(3, 10),
    number: reader.text(4, 16),
    role: reader.integer(5, 1, 2),
    accountIdentifier: reader.bytes(6, 16),
    contractId: reader.bytes(7, 16),
    deviceId: reader.bytes(8, 16),
    counterpartyCommitment: reader.bytes(9, 32),
    purpose: reader.integer(10, PURPOSE.PURCHASE, PURPOSE.CHARGE),
    billHash: reader.bytes(11, 32),
    amount: reader.integer(12, 0, LIMITS.amountMinor),
    currency: requireCurrency(reader.text(13, 3)),
    outcome: reader.integer(14, 1, 5),
    time: reader.integer(15),
    codeHash: reader.bytes(16, 32),
    halfHash: reader.bytes(17, 32),
    logIndex: reader.integer(18),
    column1: reader.bytes(19, 32),
    column2: reader.bytes(20, 32),
    loyaltyId: reader.has(21) ? loyaltyId(reader.value(21)) : null,
    levels: reader.has(22) ? reader.integer(22, 1, ALL_LEVELS) : 0,
    conditions: readConditions(reader, CONDITIONS, null),
  };
  reader.end();
  return receipt;
}

/** @typedef {ReturnType<typeof decodeReceipt>} Receipt */

/**
 * Commitment to the other party.
 *
 * @param {Uint8Array} salt
 * @param {Uint8Array} accountIdentifier 16 bytes, or empty
 * @param {Uint8Array} deviceId 16 bytes, or empty
 */
export const counterpartyCommitment = (salt, accountIdentifier, deviceId) =>
  sha256(encode(['tallystick counterparty', salt, accountIdentifier, deviceId]));
