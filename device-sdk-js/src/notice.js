/** Notices: the bank speaks first; docs/PROTOCOL.md section N. */
import { FORMAT, LIMITS, NOTICE, PURPOSE } from './format.js';
import { MapReader, asArray, asBytes, asText, decode, encode } from './cbor.js';
import { MalformedInput, atStep } from './refusal.js';
import { asTime, asVersion, termsOf } from './agreement.js';
import { decodeBindingRecord } from './enrolment.js';
import { decodeEncrypt0, decodeSign1, open, unpadded } from './cose.js';
import { expand } from './crypto.js';
import { lineOf } from './log.js';
import { numberBytes, numberText } from './crockford.js';
import { requireCurrency } from './money.js';

/** @typedef {import('./bytes.js').Bytes} Bytes */

/**
 * Where a down chain stands.
 *
 * @typedef {object} DownAt
 * @property {number} suite
 * @property {string} consortium
 * @property {Uint8Array} deviceId
 * @property {number} epoch
 * @property {number} k from 1
 * @property {Uint8Array} chain down(epoch, k)
 */

/**
 * nout(name).
 *
 * @param {DownAt} at
 * @param {string} name
 * @param {number} [length]
 */
export const noticeOut = ({ suite, deviceId, epoch, k, chain }, name, length = 32) =>
  expand(chain, encode([name, suite, deviceId, epoch, k]), length);

/**
 * Token with which notice k is asked for.
 *
 * @param {DownAt} at
 */
export const noticePickup = (at) => noticeOut(at, 'notice pickup', 16);

/**
 * down(epoch, k + 1).
 *
 * @param {DownAt} at
 */
export const nextDown = (at) => noticeOut(at, 'next');

/** @param {Uint8Array} bytes */
export function decodeNotice(bytes) {
  const reader = new MapReader(decode(bytes));
  const notice = {
    deviceId: reader.bytes(1, 16),
    epoch: reader.integer(2, 0),
    k: reader.integer(3, 1),
    kind: reader.integer(4, 1),
    time: reader.integer(5, 0),
    subject: reader.bytes(6, 1, LIMITS.noticeBytes),
    line: lineOf(reader.value(7)),
  };
  reader.end();
  subjectOf(notice);
  return notice;
}

/** @typedef {ReturnType<typeof decodeNotice>} Notice */

/**
 * N1 and N2.
 *
 * @param {Uint8Array} sealed
 * @param {DownAt} at
 * @param {import('./keys.js').BankKeys} bank
 * @returns {Promise<Notice>}
 * @throws {StepRefused} `N1` or `N2`
 */
export async function openNotice(sealed, at, bank) {
  let signed;
  try {
    const { suite, consortium, deviceId, epoch, k } = at;
    const context = ['tallystick', 'notice', FORMAT, suite, consortium, deviceId, epoch, k];
    const [key, ivKey] = [await noticeOut(at, 'notice key'), await noticeOut(at, 'notice iv')];
    const plaintext = await open(decodeEncrypt0(sealed), key, ivKey, encode(context));
    if (plaintext === null) {
      throw new MalformedInput('the notice does not open');
    }
    signed = unpadded(plaintext, LIMITS.noticeBytes);
  } catch (fault) {
    throw atStep(fault, 'N1', 'the notice does not open');
  }
  try {
    const notice = decodeNotice(decodeSign1(signed).payload);
    await bank.signed(signed, 'answer', { type: 'notice', suite: at.suite }, notice.time);
    return notice;
  } catch (fault) {
    throw atStep(fault, 'N2', 'the bank has not signed the notice');
  }
}

/**
 * What a notice is about, for people.
 *
 * @typedef {{ about: 'bound', deviceId: Bytes, role: string, boundAt: number }
 *   | { about: 'suspended', deviceId: Bytes, reason: string }
 *   | { about: 'not-me', deviceId: Bytes | null, number: string | null }
 *   | { about: 'agreement', version: number, hash: Bytes, effectiveAt: number }
 *   | { about: 'registration', standing: string, movedAt: number }
 *   | { about: 'agreed', version: number, hash: Bytes, deviceId: Bytes, signatureHash: Bytes }
 *   | Used} Subject
 */

