/**
 * Asks the bank where it stands and draws the consequences: halves that can never be accepted end,
 * gaps of the log are filled, device and bank that have come apart meet again by a rekey.
 * docs/PROTOCOL.md sections R, kinds 1 and 3, and R.2.
 */
import { BankRefused, StepRefused } from './refusal.js';
import { LIMITS, REQUEST } from './format.js';
import { SEEN, logArguments, logResult, statusArguments, statusResult } from './results.js';
import { equal } from './bytes.js';
import { endNotAccepted } from './endings.js';
import { grownByRange } from './log-keeper.js';
import { recoverLog } from './log-recovery.js';

/** @typedef {import('./bytes.js').Bytes} Bytes */
/** @typedef {import('./results.js').BankStatus} BankStatus */
/** @typedef {import('./state.js').Bound} Bound */
/** @typedef {import('./state.js').State} State */
/** @typedef {import('./log.js').LogLine} LogLine */

/** How long after its notAfter a half that was not seen is given up. */
const NOT_SEEN_MILLIS = 24 * 3_600_000;

/**
 * How device and bank stand.
 *
 * @typedef {'together' | 'apart' | 'behind'} Standing apart: a rekey helps; behind: the bank has gone
 *   on to an epoch of which this device knows nothing, so its state is an old one
 */

export class StatusDesk {
  /**
   * @param {import('./core.js').Core} core
   * @param {import('./requester.js').Requester} requester
   */
  constructor(core, requester) {
    this.core = core;
    this.requester = requester;
  }

  /**
   * Asks, for all open halves, and does what needs no further request.
   *
   * @returns {Promise<{ status: BankStatus, standing: Standing, notAccepted: number }>}
   */
  async ask() {
    const open = this.core.state.outbox;
    let from = 0;
    let status;
    let notAccepted = 0;
    do {
      const some = open.slice(from, from + LIMITS.statusNumbers);
      /** @type {[number, number][]} */
      const numbers = some.map(({ epoch, n }) => [epoch, n]);
      const told = await this.requester.ask({
        kind: REQUEST.STATUS,
        blocks: 2,
        arguments: () => statusArguments(numbers),
        effect: async (state, request, body) => {
          const value = statusResult(body.result);
          return { state: this.marked(state, value), value };
        },
      });
      status ??= told;
      notAccepted += await this.endUnaccepted(told);
      from += LIMITS.statusNumbers;
    } while (from < open.length);
    return { status, standing: await this.compare(status), notAccepted };
  }

  /**
   * @param {State} state
   * @param {BankStatus} status
   * @returns {State}
   */
  marked(state, { blockedUntil }) {
    return { ...state, bound: state.bound && { ...state.bound, blockedUntil } };
  }

  /**
   * @param {BankStatus} status
   * @returns {Promise<Standing>}
   */
  async compare(status) {
    const { core } = this;
    if (status.state === 'suspended') {
      core.events.suspended?.('');
    }
    if (status.agreement !== null) {
      core.events.agreementWaits?.(status.agreement);
    }
    if (status.keySetVersion > (await core.heldKeys()).version) {
      await core.refreshed();
    }
    await recoverLog(core, (from, to) => this.lines(from, to), status);
    const bound = core.active();
    if (status.recoveryEpoch > bound.recoveryEpoch) {
      core.sawRecovery(status.recoveryEpoch);
      await core.keeper.update((state) => ({
        bound: state.bound && { ...state.bound, rekeyFirst: true },
      }));
    }
    const rekeying = core.state.requests.some(({ kind }) => kind === REQUEST.REKEY);
    if (status.epoch !== bound.epoch) {
      return rekeying ? 'together' : 'behind';
    }
    const ahead = bound.n - status.next;
    const otherLog =
      status.logIndex < bound.logIndex ||
      (status.logIndex === bound.logIndex && !equal(status.logHead, bound.logHead));
    return ahead < 0 || ahead >= LIMITS.window || otherLog ? 'apart' : 'together';
  }

  /**
   * Ends halves that the bank has not seen a day after their end; gives how many.
   *
   * @param {BankStatus} status
   */
  endUnaccepted({ halves }) {
    const { core } = this;
    return core.keeper.exclusively(async () => {
      let ended = 0;
      for (const { epoch, n, what } of halves) {
        const entry = core.state.outbox.find((one) => one.epoch === epoch && one.n === n);
        const time = core.clock();
        const late = entry !== undefined && time > entry.notAfter + NOT_SEEN_MILLIS;
        if (what === SEEN.NOT_SEEN && late) {
          await endNotAccepted(core, entry, {});
          ended++;
        }
      }
      return ended;
    });
  }

  /**
   * Fetches the lines after the last one held, up to an index.
   *
   * @param {number} upTo
   */
  async fill(upTo) {
    for (let from = this.core.active().logIndex + 1; from <= upTo; ) {
      const to = Math.min(upTo, from + LIMITS.logLines - 1);
      await this.lines(from, to, async (state, lines) => {
        const { bound } = state;
        const own = bound && lines.filter(({ index }) => index > bound.logIndex);
        return { ...state, bound: bound && own && (await grownByRange(bound, own)) };
      });
      const { logIndex, logHead } = this.core.active();
      if (logIndex < from) {
        throw new StepRefused('A5', 'the bank has not sent the lines that are missing');
      }
      this.core.events.logLine?.(logIndex, logHead);
      from = logIndex + 1;
    }
  }

  /**
   * Fills the gap before answers that are held; a bank that refuses leaves it.
   *
   * @returns {Promise<boolean>} whether the log has grown
   */
  async fillHeld() {
    const held = this.core.state.outbox.filter(({ heldAnswer }) => heldAnswer !== null);
    const before = this.core.active().logIndex;
    if (held.length === 0 || (await this.core.isRecovering())) {
      return false;
    }
    try {
      await this.fill(Math.min(...held.map(({ heldLine }) => heldLine)) - 1);
    } catch (fault) {
      if (!(fault instanceof BankRefused || fault instanceof StepRefused)) {
        throw fault;
      }
    }
    return this.core.active().logIndex > before;
  }

  /**
   * A range of lines, at most 16, as far as they fit.
   *
   * @param {number} from
   * @param {number} to
   * @param {(state: State, lines: LogLine[]) => Promise<State>} [kept]
   */
  lines(from, to, kept = async (state) => state) {
    return this.requester.ask({
      kind: REQUEST.LOG,
      blocks: 4,
      arguments: () => logArguments(from, to),
      effect: async (state, request, body) => {
        const value = logResult(body.result);
        const ordered = value.every(({ index }, i) => index === from + i && index <= to);
        if (!ordered) {
          throw new StepRefused('R10', 'other lines than those asked for');
        }
        return { state: await kept(state, value), value };
      },
    });
  }
}
