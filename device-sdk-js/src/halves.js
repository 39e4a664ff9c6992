/**
 * Makes halves (S1): one durable write puts the next chain in, takes the old one out and stores the
 * exact code, before any byte leaves. Nothing is sealed twice for one n.
 */
import { Bill, decodeBody, encodeBody } from './bill.js';
import { LIMITS, PRESENCE, PURPOSE, ROLE } from './format.js';
import { MalformedInput, StepRefused } from './refusal.js';
import { OneTimeKeys } from './sequencer.js';
import { MAX_OUTBOX } from './state.js';
import { decodeSign1 } from './cose.js';
import { checkedExtensions, decodeSignedMap } from './half.js';
import { equal } from './bytes.js';
import { pickupToken } from './answer.js';
import { pinVerifier } from './pin.js';
import { random } from './crypto.js';
import { sealHalf } from './code.js';

/** @typedef {import('./bytes.js').Bytes} Bytes */
/** @typedef {import('./state.js').Bound} Bound */
/** @typedef {import('./state.js').OutboxEntry} OutboxEntry */
/** @typedef {import('./code.js').Terms} Terms */

/** Numbers ahead of the last answer at which the device stops: the bank looks 64 ahead. */
const MAX_AHEAD = 60;
const PAYER_LIFE_MILLIS = 5 * 60_000;

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
 * @property {import('./half.js').Extensions} [critical] of the half; a bank refuses what it does not know
 * @property {import('./half.js').Extensions} [extensions] of the half; kept as evidence
 */

/**
 * What a payer's half may say beside.
 *
 * @typedef {Pick<BillRequest, 'critical' | 'extensions'>} HalfOptions
 */

/**
 * What a party signed with a half.
 *
 * @param {{ half: Bytes }} entry
 */
export const termsOf = ({ half }) => decodeSignedMap(decodeSign1(half).payload);

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
      const terms = {
        role: ROLE.PAYEE,
        purpose: PURPOSE.PURCHASE,
        number: body.number,
        billHash: await bill.hash(),
        amount: body.total,
        currency: body.currency,
        notAfter: body.expires,
        ...extensionsOf(body, request),
      };
      return this.seal(bound, terms, bill.encode());
    });
  }

  /**
   * @param {Bound} bound
   * @param {BillRequest} request
   */
  async body(bound, request) {
    const { items, tax, currency, tillLabel = null, lifeMillis = 300_000 } = request;
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
   * The payer's half. The PIN is not checked here: nothing on the device could.
   *
   * @param {import('./bill.js').CheckedBill} checked
   * @param {string | null} shorthand
   * @param {string} pin
   * @param {HalfOptions} [options]
   */
  async approve(checked, shorthand, pin, options = {}) {
    if (pin === '' || checked.body.purpose !== PURPOSE.PURCHASE) {
      throw new StepRefused('approve', 'a purchase needs a PIN');
    }
    if (shorthand !== null && shorthand.length > 32) {
      throw new StepRefused('approve', 'a wallet shorthand has at most 32 characters');
    }
    const material = this.core.active().identity.pin;
    if (material === null) {
      throw new StepRefused('pin', 'this device was enrolled without a PIN');
    }
    // slow on purpose, so outside the exclusive part
    const verifier = await pinVerifier(pin, material.secret, material.salt, material.iterations);
    return this.core.keeper.exclusively(async () => {
      const bound = this.core.active();
      const { body, provider, hash, bill } = checked;
      const now = this.core.clock();
      if (bound.identity.role === 'PROVIDER') {
        throw new StepRefused('role', "a provider's device does not pay");
      }
      if (now < bound.blockedUntil) {
        throw new StepRefused('blocked', 'this device is blocked for now after wrong PINs');
      }
      if (now > body.expires) {
        throw new StepRefused('B6', 'the bill has expired');
      }
      if (await this.isTaken(hash)) {
        throw new StepRefused('approve', 'this bill has been approved here already');
      }
      const terms = {
        role: ROLE.PAYER,
        purpose: PURPOSE.PURCHASE,
        number: body.number,
        billHash: hash,
        amount: body.total,
        currency: body.currency,
        counterparty: provider.accountIdentifier,
        notAfter: Math.min(now + PAYER_LIFE_MILLIS, body.expires),
        shorthand,
        verifier,
        ...extensionsOf(body, options),
      };
      return this.seal(bound, terms, bill.encode());
    });
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
        notAfter: this.core.clock() + PAYER_LIFE_MILLIS,
        cancelledN: n,
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
    const sealed = await sealHalf(bound.identity, privateKey, sequenceOf(bound), terms, alias);
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
};

/**
 * What a half says beside; in presence mode that it is.
 *
 * @param {{ presence?: boolean }} body
 * @param {HalfOptions} options
 */
function extensionsOf({ presence }, { critical = {}, extensions = {} }) {
  const own = presence ? { [PRESENCE]: Uint8Array.of(1) } : {};
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