/**
 * The payer's receipt of what a payee did with a hold or a recurring authority.
 *
 * @typedef {object} Used
 * @property {'authority'} about
 * @property {string} number of the purchase
 * @property {number} purpose complete or charge
 * @property {number} amount minor units
 * @property {string} currency
 * @property {number} usedAt bank clock
 * @property {Bytes | null} codeHash of the payee's code; null where the bank released the hold
 */

/**
 * @param {{ kind: number, subject: Uint8Array }} notice
 * @returns {Subject}
 * @throws {MalformedInput} where the kind is unknown, or the subject not of its shape
 */
export function subjectOf({ kind, subject }) {
  switch (kind) {
    case NOTICE.BOUND: {
      const { deviceId, role, time } = decodeBindingRecord(decodeSign1(subject).payload);
      return { about: 'bound', deviceId, role, boundAt: time };
    }
    case NOTICE.SUSPENDED: {
      const [deviceId, reason] = asArray(decode(subject), 2);
      return { about: 'suspended', deviceId: asBytes(deviceId, 16), reason: asText(reason, 64) };
    }
    case NOTICE.NOT_ME: {
      const [deviceId, number] = asArray(decode(subject), 2);
      return {
        about: 'not-me',
        deviceId: deviceId === null ? null : asBytes(deviceId, 16),
        number: number === null ? null : numberText(numberBytes(asText(number, 16))),
      };
    }
    case NOTICE.AUTHORITY:
      return usedOf(asArray(decode(subject), 6));
    case NOTICE.TO_SIGN:
      return { about: 'agreement', ...termsOf(decode(subject)) };
    case NOTICE.REGISTRATION:
      return movedOf(asArray(decode(subject), 2));
    case NOTICE.SIGNED: {
      const [version, hash, deviceId, signature] = asArray(decode(subject), 4);
      return {
        about: 'agreed',
        version: asVersion(version),
        hash: asBytes(hash, 32),
        deviceId: asBytes(deviceId, 16),
        signatureHash: asBytes(signature, 32),
      };
    }
    default:
      throw new MalformedInput('notice of an unknown kind');
  }
}

/** Where a registration stands, by its number on the wire from 1. */
const STANDINGS = [
  'APPLIED',
  'SCREENING',
  'REVIEW',
  'APPROVED',
  'REFUSED',
  'ACTIVE',
  'LAPSED',
  'SUSPENDED',
  'CLOSED',
];

/**
 * @param {any[]} subject
 * @returns {Subject}
 */
function movedOf([number, movedAt]) {
  const standing = Number.isSafeInteger(number) ? STANDINGS[number - 1] : undefined;
  if (standing === undefined) {
    throw new MalformedInput('a registration that stands nowhere');
  }
  return { about: 'registration', standing, movedAt: asTime(movedAt) };
}

/**
 * @param {any[]} subject
 * @returns {Used}
 */
function usedOf([number, purpose, amount, currency, usedAt, codeHash]) {
  const good =
    (purpose === PURPOSE.COMPLETE || purpose === PURPOSE.CHARGE) &&
    isBetween(amount, LIMITS.amountMinor) &&
    isBetween(usedAt, Number.MAX_SAFE_INTEGER);
  if (!good) {
    throw new MalformedInput('a notice of what nobody may do with an authority');
  }
  return {
    about: 'authority',
    number: numberText(numberBytes(asText(number, 16))),
    purpose,
    amount,
    currency: requireCurrency(currency),
    usedAt,
    codeHash: codeHash === null ? null : asBytes(codeHash, 32),
  };
}

/**
 * @param {any} value
 * @param {number} max
 */
const isBetween = (value, max) => Number.isSafeInteger(value) && value >= 0 && value <= max;
