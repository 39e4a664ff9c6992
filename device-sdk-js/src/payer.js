/**
 * Makes a payer's halves: for a bill, or in terms mode for what was typed. Nothing on the device tells
 * a right PIN from a wrong one. docs/PROTOCOL.md sections 5 to 7.
 */
import { NO_CONDITIONS, limitsOf } from './conditions.js';
import { PURPOSE, ROLE } from './format.js';
import { StepRefused } from './refusal.js';
import { equal } from './bytes.js';
import { extensionsOf } from './halves.js';
import { leavesAuthority, requireRoom } from './authorities.js';
import { pinVerifier } from './pin.js';
import { termsHash } from './terms-mode.js';
import { termsOf } from './half.js';

/** @typedef {import('./bytes.js').Bytes} Bytes */
/** @typedef {import('./state.js').Bound} Bound */
/** @typedef {import('./bill.js').CheckedBill} CheckedBill */
/** @typedef {import('./conditions.js').Conditions} Conditions */

const LIFE_MILLIS = 5 * 60_000;

/**
 * What a payer's half may say beside. Hold, recurring charges and content hash are the bill's: who
 * does not agree to them does not pay.
 *
 * @typedef {object} PayerOptions
 * @property {number} [tip] minor units, on top of the bill's total; at most what the bill allows
 * @property {number} [consent] bits, of those that the bill asks for
 * @property {string | null} [loyaltyId] for the payee, 1 to 32 printable ASCII characters
 * @property {Record<number, string>} [levels] PINs of levels that are to be proven, at most three
 * @property {boolean} [compact] at most 612 characters: four joined text messages
 * @property {boolean} [progress] the bank is to tell when the half waits
 * @property {import('./half.js').Extensions} [critical] of the half; a bank refuses what it does not know
 * @property {import('./half.js').Extensions} [extensions] of the half; kept as evidence
 *
 * @typedef {Pick<PayerOptions, 'loyaltyId' | 'levels' | 'compact' | 'progress' | 'critical'
 *   | 'extensions'>} TermsOptions
 *
 * @typedef {object} TypedTerms what a payee shows to who has no data
 * @property {string} number
 * @property {number} amount minor units
 * @property {string} currency
 */

export class PayerHalves {
  /**
   * @param {import('./core.js').Core} core
   * @param {import('./halves.js').HalfMaker} maker
   */
  constructor(core, maker) {
    this.core = core;
    this.maker = maker;
  }

  /**
   * @param {CheckedBill} checked
   * @param {string | null} shorthand
   * @param {string} pin
   * @param {PayerOptions} options
   */
  async approve(checked, shorthand, pin, options) {
    const { body, provider, hash, bill } = checked;
    if (body.purpose !== PURPOSE.PURCHASE) {
      throw new StepRefused('approve', 'only a purchase is paid');
    }
    const conditions = granted(body.conditions ?? NO_CONDITIONS, options);
    const tip = conditions.limits?.tip ?? 0;
    return this.seal(shorthand, pin, options, (now) => {
      if (now > body.expires) {
        throw new StepRefused('B6', 'the bill has expired');
      }
      return {
        bill: bill.encode(),
        terms: {
          number: body.number,
          billHash: hash,
          amount: body.total + tip,
          currency: body.currency,
          counterparty: provider.accountIdentifier,
          notAfter: Math.min(now + LIFE_MILLIS, body.expires),
          conditions,
          ...extensionsOf(body, options),
        },
      };
    });
  }

  /**
   * D1. Nobody's signed bill stands behind it: who pays the person has to know otherwise.
   *
   * @param {TypedTerms} typed
   * @param {string | null} shorthand
   * @param {string} pin
   * @param {TermsOptions} options
   */
  async approveTerms({ number, amount, currency }, shorthand, pin, options) {
    const { consortium } = this.core.active().identity;
    const billHash = await termsHash(consortium, number, amount, currency);
    return this.seal(shorthand, pin, options, (now) => ({
      bill: null,
      terms: {
        number,
        billHash,
        amount,
        currency,
        counterparty: null,
        notAfter: now + LIFE_MILLIS,
        conditions: { ...NO_CONDITIONS, terms: true },
        ...extensionsOf({}, options),
      },
    }));
  }

