/**
 * What a device asks of its bank beside payments: other PINs, bills by number or offer, numbers, "not
 * me", countersignatures, the end of an authority. docs/PROTOCOL.md section 10, kinds 4 to 11.
 */
import { FORMAT, NOTICE, REQUEST, ROLE } from './format.js';
import { Bill } from './bill.js';
import { MAX_NUMBERS } from './state.js';
import { MalformedInput, SignatureRefused, StepRefused } from './refusal.js';
import { UNANSWERED } from './requester.js';
import { agreed } from './agreement-desk.js';
import { authorityOf, isOf } from './authorities.js';
import {
  billArguments,
  billResult,
  countersignArguments,
  emptyResult,
  endArguments,
  levelArguments,
  lodgeArguments,
  lodgeResult,
  notMeArguments,
  notMeResult,
  numberArguments,
  numberResult,
  ofEndArguments,
  offeredArguments,
  pinArguments,
} from './results.js';
import { decodeBindingRecord } from './enrolment.js';
import { decodeSign1, signed } from './cose.js';
import { encode, map } from './cbor.js';
import { equal } from './bytes.js';
import { isOffered } from './offer.js';
import { levelPinProof, pinChangeProof } from './request.js';
import { pinVerifier } from './pin.js';
import { random, sha256 } from './crypto.js';

/** @typedef {import('./bytes.js').Bytes} Bytes */
/** @typedef {import('./requester.js').Effect<any>} AnyEffect */
/** @typedef {import('./state.js').State} State */

/**
 * Effect of a result that changes nothing on the device.
 *
 * @template T
 * @param {(bytes: Uint8Array) => T} read
 * @returns {import('./requester.js').Effect<T>}
 */
const reading = (read) => async (state, request, body) => ({ state, value: read(body.result) });

/** @type {import('./requester.js').Effect<import('./state.js').ReservedNumber>} */
const reserved = async (state, request, body) => {
  const value = numberResult(body.result);
  const held = state.numbers.filter(({ expires }) => expires > body.time);
  return { state: { ...state, numbers: [...held, value].slice(-MAX_NUMBERS) }, value };
};

/** @type {import('./requester.js').Effect<void>} */
const ended = async (state, request, body) => {
  emptyResult(body.result);
  const { number, billHash } = ofEndArguments(request.arguments);
  const left = state.authorities.filter((one) => !isOf(one, ROLE.PAYER, number, billHash));
  return { state: { ...state, authorities: left }, value: undefined };
};

/**
 * What replies do that come after a restart, by kind.
 *
 * @type {Record<number, AnyEffect>}
 */
export const EFFECTS = {
  [REQUEST.LODGE]: reading(lodgeResult),
  [REQUEST.NUMBER]: reserved,
  [REQUEST.NOT_ME]: reading(notMeResult),
  [REQUEST.COUNTERSIGN]: reading(emptyResult),
  [REQUEST.END_AUTHORITY]: ended,
  [REQUEST.AGREE]: agreed,
};

export class Services {
  /**
   * @param {import('./core.js').Core} core
   * @param {import('./requester.js').Requester} requester
   */
  constructor(core, requester) {
    this.core = core;
    this.requester = requester;
  }

  /**
   * R.4. Nothing of either PIN is written before the bank has the new one, since the request and the
   * root together would let a PIN be guessed from the device's file. Until then the old one stays:
   * it is good at the bank in either case.
   *
   * @param {string} oldPin
   * @param {string} newPin
   */
  async changePin(oldPin, newPin) {
    const { core } = this;
    const material = core.active().identity.pin;
    if (material === null || oldPin === '' || newPin === '') {
      throw new StepRefused('pin', 'a PIN is not empty, and this device needs one from enrolment');
    }
    const fresh = { salt: random(16), secret: random(32), iterations: core.pinIterations };
    const [before, after] = [
      await pinVerifier(oldPin, material.secret, material.salt, material.iterations),
      await pinVerifier(newPin, fresh.secret, fresh.salt, fresh.iterations),
    ];
    await this.requester.ask({
      kind: REQUEST.PIN,
      blocks: 1,
      arguments: async (keys) => pinArguments(after, await pinChangeProof(keys, before, after)),
      effect: async (state, request, body) => {
        emptyResult(body.result);
        const { bound } = state;
        const identity = bound && { ...bound.identity, pin: fresh };
        return { state: { ...state, bound: bound && identity && { ...bound, identity } }, value: 0 };
      },
    });
  }

