/** What the bank says its tree over all logs is; docs/PROTOCOL.md section 9.1. */
import { ALG, FORMAT, SUITE } from './format.js';
import { MalformedInput, SignatureRefused } from './refusal.js';
import { MapReader, decode } from './cbor.js';
import { decodeSign1 } from './cose.js';
import { equal, toBase64Url } from './bytes.js';

/** @typedef {import('./bytes.js').Bytes} Bytes */

/**
 * @typedef {object} SignedCheckpoint as the bank has signed it
 * @property {Bytes} sign1 COSE_Sign1 by ES256
 * @property {Bytes | null} second COSE_Sign1 by ML-DSA-65 over the same payload
 */

const TYPE = 'checkpoint';
const MAX_BODY = 160;
const MAX_LENGTH = 4096;
const BODY = /^([^\n]+)\n([1-9][0-9]{0,15})\n([A-Za-z0-9+/]{43}=)\n$/;

/**
 * Name of a bank's log.
 *
 * @param {string} consortium
 * @param {Uint8Array} rootFingerprint
 */
export const originOf = (consortium, rootFingerprint) =>
  `tallystick/${consortium}/${toBase64Url(rootFingerprint)}`;

/**
 * A root hash in base64 with padding, of which there is one form.
 *
 * @param {string} text
 * @returns {Bytes}
 */
function rootOf(text) {
  const root = Uint8Array.from(atob(text), (symbol) => symbol.charCodeAt(0));
  if (btoa(String.fromCharCode(...root)) !== text) {
    throw new MalformedInput('not canonical base64');
  }
  return root;
}

/**
 * Strict reading of a checkpoint's payload; the signature is checked by who calls.
 *
 * @param {Uint8Array} bytes
 */
export function decodeCheckpoint(bytes) {
  const reader = new MapReader(decode(bytes));
  reader.integer(1, FORMAT, FORMAT);
  const consortium = reader.text(2, 2);
  const body = reader.text(3, MAX_BODY);
  const lines = BODY.exec(body);
  const size = Number(lines?.[2]);
  if (lines === null || !Number.isSafeInteger(size)) {
    throw new MalformedInput('not the body of a checkpoint');
  }
  const checkpoint = {
    consortium,
    body,
    origin: lines[1],
    size,
    root: rootOf(lines[3]),
    time: reader.integer(4, 0),
    recoveryEpoch: reader.integer(5, 0),
  };
  reader.end();
  return checkpoint;
}

/** @typedef {ReturnType<typeof decodeCheckpoint>} Checkpoint */

/**
 * What was checked before.
 *
 * @param {SignedCheckpoint} signed
 */
export const uncheckedCheckpoint = ({ sign1 }) => decodeCheckpoint(decodeSign1(sign1).payload);

/**
 * C1 and V8: a checkpoint that keys have signed which were valid at its time.
 *
 * @param {SignedCheckpoint} signed with a second signature exactly where the suite is 2
 * @param {number} suite of who reads
 * @param {import('./keys.js').BankKeys} keys
 * @param {Uint8Array} rootFingerprint
 * @returns {Promise<Checkpoint>}
 * @throws {MalformedInput} where it is none, or of another log
 * @throws {SignatureRefused} where a signature is missing, too many or does not hold
 */
export async function verifiedCheckpoint({ sign1, second }, suite, keys, rootFingerprint) {
  const { payload } = decodeSign1(sign1);
  const checkpoint = decodeCheckpoint(payload);
  const twice = second === null || equal(decodeSign1(second, ALG.ML_DSA_65).payload, payload);
  if ((second !== null) !== (suite === SUITE.HYBRID) || !twice) {
    throw new SignatureRefused(TYPE);
  }
  // devices of any suite read it, so it names suite 1
  const context = { type: TYPE, suite: SUITE.CLASSIC };
  await keys.signed(sign1, TYPE, context, checkpoint.time);
  if (second !== null) {
    await keys.signed(second, TYPE, context, checkpoint.time, ALG.ML_DSA_65);
  }
  const { consortium, origin } = checkpoint;
  if (consortium !== keys.consortium || origin !== originOf(consortium, rootFingerprint)) {
    throw new MalformedInput('checkpoint of another log');
  }
  return checkpoint;
}

/**
 * As an item of evidence.
 *
 * @param {any} item
 * @returns {SignedCheckpoint}
 */
export function signedCheckpointOf(item) {
  const reader = new MapReader(item);
  const signed = {
    sign1: reader.bytes(1, 64, MAX_LENGTH),
    second: reader.has(2) ? reader.bytes(2, 64, MAX_LENGTH) : null,
  };
  reader.end();
  return signed;
}
