/** Sealed answers; docs/PROTOCOL.md section 8. */
import { MapReader, asArray, asBytes, decode, encode } from './cbor.js';
import { FORMAT, LIMITS, SUITE, label } from './format.js';
import { MalformedInput, SignatureRefused, StepRefused, atStep } from './refusal.js';
import { decodeEncrypt0, decodeSign1, open, payload, unpadded } from './cose.js';
import { expand } from './crypto.js';
import { lineOf } from './log.js';

/** @typedef {import('./bytes.js').Bytes} Bytes */

const APPROVED = 1;
const BLOCKED = 8;

/**
 * What the reply root of one code yields.
 *
 * @param {Uint8Array} replyRoot
 * @param {string} name
 * @param {number} length
 */
const out = (replyRoot, name, length) => expand(replyRoot, label(name), length);

/**
 * Token with which the device asks for its answer.
 *
 * @param {Uint8Array} replyRoot
 */
export const pickupToken = (replyRoot) => out(replyRoot, 'pickup', 16);

/**
 * Token with which the device asks for its receipt later.
 *
 * @param {Uint8Array} replyRoot
 */
export const receiptToken = (replyRoot) => out(replyRoot, 'receipt', 16);

/**
 * @param {Uint8Array} bytes
 */
export function decodeAnswer(bytes) {
  const reader = new MapReader(decode(bytes));
  const receipt = reader.value(10);
  const answer = {
    deviceId: reader.bytes(1, 16),
    epoch: reader.integer(2),
    n: reader.integer(3),
    codeHash: reader.bytes(4, 32),
    billHash: reader.bytes(5, 32),
    outcome: reader.integer(6, 1, 5),
    reason: reader.integer(7, 0, 10),
    time: reader.integer(8),
    number: reader.text(9, 16),
    receipt: receipt === null ? null : asBytes(receipt),
    line: lineOf(reader.value(11)),
    aliases: asArray(reader.value(12)).map((alias) => asBytes(alias, 17)),
    presence: reader.has(13) ? reader.integer(13, 0, 999) : null,
    blockedUntil: reader.has(14) ? reader.integer(14, 0) : null,
    receipt2: reader.has(15) ? asBytes(reader.value(15)) : null,
  };
  reader.end();
  const fits =
    (answer.blockedUntil !== null) === (answer.reason === BLOCKED) &&
    (answer.presence === null || answer.outcome === APPROVED) &&
    (answer.receipt2 === null || answer.receipt !== null);
  if (!fits) {
    throw new MalformedInput('members that do not go together');
  }
  return answer;
}

/** @typedef {ReturnType<typeof decodeAnswer>} Answer */

/**
 * Which half an answer is asked for.
 *
 * @typedef {object} AnswerContext
 * @property {number} suite
 * @property {string} consortium
 * @property {Uint8Array} deviceId
 * @property {number} epoch
 * @property {number} n
 * @property {Uint8Array} replyRoot
 */

/**
 * A1: opens; gives the signed part.
 *
 * @param {Uint8Array} sealed
 * @param {AnswerContext} context
 */
async function opened(sealed, { suite, consortium, deviceId, epoch, n, replyRoot }) {
  const aad = encode(['tallystick', 'answer', FORMAT, suite, consortium, deviceId, epoch, n]);
  const [key, ivKey] = [await out(replyRoot, 'answer key', 32), await out(replyRoot, 'answer iv', 32)];
  const plaintext = await open(decodeEncrypt0(sealed), key, ivKey, aad);
  if (plaintext === null) {
    throw new MalformedInput('the answer does not open');
  }
  const hybrid = suite === SUITE.HYBRID;
  return unpadded(plaintext, hybrid ? LIMITS.hybridAnswerBytes : LIMITS.answerBytes);
}

/**
 * A1 and A2.
 *
 * @param {Uint8Array} sealed
 * @param {AnswerContext} context
 * @param {Uint8Array[]} bankKeys answer keys to try
 * @returns {Promise<{ answer: Answer, key: Uint8Array }>} with the key that signed
 * @throws {StepRefused} `A1` or `A2`
 */
export async function openAnswer(sealed, context, bankKeys) {
  let signed;
  try {
    signed = await opened(sealed, context);
  } catch (fault) {
    throw fault instanceof MalformedInput ? new StepRefused('A1', fault.message) : fault;
  }
  const { suite, consortium } = context;
  const number = numberOf(signed);
  for (const key of bankKeys) {
    try {
      const body = await payload(signed, key, { type: 'answer', suite, consortium, number });
      return { answer: decodeAnswer(body), key };
    } catch (fault) {
      if (fault instanceof MalformedInput) {
        throw new StepRefused('A2', fault.message);
      }
      if (!(fault instanceof SignatureRefused)) {
        throw fault;
      }
    }
  }
  throw new StepRefused('A2', 'the bank has not signed the answer');
}

/**
 * The number that an answer is about, by its own word: that of this device's half, or of another code
 * that took the same n (A3b).
 *
 * @param {Uint8Array} sign1
 */
function numberOf(sign1) {
  try {
    return decodeAnswer(decodeSign1(sign1).payload).number;
  } catch (fault) {
    throw atStep(fault, 'A2', 'the signed part has the wrong form');
  }
}
