/**
 * What purchases with a hold or with recurring charges have left behind: as long as it lasts, the
 * payee's device knows what its later codes belong to, and the payer's what it may end.
 * docs/PROTOCOL.md section 8.
 */
import { MAX_AUTHORITIES } from './state.js';
import { NOTICE, PURPOSE, ROLE } from './format.js';
import { StepRefused } from './refusal.js';
import { equal } from './bytes.js';
import { subjectOf } from './notice.js';
import { termsOf } from './half.js';

/** @typedef {import('./state.js').Authority} Authority */
/** @typedef {import('./state.js').OutboxEntry} OutboxEntry */
/** @typedef {import('./state.js').State} State */
/** @typedef {import('./conditions.js').Limits} Limits */

/**
 * Whether limits leave something behind.
 *
 * @param {Limits | null} limits
 */
export const leavesAuthority = (limits) => (limits?.hold ?? limits?.recurring ?? null) !== null;

/**
 * When an authority ends by itself.
 *
 * @param {Authority} authority
 */
export const endOf = ({ hold, recurring }) => hold?.until ?? recurring?.until ?? 0;

/**
 * @param {Authority[]} authorities
 * @param {number} now
 */
const lasting = (authorities, now) => authorities.filter((one) => endOf(one) >= now);

/**
 * Room for one more, before a half is sealed that may leave one behind.
 *
 * @param {State} state
 * @param {number} now
 */
export function requireRoom({ authorities, outbox }, now) {
  if (lasting(authorities, now).length + outbox.length >= MAX_AUTHORITIES) {
    throw new StepRefused('authorities', 'too many holds and recurring authorities are open here');
  }
}

/**
 * Authorities after a half was approved.
 *
 * @param {Authority[]} authorities
 * @param {OutboxEntry} entry
 * @param {number} now
 * @returns {Authority[]}
 */
export function afterApproval(authorities, entry, now) {
  const { role, number, codeHash } = entry;
  const { purpose, billHash, currency, conditions } = termsOf(entry);
  const left = lasting(authorities, now);
  if (purpose === PURPOSE.COMPLETE) {
    return left.filter((one) => !isOf(one, ROLE.PAYEE, number, billHash));
  }
  if (purpose !== PURPOSE.PURCHASE || !leavesAuthority(conditions.limits)) {
    return left;
  }
  const { hold = null, recurring = null } = conditions.limits ?? {};
  return [...left, { role, number, billHash, currency, codeHash, hold, recurring }];
}

/**
 * Authorities after a notice: a hold that was completed or released is over.
 *
 * @param {Authority[]} authorities
 * @param {import('./notice.js').Notice} notice
 */
export function afterNotice(authorities, notice) {
  if (notice.kind !== NOTICE.AUTHORITY) {
    return authorities;
  }
  const { number, purpose } = /** @type {import('./notice.js').Used} */ (subjectOf(notice));
  const over = (/** @type {Authority} */ one) =>
    purpose === PURPOSE.COMPLETE && one.role === ROLE.PAYER && one.number === number;
  return authorities.filter((one) => !over(one));
}

/**
 * @param {Authority} authority
 * @param {number} role
 * @param {string} number
 * @param {Uint8Array} billHash
 */
export const isOf = (authority, role, number, billHash) =>
  authority.role === role && authority.number === number && equal(authority.billHash, billHash);

/**
 * The authority of a number, to be completed, charged or ended.
 *
 * @param {State} state
 * @param {number} role
 * @param {string} number
 * @returns {Authority}
 */
export function authorityOf({ authorities }, role, number) {
  const found = authorities.findLast((one) => one.role === role && one.number === number);
  if (!found) {
    throw new StepRefused('authority', 'no hold or recurring authority of that number is here');
  }
  return found;
}
