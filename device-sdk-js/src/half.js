/** The maps of a half; docs/PROTOCOL.md section 5. */
import { MapReader, asBytes, asText, decode, encode, map } from './cbor.js';
import { FORMAT, LIMITS, PURPOSE, ROLE } from './format.js';
import { decodeSign1 } from './cose.js';
import { areEmpty, conditionMembers, readConditions } from './conditions.js';
import { MalformedInput } from './refusal.js';
import { requireCurrency } from './money.js';

/** @typedef {import('./bytes.js').Bytes} Bytes */

/**
 * What a party signs; times in milliseconds, amounts in minor units.
 *
 * @typedef {object} SignedMap
 * @property {number} role
 * @property {number} purpose
 * @property {Bytes | null} deviceId null in the compact profile, as the bank knows it
 * @property {Bytes | null} accountIdentifier likewise
 * @property {Bytes | null} contractId likewise
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
 * @property {Bytes} logHead in the compact profile its first 16 bytes
 * @property {Bytes} privateDigest of the private map; in the compact profile its first 16 bytes
 * @property {number | null} cancelledN
 * @property {number | null} closed next n of the epoch before; null in epoch 0
 * @property {Extensions} critical
 * @property {Extensions} extensions
 * @property {import('./conditions.js').Conditions} conditions
 * @property {Bytes | null} belongsTo hash of the code that held the payee's half of the purchase, for
 *   what is done with a hold or a recurring authority
 */

/** Whether a signed map is of the compact profile, for channels that count characters. */
export const isCompact = (/** @type {SignedMap} */ { contractId }) => contractId === null;

const CONDITIONS = Object.freeze({ limits: 25, contentHash: 26, consent: 27, terms: 28 });
const COMPACT = 1;

/** Bytes of log head and private digest in the compact profile. */
export const SHORT_HASH = 16;

