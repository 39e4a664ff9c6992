/**
 * Fetches answers and takes them, A1 to A6. An answer whose log line comes too early is kept until
 * the lines before it are here. A half that stays without an answer is shown as UNKNOWN, never as
 * cancelled, and a late answer still replaces that. docs/PROTOCOL.md section 8.
 */
import { BankRefused, StepRefused } from './refusal.js';
import { LIMITS, OUTCOME, REASON } from './format.js';
import { ProgressDesk } from './progress-desk.js';
import { afterApproval } from './authorities.js';
import { checkAnswer } from './check.js';
import { endNotAccepted, finishedEntry, replaced, sameAs, withEnded } from './endings.js';
import { equal } from './bytes.js';

/** @typedef {import('./bytes.js').Bytes} Bytes */
/** @typedef {import('./state.js').OutboxEntry} OutboxEntry */
/** @typedef {import('./state.js').FinishedEntry} FinishedEntry */
/** @typedef {import('./state.js').State} State */
/** @typedef {import('./transport.js').PickedUp} PickedUp */

/** How long after its end a half may stay without an answer. */
const GRACE_MILLIS = 10 * 60_000;
const PAUSE_MILLIS = 250;

export class AnswerDesk {
  /**
   * @param {import('./core.js').Core} core
   * @param {() => Promise<boolean>} fillHeld fetches the lines before answers that are held
   * @param {() => Promise<void>} settle after the bank was put back, rekeys and asks how things stand
   */
  constructor(core, fillHeld, settle) {
    this.core = core;
    this.fillHeld = fillHeld;
    this.settle = settle;
    this.progress = new ProgressDesk(core);
  }

  /**
   * Waits for the answer to one half; takes what comes for others on the way.
   *
   * @param {OutboxEntry} entry
   * @param {number} timeoutMillis
   * @returns {Promise<FinishedEntry>}
   */
  async await(entry, timeoutMillis) {
    const { core } = this;
    const end = performance.now() + timeoutMillis;
    const ended = () => core.state.finished.find(sameAs(entry));
    const before = ended();
    if (before && !core.state.outbox.some(sameAs(entry))) {
      return before; // others that are open are not what is waited for
    }
    for (;;) {
      /** @type {BankRefused | null} */
      let refused = null;
      try {
        await this.fetchFor(entry, Math.max(0, end - performance.now()));
      } catch (fault) {
        const refusal = fault instanceof BankRefused || fault instanceof StepRefused;
        if (!refusal || (fault instanceof StepRefused && ended() === undefined)) {
          throw fault;
        }
        refused = fault instanceof BankRefused ? fault : null;
      }
      const after = ended();
      if (after) {
        return after;
      }
      if (performance.now() >= end) {
        throw refused ?? new StepRefused('pending', 'there is no answer yet');
      }
      if (refused) {
        await new Promise((done) => setTimeout(done, PAUSE_MILLIS));
      }
    }
  }

  /** Asks once for every open half; gives how many ended. */
  async fetchAll() {
    await this.settle();
    const open = this.core.state.outbox;
    let taken = 0;
    for (let from = 0; from < open.length; from += LIMITS.subscriptions) {
      taken += await this.fetch(open.slice(from, from + LIMITS.subscriptions), 0);
    }
    taken += await this.unhold();
    await this.endOverdue();
    return taken;
  }

  /**
   * Asks for this half and, so that the log has no gap, for the others that are open.
   *
   * @param {OutboxEntry} wanted
   * @param {number} waitMillis
   */
  async fetchFor(wanted, waitMillis) {
    await this.settle();
    await this.unhold();
    if (!this.core.state.outbox.some(sameAs(wanted))) {
      return;
    }
    const open = this.core.state.outbox.filter((entry) => entry.state !== 'HELD');
    const first = open.filter(sameAs(wanted));
    const others = open.filter((entry) => !sameAs(wanted)(entry));
    const asked = [...first, ...others].slice(0, LIMITS.subscriptions);
    if (asked.length === 0) {
      throw new StepRefused('A5', 'lines of the log before this answer are missing');
    }
    await this.fetch(asked, this.progress.patience(wanted, waitMillis));
    await this.endOverdue();
  }

  /** Takes answers that are held, once the lines before them are here; gives how many ended. */
  async unhold() {
    const before = this.core.state.outbox.length;
    do {
      await this.core.keeper.exclusively(() => this.takeHeld());
    } while (await this.fillHeld());
    return Math.max(0, before - this.core.state.outbox.length);
  }

  /**
   * @param {OutboxEntry[]} open
   * @param {number} waitMillis
   */
  async fetch(open, waitMillis) {
    const arrived = await this.core.bank.answers(
      open.map((entry) => entry.pickup),
      waitMillis,
      (told) => this.progress.hear(told),
    );
    let taken = 0;
    /** @type {unknown} */
    let refused;
    for (const one of arrived) {
      try {
        taken += (await this.take(one)) ? 1 : 0;
      } catch (fault) {
        if (!(fault instanceof StepRefused)) {
          throw fault;
        }
        refused = fault;
      }
    }
    if (refused) {
      throw refused;
    }
    return taken;
  }

  /**
   * Takes one answer; false where it is for no open half, or has to wait.
   *
   * @param {PickedUp} arrived
   */
  async take(arrived) {
    try {
      return await this.tryTake(arrived);
    } catch (fault) {
      // the bank may have changed its keys since, or have been put back
      const otherKeys = fault instanceof StepRefused && ['A2', 'A4', 'A5'].includes(fault.step);
      if (otherKeys && (await this.core.refreshed())) {
        return this.tryTake(arrived);
      }
      throw fault;
    }
  }

