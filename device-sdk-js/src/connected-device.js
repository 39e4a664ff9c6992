/**
 * What a device asks its bank beside payments, and what the bank tells by itself.
 * docs/PROTOCOL.md sections R and N.
 */
import { MalformedInput, StepRefused, result } from './refusal.js';
import { CheckpointDesk } from './checkpoint-desk.js';
import { NoticeDesk } from './notice-desk.js';
import { Rekeyer } from './rekeyer.js';
import { Requester } from './requester.js';
import { Services } from './services.js';
import { StatusDesk } from './status-desk.js';
import { canonicalNumber } from './crockford.js';

/** @typedef {import('./bytes.js').Bytes} Bytes */
/** @typedef {import('./bill.js').CheckedBill} CheckedBill */
/**
 * @template T
 * @typedef {import('./refusal.js').Result<T>} Result
 */

/** The half of {@link import('./device.js').TallystickDevice} that makes no codes. */
export class ConnectedDevice {
  /** @param {import('./core.js').Core} core */
  constructor(core) {
    this.core = core;
    this.requester = new Requester(core);
    this.rekeyer = new Rekeyer(core, this.requester);
    this.services = new Services(core, this.requester);
    this.statuses = new StatusDesk(core, this.requester);
    this.notices = new NoticeDesk(core, (upTo) => this.statuses.fill(upTo));
    this.checkpoints = new CheckpointDesk(core);
    /** @type {import('./desk.js').AnswerDesk} */
    this.answers;
    /** @type {import('./reunion.js').Reunion} */
    this.reunion;
  }

  /**
   * Begins a new epoch now. More than three in a day that were not due are refused here, since the
   * bank would suspend the device.
   *
   * @returns {Promise<Result<{ epoch: number, recoveryEpoch: number, n: number }>>}
   */
  rekey() {
    return result(async () => {
      this.core.active();
      await this.rekeyer.run();
      await this.reunion.ready();
      const { epoch, recoveryEpoch, n } = this.core.active();
      return { epoch, recoveryEpoch, n };
    });
  }

  /**
   * Asks for the bank's newest checkpoint and checks it against the one held and against this
   * device's own log, C1 to C5.
   *
   * @returns {Promise<Result<import('./checkpoint.js').Checkpoint>>}
   */
  checkpoint() {
    return result(() => this.checkpoints.check());
  }

  /** Checkpoints of the bank that do not go together, first found first. */
  evidenceAgainstBank() {
    return this.checkpoints.shelf.evidence;
  }

  /**
   * Asks the bank how this device and its account stand; ends halves that will never be accepted, and
   * rekeys where device and bank have come apart.
   *
   * @returns {Promise<Result<import('./results.js').BankStatus>>}
   */
  askStatus() {
    return result(async () => {
      const asked = await this.statuses.ask();
      await this.reunion.followUp({ ok: true, value: asked });
      return asked.status;
    });
  }

  /**
   * @param {string} oldPin
   * @param {string} newPin
   * @returns {Promise<Result<void>>}
   */
  changePin(oldPin, newPin) {
    return result(() => this.services.changePin(oldPin, newPin));
  }

  /**
   * Leaves the bill of an own open half with the bank, for payers who type its number.
   *
   * @param {string} number
   * @returns {Promise<Result<{ expires: number }>>}
   */
  lodge(number) {
    return result(async () => this.services.lodge(number));
  }

  /**
   * Fetches the bill of a number that was typed, and checks it, B1 to B7.
   *
   * @param {string} typed
   * @returns {Promise<Result<CheckedBill>>}
   */
  fetchBill(typed) {
    return result(async () => this.services.fetchBill(readNumber(typed)));
  }

  /**
   * A number that the bank reserves for one bill of this account.
   *
   * @returns {Promise<Result<import('./state.js').ReservedNumber>>}
   */
  reserveNumber() {
    return result(() => this.services.number());
  }

  /**
   * Says that a device of the account, or what waits under a number, is not its party's.
   *
   * @param {Bytes | null} deviceId
   * @param {string | null} number
   * @returns {Promise<Result<{ deviceSuspended: boolean, halvesEnded: boolean }>>}
   */
  notMe(deviceId, number) {
    return result(async () => this.services.notMe(deviceId, number));
  }

  /**
   * Says that a device of which a notice told is the account's own.
   *
   * @param {Bytes} deviceId
   * @returns {Promise<Result<void>>}
   */
  countersign(deviceId) {
    return result(() => this.services.countersign(deviceId));
  }

  /**
   * Takes the notices that are there, or the first that comes within a time; gives how many.
   *
   * @param {number} timeoutMillis
   * @returns {Promise<Result<number>>}
   */
  awaitNotices(timeoutMillis) {
    return result(() => this.notices.fetch(timeoutMillis));
  }

  /** Notices that were taken, oldest first, the last 64. */
  keptNotices() {
    return this.core.state.notices;
  }

  /**
   * Lines of this device's log as the bank has them, at most 16.
   *
   * @param {number} from
   * @param {number} to
   * @returns {Promise<Result<import('./log.js').LogLine[]>>}
   */
  logLines(from, to) {
    return result(() => this.statuses.lines(from, to));
  }

  /**
   * Fetches the lines that are missing before answers that wait for them.
   *
   * @returns {Promise<Result<number>>} how many halves ended
   */
  fillLog() {
    return result(() => this.answers.unhold());
  }
}

/** @param {string} typed */
function readNumber(typed) {
  try {
    return canonicalNumber(typed);
  } catch (fault) {
    throw fault instanceof MalformedInput
      ? new StepRefused('number', `the number is mistyped: ${fault.message}`)
      : fault;
  }
}
