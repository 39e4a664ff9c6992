/**
 * Makes a payee's halves, and seals every half (S1): one durable write puts the next chain in, takes the
 * old one out and stores the exact code, before any byte leaves. Nothing is sealed twice for one n.
 */
import { Bill, decodeBody, encodeBody } from './bill.js';
import { LIMITS, PRESENCE, PROGRESS, PURPOSE, ROLE } from './format.js';
import { MAX_OUTBOX } from './state.js';
import { MalformedInput, StepRefused } from './refusal.js';
import { NOTHING_BESIDE, sealHalf } from './code.js';
import { NO_CONDITIONS, limitsOf } from './conditions.js';
import { OneTimeKeys } from './sequencer.js';
import { authorityOf, endOf, leavesAuthority, requireRoom } from './authorities.js';
import { checkedExtensions, termsOf } from './half.js';
import { pickupToken } from './answer.js';
import { random } from './crypto.js';
import { termsHash } from './terms-mode.js';

/** @typedef {import('./bytes.js').Bytes} Bytes */
/** @typedef {import('./state.js').Bound} Bound */
/** @typedef {import('./state.js').OutboxEntry} OutboxEntry */
/** @typedef {import('./code.js').Terms} Terms */

/** Numbers ahead of the last answer at which the device stops: the bank looks 64 ahead. */
const MAX_AHEAD = 60;
const LIFE_MILLIS = 5 * 60_000;

/**
 * What a till wants to be paid for.
 *
 * @typedef {object} BillRequest
 * @property {import('./bill.js').BillItem[]} items in minor units
 * @property {number} tax
 * @property {string} currency
 * @property {string | null} [tillLabel] for people
 * @property {number} [lifeMillis] of bill and half, five minutes where nothing is said, at most 15
 * @property {string | null} [number] one that the bank has reserved, or the device's own
 * @property {boolean} [presence] both sides are to be shown the same number
 * @property {boolean} [progress] the bank is to tell when the half waits
 * @property {number | null} [tip] the highest that the payer may add, minor units
 * @property {import('./conditions.js').Hold | null} [hold] nothing moves until it is completed
 * @property {import('./conditions.js').Recurring | null} [recurring] further charges; not beside a hold
 * @property {Bytes | null} [contentHash] of documents that both agree on, 32 bytes
 * @property {number} [consent] bits of what is asked of the payer
 * @property {import('./half.js').Extensions} [critical] of the half; a bank refuses what it does not know
 * @property {import('./half.js').Extensions} [extensions] of the half; kept as evidence
 */

/**
 * What a half may say beside.
 *
 * @typedef {Pick<BillRequest, 'critical' | 'extensions' | 'progress'>} HalfOptions
 */

/**
 * What a till shows to a payer who has no data.
 *
 * @typedef {object} TermsRequest
 * @property {number} amount minor units
 * @property {string} currency
 * @property {number} [lifeMillis] of the half, five minutes where nothing is said
 * @property {string | null} [number] one that the bank has reserved, or the device's own
 * @property {boolean} [progress] the bank is to tell when the half waits
 */

export class HalfMaker {
  /** @param {import('./core.js').Core} core */
  constructor(core) {
    this.core = core;
  }

  /**
   * The payee's half and the bill whose number comes from the same n.
   *
   * @param {BillRequest} request
   * @param {Bytes} certificate
   */
  bill(request, certificate) {
    return this.core.keeper.exclusively(async () => {
      const bound = this.core.active();
      let bill;
      let body;
      try {
        body = await this.body(bound, request);
        const key = await this.core.signingKey(bound.identity);
        bill = Bill.decode((await Bill.sign(key, body, certificate)).encode());
      } catch (fault) {
        throw fault instanceof MalformedInput
          ? new StepRefused('bill', `not a bill: ${fault.message}`)
          : fault;
      }
      const { conditions = NO_CONDITIONS } = body;
      if (leavesAuthority(conditions.limits)) {
        requireRoom(this.core.state, body.created);
      }
      const terms = {
        role: ROLE.PAYEE,
        purpose: PURPOSE.PURCHASE,
        number: body.number,
        billHash: await bill.hash(),
        amount: body.total,
        currency: body.currency,
        notAfter: body.expires,
        conditions,
        ...extensionsOf(body, request),
      };
      return this.seal(bound, terms, bill.encode());
    });
  }

