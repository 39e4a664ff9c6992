/**
 * A device of one party: enrols once, makes bills or approves them, sends the codes and takes the
 * bank's answers. Whatever it has promised survives a crash at any moment, and {@link
 * TallystickDevice#resume} brings device and bank together again.
 *
 * Refusals are returned, faults (a broken disk) are thrown. docs/PROTOCOL.md sections 3 to 9.
 */
import { MalformedInput, StateRefused, StepRefused, result } from './refusal.js';
import { StateKeeper, freshState } from './state.js';
import { AnswerDesk } from './desk.js';
import { replaced } from './endings.js';
import { OfferDesk, billFor } from './offer-desk.js';
import { checkedBill } from './bill.js';
import { CertificateKeeper } from './certificates.js';
import { Core } from './core.js';
import { Enroller } from './enroller.js';
import { ConnectedDevice, readNumber } from './connected-device.js';
import { HalfMaker } from './halves.js';
import { termsOf } from './half.js';
import { LIMITS, PURPOSE } from './format.js';
import { PayerHalves } from './payer.js';
import { Reunion } from './reunion.js';
import { equal } from './bytes.js';
import { parseActivation } from './enrolment.js';
import { platformSuites } from './pq.js';

/** @typedef {import('./bytes.js').Bytes} Bytes */
/** @typedef {import('./state.js').OutboxEntry} OutboxEntry */
/** @typedef {import('./state.js').FinishedEntry} FinishedEntry */
/** @typedef {import('./state.js').Identity} Identity */
/** @typedef {import('./bill.js').CheckedBill} CheckedBill */
/** @typedef {import('./refusal.js').Refusal} Refusal */
/**
 * @template T
 * @typedef {import('./refusal.js').Result<T>} Result
 */

/**
 * @typedef {object} DeviceSettings
 * @property {import('./state.js').StateStore} store owned by the device from now on
 * @property {import('./transport.js').BankConnection} bank owned by the device from now on
 * @property {string} baseUrl of the bank; where it differs from the one stored, the bank has moved
 * @property {Uint8Array} rootFingerprint hash of the bank's root public key, the anchor of all trust
 * @property {import('./core.js').DeviceEvents} [events]
 * @property {() => number} [clock] milliseconds
 * @property {number} [pinIterations] of PBKDF2 at enrolment; what the protocol says but in tests
 * @property {number[]} [suites] ascending; those of the platform where nothing is said
 */

export class TallystickDevice extends ConnectedDevice {
  /** @param {Core} core */
  constructor(core) {
    super(core);
    this.enroller = new Enroller(core);
    this.halves = new HalfMaker(core);
    this.certificates = new CertificateKeeper(core);
    this.payer = new PayerHalves(core, this.halves);
    this.offers = new OfferDesk(core);
    this.reunion = new Reunion(this);
    this.answers = new AnswerDesk(
      core,
      () => this.statuses.fillHeld(),
      () => this.reunion.settle(),
    );
  }

  /**
   * Opens a device's state, or begins a fresh one.
   *
   * @param {DeviceSettings} settings
   * @throws {StateRefused} if the state was tampered with, or belongs to another bank
   */
  static async open({ store, bank, baseUrl, rootFingerprint, ...more }) {
    if (rootFingerprint.length !== 32) {
      throw new RangeError('a root fingerprint has 32 bytes');
    }
    let keeper;
    try {
      keeper = await StateKeeper.open(store, freshState(rootFingerprint, baseUrl));
      const pin = keeper.state.bank;
      if (!equal(pin.rootFingerprint, rootFingerprint)) {
        throw new StateRefused('other-bank', 'the device state belongs to another bank');
      }
      if (pin.baseUrl !== baseUrl) {
        await keeper.update(() => ({ bank: { ...pin, baseUrl } }));
      }
    } catch (fault) {
      await store.close();
      throw fault;
    }
    const { events = {}, clock = Date.now, pinIterations = LIMITS.pinIterations } = more;
    const suites = more.suites ?? (await platformSuites());
    return new TallystickDevice(new Core({ keeper, bank, events, clock, pinIterations, suites }));
  }

  /**
   * Binds this device to an account (E1 to E5). Where the same activation was begun before a crash,
   * it goes on with the same message and the PIN chosen then.
   *
   * @param {string} activation as received
   * @param {string | null} pin null where the party has none
   * @param {import('./enrolment.js').Footprint} footprint
   * @param {(agreement: import('./enroller.js').Agreement) => boolean | Promise<boolean>} agree asked
   *   once with the agreement; the person's answer
   * @returns {Promise<Result<Identity>>}
   */
  enrol(activation, pin, footprint, agree) {
    return result(async () => {
      if (pin === '') {
        throw new StepRefused('pin', 'a PIN is not empty');
      }
      return this.enroller.enrol(readActivation(activation), pin, footprint, agree);
    });
  }

