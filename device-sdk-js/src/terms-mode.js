/**
 * Terms mode: a payer without data types number and amount, and never has the bill (D1).
 * docs/PROTOCOL.md section 6.2.
 */
import { LIMITS } from './format.js';
import { StepRefused } from './refusal.js';
import { concat, ofText } from './bytes.js';
import { encode } from './cbor.js';
import { isCurrency } from './money.js';
import { numberBytes } from './crockford.js';
import { sha256 } from './crypto.js';

/**
 * What stands in both halves where a bill's hash would.
 *
 * @param {string} consortium
 * @param {string} number canonical
 * @param {number} amount minor units
 * @param {string} currency
 * @throws {StepRefused} `terms` where they are none
 */
export async function termsHash(consortium, number, amount, currency) {
  const isAmount = Number.isSafeInteger(amount) && amount >= 0 && amount <= LIMITS.amountMinor;
  if (!isAmount || !isCurrency(currency)) {
    throw new StepRefused('terms', 'no amount, or no currency');
  }
  const content = encode([consortium, numberBytes(number), amount, currency]);
  return sha256(concat(ofText('tallystick terms'), content));
}