  /**
   * Leaves the bill of an own open half with the bank, for who types its number.
   *
   * @param {string} number
   * @param {Bytes | null} [offerId] where it is for an offer
   */
  lodge(number, offerId = null) {
    const half = this.core.state.outbox.find(
      (entry) => entry.number === number && entry.role === ROLE.PAYEE && entry.bill !== null,
    );
    const bill = half?.bill;
    if (!bill) {
      throw new StepRefused('lodge', 'no open bill of this device has that number');
    }
    return this.requester.ask({
      kind: REQUEST.LODGE,
      blocks: 1,
      stored: true,
      arguments: () => lodgeArguments(bill, offerId),
      effect: reading(lodgeResult),
    });
  }

  /**
   * The bill of a number, checked as ever.
   *
   * @param {string} number
   */
  async fetchBill(number) {
    const checked = await this.checkedBill(billArguments(number));
    if (checked.body.number !== number) {
      throw new StepRefused('B1', 'the bill has another number');
    }
    return checked;
  }

  /**
   * F2: the bill that somebody has lodged for an offer of this device.
   *
   * @param {Uint8Array} id
   */
  async fetchOffered(id) {
    const offer = this.core.state.offers.find((one) => equal(one.id, id));
    if (!offer) {
      throw new StepRefused('offer', 'this device has made no such offer');
    }
    const checked = await this.checkedBill(offeredArguments(id));
    if (!isOffered(offer, checked.body)) {
      throw new StepRefused('F2', 'the bill has another amount or currency than the offer');
    }
    return checked;
  }

  /**
   * @param {Bytes} content arguments
   */
  async checkedBill(content) {
    const { core } = this;
    const bytes = await this.requester.ask({
      kind: REQUEST.BILL,
      blocks: 3,
      arguments: () => content,
      effect: reading(billResult),
    });
    try {
      return await Bill.decode(bytes).check(await core.heldKeys(), core.clock());
    } catch (fault) {
      throw fault instanceof MalformedInput ? new StepRefused('B1', fault.message) : fault;
    }
  }

  /**
   * Sets, changes or removes the PIN of a level, kind 10. Nothing of it is written before the bank has
   * it; and from when it is asked until the bank has said so none is here, since a wrong one counts.
   *
   * @param {number} level
   * @param {string} pin
   * @param {string | null} levelPin null removes it
   */
  async levelPin(level, pin, levelPin) {
    const { core } = this;
    const { identity, levels } = core.active();
    const material = identity.pin;
    if (material === null || pin === '' || levelPin === '') {
      throw new StepRefused('pin', 'a PIN is not empty, and this device needs one from enrolment');
    }
    const fresh = { ...material, salt: random(16) };
    const own = await pinVerifier(pin, material.secret, material.salt, material.iterations);
    const verifier =
      levelPin === null
        ? null
        : await pinVerifier(levelPin, fresh.secret, fresh.salt, fresh.iterations);
    const before = levels.find((one) => one.level === level);
    try {
      await this.requester.ask({
        kind: REQUEST.LEVEL_PIN,
        blocks: 1,
        arguments: async (keys) => {
          await core.keeper.update((state) => withLevel(state, level, null));
          return levelArguments(level, verifier, await levelPinProof(keys, own, level, verifier));
        },
        effect: async (state, request, body) => {
          emptyResult(body.result);
          const next = withLevel(state, level, levelPin === null ? null : fresh);
          return { state: { ...state, ...next }, value: undefined };
        },
      });
    } catch (fault) {
      if (fault instanceof StepRefused && !UNANSWERED.includes(fault.step)) {
        await core.keeper.update((state) => withLevel(state, level, before?.pin ?? null));
      }
      throw fault;
    }
  }

