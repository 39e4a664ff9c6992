/** Arguments and results of each kind of request; docs/PROTOCOL.md section R. */
import { CIPHERTEXT_LENGTH } from './pq.js';
import { LIMITS, SUITE } from './format.js';
import { MalformedInput } from './refusal.js';
import { MapReader, asArray, asBytes, decode, encode, map } from './cbor.js';
import { lineOf } from './log.js';
import { numberBytes, numberText } from './crockford.js';
import { termsOf } from './agreement.js';
import { uncompressed } from './crypto.js';

/** @typedef {import('./bytes.js').Bytes} Bytes */

/** What a bank says of a number, kind 1. */
export const SEEN = Object.freeze({ NOT_SEEN: 0, PENDING: 1, FINAL: 2 });

/** State of a device at its bank. */
const STATES = ['active', 'suspended', 'revoked'];

/** @param {[number, number][]} numbers epoch and n */
export const statusArguments = (numbers) => encode(map({ 1: numbers }));

/**
 * @param {Uint8Array} ephemeral point, 33 bytes
 * @param {Uint8Array | null} encapsulationKey
 * @param {number} newEpoch
 * @param {number} next n of the device in its epoch
 */
export const rekeyArguments = (ephemeral, encapsulationKey, newEpoch, next) =>
  encode(map({ 1: ephemeral, 2: encapsulationKey, 3: newEpoch, 4: next }));

/**
 * @param {number} from
 * @param {number} to
 */
export const logArguments = (from, to) => encode(map({ 1: from, 2: to }));

/**
 * @param {Uint8Array} verifier V of the new PIN
 * @param {Uint8Array} proof
 */
export const pinArguments = (verifier, proof) => encode(map({ 1: verifier, 2: proof }));

/**
 * @param {Uint8Array} bill
 * @param {Uint8Array | null} offerId where it is for an offer
 */
export const lodgeArguments = (bill, offerId) => encode(map({ 1: bill, 2: offerId ?? undefined }));

/** @param {string} number */
export const billArguments = (number) => encode(map({ 1: numberBytes(number) }));

/** @param {Uint8Array} offerId */
export const offeredArguments = (offerId) => encode(map({ 2: offerId }));

/**
 * @param {number} level
 * @param {Uint8Array | null} verifier V of the level PIN; null removes it
 * @param {Uint8Array} proof
 */
export const levelArguments = (level, verifier, proof) =>
  encode(map({ 1: level, 2: verifier, 3: proof }));

/**
 * @param {string} number of the purchase
 * @param {Uint8Array} billHash
 */
export const endArguments = (number, billHash) =>
  encode(map({ 1: numberBytes(number), 2: billHash }));

/** @param {Uint8Array} bytes */
export const ofEndArguments = (bytes) =>
  readResult(bytes, (reader) => ({
    number: numberText(reader.bytes(1, 10)),
    billHash: reader.bytes(2, 32),
  }));

export const numberArguments = () => encode(new Map());

/**
 * @param {Uint8Array | null} deviceId
 * @param {string | null} number
 */
export const notMeArguments = (deviceId, number) =>
  encode(map({ 1: deviceId, 2: number === null ? null : numberBytes(number) }));

/** @param {Uint8Array} signature COSE_Sign1 of an agreement */
export const agreeArguments = (signature) => encode(map({ 1: signature }));

/** @param {Uint8Array} countersignature COSE_Sign1 */
export const countersignArguments = (countersignature) => encode(map({ 1: countersignature }));

/**
 * A result, all of whose members are read.
 *
 * @template T
 * @param {Uint8Array} bytes
 * @param {(reader: MapReader) => T} read
 * @returns {T}
 */
export function readResult(bytes, read) {
  const reader = new MapReader(decode(bytes));
  const result = read(reader);
  reader.end();
  return result;
}

/**
 * @param {any} value
 * @param {number} min
 * @param {number} max
 * @returns {number}
 */
function integer(value, min, max) {
  if (!Number.isSafeInteger(value) || value < min || value > max) {
    throw new MalformedInput('not an integer, or out of range');
  }
  return value;
}

const ANY = Number.MAX_SAFE_INTEGER;

/** @param {any} item */
function ownHalf(item) {
  const [epoch, n, what] = asArray(item, 3);
  return { epoch: integer(epoch, 0, ANY), n: integer(n, 0, ANY), what: integer(what, 0, 2) };
}

/** @param {any} item */
function accountDevice(item) {
  const [deviceId, state, boundAt, countersigned, limit] = asArray(item, 5);
  return {
    deviceId: asBytes(deviceId, 16),
    state: STATES[integer(state, 1, 3) - 1],
    boundAt: integer(boundAt, 0, ANY),
    countersigned: integer(countersigned, 0, 1) === 1,
    limit: integer(limit, 0, LIMITS.amountMinor),
  };
}

/** @param {Uint8Array} bytes */
export const statusResult = (bytes) =>
  readResult(bytes, (reader) => ({
    state: STATES[reader.integer(1, 1, 2) - 1],
    epoch: reader.integer(2, 0),
    next: reader.integer(3, 0),
    logIndex: reader.integer(4, 0),
    logHead: reader.bytes(5, 32),
    recoveryEpoch: reader.integer(6, 0),
    keySetVersion: reader.integer(7, 1),
    halves: asArray(reader.value(8)).map(ownHalf),
    blockedUntil: reader.integer(9, 0),
    devices: asArray(reader.value(10)).map(accountDevice),
    noticesMade: reader.integer(11, 0),
    agreement: reader.has(12) ? termsOf(reader.value(12)) : null,
  }));

/** @typedef {ReturnType<typeof statusResult>} BankStatus */

/**
 * @param {Uint8Array} bytes
 * @param {number} suite
 */
export const rekeyResult = (bytes, suite) =>
  readResult(bytes, (reader) => {
    const ciphertext = reader.bytesOrNull(2, CIPHERTEXT_LENGTH);
    if ((ciphertext !== null) !== (suite === SUITE.HYBRID)) {
      throw new MalformedInput('a ciphertext goes with suite 2');
    }
    const bankKey = reader.bytes(1, 33);
    uncompressed(bankKey);
    return {
      bankKey,
      ciphertext,
      epoch: reader.integer(3, 1),
      recoveryEpoch: reader.integer(4, 0),
      aliases: asArray(reader.value(5), LIMITS.aliases).map((alias) => asBytes(alias, 17)),
      noticesMade: reader.integer(6, 0),
    };
  });

/** @param {Uint8Array} bytes */
export const logResult = (bytes) =>
  readResult(bytes, (reader) => asArray(reader.value(1)).map(lineOf));

/** @param {Uint8Array} bytes */
export const lodgeResult = (bytes) =>
  readResult(bytes, (reader) => ({ expires: reader.integer(1, 0) }));

/** @param {Uint8Array} bytes */
export const billResult = (bytes) =>
  readResult(bytes, (reader) => reader.bytes(1, 1, LIMITS.billBytes));

/** @param {Uint8Array} bytes */
export const numberResult = (bytes) =>
  readResult(bytes, (reader) => ({
    number: numberText(reader.bytes(1, 10)),
    label: reader.text(2, 32),
    expires: reader.integer(3, 0),
  }));

/** @param {Uint8Array} bytes */
export const notMeResult = (bytes) =>
  readResult(bytes, (reader) => {
    const done = reader.integer(1, 0, 3);
    return { deviceSuspended: (done & 1) !== 0, halvesEnded: (done & 2) !== 0 };
  });

/** @param {Uint8Array} bytes */
export const emptyResult = (bytes) => readResult(bytes, () => undefined);
