/**
 * What a device asks of its bank beside payments: another PIN, bills by number, numbers, "not me",
 * countersignatures. docs/PROTOCOL.md section R, kinds 4 to 9.
 */
import { FORMAT, NOTICE, REQUEST, ROLE } from './format.js';
import { Bill } from './bill.js';
import { MAX_NUMBERS } from './state.js';
import { MalformedInput, SignatureRefused, StepRefused } from './refusal.js';
import {
  billArguments,
  billResult,
  countersignArguments,
  emptyResult,
  lodgeArguments,
  lodgeResult,
  notMeArguments,
  notMeResult,
  numberArguments,
  numberResult,
  pinArguments,
} from './results.js';
import { decodeBindingRecord } from './enrolment.js';
import { decodeSign1, signed } from './cose.js';
import { encode, map } from './cbor.js';
import { equal } from './bytes.js';
import { pinChangeProof } from './request.js';
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
   */
  lodge(number) {
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
      arguments: () => lodgeArguments(bill),
      effect: reading(lodgeResult),
    });
  }

  /**
   * The bill of a number, checked as ever.
   *
   * @param {string} number
   */
  async fetchBill(number) {
    const { core } = this;
    const bytes = await this.requester.ask({
      kind: REQUEST.BILL,
      blocks: 3,
      arguments: () => billArguments(number),
      effect: reading(billResult),
    });
    let checked;
    try {
      checked = await Bill.decode(bytes).check(await core.heldKeys(), core.clock());
    } catch (fault) {
      throw fault instanceof MalformedInput ? new StepRefused('B1', fault.message) : fault;
    }
    if (checked.body.number !== number) {
      throw new StepRefused('B1', 'the bill has another number');
    }
    return checked;
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
