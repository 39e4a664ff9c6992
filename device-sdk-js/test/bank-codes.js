/** O1 and O4 to O9c: the bank's side of a code, for the bank in memory, for vectors and properties. */
import { HINT_LABEL, LIMITS, PURPOSE, ROLE, SUITE_LABEL, aad, asSuite } from '../src/format.js';
import { MalformedInput, StepRefused } from '../src/refusal.js';
import { OneTimeKeys } from '../src/sequencer.js';
import { aliasBytes } from '../src/alias.js';
import { asArray, asBytes, decode } from '../src/cbor.js';
import { codeHash } from '../src/code.js';
import { decodeEncrypt0, decodeSign1, holds, open } from '../src/cose.js';
import { decodePrivateMap, decodeSignedMap, isCompact } from '../src/half.js';
import { equal, ofBase64Url } from '../src/bytes.js';
import { numberBytes } from '../src/crockford.js';
import { sha256 } from '../src/crypto.js';

/** O1. */
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
 * O1 and O4 to O8: opens a code.
 *
 * @param {string} text
 * @param {object} view what the bank knows of the device
 * @param {Uint8Array} view.publicKey
 * @param {object[]} view.epochs older first: suite, deviceId, epoch, n, chain, string2, and the last
 *   number that is looked for, where that is not the end of the window
 * @param {object[]} [view.skipped] keys: epoch, n, prk
 * @param {(number: string) => boolean} [view.isIssued] O8b
 * @throws {StepRefused} with the step that failed
 */
export async function openCode(text, { publicKey, epochs, skipped = [], isIssued = () => false }) {
  let code;
  try {
    code = parseCode(text);
  } catch (fault) {
    throw fault instanceof MalformedInput ? new StepRefused('O1', fault.message) : fault;
  }
  const keys = await find(epochs, skipped, code);
  if (!keys) {
    throw new StepRefused('O4', 'hint of no number that is waited for');
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
  return content(code, keys, plaintext, publicKey, isIssued);
}

/** S6: skipped keys, the older epoch, the newer one. */
async function find(epochs, skipped, { suite, hint }) {
  const [{ deviceId, suite: own }] = epochs.slice(-1);
  if (suite !== own) {
    return null;
  }
  for (const { prk, epoch, n } of skipped) {
    const keys = new OneTimeKeys(prk, { suite, deviceId, epoch, n });
    if (equal(await keys.hint(), hint)) {
      return keys;
    }
  }
  for (const epoch of epochs.filter(({ chain }) => chain !== null)) {
    let at = epoch;
    for (const end = epoch.end ?? epoch.n + LIMITS.window; at.n < end; ) {
      const keys = await OneTimeKeys.derive(at);
      if (!epoch.isUsed?.(at.n) && equal(await keys.hint(), hint)) {
        return keys;
      }
      at = { ...at, n: at.n + 1, chain: await keys.nextChain() };
    }
  }
  return null;
}

/** O6 to O8b. */
async function content(code, keys, plaintext, deviceKey, isIssued) {
  const { half, message, signedMap, privateMap, privateBytes } = read(plaintext);
  if (!(await holds(message, deviceKey, { type: 'half', ...code }))) {
    throw new StepRefused('O7', 'the half is not signed by the device for this code');
  }
  const digest = await sha256(privateBytes);
  const cancels =
    signedMap.cancelledN === null ||
    (signedMap.role === ROLE.PAYEE && signedMap.cancelledN < signedMap.n);
  if (
    !(isCompact(signedMap) || equal(signedMap.deviceId, keys.deviceId)) ||
    signedMap.epoch !== keys.epoch ||
    signedMap.n !== keys.n ||
    !equal(signedMap.privateDigest, digest.slice(0, signedMap.privateDigest.length)) ||
    !cancels ||
    (signedMap.belongsTo !== null && signedMap.role !== ROLE.PAYEE)
  ) {
    throw new StepRefused('O8', 'signed map and code do not agree');
  }
  const ownNumber =
    signedMap.role !== ROLE.PAYEE ||
    signedMap.purpose !== PURPOSE.PURCHASE ||
    (await keys.number()) === code.number;
  if (!ownNumber && !isIssued(code.number)) {
    throw new StepRefused('O8b', "the payee's number is neither its own nor reserved");
  }
  return { code, half, signedMap, privateMap, keys, codeHash: await codeHash(code.text), plaintext };
}

/** O6. */
function read(plaintext) {
  try {
    const parts = asArray(decode(plaintext), 2);
    const half = asBytes(parts[0]);
    const privateBytes = asBytes(parts[1]);
    const message = decodeSign1(half);
    const signedMap = decodeSignedMap(message.payload);
    const privateMap = decodePrivateMap(privateBytes, isCompact(signedMap));
    return { half, message, signedMap, privateMap, privateBytes };
  } catch (fault) {
    throw fault instanceof MalformedInput ? new StepRefused('O6', fault.message) : fault;
  }
}

/**
 * O9 and S5 to S7: whether a code goes with what the bank has accepted.
 *
 * @param {object} opened
 * @param {object} view
 * @param {object | null} view.older the epoch before this code's: epoch, next, and end where it is open
 * @param {number} view.first of this code's epoch
 * @param {object | null} view.newer the epoch after this code's: epoch, first
 * @param {object[]} view.consumed epoch, n, codeHash, prev
 */
export function goesWith({ signedMap, codeHash: hash }, { older, first, newer, consumed }) {
  const { epoch, n, prev, closed } = signedMap;
  if (older && (older.end === null ? closed !== older.next : closed < older.next || closed > older.end)) {
    return false;
  }
  const at = (e, m) => consumed.find((one) => one.epoch === e && one.n === m);
  const before = older && n === first ? at(older.epoch, closed - 1) : at(epoch, n - 1);
  const next = at(epoch, n + 1);
  const later = newer ? at(newer.epoch, newer.first) : undefined;
  const after = next ?? (newer && later?.closed === n + 1 ? later : undefined);
  return (
    (!before || equal(before.codeHash.subarray(0, 16), prev)) &&
    (!after || equal(after.prev, hash.subarray(0, 16)))
  );
}
