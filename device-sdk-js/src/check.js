/** Whether a sealed answer is the bank's to one half of this device: A1 to A5; section 8. */
import { ALG, OUTCOME, SUITE } from './format.js';
import { DECISION, lineContent } from './log.js';
import { grownBy } from './log-keeper.js';
import { MalformedInput, SignatureRefused, StepRefused } from './refusal.js';
import { decodeReceipt } from './receipt.js';
import { decodeSign1 } from './cose.js';
import { equal } from './bytes.js';
import { fits } from './receipt-check.js';
import { openAnswer } from './answer.js';
import { termsOf } from './half.js';

/** @typedef {import('./answer.js').Answer} Answer */
/** @typedef {import('./keys.js').BankKeys} BankKeys */
/** @typedef {import('./receipt.js').Receipt} Receipt */
/** @typedef {import('./state.js').Bound} Bound */
/** @typedef {import('./state.js').OutboxEntry} OutboxEntry */

const NO_BILL = new Uint8Array(32);

/**
 * An answer that holds, and the device with its line; null where earlier lines are missing here.
 *
 * @typedef {object} Holds
 * @property {Answer} answer
 * @property {Receipt | null} receipt
 * @property {Bound | null} grown
 */

/**
 * @param {BankKeys} keys
 * @param {Bound} bound
 * @param {OutboxEntry} entry
 * @param {Uint8Array} sealed
 * @returns {Promise<Holds>}
 * @throws {StepRefused} with the step that failed
 */
export async function checkAnswer(keys, bound, entry, sealed) {
  const answer = await opened(keys, bound, entry, sealed);
  if (isOfNumber(bound, entry, answer) && !equal(answer.codeHash, entry.codeHash)) {
    throw new StepRefused('A3b', 'another code took the number of this half');
  }
  if (!isOwn(bound, entry, answer)) {
    throw new StepRefused('A3', 'the answer is for another half');
  }
  const receipt = await receiptOf(keys, bound, entry, answer);
  const { line } = answer;
  const grown = await grownBy(bound, line);
  if (lineContent(line).kind !== DECISION) {
    throw new StepRefused('A5', 'the log line is of another kind');
  }
  return { answer, receipt, grown };
}

/**
 * A1 and A2, with the answer keys that were valid at the time the answer states.
 *
 * @param {BankKeys} keys
 * @param {Bound} bound
 * @param {OutboxEntry} entry
 * @param {Uint8Array} sealed
 */
async function opened(keys, { identity }, entry, sealed) {
  const held = keys.keys.filter(({ use, alg }) => use === 'answer' && alg === ALG.ES256);
  const { suite, consortium, deviceId } = identity;
  const context = { ...entry, suite, consortium, deviceId };
  const { answer, key } = await openAnswer(
    sealed,
    context,
    held.map((one) => one.key),
  );
  if (!keys.valid('answer', answer.time).some((one) => equal(one.key, key))) {
    throw new StepRefused('A2', 'the answer key was not valid at that time');
  }
  return answer;
}

/**
 * @param {Bound} bound
 * @param {OutboxEntry} entry
 * @param {Answer} answer
 */
const isOfNumber = ({ identity }, entry, answer) =>
  equal(answer.deviceId, identity.deviceId) && answer.epoch === entry.epoch && answer.n === entry.n;

/**
 * A3; a half that the bank could not read is answered without its bill hash.
 *
 * @param {Bound} bound
 * @param {OutboxEntry} entry
 * @param {Answer} answer
 */
function isOwn(bound, entry, answer) {
  const unread =
    OUTCOME[/** @type {3} */ (answer.outcome)] === 'ERROR' &&
    answer.receipt === null &&
    equal(answer.billHash, NO_BILL);
  return (
    isOfNumber(bound, entry, answer) &&
    equal(answer.codeHash, entry.codeHash) &&
    (unread || equal(answer.billHash, termsOf(entry).billHash)) &&
    answer.number === entry.number
  );
}

/**
 * A4.
 *
 * @param {BankKeys} keys
 * @param {Bound} bound
 * @param {OutboxEntry} entry
 * @param {Answer} answer
 * @returns {Promise<Receipt | null>}
 */
async function receiptOf(keys, bound, entry, answer) {
  const hybrid = bound.identity.suite === SUITE.HYBRID;
  if (answer.receipt === null) {
    if (OUTCOME[/** @type {3} */ (answer.outcome)] !== 'ERROR' || answer.receipt2 !== null) {
      throw new StepRefused('A4', 'the receipt is missing');
    }
    return null;
  }
  try {
    const receipt = decodeReceipt(decodeSign1(answer.receipt).payload);
    const { suite } = bound.identity;
    const context = { type: 'receipt', suite, number: entry.number };
    const once = await keys.signed(answer.receipt, 'receipt', context, receipt.time);
    const { receipt2 } = answer;
    const twice =
      hybrid && receipt2 !== null
        ? await keys.signed(receipt2, 'receipt', context, receipt.time, ALG.ML_DSA_65)
        : once;
    const complete = (receipt2 !== null) === hybrid && equal(once, twice);
    if (complete && (await fits(bound, entry, answer, receipt))) {
      return receipt;
    }
  } catch (fault) {
    if (!(fault instanceof MalformedInput || fault instanceof SignatureRefused)) {
      throw fault;
    }
  }
  throw new StepRefused('A4', 'the receipt does not hold for this half');
}
