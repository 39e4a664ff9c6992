/** What a device holds, for user interfaces: read only. */
import { Bill } from './bill.js';

/** @typedef {import('./state.js').OutboxEntry} OutboxEntry */
/** @typedef {import('./state.js').Identity} Identity */

export class DeviceView {
  /** @param {import('./core.js').Core} core */
  constructor(core) {
    this.core = core;
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

  /** Holds and recurring authorities that purchases have left behind, oldest first. */
  authorities() {
    return this.core.state.authorities;
  }

  /** Levels that have a PIN. */
  levels() {
    return this.core.state.bound?.levels.map(({ level }) => level) ?? [];
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
}