  /**
   * Makes a bill and the payee's half in one durable write; nothing is sent.
   *
   * @param {import('./halves.js').BillRequest} request
   * @returns {Promise<Result<OutboxEntry>>}
   */
  makeBill(request) {
    return result(async () => {
      const bound = this.core.active();
      requireProvider(bound);
      await this.reunion.ready();
      return this.halves.bill(request, await this.certificates.current(bound));
    });
  }

  /**
   * Reads a bill from the text of a QR, an app link, JSON or an NDEF message and checks it off line,
   * B1 to B7.
   *
   * @param {string | Uint8Array} form
   * @returns {Promise<Result<CheckedBill>>}
   */
  readBill(form) {
    return result(async () => checkedBill(form, await this.core.heldKeys(), this.core.clock()));
  }

  /**
   * Makes the payer's half for a bill; nothing is sent. Whether the PIN is right only the bank can
   * tell.
   *
   * @param {CheckedBill} bill
   * @param {string | null} shorthand of the instrument to pay with, or null for the first
   * @param {string} pin
   * @param {import('./payer.js').PayerOptions} [options]
   * @returns {Promise<Result<OutboxEntry>>}
   */
  approve(bill, shorthand, pin, options = {}) {
    return result(async () => {
      await this.reunion.ready();
      return this.payer.approve(bill, shorthand, pin, options);
    });
  }

  /**
   * Makes the payee's half for a payer who has no data: number, amount and currency are shown, and
   * typed there. Nothing is sent.
   *
   * @param {import('./halves.js').TermsRequest} request
   * @returns {Promise<Result<OutboxEntry>>}
   */
  makeTerms(request) {
    return result(async () => {
      requireProvider(this.core.active());
      await this.reunion.ready();
      return this.halves.terms(request);
    });
  }

  /**
   * Makes the payer's half for what was typed; nothing is sent. Nobody has signed a bill: whom the money
   * goes to the person knows from elsewhere only, and has to be told so.
   *
   * @param {import('./payer.js').TypedTerms} typed number with check symbol, or canonical
   * @param {string | null} shorthand of the instrument to pay with, or null for the first
   * @param {string} pin
   * @param {import('./payer.js').TermsOptions} [options]
   * @returns {Promise<Result<OutboxEntry>>}
   */
  approveTerms(typed, shorthand, pin, options = {}) {
    return result(async () => {
      const number = readNumber(typed.number);
      await this.reunion.ready();
      return this.payer.approveTerms({ ...typed, number }, shorthand, pin, options);
    });
  }

  /**
   * Makes an offer, for a receiver to scan: it gives no authority over anything.
   *
   * @param {import('./offer-desk.js').OfferRequest} [request]
   * @returns {Promise<Result<import('./offer-desk.js').MadeOffer>>}
   */
  makeOffer(request = {}) {
    return result(() => this.offers.make(request));
  }

  /**
   * Reads an offer from the text of a QR.
   *
   * @param {string} text
   * @returns {Promise<Result<import('./offer.js').Offer>>}
   */
  readOffer(text) {
    return result(async () => this.offers.read(text));
  }

  /**
   * F1: makes a bill and the payee's half for an offer, and lodges the bill with it; the half is sent by
   * {@link send} as ever.
   *
   * @param {string} text of a QR
   * @param {Partial<import('./halves.js').BillRequest>} [request] items where the offer names no amount
   * @returns {Promise<Result<OutboxEntry>>}
   */
  acceptOffer(text, request = {}) {
    return result(async () => {
      requireProvider(this.core.active());
      const offer = this.offers.read(text);
      const bill = billFor(offer, request);
      await this.reunion.ready();
      const entry = await this.halves.bill(bill, await this.certificates.current(this.core.active()));
      await this.services.lodge(entry.number, offer.id);
      return entry;
    });
  }

  /**
   * Makes the payee's code that takes an amount of what is held for a purchase, and ends the hold; with
   * 0 it is given back. Nothing is sent.
   *
   * @param {string} number of the purchase
   * @param {number} amount minor units
   * @returns {Promise<Result<OutboxEntry>>}
   */
  complete(number, amount) {
    return this.later(PURPOSE.COMPLETE, number, amount);
  }