  /**
   * D1: the payee's half for a payer who cannot get the bill.
   *
   * @param {TermsRequest} request
   */
  terms(request) {
    const { amount, currency, lifeMillis = LIFE_MILLIS } = request;
    return this.core.keeper.exclusively(async () => {
      const bound = this.core.active();
      const keys = await OneTimeKeys.derive(sequenceOf(bound));
      const number = this.reserved(request.number ?? null)?.number ?? (await keys.number());
      const terms = {
        role: ROLE.PAYEE,
        purpose: PURPOSE.PURCHASE,
        number,
        billHash: await termsHash(bound.identity.consortium, number, amount, currency),
        amount,
        currency,
        notAfter: this.core.clock() + lifeMillis,
        conditions: { ...NO_CONDITIONS, terms: true },
        ...extensionsOf({}, request),
      };
      return this.seal(bound, terms, null);
    });
  }

  /**
   * @param {Bound} bound
   * @param {BillRequest} request
   */
  async body(bound, request) {
    const { items, tax, currency, tillLabel = null, lifeMillis = LIFE_MILLIS } = request;
    const reserved = this.reserved(request.number ?? null);
    const subtotal = items.reduce((sum, item) => sum + item.amount, 0);
    const now = this.core.clock();
    const keys = await OneTimeKeys.derive(sequenceOf(bound));
    const body = {
      consortium: bound.identity.consortium,
      number: reserved?.number ?? (await keys.number()),
      purpose: PURPOSE.PURCHASE,
      items,
      subtotal,
      tax,
      total: subtotal + tax,
      currency,
      created: now,
      expires: now + lifeMillis,
      salt: random(16),
      tillLabel,
      routingLabel: reserved?.label ?? bound.identity.consortium,
      presence: request.presence === true,
      conditions: asked(request),
    };
    return decodeBody(encodeBody(body)); // the strict reader finds what would be refused
  }

  /**
   * A number that the bank has reserved for this account.
   *
   * @param {string | null} number
   */
  reserved(number) {
    if (number === null) {
      return null;
    }
    const held = this.core.state.numbers.find((one) => one.number === number);
    if (!held || held.expires <= this.core.clock()) {
      throw new StepRefused('number', 'that number is not reserved here, or no longer');
    }
    return held;
  }

  /**
   * P6: a half that withdraws the payee's open half of a number.
   *
   * @param {string} number
   */
  cancel(number) {
    return this.core.keeper.exclusively(async () => {
      const bound = this.core.active();
      const target = this.core.state.outbox.find(
        (entry) =>
          entry.number === number &&
          entry.role === ROLE.PAYEE &&
          entry.purpose === PURPOSE.PURCHASE,
      );
      if (!target) {
        throw new StepRefused('cancel', 'no open half of this device has that number');
      }
      const { billHash, amount, currency, n } = termsOf(target);
      const terms = {
        role: ROLE.PAYEE,
        purpose: PURPOSE.CANCEL,
        number,
        billHash,
        amount,
        currency,
        notAfter: this.core.clock() + LIFE_MILLIS,
        cancelledN: n,
      };
      return this.seal(bound, terms, null);
    });
  }

  /**
   * What a payee does later with a hold (complete) or a recurring authority (charge): O8c. It needs no
   * twin.
   *
   * @param {3 | 4} purpose
   * @param {string} number of the purchase
   * @param {number} amount
   */
  later(purpose, number, amount) {
    return this.core.keeper.exclusively(async () => {
      const bound = this.core.active();
      const now = this.core.clock();
      const authority = authorityOf(this.core.state, ROLE.PAYEE, number);
      const { hold, recurring, billHash, currency, codeHash } = authority;
      const most = purpose === PURPOSE.COMPLETE ? hold?.limit : recurring?.each;
      const least = purpose === PURPOSE.COMPLETE ? 0 : 1;
      if (most === undefined || now > endOf(authority)) {
        throw new StepRefused('authority', 'the purchase left nothing of that kind, or it is over');
      }
      if (!Number.isSafeInteger(amount) || amount < least || amount > most) {
        throw new StepRefused('amount', 'the amount is more than the payer has granted, or none');
      }
      const { outbox } = this.core.state;
      if (outbox.some((entry) => entry.number === number && entry.purpose === purpose)) {
        throw new StepRefused('authority', 'one is open; its answer decides');
      }
      const terms = {
        role: ROLE.PAYEE,
        purpose,
        number,
        billHash,
        amount,
        currency,
        notAfter: now + LIFE_MILLIS,
        beside: { ...NOTHING_BESIDE, belongsTo: codeHash },
      };
      return this.seal(bound, terms, null);
    });
  }

