/**
 * The code: `consortium::number::account::base64url(COSE_Encrypt0)`; docs/PROTOCOL.md section 5.
 */
import { asArray, asBytes, decode, encode, map } from './cbor.js';
import { aliasBytes, aliasText } from './alias.js';
import { decodeEncrypt0, decodeSign1, holds, open, seal, signed } from './cose.js';
import { decodePrivateMap, decodeSignedMap, encodePrivateMap, encodeSignedMap } from './half.js';
import { HINT_LABEL, LIMITS, PURPOSE, ROLE, SUITE_LABEL, aad, asSuite } from './format.js';
import { MalformedInput, StepRefused } from './refusal.js';
import { OneTimeKeys } from './sequencer.js';
import { equal, ofBase64Url, ofText, toBase64Url } from './bytes.js';
import { numberBytes } from './crockford.js';
import { pinProof } from './pin.js';
import { random, sha256 } from './crypto.js';

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

/**
 * O1: parses a received text.
 *
 * @param {string} text
 */
export function parseCode(text) {
  if (text.length > LIMITS.codeChars) {
    throw new MalformedInput('code over 8192 characters');
  }
  const fields = text.split('::');
  if (fields.length !== 4) {
    throw new MalformedInput('a code has four fields');
  }
  const [consortium, number, account, field] = fields;
  if (!/^[A-Z]{2}$/.test(consortium)) {
    throw new MalformedInput('a consortium has two letters');
  }
  numberBytes(number);
  aliasBytes(account);
  const sealed = decodeEncrypt0(ofBase64Url(field), [SUITE_LABEL, HINT_LABEL]);
  const suite = asSuite(sealed.fields.get(SUITE_LABEL));
  const hint = asBytes(sealed.fields.get(HINT_LABEL), 8);
  return { text, suite, consortium, number, account, hint, sealed };
}

/**
 * What a bank remembers of a number that is used up.
 *
 * @typedef {object} Consumed
 * @property {number} n
 * @property {Uint8Array} codeHash
 * @property {Uint8Array} prev
 * @property {string} number
 */

/**
 * What a bank knows when it opens a code.
 *
 * @typedef {object} Known
 * @property {Consumed[]} consumed
 * @property {(number: string) => boolean} isIssued whether a number is reserved for the account
 * @property {(index: number) => Uint8Array | null | undefined} headAt head of the device's log; null
 *   beyond its end, undefined where that is not known
 */

/** @type {Known} */
const UNKNOWN = { consumed: [], isIssued: () => false, headAt: () => undefined };

/**
 * O1 and O4 to O9b, the bank's side, for test benches; the number of a cancelled n is left to P6.
 *
 * @param {string} text
 * @param {Uint8Array} deviceKey
 * @param {Sequence} sequence from the lowest number not used up
 * @param {Partial<Known>} [known]
 * @throws {StepRefused} with the step that failed
 */
export async function openCode(text, deviceKey, sequence, known = {}) {
  let code;
  try {
    code = parseCode(text);
  } catch (fault) {
    throw fault instanceof MalformedInput ? new StepRefused('O1', fault.message) : fault;
  }
  const keys = code.suite === sequence.suite ? await find(sequence, code.hint) : null;
  if (!keys) {
    throw new StepRefused('O4', 'hint of no number in the window');
  }
  const plaintext = await open(
    code.sealed,
    await keys.key(),
    await keys.ivKey(),
    aad('code', code.suite, code.consortium, code.number, code.account),
  );
  if (plaintext === null) {
    throw new StepRefused('O5', 'tag or IV do not hold');
  }
  return content(code, keys, plaintext, deviceKey, { ...UNKNOWN, ...known });
}

/**
 * @param {Sequence} sequence
 * @param {Uint8Array} hint
 */
async function find(sequence, hint) {
  let at = sequence;
  for (let i = 0; i < LIMITS.window; i++) {
    const keys = await OneTimeKeys.derive(at);
    if (equal(await keys.hint(), hint)) {
      return keys;
    }
    at = { ...at, n: at.n + 1, chain: await keys.nextChain() };
  }
  return null;
}

/**
 * O6 to O9.
 *
 * @param {ReturnType<typeof parseCode>} code
 * @param {OneTimeKeys} keys
 * @param {Uint8Array} plaintext
 * @param {Uint8Array} deviceKey
 * @param {Known} known
 */
async function content(code, keys, plaintext, deviceKey, { consumed, isIssued, headAt }) {
  const { half, message, signedMap, privateMap, privateBytes } = read(plaintext);
  if (!(await holds(message, deviceKey, { type: 'half', ...code }))) {
    throw new StepRefused('O7', 'the half is not signed by the device for this code');
  }
  const ownNumber =
    signedMap.role !== ROLE.PAYEE ||
    signedMap.purpose === PURPOSE.CANCEL ||
    (await keys.number()) === code.number;
  const cancels =
    signedMap.cancelledN === null ||
    (signedMap.role === ROLE.PAYEE && signedMap.cancelledN < signedMap.n);
  if (
    !equal(signedMap.deviceId, keys.deviceId) ||
    signedMap.epoch !== keys.epoch ||
    signedMap.n !== keys.n ||
    !equal(signedMap.privateDigest, await sha256(privateBytes)) ||
    !cancels
  ) {
    throw new StepRefused('O8', 'signed map and code do not agree');
  }
  if (!ownNumber && !isIssued(code.number)) {
    throw new StepRefused('O8b', "the payee's number is neither its own nor reserved");
  }
  const hash = await codeHash(code.text);
  const before = consumed.find((one) => one.n === signedMap.n - 1);
  const after = consumed.find((one) => one.n === signedMap.n + 1);
  if (
    (before && !equal(before.codeHash.subarray(0, 16), signedMap.prev)) ||
    (after && !equal(after.prev, hash.subarray(0, 16)))
  ) {
    throw new StepRefused('O9', 'a neighbour has another history');
  }
  const head = headAt(signedMap.logIndex);
  if (head !== undefined && !(head && equal(head, signedMap.logHead))) {
    throw new StepRefused('O9b', "the log is not this device's");
  }
  return { code, half, signedMap, privateMap, keys, codeHash: hash, plaintext };
}

/**
 * O6.
 *
 * @param {Uint8Array} plaintext
 */
function read(plaintext) {
  try {
    const parts = asArray(decode(plaintext), 2);
    const half = asBytes(parts[0]);
    const privateBytes = asBytes(parts[1]);
    const message = decodeSign1(half);
    const signedMap = decodeSignedMap(message.payload);
    const privateMap = decodePrivateMap(privateBytes);
    return { half, message, signedMap, privateMap, privateBytes };
  } catch (fault) {
    throw fault instanceof MalformedInput ? new StepRefused('O6', fault.message) : fault;
  }
}