  /** @param {PickedUp} arrived */
  tryTake({ pickup, sealed }) {
    const { core } = this;
    return core.keeper.exclusively(async () => {
      const entry = core.state.outbox.find((one) => equal(one.pickup, pickup));
      if (!entry || (await core.isRecovering())) {
        return false; // after a recovery it is fetched again
      }
      const heldLine = await this.finishOrEnd(entry, sealed);
      if (heldLine === 0) {
        await this.takeHeld();
        return true;
      }
      if (entry.heldAnswer === null) {
        /** @type {OutboxEntry} */
        const held = { ...entry, state: 'HELD', heldAnswer: sealed, heldLine };
        await core.keeper.put({ ...core.state, outbox: replaced(core.state, held) });
        core.progress(entry.number, 'HELD');
      }
      return false;
    });
  }

  /** The log has grown, so answers that waited for it may fit now. */
  async takeHeld() {
    for (let again = !(await this.core.isRecovering()); again; ) {
      again = false;
      for (const entry of this.core.state.outbox) {
        if (entry.heldAnswer !== null && (await this.finishedHeld(entry, entry.heldAnswer))) {
          again = true;
        }
      }
    }
  }

  /**
   * @param {OutboxEntry} entry
   * @param {Bytes} held
   */
  async finishedHeld(entry, held) {
    try {
      return (await this.finish(entry, held)) === 0;
    } catch (fault) {
      if (fault instanceof StepRefused) {
        return false;
      }
      throw fault;
    }
  }

  /**
   * As {@link finish}; A3b: where another code took the number, the half ends as never accepted, and
   * a rekey is to find out whose that was.
   *
   * @param {OutboxEntry} entry
   * @param {Bytes} sealed
   */
  async finishOrEnd(entry, sealed) {
    try {
      return await this.finish(entry, sealed);
    } catch (fault) {
      if (!(fault instanceof StepRefused) || fault.step !== 'A3b') {
        throw fault;
      }
      await endNotAccepted(this.core, entry, { bound: { ...this.core.active(), apart: true } });
      return 0;
    }
  }

  /**
   * A6; gives 0, or the index of its line where lines before it are missing.
   *
   * @param {OutboxEntry} entry
   * @param {Bytes} sealed
   */
  async finish(entry, sealed) {
    const { core } = this;
    const bound = core.active();
    const { answer, receipt, grown } = await checkAnswer(
      await core.heldKeys(),
      bound,
      entry,
      sealed,
    );
    if (grown === null) {
      return answer.line.index;
    }
    const reason = String(REASON[/** @type {0} */ (answer.reason)]);
    const ended = finishedEntry(entry, {
      ending: OUTCOME[/** @type {1} */ (answer.outcome)],
      reason,
      receipt: answer.receipt,
      receipt2: answer.receipt2,
      presence: answer.presence,
      blockedUntil: answer.blockedUntil,
      line: answer.line,
      time: answer.time,
    });
    const next = {
      ...grown,
      reached: entry.epoch === bound.epoch ? Math.max(bound.reached, entry.n + 1) : bound.reached,
      aliases: [...bound.aliases, ...answer.aliases].slice(0, LIMITS.aliases),
      rekeyFirst: bound.rekeyFirst || (reason === 'REKEY_FIRST' && entry.epoch === bound.epoch),
      blockedUntil: answer.blockedUntil ?? bound.blockedUntil,
    };
    await core.keeper.put({
      ...core.state,
      bound: next,
      outbox: core.state.outbox.filter((one) => !sameAs(entry)(one)),
      finished: withEnded(core.state, ended),
      authorities:
        ended.ending === 'APPROVED'
          ? afterApproval(core.state.authorities, entry, answer.time)
          : core.state.authorities,
    });
    entry.replyRoot.fill(0);
    this.progress.forget(entry);
    if (next.logIndex !== bound.logIndex) {
      core.events.logLine?.(next.logIndex, next.logHead);
    }
    core.events.answered?.(ended);
    if (ended.presence !== null) {
      core.events.presence?.(entry.number, ended.presence);
    }
    if (ended.blockedUntil !== null) {
      core.events.blocked?.(ended.blockedUntil);
    }
    if (receipt) {
      core.events.receipt?.(receipt);
    }
    if (reason === 'DEVICE_SUSPENDED') {
      core.events.suspended?.(entry.number);
    }
    return 0;
  }

  /** Ends locally what is long past its end and has no answer. */
  endOverdue() {
    const { core } = this;
    return core.keeper.exclusively(async () => {
      for (const entry of core.state.outbox) {
        const waits = entry.state === 'SEALED' || entry.state === 'ACCEPTED';
        if (waits && core.clock() > entry.notAfter + GRACE_MILLIS) {
          const time = core.clock();
          const ended = finishedEntry(entry, { ending: 'UNKNOWN', time });
          /** @type {OutboxEntry} */
          const changed = { ...entry, state: 'NO_ANSWER' };
          const finished = withEnded(core.state, ended);
          await core.keeper.put({ ...core.state, outbox: replaced(core.state, changed), finished });
          core.progress(entry.number, 'NO_ANSWER');
          core.events.answered?.(ended);
        }
      }
    });
  }
}
