/**
 * The code: `consortium::number::account::base64url(COSE_Encrypt0)`; docs/PROTOCOL.md section 5.
 */
import { encode, map } from './cbor.js';
import { aliasText } from './alias.js';
import { encodePrivateMap, encodeSignedMap } from './half.js';
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
 * @property {Bytes} prev
 * @property {number} logIndex
 * @property {Bytes} logHead
 */

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
 */
export async function halfMaps(binding, keys, terms, salt) {
  const proof =
    terms.verifier &&
    (await pinProof(terms.verifier, await keys.pinKey(), keys, terms.role, terms.billHash));
  const privateMap = encodePrivateMap({
    salt: /** @type {Bytes} */ (salt),
    pinProof: proof,
    shorthand: terms.shorthand,
    bindingValue: binding.bindingValue,
  });
  const signedMap = encodeSignedMap({
    ...terms,
    deviceId: binding.deviceId,
    accountIdentifier: binding.accountIdentifier,
    contractId: binding.contractId,
    epoch: keys.epoch,
    n: keys.n,
    verification: terms.verifier ? 1 : 0,
    privateDigest: await sha256(privateMap),
  });
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