  /**
   * Makes the payee's code for one further charge of a purchase; nothing is sent.
   *
   * @param {string} number of the purchase
   * @param {number} amount minor units
   * @returns {Promise<Result<OutboxEntry>>}
   */
  charge(number, amount) {
    return this.later(PURPOSE.CHARGE, number, amount);
  }

  /**
   * @param {3 | 4} purpose
   * @param {string} number
   * @param {number} amount
   */
  later(purpose, number, amount) {
    return result(async () => {
      await this.reunion.ready();
      return this.halves.later(purpose, number, amount);
    });
  }

  /**
   * Makes the half that withdraws the payee's open half of this number; nothing is sent.
   *
   * @param {string} number
   * @returns {Promise<Result<OutboxEntry>>}
   */
  cancel(number) {
    return result(async () => {
      await this.reunion.ready();
      return this.halves.cancel(number);
    });
  }

  /**
   * Sends a half's code: the stored bytes, however often. Accepted says nothing of its fate. A half
   * that withdraws another goes after that other one, so that it does not overtake it (P6).
   *
   * @param {OutboxEntry} entry
   * @returns {Promise<Result<OutboxEntry>>}
   */
  send(entry) {
    return result(async () => {
      const { cancelledN } = termsOf(entry);
      const withdrawn = this.core.state.outbox.find(
        (one) => one.epoch === entry.epoch && one.n === cancelledN && one.state === 'SEALED',
      );
      if (withdrawn) {
        await this.sendStored(withdrawn);
      }
      return this.sendStored(entry);
    });
  }

  /** @param {OutboxEntry} entry */
  async sendStored(entry) {
    const { core } = this;
    const find = () =>
      core.state.outbox.find((one) => one.epoch === entry.epoch && one.n === entry.n);
    const stored = find();
    if (!stored) {
      throw new StepRefused('send', 'this half is not open');
    }
    core.progress(stored.number, 'SENDING');
    if ((await core.bank.send(stored.code)) !== 'ACCEPTED') {
      throw new StepRefused('send', 'the bank did not say that it has the code');
    }
    const accepted = await core.keeper.exclusively(async () => {
      const current = find();
      if (current?.state !== 'SEALED') {
        return current ?? stored;
      }
      /** @type {OutboxEntry} */
      const next = { ...current, state: 'ACCEPTED' };
      await core.keeper.put({ ...core.state, outbox: replaced(core.state, next) });
      return next;
    });
    core.progress(accepted.number, 'ACCEPTED');
    return accepted;
  }

  /**
   * Waits for the final answer to one half, or to this device's last half of a number with a purpose.
   *
   * @param {OutboxEntry | string} entryOrNumber
   * @param {number} timeoutMillis
   * @param {number} [purpose] of the half where a number is given
   * @returns {Promise<Result<FinishedEntry>>}
   */
  awaitAnswer(entryOrNumber, timeoutMillis, purpose = PURPOSE.PURCHASE) {
    return result(async () => {
      const open =
        typeof entryOrNumber === 'string' ? this.open(entryOrNumber, purpose) : entryOrNumber;
      if (open) {
        const ended = await this.answers.await(open, timeoutMillis);
        await this.reunion.rekeyIfDue();
        return ended;
      }
      const ended = this.receipts().filter(
        (entry) => entry.number === entryOrNumber && entry.purpose === purpose,
      );
      if (ended.length === 0) {
        throw new StepRefused('await', 'this device has no half of that number');
      }
      return ended.reduce((last, entry) => (isLater(entry, last) ? entry : last));
    });
  }

  /**
   * Brings device and bank together after a restart: goes on with what was begun, sends the exact
   * bytes of every open half again, fetches answers and notices, asks how things stand, rekeys where
   * that is due, and shows as UNKNOWN what is long past its end.
   *
   * @returns {Promise<import('./reunion.js').Resumed>}
   */
  resume() {
    return this.reunion.resume((entry) => this.send(entry));
  }

  /** Lets go of the state and of the bank. */
  async close() {
    this.core.bank.close();
    await this.core.keeper.close();
  }
}

/**
 * @param {FinishedEntry} a
 * @param {FinishedEntry} b
 */
const isLater = (a, b) => a.epoch > b.epoch || (a.epoch === b.epoch && a.n > b.n);

/** @param {import('./state.js').Bound} bound */
function requireProvider({ identity }) {
  if (identity.role !== 'PROVIDER') {
    throw new StepRefused('role', "only a provider's device makes bills");
  }
}

/** @param {string} text */
function readActivation(text) {
  try {
    return parseActivation(text);
  } catch (fault) {
    throw fault instanceof MalformedInput
      ? new StepRefused('activation', `the activation is mistyped: ${fault.message}`)
      : fault;
  }
}
