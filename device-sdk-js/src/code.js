/**
 * The code: `consortium::number::account::base64url(COSE_Encrypt0)`; docs/PROTOCOL.md section 5.
 */
import { encode, map } from './cbor.js';
import { aliasText } from './alias.js';
import {
  SHORT_HASH,
  decodePrivateMap,
  decodeSignedMap,
  encodePrivateMap,
  encodeSignedMap,
} from './half.js';
import { HINT_LABEL, SUITE_LABEL, aad } from './format.js';
import { OneTimeKeys } from './sequencer.js';
import { ofText, toBase64Url } from './bytes.js';
import { pinProof } from './pin.js';
import { random, sha256 } from './crypto.js';
import { seal, signed } from './cose.js';

/** @typedef {import('./bytes.js').Bytes} Bytes */
/** @typedef {import('./sequencer.js').Sequence} Sequence */

/**
 * What a device is to its bank, fixed at enrolment.
 *
 * @typedef {object} Binding
 * @property {number} suite
 * @property {string} consortium
 * @property {Bytes} deviceId
 * @property {Bytes} accountIdentifier
 * @property {Bytes} contractId
 * @property {Bytes} bindingValue
 */

/**
 * What a half says.
 *
 * @typedef {object} Terms
 * @property {number} role
 * @property {number} purpose
 * @property {string} number
 * @property {Bytes} billHash
 * @property {number} amount
 * @property {string} currency
 * @property {Bytes | null} counterparty
 * @property {number} time
 * @property {number} notAfter
 * @property {string | null} shorthand
 * @property {Bytes | null} verifier V, where a PIN was typed
 * @property {number | null} cancelledN
 * @property {number | null} closed
 * @property {import('./half.js').Extensions} critical
 * @property {import('./half.js').Extensions} extensions
 * @property {import('./conditions.js').Conditions} conditions
 * @property {Beside} beside
 * @property {Bytes} prev
 * @property {number} logIndex
 * @property {Bytes} logHead
 */

/**
 * What only some halves have.
 *
 * @typedef {object} Beside
 * @property {Bytes | null} belongsTo
 * @property {string | null} loyaltyId
 * @property {Map<number, Bytes>} levels V of each level PIN that was typed
 * @property {boolean} compact
 */

/** @type {Readonly<Beside>} */
export const NOTHING_BESIDE = Object.freeze({
  belongsTo: null,
  loyaltyId: null,
  levels: new Map(),
  compact: false,
});

/**
 * The hash by which a code is known.
 *
 * @param {string} text
 */
export const codeHash = (text) => sha256(ofText(text));

/**
 * Private map and signed map of a half, encoded.
 *
 * @param {Binding} binding
 * @param {OneTimeKeys} keys
 * @param {Terms} terms
 * @param {Uint8Array} salt 16 bytes
 * @throws {MalformedInput} where the terms are none that a half can have
 */
export async function halfMaps(binding, keys, terms, salt) {
  const { verifier, role, billHash, shorthand, beside } = terms;
  const { belongsTo, loyaltyId, levels, compact } = beside;
  const pinKey = await keys.pinKey();
  /** @type {Map<number, Bytes>} */
  const levelProofs = new Map();
  for (const [level, secret] of levels) {
    levelProofs.set(level, await pinProof(secret, pinKey, keys, role, billHash, level));
  }
  const privateMap = encodePrivateMap({
    salt: /** @type {Bytes} */ (salt),
    pinProof: verifier && (await pinProof(verifier, pinKey, keys, role, billHash)),
    shorthand,
    bindingValue: binding.bindingValue,
    loyaltyId,
    levelProofs,
  });
  const length = compact ? SHORT_HASH : 32;
  const signedMap = encodeSignedMap({
    ...terms,
    belongsTo,
    deviceId: compact ? null : binding.deviceId,
    accountIdentifier: compact ? null : binding.accountIdentifier,
    contractId: compact ? null : binding.contractId,
    logHead: terms.logHead.slice(0, length),
    epoch: keys.epoch,
    n: keys.n,
    verification: verifier ? 1 : 0,
    privateDigest: (await sha256(privateMap)).slice(0, length),
  });
  // the strict readers find what the bank would take for a compromised device
  decodePrivateMap(privateMap, compact);
  decodeSignedMap(signedMap);
  return { privateMap, signedMap };
}

/**
 * Seals half and private map; gives the code's text.
 *
 * @param {OneTimeKeys} keys
 * @param {{ consortium: string, number: string, account: string }} clear
 * @param {Uint8Array} half COSE_Sign1
 * @param {Uint8Array} privateMap
 */
export async function sealCode(keys, { consortium, number, account }, half, privateMap) {
  const extra = map({ [SUITE_LABEL]: keys.suite, [HINT_LABEL]: await keys.hint() });
  const sealed = await seal(
    await keys.key(),
    await keys.ivKey(),
    extra,
    aad('code', keys.suite, consortium, number, account),
    encode([half, privateMap]),
  );
  return [consortium, number, account, toBase64Url(sealed)].join('::');
}

/**
 * A sealed half with the sequence after it; whoever sends it first stores both durably (S1).
 *
 * @typedef {object} SealedHalf
 * @property {string} text
 * @property {Bytes} codeHash
 * @property {Bytes} half
 * @property {Bytes} replyRoot
 * @property {Sequence} next
 * @property {Bytes} prev for the next half
 */

/**
 * Makes a half.
 *
 * @param {Binding} binding
 * @param {CryptoKey} privateKey
 * @param {Sequence} sequence
 * @param {Terms} terms
 * @param {Uint8Array} alias 17 bytes
 * @returns {Promise<SealedHalf>}
 */
export async function sealHalf(binding, privateKey, sequence, terms, alias) {
  const keys = await OneTimeKeys.derive(sequence);
  const { suite, consortium } = binding;
  const clear = { consortium, number: terms.number, account: aliasText(alias) };
  const { privateMap, signedMap } = await halfMaps(binding, keys, terms, random(16));
  const half = await signed(privateKey, { type: 'half', suite, ...clear }, signedMap);
  const text = await sealCode(keys, clear, half, privateMap);
  const hash = await codeHash(text);
  return {
    text,
    codeHash: hash,
    half,
    replyRoot: await keys.replyRoot(),
    next: { ...sequence, n: sequence.n + 1, chain: await keys.nextChain() },
    prev: hash.slice(0, 16),
  };
}
