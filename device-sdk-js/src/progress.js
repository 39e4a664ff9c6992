/**
 * Progress messages: what a bank says of a half that waits. They change nothing but what the person
 * sees. docs/PROTOCOL.md section 8.1.
 */
import { FORMAT, LIMITS } from './format.js';
import { MalformedInput, StepRefused, atStep } from './refusal.js';
import { MapReader, decode, encode } from './cbor.js';
import { decodeEncrypt0, decodeSign1, open, unpadded } from './cose.js';
import { equal } from './bytes.js';
import { expand } from './crypto.js';

/** @typedef {import('./bytes.js').Bytes} Bytes */

/** Stages that a bank names. */
export const STAGES = Object.freeze({ 1: 'WAITING' });

/** @param {Uint8Array} bytes */
export function decodeProgress(bytes) {
  const reader = new MapReader(decode(bytes));
  const progress = {
    deviceId: reader.bytes(1, 16),
    epoch: reader.integer(2, 0),
    n: reader.integer(3, 0),
    codeHash: reader.bytes(4, 32),
    i: reader.integer(5, 1, LIMITS.progress),
    stage: reader.integer(6, 1, 1),
    time: reader.integer(7, 0),
    notAfter: reader.integer(8, 0),
  };
  reader.end();
  return progress;
}

/** @typedef {ReturnType<typeof decodeProgress>} Progress */

/**
 * Which half a message is about, and which of its messages it is.
 *
 * @typedef {import('./answer.js').AnswerContext & {
 *   number: string,
 *   codeHash: Uint8Array,
 *   i: number,
 * }} ProgressContext
 */

/**
 * G3: opens message i of a half.
 *
 * @param {Uint8Array} sealed
 * @param {ProgressContext} context
 * @param {import('./keys.js').BankKeys} bank
 * @returns {Promise<Progress>}
 * @throws {StepRefused} `G3`
 */
export async function openProgress(sealed, context, bank) {
  try {
    const { suite, number } = context;
    const sign1 = await opened(sealed, context);
    const progress = decodeProgress(decodeSign1(sign1).payload);
    await bank.signed(sign1, 'answer', { type: 'progress', suite, number }, progress.time);
    if (isOwn(progress, context)) {
      return progress;
    }
  } catch (fault) {
    throw atStep(fault, 'G3', "the progress message does not open, or is not the bank's");
  }
  throw new StepRefused('G3', 'the progress message is about another half');
}

/**
 * @param {Uint8Array} sealed
 * @param {ProgressContext} context
 */
async function opened(sealed, { suite, consortium, deviceId, epoch, n, i, replyRoot }) {
  const at = [suite, consortium, deviceId, epoch, n, i];
  const plaintext = await open(
    decodeEncrypt0(sealed),
    await expand(replyRoot, encode(['progress key', i]), 32),
    await expand(replyRoot, encode(['progress iv', i]), 32),
    encode(['tallystick', 'progress', FORMAT, ...at]),
  );
  if (plaintext === null) {
    throw new MalformedInput('the message does not open');
  }
  return unpadded(plaintext, LIMITS.progressBytes);
}

/**
 * @param {Progress} progress
 * @param {ProgressContext} context
 */
const isOwn = (progress, { deviceId, epoch, n, codeHash, i }) =>
  equal(progress.deviceId, deviceId) &&
  progress.epoch === epoch &&
  progress.n === n &&
  equal(progress.codeHash, codeHash) &&
  progress.i === i;
