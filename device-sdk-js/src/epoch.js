/** What a rekey yields on both sides; docs/PROTOCOL.md section R.2. */
import { concat, toBigInt } from './bytes.js';
import { encode } from './cbor.js';
import { expand, extract, sha256 } from './crypto.js';

/** @typedef {import('./bytes.js').Bytes} Bytes */

/**
 * Whom and what a new epoch is for.
 *
 * @typedef {object} NewEpoch
 * @property {number} suite
 * @property {Uint8Array} deviceId
 * @property {number} epoch the new one
 * @property {Uint8Array} id T of the request
 * @property {Uint8Array} bankKey point, 33 bytes
 * @property {Uint8Array | null} ciphertext of ML-KEM, in suite 2
 */

/**
 * P' and its outputs.
 *
 * @param {Uint8Array} root of the epoch before
 * @param {Uint8Array} shared ECDH secret, in suite 2 with the ML-KEM secret after it
 * @param {NewEpoch} made
 */
export async function epochSecrets(root, shared, made) {
  const prk = await extract(root, shared);
  const hash = await sha256(concat(made.bankKey, made.ciphertext ?? new Uint8Array(0)));
  const out = (/** @type {string} */ name, length = 32) =>
    expand(prk, encode([name, made.suite, made.deviceId, made.epoch, made.id, hash]), length);
  return {
    prk,
    string1: await out('string1'),
    string2: await out('string2'),
    first: Number(toBigInt(await out('first', 6))),
    root: await out('root'),
    down: await out('down'),
  };
}