  /**
   * Ends what a purchase of this device has left behind for charges, kind 11.
   *
   * @param {string} number of the purchase
   */
  endAuthority(number) {
    const { billHash } = authorityOf(this.core.state, ROLE.PAYER, number);
    return this.requester.ask({
      kind: REQUEST.END_AUTHORITY,
      blocks: 1,
      stored: true,
      arguments: () => endArguments(number, billHash),
      effect: ended,
    });
  }

  /** A number that the bank reserves for the account, for one bill. */
  number() {
    return this.requester.ask({
      kind: REQUEST.NUMBER,
      blocks: 1,
      stored: true,
      arguments: numberArguments,
      effect: reserved,
    });
  }

  /**
   * @param {Bytes | null} deviceId to be suspended
   * @param {string | null} number whose waiting halves are to end
   */
  notMe(deviceId, number) {
    if (deviceId === null && number === null) {
      throw new StepRefused('arguments', 'not-me names a device or a number');
    }
    return this.requester.ask({
      kind: REQUEST.NOT_ME,
      blocks: 1,
      stored: true,
      arguments: () => notMeArguments(deviceId, number),
      effect: reading(notMeResult),
    });
  }

  /**
   * Says that a device of which a notice told is the account's own.
   *
   * @param {Uint8Array} deviceId
   */
  async countersign(deviceId) {
    const { core } = this;
    const { identity } = core.active();
    const record = await this.recordOf(deviceId);
    const said = map({
      1: FORMAT,
      2: await sha256(record),
      3: deviceId,
      4: identity.deviceId,
      5: core.clock(),
    });
    const { suite, consortium } = identity;
    const context = { type: 'countersign', suite, consortium };
    const sign1 = await signed(await core.signingKey(identity), context, encode(said));
    await this.requester.ask({
      kind: REQUEST.COUNTERSIGN,
      blocks: 1,
      stored: true,
      arguments: () => countersignArguments(sign1),
      effect: reading(emptyResult),
    });
  }

  /**
   * The binding record of another device of the account, as a notice brought it.
   *
   * @param {Uint8Array} deviceId
   */
  async recordOf(deviceId) {
    const { core } = this;
    const keys = await core.heldKeys();
    for (const { kind, subject, time } of core.state.notices) {
      if (kind === NOTICE.BOUND) {
        const record = decodeBindingRecord(decodeSign1(subject).payload);
        if (equal(record.deviceId, deviceId)) {
          await requireRecord(keys, subject, record, time);
          if (equal(record.accountIdentifier, core.active().identity.accountIdentifier)) {
            return subject;
          }
        }
      }
    }
    throw new StepRefused('countersign', 'no notice has told of such a device of this account');
  }
}

/**
 * The device with another PIN of a level, or none.
 *
 * @param {State} state
 * @param {number} level
 * @param {import('./state.js').PinMaterial | null} pin
 */
function withLevel({ bound }, level, pin) {
  const others = bound?.levels.filter((one) => one.level !== level) ?? [];
  const levels = pin === null ? others : [...others, { level, pin }];
  return { bound: bound && { ...bound, levels } };
}

/**
 * @param {import('./keys.js').BankKeys} keys
 * @param {Bytes} sign1
 * @param {ReturnType<typeof decodeBindingRecord>} record
 * @param {number} time
 */
async function requireRecord(keys, sign1, { suite }, time) {
  try {
    await keys.signed(sign1, 'certificate', { type: 'binding', suite }, time);
  } catch (fault) {
    throw fault instanceof SignatureRefused
      ? new StepRefused('countersign', 'the bank has not signed that binding record')
      : fault;
  }
}
