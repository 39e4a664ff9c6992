/** What all parts of a device share. */
import { BankKeys } from './keys.js';
import { BankRefused, StepRefused, atStep } from './refusal.js';

/** @typedef {import('./bytes.js').Bytes} Bytes */
/** @typedef {import('./state.js').StateKeeper} StateKeeper */
/** @typedef {import('./state.js').Bound} Bound */
/** @typedef {import('./state.js').FinishedEntry} FinishedEntry */
/** @typedef {import('./transport.js').BankConnection} BankConnection */

/**
 * How far an enrolment or a half has come.
 *
 * @typedef {'OFFERED' | 'BINDING' | 'CONFIRMING' | 'ENROLLED' | 'SEALED' | 'SENDING' | 'ACCEPTED'
 *   | 'HELD' | 'NO_ANSWER' | 'NOT_ACCEPTED' | 'CERTIFIED' | 'REQUESTING' | 'REKEYING' | 'REKEYED'
 *   | 'WAITING'} Stage
 */

/**
 * What a user interface may want to hear of; called after the state is durable.
 *
 * @typedef {object} DeviceEvents
 * @property {(number: string, stage: Stage, told?: import('./progress.js').Progress) => void} [progress]
 *   number is empty outside a transaction; WAITING is the bank's word, with what it told
 * @property {(entry: FinishedEntry) => void} [answered]
 * @property {(receipt: import('./receipt.js').Receipt) => void} [receipt]
 * @property {(index: number, head: Bytes) => void} [logLine]
 * @property {(number: string) => void} [suspended] number is empty outside a transaction
 * @property {(notice: import('./notice.js').Notice) => void} [notice] the bank spoke first
 * @property {(terms: import('./agreement.js').Terms) => void} [agreementWaits] for the party's signature
 * @property {(epoch: number, recoveryEpoch: number) => void} [epoch] after each rekey
 * @property {(number: string, presence: number) => void} [presence] to be shown to the person
 * @property {(until: number) => void} [blocked] after wrong PINs, bank clock
 * @property {(recoveryEpoch: number) => void} [recovery] a higher one was seen
 * @property {(index: number) => void} [logRolledBack] the bank has lost the lines after it
 * @property {(size: number, time: number) => void} [checkpoint] of the bank's tree, held now
 * @property {(step: string, size: number) => void} [contradiction] the bank has signed what does not
 *   go with what it signed before; both are kept
 * @property {(recoveryEpoch: number) => void} [checkpointsBegunAnew] the bank was set back
 * @property {(version: number) => void} [keys] newer keys of the bank were taken
 */

export class Core {
  /**
   * @param {object} parts
   * @param {StateKeeper} parts.keeper
   * @param {BankConnection} parts.bank
   * @param {DeviceEvents} parts.events
   * @param {() => number} parts.clock milliseconds
   * @param {number} parts.pinIterations
   * @param {number[]} parts.suites ascending
   */
  constructor({ keeper, bank, events, clock, pinIterations, suites }) {
    this.keeper = keeper;
    this.bank = bank;
    this.events = events;
    this.clock = clock;
    this.pinIterations = pinIterations;
    this.suites = suites;
    /** Highest recovery epoch that was told of. */
    this.recoverySeen = keeper.state.bound?.recoveryEpoch ?? 0;
    /** @type {{ sign1: Bytes, keys: BankKeys } | null} */
    this.verified = null;
  }

  get state() {
    return this.keeper.state;
  }

  /**
   * @param {string} number
   * @param {Stage} stage
   */
  progress(number, stage) {
    this.events.progress?.(number, stage);
  }

  /**
   * The bank was put back; told once for each recovery epoch.
   *
   * @param {number} epoch
   */
  sawRecovery(epoch) {
    if (epoch > this.recoverySeen) {
      this.recoverySeen = epoch;
      this.events.recovery?.(epoch);
    }
  }

  /**
   * The enrolled and confirmed device.
   *
   * @returns {Bound}
   */
  active() {
    const { bound } = this.state;
    if (bound === null) {
      throw new StepRefused('not-enrolled', 'this device is not enrolled');
    }
    if (bound.confirmation !== null) {
      throw new StepRefused('not-confirmed', 'the bank has not confirmed the enrolment yet');
    }
    return bound;
  }

  /** Whether the bank wants a rekey, after it was put back. */
  async isPutBack() {
    const bound = this.active();
    const keys = await this.heldKeys();
    return bound.rekeyFirst || keys.recoveryEpoch > bound.recoveryEpoch;
  }

  /**
   * Whether no answer and no notice is taken: from learning that the bank was put back until the bank
   * has said, after the rekey, how things stand. 10.1.
   */
  async isRecovering() {
    return this.active().logUnsure || this.isPutBack();
  }

  /** @param {{ signingKey: Bytes }} owner */
  signingKey({ signingKey }) {
    return this.keeper.store.signingKey(signingKey);
  }

  /**
   * K1 to K3 and K5 over keys as sent.
   *
   * @param {import('./transport.js').SentKeys} sent
   * @param {string} consortium
   */
  async checkedKeys({ root, sign1 }, consortium) {
    const held = await this.keys();
    let fresh;
    try {
      fresh = await BankKeys.verify(sign1, root, this.state.bank.rootFingerprint, consortium);
    } catch (fault) {
      throw atStep(fault, 'K2', "the bank's keys are not signed by the pinned root");
    }
    if (held !== null && fresh.version < held.version) {
      throw new StepRefused('K3', "the bank's keys are older than those held");
    }
    if (
      held !== null &&
      (fresh.recoveryEpoch < held.recoveryEpoch || fresh.minimumSuite < held.minimumSuite)
    ) {
      throw new StepRefused('K5', "the bank's keys name a lower recovery epoch or suite");
    }
    return fresh;
  }

  /**
   * The keys held, their signature checked once.
   *
   * @returns {Promise<BankKeys | null>}
   */
  async keys() {
    const { keys, bank } = this.state;
    if (keys === null) {
      return null;
    }
    if (this.verified?.sign1 !== keys.sign1) {
      const { sign1, root, consortium } = keys;
      const verified = await BankKeys.verify(sign1, root, bank.rootFingerprint, consortium);
      this.verified = { sign1, keys: verified };
    }
    return this.verified.keys;
  }

  async heldKeys() {
    const held = await this.keys();
    if (held === null) {
      throw new StepRefused('not-enrolled', 'this device has no bank keys yet');
    }
    return held;
  }

  /**
   * As {@link refreshKeys}; false also where the bank or the new keys are refused.
   */
  async refreshed() {
    try {
      return await this.refreshKeys();
    } catch (fault) {
      if (fault instanceof BankRefused || fault instanceof StepRefused) {
        return false;
      }
      throw fault;
    }
  }

  /** Fetches the bank's keys and keeps them if they are newer; says whether they are. */
  async refreshKeys() {
    const held = await this.heldKeys();
    const fresh = await this.checkedKeys(await this.bank.keys(), held.consortium);
    if (fresh.version <= held.version) {
      return false;
    }
    await this.keeper.update(() => ({ keys: keysState(fresh) }));
    this.events.keys?.(fresh.version);
    if (fresh.recoveryEpoch > held.recoveryEpoch) {
      this.sawRecovery(fresh.recoveryEpoch);
    }
    return true;
  }
}

/** @param {BankKeys} keys */
export const keysState = ({ root, sign1, consortium }) => ({ root, sign1, consortium });