  /**
   * @param {string | null} shorthand
   * @param {string} pin
   * @param {TermsOptions} options
   * @param {(now: number) => { bill: Bytes | null, terms: Said }} said
   */
  async seal(shorthand, pin, options, said) {
    if (pin === '') {
      throw new StepRefused('approve', 'a purchase needs a PIN');
    }
    if (shorthand !== null && shorthand.length > 32) {
      throw new StepRefused('approve', 'a wallet shorthand has at most 32 characters');
    }
    // slow on purpose, so outside the exclusive part
    const typed = await this.verifiers(pin, options.levels ?? {});
    return this.core.keeper.exclusively(async () => {
      const { core } = this;
      const bound = core.active();
      const now = core.clock();
      requirePayer(bound, now);
      const { bill, terms } = said(now);
      if (await this.isTaken(terms.billHash)) {
        throw new StepRefused('approve', 'this bill has been approved here already');
      }
      if (leavesAuthority(terms.conditions.limits)) {
        requireRoom(core.state, now);
      }
      const { loyaltyId = null, compact = false } = options;
      const half = {
        ...terms,
        role: ROLE.PAYER,
        purpose: PURPOSE.PURCHASE,
        shorthand,
        verifier: typed.verifier,
        beside: { belongsTo: null, loyaltyId, levels: typed.levels, compact },
      };
      return this.maker.seal(bound, half, bill);
    });
  }

  /**
   * V of the PIN and of each level PIN that was typed.
   *
   * @param {string} pin
   * @param {Record<number, string>} typed
   */
  async verifiers(pin, typed) {
    const { identity, levels: held } = this.core.active();
    if (identity.pin === null) {
      throw new StepRefused('pin', 'this device was enrolled without a PIN');
    }
    const { secret, salt, iterations } = identity.pin;
    const verifier = await pinVerifier(pin, secret, salt, iterations);
    /** @type {Map<number, Bytes>} */
    const levels = new Map();
    for (const [name, levelPin] of Object.entries(typed)) {
      const found = held.find(({ level }) => level === Number(name));
      if (!found || levelPin === '') {
        throw new StepRefused('level', 'no PIN of that level is set here');
      }
      const own = found.pin;
      levels.set(found.level, await pinVerifier(levelPin, own.secret, own.salt, own.iterations));
    }
    return { verifier, levels };
  }

  /**
   * Whether a half for this bill is open, or was approved.
   *
   * @param {Bytes} billHash
   */
  async isTaken(billHash) {
    const { outbox, finished } = this.core.state;
    if (outbox.some((entry) => equal(termsOf(entry).billHash, billHash))) {
      return true;
    }
    const approved = finished.filter((entry) => entry.ending === 'APPROVED');
    return approved.some((entry) => equal(termsOf(entry).billHash, billHash));
  }
}

/**
 * What a payer's half says, but for what all of them have.
 *
 * @typedef {Pick<import('./code.js').Terms, 'number' | 'billHash' | 'amount' | 'currency'
 *   | 'counterparty' | 'notAfter' | 'conditions' | 'critical' | 'extensions'>} Said
 */

/**
 * @param {Bound} bound
 * @param {number} now
 */
function requirePayer({ identity, blockedUntil }, now) {
  if (identity.role === 'PROVIDER') {
    throw new StepRefused('role', "a provider's device does not pay");
  }
  if (now < blockedUntil) {
    throw new StepRefused('blocked', 'this device is blocked for now after wrong PINs');
  }
}

/**
 * What the payer's half says of what was asked: L1, L2, L4.
 *
 * @param {Conditions} asked
 * @param {PayerOptions} options
 * @returns {Conditions}
 */
function granted(asked, { tip = 0, consent = 0 }) {
  const { hold = null, recurring = null } = asked.limits ?? {};
  if (!Number.isSafeInteger(tip) || tip < 0 || tip > (asked.limits?.tip ?? 0)) {
    throw new StepRefused('tip', 'a tip is at most what the bill allows');
  }
  if (!Number.isSafeInteger(consent) || consent < 0 || (consent & ~asked.consent) !== 0) {
    throw new StepRefused('consent', 'only what the bill asks for can be granted');
  }
  const limits = limitsOf({ tip: tip === 0 ? null : tip, hold, recurring });
  return { ...asked, limits, consent };
}
