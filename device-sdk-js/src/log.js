/** A device's log, ordered by the bank; docs/PROTOCOL.md section 9. */
import { MapReader, asArray, asBytes, decode, encode, map } from './cbor.js';
import { LIMITS } from './format.js';
import { MalformedInput } from './refusal.js';
import { concat, equal, ofText } from './bytes.js';
import { requireCurrency } from './money.js';
import { sha256 } from './crypto.js';

/** @typedef {import('./bytes.js').Bytes} Bytes */

/** Kinds of lines: a decision about a half; what the bank told. */
export const DECISION = 'decision';
export const NOTIFIED = 'notice';

/**
 * @typedef {object} LogLine
 * @property {number} index
 * @property {Bytes} column1
 * @property {Bytes} column2
 * @property {Bytes} column3
 */

/**
 * head(0), from what was bound.
 *
 * @param {number} suite of the device
 * @param {Uint8Array} deviceId
 * @param {Uint8Array} bindingRecord
 */
export const logSeed = async (suite, deviceId, bindingRecord) =>
  sha256(encode(['tallystick log', suite, deviceId, await sha256(bindingRecord)]));

/**
 * @param {Uint8Array} salt
 * @param {Uint8Array} details
 */
export const logCommitment = (salt, details) =>
  sha256(encode(['tallystick commitment', salt, details]));

/**
 * The line after a head.
 *
 * @param {number} index
 * @param {Uint8Array} head
 * @param {number} time
 * @param {string} kind
 * @param {Uint8Array} commitment
 * @returns {Promise<LogLine>}
 */
export async function lineAfter(index, head, time, kind, commitment) {
  const column3 = encode(map({ 1: index, 2: time, 3: kind, 4: commitment }));
  return { index, column1: /** @type {Bytes} */ (head), column2: await sha256(column3), column3 };
}

/**
 * head(index): column 1 of the next line.
 *
 * @param {LogLine} line
 */
export const lineHead = ({ column1, column2 }) =>
  sha256(concat(ofText('tallystick line'), column1, column2));

/** @param {LogLine} line */
export function lineContent({ column3 }) {
  const reader = new MapReader(decode(column3));
  const content = {
    index: reader.integer(1),
    time: reader.integer(2),
    kind: reader.text(3, 32),
    commitment: reader.bytes(4, 32),
  };
  reader.end();
  return content;
}

/**
 * Whether a line stands at an index after a head, and its columns fit.
 *
 * @param {LogLine} line
 * @param {number} at
 * @param {Uint8Array} head
 */
export async function extendsHead(line, at, head) {
  try {
    return (
      line.index === at &&
      equal(line.column1, head) &&
      equal(line.column2, await sha256(line.column3)) &&
      lineContent(line).index === at
    );
  } catch (fault) {
    if (fault instanceof MalformedInput) {
      return false;
    }
    throw fault;
  }
}

/**
 * Whether two lines are one.
 *
 * @param {LogLine} a
 * @param {LogLine} b
 */
export const sameLine = (a, b) =>
  a.index === b.index &&
  equal(a.column1, b.column1) &&
  equal(a.column2, b.column2) &&
  equal(a.column3, b.column3);

/**
 * A line as an item of an answer or a bundle.
 *
 * @param {any} item
 * @returns {LogLine}
 */
export function lineOf(item) {
  const [index, column1, column2, column3] = asArray(item, 4);
  if (typeof index !== 'number') {
    throw new MalformedInput('index of a line is not an integer');
  }
  return {
    index,
    column1: asBytes(column1, 32),
    column2: asBytes(column2, 32),
    column3: asBytes(column3),
  };
}

/**
 * What a decision's commitment hides.
 *
 * @param {Uint8Array} bytes
 */
export function decodeDetails(bytes) {
  const reader = new MapReader(decode(bytes));
  const details = {
    number: reader.text(1, 16),
    billHash: reader.bytes(2, 32),
    codeHash: reader.bytes(3, 32),
    outcome: reader.integer(4, 1, 5),
    reason: reader.text(5, 64),
    amount: reader.integer(6, 0, LIMITS.amountMinor),
    currency: requireCurrency(reader.text(7, 3)),
  };
  reader.end();
  return details;
}
