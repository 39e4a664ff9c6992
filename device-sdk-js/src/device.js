/**
 * A device of one party: enrols once, makes bills or approves them, sends the codes and takes the
 * bank's answers. Whatever it has promised survives a crash at any moment, and {@link
 * TallystickDevice#resume} brings device and bank together again.
 *
 * Refusals are returned, faults (a broken disk) are thrown. docs/PROTOCOL.md sections 3 to 9.
 */
import { MalformedInput, StateRefused, StepRefused, result } from './refusal.js';
import { StateKeeper, freshState } from './state.js';
import { AnswerDesk, replaced } from './desk.js';
import { Bill, checkedBill } from './bill.js';
import { CertificateKeeper } from './certificates.js';
import { Core } from './core.js';
import { Enroller } from './enroller.js';
import { ConnectedDevice } from './connected-device.js';
import { HalfMaker, termsOf } from './halves.js';
import { LIMITS, PURPOSE } from './format.js';
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
    this.answers = new AnswerDesk(core, () => this.statuses.fillHeld());
    this.reunion = new Reunion(this);
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
      if (bound.identity.role !== 'PROVIDER') {
        throw new StepRefused('role', "only a provider's device makes bills");
      }
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
   * @param {import('./halves.js').HalfOptions} [options]
   * @returns {Promise<Result<OutboxEntry>>}
   */
  approve(bill, shorthand, pin, options) {
    return result(async () => {
      await this.reunion.ready();
      return this.halves.approve(bill, shorthand, pin, options);
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
   * Waits for the final answer to one half, or to this device's purchase half of a number.
   *
   * @param {OutboxEntry | string} entryOrNumber
   * @param {number} timeoutMillis
   * @returns {Promise<Result<FinishedEntry>>}
   */
  awaitAnswer(entryOrNumber, timeoutMillis) {
    return result(async () => {
      const open =
        typeof entryOrNumber === 'string'
          ? this.open(entryOrNumber, PURPOSE.PURCHASE)
          : entryOrNumber;
      if (open) {
        const ended = await this.answers.await(open, timeoutMillis);
        await this.reunion.rekeyIfDue();
        return ended;
      }
      const ended = this.receipts().filter(
        (entry) => entry.number === entryOrNumber && entry.purpose === PURPOSE.PURCHASE,
      );
      if (ended.length === 0) {
        throw new StepRefused('await', 'this device has no half of that number');
      }
      return ended.reduce((last, entry) => (entry.n > last.n ? entry : last));
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

  /** Epoch, next number and what else a user interface may show; null before enrolment. */
  standing() {
    const { bound } = this.core.state;
    if (bound === null || bound.confirmation !== null) {
      return null;
    }
    const { epoch, n, recoveryEpoch, blockedUntil, identity, logIndex, logHead } = bound;
    return { suite: identity.suite, epoch, n, recoveryEpoch, blockedUntil, logIndex, logHead };
  }

  /**
   * Who this device is, once it is enrolled; null before.
   *
   * @returns {Identity | null}
   */
  identity() {
    const { bound } = this.core.state;
    return bound !== null && bound.confirmation === null ? bound.identity : null;
  }

  /** Halves without a final answer, oldest first. */
  openHalves() {
    return this.core.state.outbox;
  }

  /** Halves that have ended, with their receipts, oldest first. */
  receipts() {
    return this.core.state.finished;
  }

  /** Index of the last log line held, 0 for none. */
  logIndex() {
    return this.identity() === null ? 0 : (this.core.state.bound?.logIndex ?? 0);
  }

  /**
   * The open half of a number with a purpose; null where there is none.
   *
   * @param {string} number
   * @param {number} purpose
   * @returns {OutboxEntry | null}
   */
  open(number, purpose) {
    const found = this.core.state.outbox.filter(
      (entry) => entry.number === number && entry.purpose === purpose,
    );
    return found.at(-1) ?? null;
  }

  /**
   * The bill of a number, from an open or an ended half; null where there is none.
   *
   * @param {string} number
   */
  bill(number) {
    const halves = [...this.core.state.outbox, ...this.receipts()];
    const found = halves.find((entry) => entry.number === number && entry.bill !== null);
    return found?.bill ? Bill.decode(found.bill) : null;
  }

  /** Lets go of the state and of the bank. */
  async close() {
    this.core.bank.close();
    await this.core.keeper.close();
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