  /**
   * S1; runs inside the exclusive part.
   *
   * @param {Bound} bound
   * @param {Pick<Terms, 'role' | 'purpose' | 'number' | 'billHash' | 'amount' | 'currency'
   *   | 'notAfter'> & Partial<Terms>} said
   * @param {Bytes | null} bill
   * @returns {Promise<OutboxEntry>}
   */
  async seal(bound, said, bill) {
    const { core } = this;
    const { outbox } = core.state;
    if (bound.aliases.length < 2) {
      // the last one is kept for requests
      throw new StepRefused('aliases', 'no one-time account field is left; send what is open');
    }
    if (bound.n >= bound.first + LIMITS.epochNumbers) {
      throw new StepRefused('epoch-full', 'this epoch has no numbers left; a rekey is needed');
    }
    if (outbox.length >= MAX_OUTBOX || bound.n - bound.reached >= MAX_AHEAD) {
      throw new StepRefused('ahead', 'too many codes without an answer; send what is open');
    }
    const { prev, logIndex, logHead, closed } = bound;
    const own = { time: core.clock(), prev, logIndex, logHead, closed };
    const terms = { ...PLAIN, ...own, ...said };
    const privateKey = await core.signingKey(bound.identity);
    const [alias, ...aliases] = bound.aliases;
    let sealed;
    try {
      sealed = await sealHalf(bound.identity, privateKey, sequenceOf(bound), terms, alias);
    } catch (fault) {
      throw fault instanceof MalformedInput ? new StepRefused('half', fault.message) : fault;
    }
    /** @type {OutboxEntry} */
    const entry = {
      epoch: bound.epoch,
      n: bound.n,
      number: terms.number,
      role: terms.role,
      purpose: terms.purpose,
      code: sealed.text,
      codeHash: sealed.codeHash,
      half: sealed.half,
      replyRoot: sealed.replyRoot,
      pickup: await pickupToken(sealed.replyRoot),
      bill,
      loyaltyId: terms.beside.loyaltyId,
      levels: levelBits(terms.beside.levels.keys()),
      notAfter: terms.notAfter,
      state: 'SEALED',
      heldAnswer: null,
      heldLine: 0,
    };
    const { n, chain } = sealed.next;
    const next = { ...bound, n, chain, prev: sealed.prev, aliases };
    const numbers = core.state.numbers.filter(({ number }) => number !== terms.number);
    await core.keeper.put({ ...core.state, bound: next, outbox: [...outbox, entry], numbers });
    bound.chain.fill(0);
    core.progress(entry.number, 'SEALED');
    return entry;
  }
}

/** What most halves do not say. */
const PLAIN = {
  counterparty: null,
  shorthand: null,
  verifier: null,
  cancelledN: null,
  critical: {},
  extensions: {},
  conditions: NO_CONDITIONS,
  beside: NOTHING_BESIDE,
};

/**
 * What a bill asks beside its amount.
 *
 * @param {BillRequest} request
 */
const asked = ({ tip, hold, recurring, contentHash, consent = 0 }) => ({
  limits: limitsOf({ tip: tip ?? null, hold: hold ?? null, recurring: recurring ?? null }),
  contentHash: contentHash ?? null,
  consent,
  terms: false,
});

/** @param {Iterable<number>} levels */
const levelBits = (levels) => [...levels].reduce((bits, level) => bits | (1 << (level - 1)), 0);

/**
 * What a half says beside; in presence mode that it is, and whether it wants to hear of progress.
 *
 * @param {{ presence?: boolean }} body
 * @param {HalfOptions} options
 */
export function extensionsOf({ presence }, { critical = {}, extensions = {}, progress = false }) {
  const own = {
    ...(presence && { [PRESENCE]: Uint8Array.of(1) }),
    ...(progress && { [PROGRESS]: Uint8Array.of(1) }),
  };
  try {
    return {
      critical: checkedExtensions(Object.entries(critical)),
      extensions: checkedExtensions(Object.entries({ ...extensions, ...own })),
    };
  } catch (fault) {
    throw fault instanceof MalformedInput ? new StepRefused('extensions', fault.message) : fault;
  }
}

/** @param {Bound} bound */
const sequenceOf = ({ identity, epoch, n, chain, string2 }) => ({
  suite: identity.suite,
  deviceId: identity.deviceId,
  epoch,
  n,
  chain,
  string2,
});

