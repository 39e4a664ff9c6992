/** Hears progress messages, each once; G3. What does not hold is passed over: an answer decides. */
import { LIMITS, PROGRESS } from './format.js';
import { STAGES, openProgress } from './progress.js';
import { StepRefused } from './refusal.js';
import { equal, hex } from './bytes.js';
import { termsOf } from './half.js';

/** @typedef {import('./state.js').OutboxEntry} OutboxEntry */
/** @typedef {import('./transport.js').PickedUp} PickedUp */

const FIRST_WORD_MILLIS = 2_000;

export class ProgressDesk {
  /** @param {import('./core.js').Core} core */
  constructor(core) {
    this.core = core;
    /** @type {Map<string, number>} last message heard, by code hash */
    this.heard = new Map();
  }

  /**
   * Which message it is stands in its key alone, so the next ones are tried.
   *
   * @param {PickedUp} told
   */
  async hear({ pickup, sealed }) {
    const { core } = this;
    const entry = core.state.outbox.find((one) => equal(one.pickup, pickup));
    if (!entry) {
      return;
    }
    const { identity } = core.active();
    const { suite, consortium, deviceId } = identity;
    const keys = await core.heldKeys();
    for (let i = this.last(entry) + 1; i <= LIMITS.progress; i++) {
      try {
        const told = await openProgress(sealed, { ...entry, suite, consortium, deviceId, i }, keys);
        if (i > this.last(entry)) {
          this.heard.set(hex(entry.codeHash), i);
          core.events.progress?.(entry.number, STAGES[/** @type {1} */ (told.stage)], told);
        }
        return;
      } catch (fault) {
        if (!(fault instanceof StepRefused)) {
          throw fault;
        }
      }
    }
  }

  /**
   * How long to wait for a half's answer: a bank that holds a poll tells of progress at its end only, so
   * the first word is not waited for long.
   *
   * @param {OutboxEntry} entry
   * @param {number} waitMillis
   */
  patience(entry, waitMillis) {
    const asks = Object.hasOwn(termsOf(entry).extensions, PROGRESS);
    return asks && this.last(entry) === 0 ? Math.min(waitMillis, FIRST_WORD_MILLIS) : waitMillis;
  }

  /** @param {OutboxEntry} entry */
  last({ codeHash }) {
    return this.heard.get(hex(codeHash)) ?? 0;
  }

  /** @param {OutboxEntry} entry that has ended */
  forget({ codeHash }) {
    this.heard.delete(hex(codeHash));
  }
}
