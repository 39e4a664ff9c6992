/** The maps of a half; docs/PROTOCOL.md section 5. */
import { MapReader, asBytes, asText, decode, encode, map } from './cbor.js';
import { FORMAT, LIMITS, PURPOSE } from './format.js';
import { MalformedInput } from './refusal.js';
import { requireCurrency } from './money.js';

/** @typedef {import('./bytes.js').Bytes} Bytes */

/**
 * What a party signs; times in milliseconds, amounts in minor units.
 *
 * @typedef {object} SignedMap
 * @property {number} role
 * @property {number} purpose
 * @property {Bytes} deviceId
 * @property {Bytes} accountIdentifier
 * @property {Bytes} contractId
 * @property {number} epoch
 * @property {number} n
 * @property {Bytes | null} counterparty
 * @property {Bytes} billHash
 * @property {number} amount
 * @property {string} currency
 * @property {number} time
 * @property {number} notAfter
 * @property {number} verification 0 none, 1 PIN
 * @property {Bytes} prev
 * @property {number} logIndex
 * @property {Bytes} logHead
 * @property {Bytes} privateDigest
 * @property {number | null} cancelledN
 * @property {number | null} closed next n of the epoch before; null in epoch 0
 * @property {Extensions} critical
 * @property {Extensions} extensions
 */

/**
 * Names, at most 16 characters, and what they say, at most 64 bytes; at most four.
 *
 * @typedef {Record<string, Bytes>} Extensions
 */

/** @param {Extensions} extensions absent where there are none */
const encodable = (extensions) => {
  const entries = Object.entries(extensions);
  return entries.length === 0 ? undefined : new Map(entries);
};

/**
 * @param {MapReader} reader
 * @param {number} key
 * @returns {Extensions}
 */
function readExtensions(reader, key) {
  if (!reader.has(key)) {
    return {};
  }
  const members = reader.value(key);
  if (!(members instanceof Map) || members.size === 0) {
    throw new MalformedInput('extensions are a map, absent where there are none');
  }
  return checkedExtensions([...members]);
}

/**
 * Extensions within their limits.
 *
 * @param {[any, any][]} members
 * @returns {Extensions}
 */
export function checkedExtensions(members) {
  if (members.length > LIMITS.extensions) {
    throw new MalformedInput('more than four extensions');
  }
  for (const [name, content] of members) {
    const long = asBytes(content).length > LIMITS.extensionBytes;
    if (asText(name, LIMITS.extensionNameChars) === '' || long) {
      throw new MalformedInput('an extension has a name and at most 64 bytes');
    }
  }
  return Object.fromEntries(members);
}

/** @param {SignedMap} half */
export function encodeSignedMap(half) {
  return encode(
    map({
      1: FORMAT,
      2: half.role,
      3: half.purpose,
      4: half.deviceId,
      5: half.accountIdentifier,
      6: half.contractId,
      7: half.epoch,
      8: half.n,
      9: half.n + 1,
      10: half.counterparty,
      11: half.billHash,
      12: half.amount,
      13: half.currency,
      14: half.time,
      15: half.notAfter,
      16: half.verification,
      17: half.prev,
      18: half.logIndex,
      19: half.logHead,
      20: half.privateDigest,
      21: half.cancelledN ?? undefined,
      22: half.closed ?? undefined,
      23: encodable(half.critical),
      24: encodable(half.extensions),
    }),
  );
}

/**
 * @param {Uint8Array} bytes
 * @returns {SignedMap}
 */
export function decodeSignedMap(bytes) {
  const reader = new MapReader(decode(bytes, LIMITS.signedMapBytes));
  reader.integer(1, FORMAT, FORMAT);
  const purpose = reader.integer(3, 1, 2);
  const n = reader.integer(8, 0, 2 ** 53 - 2);
  reader.integer(9, n + 1, n + 1);
  const time = reader.integer(14, 0);
  if (reader.has(21) !== (purpose === PURPOSE.CANCEL)) {
    throw new MalformedInput('cancelled n goes with purpose cancel');
  }
  const epoch = reader.integer(7, 0, 2 ** 31 - 1);
  if (reader.has(22) !== epoch > 0) {
    throw new MalformedInput('closed stands from epoch 1 on');
  }
  const half = {
    role: reader.integer(2, 1, 2),
    purpose,
    deviceId: reader.bytes(4, 16),
    accountIdentifier: reader.bytes(5, 16),
    contractId: reader.bytes(6, 16),
    epoch,
    n,
    counterparty: reader.bytesOrNull(10, 16),
    billHash: reader.bytes(11, 32),
    amount: reader.integer(12, 0, LIMITS.amountMinor),
    currency: requireCurrency(reader.text(13, 3)),
    time,
    notAfter: reader.integer(15, time, time + LIMITS.halfLifeMillis),
    verification: reader.integer(16, 0, 1),
    prev: reader.bytes(17, 16),
    logIndex: reader.integer(18, 0),
    logHead: reader.bytes(19, 32),
    privateDigest: reader.bytes(20, 32),
    cancelledN: reader.has(21) ? reader.integer(21) : null,
    closed: reader.has(22) ? reader.integer(22) : null,
    critical: readExtensions(reader, 23),
    extensions: readExtensions(reader, 24),
  };
  reader.end();
  return half;
}

/**
 * What only the bank reads and nobody needs as evidence.
 *
 * @typedef {object} PrivateMap
 * @property {Bytes} salt
 * @property {Bytes | null} pinProof
 * @property {string | null} shorthand
 * @property {Bytes} bindingValue
 */

/** @param {PrivateMap} content */
export const encodePrivateMap = ({ salt, pinProof, shorthand, bindingValue }) =>
  encode(map({ 1: salt, 2: pinProof, 3: shorthand, 4: bindingValue }));

/**
 * @param {Uint8Array} bytes
 * @returns {PrivateMap}
 */
export function decodePrivateMap(bytes) {
  const reader = new MapReader(decode(bytes, LIMITS.privateMapBytes));
  const content = {
    salt: reader.bytes(1, 16),
    pinProof: reader.bytesOrNull(2, 32),
    shorthand: reader.textOrNull(3, 32),
    bindingValue: reader.bytes(4, 16),
  };
  reader.end();
  return content;
}