/** Members that the compact profile has no room for (5.3), beside 4, 5, 6 and 9. */
const NOT_COMPACT = [23, 24, 25, 26, 27, 29];

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
  const compact = isCompact(half);
  return encode(
    map({
      1: FORMAT,
      2: half.role,
      3: half.purpose,
      4: half.deviceId ?? undefined,
      5: half.accountIdentifier ?? undefined,
      6: half.contractId ?? undefined,
      7: half.epoch,
      8: half.n,
      9: compact ? undefined : half.n + 1,
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
      ...conditionMembers(half.conditions, CONDITIONS),
      29: half.belongsTo ?? undefined,
      30: compact ? COMPACT : undefined,
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
  const compact = reader.has(30) && reader.integer(30, COMPACT, COMPACT) === COMPACT;
  const n = reader.integer(8, 0, 2 ** 53 - 2);
  if (!compact) {
    reader.integer(9, n + 1, n + 1);
  }
  const role = reader.integer(2, ROLE.PAYER, ROLE.PAYEE);
  const amount = reader.integer(12, 0, LIMITS.amountMinor);
  const time = reader.integer(14, 0);
  const half = {
    role,
    purpose: reader.integer(3, PURPOSE.PURCHASE, PURPOSE.CHARGE),
    deviceId: compact ? null : reader.bytes(4, 16),
    accountIdentifier: compact ? null : reader.bytes(5, 16),
    contractId: compact ? null : reader.bytes(6, 16),
    epoch: reader.integer(7, 0, 2 ** 31 - 1),
    n,
    counterparty: reader.bytesOrNull(10, 16),
    billHash: reader.bytes(11, 32),
    amount,
    currency: requireCurrency(reader.text(13, 3)),
    time,
    notAfter: reader.integer(15, time, time + LIMITS.halfLifeMillis),
    verification: reader.integer(16, 0, 1),
    prev: reader.bytes(17, 16),
    logIndex: reader.integer(18, 0),
    logHead: reader.bytes(19, compact ? SHORT_HASH : 32),
    privateDigest: reader.bytes(20, compact ? SHORT_HASH : 32),
    cancelledN: reader.has(21) ? reader.integer(21) : null,
    closed: reader.has(22) ? reader.integer(22) : null,
    critical: readExtensions(reader, 23),
    extensions: readExtensions(reader, 24),
    conditions: readConditions(reader, CONDITIONS, { amount, time, given: role === ROLE.PAYER }),
    belongsTo: reader.has(29) ? reader.bytes(29, 32) : null,
  };
  reader.end();
  if (compact && NOT_COMPACT.some((key) => reader.has(key))) {
    throw new MalformedInput('a member that the compact profile does not have');
  }
  requireTogether(half);
  return half;
}

/**
 * What a party signed with a half.
 *
 * @param {{ half: Bytes }} entry
 */
export const termsOf = ({ half }) => decodeSignedMap(decodeSign1(half).payload);

/**
 * Members that go with others only.
 *
 * @param {SignedMap} half
 */
function requireTogether({ role, purpose, epoch, counterparty, conditions, ...half }) {
  if ((half.cancelledN !== null) !== (purpose === PURPOSE.CANCEL)) {
    throw new MalformedInput('cancelled n goes with purpose cancel');
  }
  if ((half.closed !== null) !== epoch > 0) {
    throw new MalformedInput('closed stands from epoch 1 on');
  }
  const later = purpose === PURPOSE.COMPLETE || purpose === PURPOSE.CHARGE;
  if ((half.belongsTo !== null) !== later) {
    throw new MalformedInput('what a half belongs to goes with complete and charge');
  }
  const plain = areEmpty(conditions) && !conditions.terms;
  if (purpose !== PURPOSE.PURCHASE && !plain) {
    throw new MalformedInput('conditions go with purchases');
  }
  if (conditions.terms && role === ROLE.PAYER && counterparty !== null) {
    throw new MalformedInput('in terms mode a payer does not know the other side');
  }
}

/**
 * What only the bank reads and nobody needs as evidence.
 *
 * @typedef {object} PrivateMap
 * @property {Bytes} salt
 * @property {Bytes | null} pinProof
 * @property {string | null} shorthand
 * @property {Bytes} bindingValue
 * @property {string | null} loyaltyId
 * @property {Map<number, Bytes>} levelProofs by level, 1 to 7; at most three
 */

/** @param {PrivateMap} content */
export const encodePrivateMap = (content) =>
  encode(
    map({
      1: content.salt,
      2: content.pinProof,
      3: content.shorthand,
      4: content.bindingValue,
      5: content.loyaltyId ?? undefined,
      6: content.levelProofs.size === 0 ? undefined : content.levelProofs,
    }),
  );

/**
 * @param {Uint8Array} bytes
 * @param {boolean} [compact] whether the signed map is of the compact profile
 * @returns {PrivateMap}
 */
export function decodePrivateMap(bytes, compact = false) {
  const reader = new MapReader(decode(bytes, LIMITS.privateMapBytes));
  const shorthandChars = compact ? LIMITS.compactShorthandChars : 32;
  const content = {
    salt: reader.bytes(1, 16),
    pinProof: reader.bytesOrNull(2, 32),
    shorthand: reader.textOrNull(3, shorthandChars),
    bindingValue: reader.bytes(4, 16),
    loyaltyId: reader.has(5) ? loyaltyId(reader.value(5)) : null,
    levelProofs: reader.has(6) ? readLevelProofs(reader.value(6)) : new Map(),
  };
  reader.end();
  const long = new TextEncoder().encode(content.shorthand ?? '').length > shorthandChars;
  if (compact && (long || reader.has(5) || reader.has(6))) {
    throw new MalformedInput('more than the compact profile has room for');
  }
  return content;
}

/**
 * A loyalty id, for the payee's own systems.
 *
 * @param {any} value
 */
export function loyaltyId(value) {
  const text = asText(value, LIMITS.loyaltyChars);
  if (!/^[ -~]+$/.test(text)) {
    throw new MalformedInput('a loyalty id has 1 to 32 printable ASCII characters');
  }
  return text;
}

/**
 * @param {any} value
 * @returns {Map<number, Bytes>}
 */
function readLevelProofs(value) {
  if (!(value instanceof Map) || value.size < 1 || value.size > LIMITS.levelProofs) {
    throw new MalformedInput('one to three proofs of level PINs');
  }
  for (const [level, proof] of value) {
    requireLevel(level);
    asBytes(proof, 32);
  }
  return value;
}

/**
 * @param {any} level
 * @returns {number}
 */
export function requireLevel(level) {
  if (!Number.isSafeInteger(level) || level < 1 || level > LIMITS.levels) {
    throw new MalformedInput('a level is 1 to 7');
  }
  return level;
}
