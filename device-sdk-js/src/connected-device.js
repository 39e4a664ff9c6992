/**
 * What a device asks its bank beside payments, and what the bank tells by itself.
 * docs/PROTOCOL.md sections R and N.
 */
import { MalformedInput, StepRefused, atStep, result } from './refusal.js';
import { AgreementDesk } from './agreement-desk.js';
import { CheckpointDesk } from './checkpoint-desk.js';
import { NoticeDesk } from './notice-desk.js';
import { Rekeyer } from './rekeyer.js';
import { Requester } from './requester.js';
import { Services } from './services.js';
import { StatusDesk } from './status-desk.js';
import { DeviceView } from './view.js';
import { canonicalNumber } from './crockford.js';
import { requireLevel } from './half.js';

/** @typedef {import('./bytes.js').Bytes} Bytes */
/** @typedef {import('./bill.js').CheckedBill} CheckedBill */
/**
 * @template T
 * @typedef {import('./refusal.js').Result<T>} Result
 */

/** The half of {@link import('./device.js').TallystickDevice} that makes no codes. */
export class ConnectedDevice extends DeviceView {
  /** @param {import('./core.js').Core} core */
  constructor(core) {
    super(core);
    this.requester = new Requester(core);
    this.rekeyer = new Rekeyer(core, this.requester);
    this.services = new Services(core, this.requester);
    this.statuses = new StatusDesk(core, this.requester);
    this.notices = new NoticeDesk(
      core,
      (upTo) => this.statuses.fill(upTo),
      () => this.reunion.settle(),
    );
    this.checkpoints = new CheckpointDesk(core);
    this.agreements = new AgreementDesk(core, this.requester, async () => {
      const { status } = await this.statuses.ask();
      return status;
    });
    /** @type {import('./desk.js').AnswerDesk} */
    this.answers;
    /** @type {import('./reunion.js').Reunion} */
    this.reunion;
  }

  /**
   * Begins a new epoch now. More than three in a day that were not due are refused here, since the
   * bank would suspend the device; and so is one from a later epoch of which no code has its answer.
   *
   * @returns {Promise<Result<{ epoch: number, recoveryEpoch: number, n: number }>>}
   */
  rekey() {
    return result(async () => {
      if (this.rekeyer.pending() === undefined && !(await this.rekeyer.isRipe())) {
        throw new StepRefused('rekey', 'no code of this epoch has its answer yet');
      }
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
   * Sets or changes the PIN of a level, or removes it.
   *
   * @param {number} level 1 to 7
   * @param {string} pin of the device, which proves who asks
   * @param {string | null} levelPin null removes it
   * @returns {Promise<Result<void>>}
   */
  setLevelPin(level, pin, levelPin) {
    return result(async () => {
      try {
        requireLevel(level);
      } catch (fault) {
        throw atStep(fault, 'level', 'a level is 1 to 7');
      }
      return this.services.levelPin(level, pin, levelPin);
    });
  }

  /**
   * Ends the authority for further charges that a purchase of this device has left behind.
   *
   * @param {string} typed number of the purchase
   * @returns {Promise<Result<void>>}
   */
  endAuthority(typed) {
    return result(async () => this.services.endAuthority(readNumber(typed)));
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
   * F2: fetches the bill that was lodged for an offer of this device, and checks it, B1 to B7, and that it
   * says what was offered. Whom it names the person has to look at before anything is made.
   *
   * @param {Bytes} offerId
   * @returns {Promise<Result<CheckedBill>>}
   */
  lookOffer(offerId) {
    return result(() => this.services.fetchOffered(offerId));
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
   * A version of the agreement that waits for the party's signature, with its text; null where none does.
   *
   * @returns {Promise<Result<import('./agreement-desk.js').PendingAgreement | null>>}
   */
  waitingAgreement() {
    return result(() => this.agreements.waiting());
  }

  /**
   * Signs for the party what was shown to the person, who agreed to it.
   *
   * @param {import('./agreement-desk.js').PendingAgreement} shown
   * @returns {Promise<Result<void>>}
   */
  agree(shown) {
    return result(() => this.agreements.agree(shown));
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

/**
 * Canonical number of one that was typed.
 *
 * @param {string} typed
 */
export function readNumber(typed) {
  try {
    return canonicalNumber(typed);
  } catch (fault) {
    throw fault instanceof MalformedInput
      ? new StepRefused('number', `the number is mistyped: ${fault.message}`)
      : fault;
  }
}
