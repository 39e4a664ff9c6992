/** The agreement of a party with its consortium: what waits, and the signature; docs/PROTOCOL.md 10.4. */
import { FORMAT } from './format.js';
import { MalformedInput } from './refusal.js';
import { MapReader, asArray, asBytes, decode, encode, map } from './cbor.js';
import { decodeSign1, payload, signed } from './cose.js';

/** @typedef {import('./bytes.js').Bytes} Bytes */

/** Highest number of a version. */
export const MAX_VERSION = 9_999;

/**
 * A version that the party has not signed.
 *
 * @typedef {object} Terms
 * @property {number} version
 * @property {Bytes} hash SHA-256 of its text
 * @property {number} effectiveAt from then on halves need it
 */

/**
 * What a device signs.
 *
 * @typedef {object} Agreed
 * @property {string} consortium
 * @property {Bytes} accountIdentifier
 * @property {Bytes} contractId
 * @property {number} version
 * @property {Bytes} hash
 * @property {number} time of the device
 */

/**
 * @param {any} value
 * @returns {number}
 */
export function asVersion(value) {
  if (!Number.isSafeInteger(value) || value < 1 || value > MAX_VERSION) {
    throw new MalformedInput('version of an agreement');
  }
  return value;
}

/**
 * @param {any} value
 * @returns {number}
 */
export function asTime(value) {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new MalformedInput('a time');
  }
  return value;
}

/**
 * @param {any} item
 * @returns {Terms}
 */
export function termsOf(item) {
  const [version, hash, effectiveAt] = asArray(item, 3);
  return {
    version: asVersion(version),
    hash: asBytes(hash, 32),
    effectiveAt: asTime(effectiveAt),
  };
}

/** @param {number} suite */
const context = (suite, /** @type {string} */ consortium) => ({
  type: 'agreement',
  suite,
  consortium,
});

/**
 * The COSE_Sign1.
 *
 * @param {any} key of the device
 * @param {number} suite
 * @param {Agreed} agreed
 */
export const signAgreement = (key, suite, agreed) =>
  signed(
    key,
    context(suite, agreed.consortium),
    encode(
      map({
        1: FORMAT,
        2: agreed.consortium,
        3: agreed.accountIdentifier,
        4: agreed.contractId,
        5: agreed.version,
        6: agreed.hash,
        7: agreed.time,
      }),
    ),
  );

/**
 * What a device has signed.
 *
 * @param {Uint8Array} sign1
 * @param {Uint8Array} devicePublic
 * @param {number} suite
 * @param {string} consortium
 * @returns {Promise<Agreed>}
 */
export async function verifyAgreement(sign1, devicePublic, suite, consortium) {
  const agreed = read(await payload(sign1, devicePublic, context(suite, consortium)));
  if (agreed.consortium !== consortium) {
    throw new MalformedInput('an agreement with another consortium');
  }
  return agreed;
}

/**
 * What a device has signed itself.
 *
 * @param {Uint8Array} sign1
 */
export const agreedOf = (sign1) => read(decodeSign1(sign1).payload);

/**
 * @param {Uint8Array} bytes
 * @returns {Agreed}
 */
function read(bytes) {
  const reader = new MapReader(decode(bytes));
  reader.integer(1, FORMAT, FORMAT);
  const agreed = {
    consortium: reader.text(2, 2),
    accountIdentifier: reader.bytes(3, 16),
    contractId: reader.bytes(4, 16),
    version: asVersion(reader.value(5)),
    hash: reader.bytes(6, 32),
    time: reader.integer(7, 0),
  };
  reader.end();
  return agreed;
}
