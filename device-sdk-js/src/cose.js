/** COSE_Sign1 and COSE_Encrypt0, untagged, RFC 9052; docs/PROTOCOL.md sections 1.1 and 5. */
import { MapReader, asArray, asBytes, decode, encode } from './cbor.js';
import { ALG, aad as formatAad, typ as typOf } from './format.js';
import { MalformedInput, SignatureRefused } from './refusal.js';
import { equal } from './bytes.js';
import { gcmOpen, gcmSeal, hmac, sign, verify } from './crypto.js';
import { verifyMlDsa } from './pq.js';

/** @typedef {import('./bytes.js').Bytes} Bytes */

const ALGORITHM = 1;
const A256GCM = 3;
const IV = 5;
const TYP = 16;
const MAX_TYP = 64;
const TAG_LENGTH = 16;

/** @type {Record<number, number>} bytes of a signature by its algorithm */
const SIGNATURE_LENGTH = { [ALG.ES256]: 64, [ALG.ML_DSA_65]: 3309 };

/**
 * What is signed, RFC 9052 4.4.
 *
 * @param {Uint8Array} header
 * @param {Uint8Array} aad
 * @param {Uint8Array} payload
 */
export const sigStructure = (header, aad, payload) => encode(['Signature1', header, aad, payload]);

/**
 * What is authenticated, RFC 9052 5.3.
 *
 * @param {Uint8Array} header
 * @param {Uint8Array} aad
 */
export const encStructure = (header, aad) => encode(['Encrypt0', header, aad]);

/**
 * A message as received; nothing of it is checked but its form.
 *
 * @typedef {object} Sign1
 * @property {Bytes} header protected, encoded
 * @property {number} alg
 * @property {string} typ
 * @property {Bytes} payload
 * @property {Bytes} signature
 */

/**
 * @param {Uint8Array} bytes
 * @param {number} [alg] that it must have
 * @returns {Sign1}
 */
export function decodeSign1(bytes, alg = ALG.ES256) {
  const parts = asArray(decode(bytes), 4);
  new MapReader(parts[1]).end();
  const header = asBytes(parts[0]);
  const fields = new MapReader(decode(header));
  fields.integer(ALGORITHM, alg, alg);
  const typ = fields.text(TYP, MAX_TYP);
  fields.end();
  if (typ === '') {
    throw new MalformedInput('empty typ');
  }
  const signature = asBytes(parts[3], SIGNATURE_LENGTH[alg]);
  return { header, alg, typ, payload: asBytes(parts[2]), signature };
}

/**
 * The context that a signature belongs to.
 *
 * @typedef {object} SignedContext
 * @property {string} type without `ts/`
 * @property {number} suite
 * @property {string} consortium
 * @property {string} [number]
 * @property {string} [account]
 */

/** @param {SignedContext} context */
const aadOf = ({ type, suite, consortium, number, account }) =>
  formatAad(type, suite, consortium, number, account);

/**
 * Signs a payload; gives the encoded COSE_Sign1.
 *
 * @param {CryptoKey} privateKey
 * @param {SignedContext} context
 * @param {Uint8Array} payload
 */
export async function signed(privateKey, context, payload) {
  const header = encode(
    new Map([
      [ALGORITHM, /** @type {number | string} */ (ALG.ES256)],
      [TYP, typOf(context.type)],
    ]),
  );
  const signature = await sign(privateKey, sigStructure(header, aadOf(context), payload));
  return encode([header, new Map(), payload, signature]);
}

/**
 * Whether a message is of that type and context, signed by that key.
 *
 * @param {Sign1} message
 * @param {Uint8Array} key point, or of ML-DSA-65
 * @param {SignedContext} context
 */
export async function holds(message, key, context) {
  const structure = sigStructure(message.header, aadOf(context), message.payload);
  const verified = message.alg === ALG.ES256 ? verify : verifyMlDsa;
  return message.typ === typOf(context.type) && verified(key, structure, message.signature);
}

/**
 * The payload of a message that holds.
 *
 * @param {Uint8Array} sign1
 * @param {Uint8Array} key point
 * @param {SignedContext} context
 * @throws {MalformedInput} where it has the wrong form
 * @throws {SignatureRefused} where it does not hold
 */
export async function payload(sign1, key, context) {
  const message = decodeSign1(sign1);
  if (!(await holds(message, key, context))) {
    throw new SignatureRefused(context.type);
  }
  return message.payload;
}

/**
 * First 12 bytes of HMAC over AAD and plaintext: a snapshot can never repeat an IV.
 *
 * @param {Uint8Array} ivKey
 * @param {Uint8Array} aad
 * @param {Uint8Array} plaintext
 */
export const syntheticIv = async (ivKey, aad, plaintext) =>
  (await hmac(ivKey, encode([aad, plaintext]))).slice(0, 12);

/**
 * @typedef {object} Encrypt0
 * @property {Bytes} header protected, encoded
 * @property {Map<any, any>} fields of it
 * @property {Bytes} iv
 * @property {Bytes} ciphertext
 */

/**
 * @param {Uint8Array} bytes
 * @param {number[]} labels that the protected header has beside algorithm and IV
 * @returns {Encrypt0}
 */
export function decodeEncrypt0(bytes, labels = []) {
  const parts = asArray(decode(bytes), 3);
  new MapReader(parts[1]).end();
  const header = asBytes(parts[0]);
  const fields = decode(header);
  const reader = new MapReader(fields);
  reader.integer(ALGORITHM, A256GCM, A256GCM);
  const iv = reader.bytes(IV, 12);
  labels.forEach((label) => reader.value(label));
  reader.end();
  const ciphertext = asBytes(parts[2]);
  if (ciphertext.length < TAG_LENGTH) {
    throw new MalformedInput('ciphertext shorter than its tag');
  }
  return { header, fields, iv, ciphertext };
}

/**
 * Seals under the synthetic IV.
 *
 * @param {Uint8Array} key
 * @param {Uint8Array} ivKey
 * @param {Map<number, any>} extra protected headers
 * @param {Uint8Array} aad
 * @param {Uint8Array} plaintext
 */
export async function seal(key, ivKey, extra, aad, plaintext) {
  const iv = await syntheticIv(ivKey, aad, plaintext);
  const header = encode(new Map(/** @type {any} */ ([[ALGORITHM, A256GCM], [IV, iv], ...extra])));
  const ciphertext = await gcmSeal(key, iv, encStructure(header, aad), plaintext);
  return encode([header, new Map(), ciphertext]);
}

/**
 * The plaintext, if the tag holds and the IV is the synthetic one; or null.
 *
 * @param {Encrypt0} message
 * @param {Uint8Array} key
 * @param {Uint8Array} ivKey
 * @param {Uint8Array} aad
 */
export async function open(message, key, ivKey, aad) {
  const plaintext = await gcmOpen(
    key,
    message.iv,
    encStructure(message.header, aad),
    message.ciphertext,
  );
  if (plaintext === null) {
    return null;
  }
  return equal(await syntheticIv(ivKey, aad, plaintext), message.iv) ? plaintext : null;
}

/**
 * What the bank signed and padded to one length.
 *
 * @param {Uint8Array} plaintext
 * @param {number} length
 */
export function unpadded(plaintext, length) {
  if (plaintext.length !== length) {
    throw new MalformedInput('a padded message of another length');
  }
  const parts = asArray(decode(plaintext), 2);
  if (asBytes(parts[1]).some((byte) => byte !== 0)) {
    throw new MalformedInput('padding is not zero');
  }
  return asBytes(parts[0]);
}
