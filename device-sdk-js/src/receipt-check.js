/** A4: whether a receipt is of one half of this device; docs/PROTOCOL.md sections 8 and 9. */
import { areEmpty, sameAuthority, sameContent } from './conditions.js';
import { OUTCOME, PURPOSE, ROLE } from './format.js';
import { equal } from './bytes.js';
import { sha256 } from './crypto.js';
import { termsOf } from './half.js';

/** @typedef {import('./answer.js').Answer} Answer */
/** @typedef {import('./half.js').SignedMap} SignedMap */
/** @typedef {import('./receipt.js').Receipt} Receipt */
/** @typedef {import('./state.js').Bound} Bound */
/** @typedef {import('./state.js').OutboxEntry} OutboxEntry */

/**
 * @param {Bound} bound
 * @param {OutboxEntry} entry
 * @param {Answer} answer
 * @param {Receipt} receipt
 */
export async function fits({ identity }, entry, answer, receipt) {
  const terms = termsOf(entry);
  return (
    receipt.consortium === identity.consortium &&
    receipt.number === entry.number &&
    receipt.role === entry.role &&
    receipt.purpose === entry.purpose &&
    equal(receipt.accountIdentifier, identity.accountIdentifier) &&
    equal(receipt.contractId, identity.contractId) &&
    equal(receipt.deviceId, identity.deviceId) &&
    equal(receipt.billHash, terms.billHash) &&
    receipt.amount === terms.amount + tipOf(entry, receipt) &&
    receipt.currency === terms.currency &&
    receipt.outcome === answer.outcome &&
    equal(receipt.codeHash, entry.codeHash) &&
    equal(receipt.halfHash, await sha256(entry.half)) &&
    receipt.logIndex === answer.line.index &&
    equal(receipt.column1, answer.line.column1) &&
    equal(receipt.column2, answer.line.column2) &&
    besideFits(entry, terms, receipt)
  );
}

/**
 * What a payee's receipt has above its half's amount.
 *
 * @param {OutboxEntry} entry
 * @param {Receipt} receipt
 */
const tipOf = ({ role }, { conditions }) =>
  role === ROLE.PAYEE ? (conditions.limits?.tip ?? 0) : 0;

/**
 * What stands beside amount and parties. Where nothing was approved it may be absent, since there may
 * be no payer's half, or none that was read that far.
 *
 * @param {OutboxEntry} entry
 * @param {SignedMap} terms
 * @param {Receipt} receipt
 */
function besideFits(entry, { purpose, role, conditions: own }, receipt) {
  const { conditions: said, loyaltyId, levels } = receipt;
  if (purpose !== PURPOSE.PURCHASE) {
    return areEmpty(said) && !said.terms && levels === 0;
  }
  const approved = OUTCOME[/** @type {1} */ (receipt.outcome)] === 'APPROVED';
  const partly = !approved && areEmpty(said) && !said.terms;
  if (!partly && (said.terms !== own.terms || !sameContent(said.contentHash, own.contentHash))) {
    return false;
  }
  const limits = approved || said.limits !== null ? said.limits : own.limits;
  if (!sameAuthority(limits, own.limits)) {
    return false;
  }
  const tip = limits?.tip ?? 0;
  const granted = tip <= (own.limits?.tip ?? 0) && (said.consent & ~own.consent) === 0;
  if (role === ROLE.PAYEE) {
    return granted && levels === 0; // the loyalty id is the payer's
  }
  const given = (levels & ~entry.levels) === 0 && [null, entry.loyaltyId].includes(loyaltyId);
  const whole =
    tip === (own.limits?.tip ?? 0) &&
    said.consent === own.consent &&
    loyaltyId === entry.loyaltyId &&
    levels === entry.levels;
  return approved ? whole : granted && given;
}
