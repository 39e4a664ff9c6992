/**
 * What a bill, a half or a receipt says beyond amount and parties: tip, hold, recurring charges, a
 * content hash, consent, terms mode. docs/PROTOCOL.md sections 5, 6 and 9.
 */
import { LIMITS } from './format.js';
import { MalformedInput } from './refusal.js';
import { MapReader, asArray, map } from './cbor.js';
import { equal } from './bytes.js';

/** @typedef {import('./bytes.js').Bytes} Bytes */

/**
 * @typedef {object} Hold what is held and not moved until the payee completes it
 * @property {number} limit highest amount, at least that of the bill
 * @property {number} until at most 31 days ahead
 *
 * @typedef {object} Recurring further charges without a code of the payer
 * @property {number} each highest amount of one
 * @property {number} count 1 to 120
 * @property {number} interval least milliseconds between two, an hour or more
 * @property {number} until at most 400 days ahead
 *
 * @typedef {object} Limits at least one of them; hold and recurring never together
 * @property {number | null} tip of a payee the highest, of a payer the one inside the amount
 * @property {Hold | null} hold
 * @property {Recurring | null} recurring
 *
 * @typedef {object} Conditions
 * @property {Limits | null} limits
 * @property {Bytes | null} contentHash of documents that both agree on, 32 bytes
 * @property {number} consent bits: asked by the payee, granted by the payer; 0 for none
 * @property {boolean} terms whether the payer did not have the bill; then nothing else is there
 *
 * @typedef {{ limits: number, contentHash: number, consent: number, terms?: number }} Keys of the
 *   members in a message
 */

/** @type {Readonly<Conditions>} */
export const NO_CONDITIONS = Object.freeze({
  limits: null,
  contentHash: null,
  consent: 0,
  terms: false,
});

const ALL_CONSENT = 15;
const ANY = Number.MAX_SAFE_INTEGER;

/**
 * Whether there is no limit, no content hash and no consent; terms mode may be.
 *
 * @param {Conditions} conditions
 */
export const areEmpty = ({ limits, contentHash, consent }) =>
  limits === null && contentHash === null && consent === 0;

/**
 * Limits with a member that says something; null where none does.
 *
 * @param {Limits} limits
 * @returns {Limits | null}
 */
export const limitsOf = (limits) =>
  limits.tip === null && limits.hold === null && limits.recurring === null ? null : limits;

/**
 * Members of a message; `map` leaves out those that say nothing.
 *
 * @param {Conditions} conditions
 * @param {Keys} keys
 */
export const conditionMembers = ({ limits, contentHash, consent, terms }, keys) => ({
  [keys.limits]: limits ? encodable(limits) : undefined,
  [keys.contentHash]: contentHash ?? undefined,
  [keys.consent]: consent === 0 ? undefined : consent,
  ...(keys.terms && { [keys.terms]: terms ? true : undefined }),
});

/** @param {Limits} limits */
const encodable = ({ tip, hold, recurring }) =>
  map({
    1: tip ?? undefined,
    2: hold ? [hold.limit, hold.until] : undefined,
    3: recurring
      ? [recurring.each, recurring.count, recurring.interval, recurring.until]
      : undefined,
  });

/**
 * Strict inverse of {@link conditionMembers}.
 *
 * @param {MapReader} reader
 * @param {Keys} keys
 * @param {Base | null} base null on a receipt, whose half was measured
 * @returns {Conditions}
 */
export function readConditions(reader, keys, base) {
  const { limits, contentHash, consent, terms } = keys;
  const read = {
    limits: reader.has(limits) ? readLimits(reader.value(limits), base) : null,
    contentHash: reader.has(contentHash) ? reader.bytes(contentHash, 32) : null,
    consent: reader.has(consent) ? reader.integer(consent, 1, ALL_CONSENT) : 0,
    terms: terms !== undefined && reader.has(terms),
  };
  if (terms !== undefined && read.terms && reader.value(terms) !== true) {
    throw new MalformedInput('terms mode is true or absent');
  }
  if (read.terms && !areEmpty(read)) {
    throw new MalformedInput('terms mode has no other conditions');
  }
  return read;
}

/**
 * What limits are measured against.
 *
 * @typedef {object} Base
 * @property {number} amount a payer's with the tip
 * @property {number} time
 * @property {boolean} given whether the tip is inside the amount, as a payer's is
 */

/**
 * @param {any} value
 * @param {Base | null} base
 * @returns {Limits}
 */
function readLimits(value, base) {
  const reader = new MapReader(value);
  const most = base?.given ? base.amount : LIMITS.amountMinor;
  const tip = reader.has(1) ? reader.integer(1, base === null || base.given ? 0 : 1, most) : null;
  const least = base === null ? 0 : base.amount - (base.given ? (tip ?? 0) : 0);
  const time = base?.time ?? null;
  const limits = {
    tip,
    hold: reader.has(2) ? readHold(reader.value(2), least, time) : null,
    recurring: reader.has(3) ? readRecurring(reader.value(3), time) : null,
  };
  reader.end();
  if (limitsOf(limits) === null || (limits.hold !== null && limits.recurring !== null)) {
    throw new MalformedInput('limits name a tip, a hold or recurring charges, not both of the last');
  }
  return limits;
}

/**
 * @param {any} value
 * @param {number} least
 * @param {number | null} time
 * @returns {Hold}
 */
function readHold(value, least, time) {
  const [limit, until] = asArray(value, 2);
  return {
    limit: within(limit, least, LIMITS.amountMinor),
    until: moment(until, time, LIMITS.holdMillis),
  };
}

/**
 * @param {any} value
 * @param {number | null} time
 * @returns {Recurring}
 */
function readRecurring(value, time) {
  const [each, count, interval, until] = asArray(value, 4);
  return {
    each: within(each, 1, LIMITS.amountMinor),
    count: within(count, 1, LIMITS.charges),
    interval: within(interval, LIMITS.chargeMillis, ANY),
    until: moment(until, time, LIMITS.recurringMillis),
  };
}

/**
 * @param {any} value
 * @param {number | null} time
 * @param {number} ahead at most
 */
const moment = (value, time, ahead) =>
  time === null ? within(value, 0, ANY) : within(value, time, time + ahead);

/**
 * @param {any} value
 * @param {number} min
 * @param {number} max
 * @returns {number}
 */
function within(value, min, max) {
  if (!Number.isSafeInteger(value) || value < min || value > max) {
    throw new MalformedInput('a limit is not an integer, or out of range');
  }
  return value;
}

/**
 * Whether hold and recurring charges are the same, as both halves must say them (L2).
 *
 * @param {Limits | null} a
 * @param {Limits | null} b
 */
export const sameAuthority = (a, b) =>
  sameMembers(a?.hold, b?.hold) && sameMembers(a?.recurring, b?.recurring);

/**
 * @param {object | null | undefined} a
 * @param {object | null | undefined} b
 */
function sameMembers(a, b) {
  const [one, other] = [Object.entries(a ?? {}), Object.entries(b ?? {})];
  const found = new Map(other);
  return one.length === other.length && one.every(([name, value]) => found.get(name) === value);
}

/**
 * Whether two content hashes are one, or neither is there (L3).
 *
 * @param {Uint8Array | null} a
 * @param {Uint8Array | null} b
 */
export const sameContent = (a, b) => (a === null || b === null ? a === b : equal(a, b));
