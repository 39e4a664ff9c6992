/**
 * Brings device and bank together: after a restart, after losses on either side, and before a code
 * is sealed where the bank wants a rekey first. docs/PROTOCOL.md sections 8 and R.
 */
import { EFFECTS } from './services.js';
import { LIMITS } from './format.js';
import { StepRefused, UNREACHABLE, result } from './refusal.js';

/** @typedef {import('./refusal.js').Refusal} Refusal */
/** @typedef {import('./state.js').OutboxEntry} OutboxEntry */
/**
 * @template T
 * @typedef {import('./refusal.js').Result<T>} Result
 */

/**
 * What a restart found and did.
 *
 * @typedef {object} Resumed
 * @property {number} resent codes that the bank has on disk now
 * @property {number} answered halves that ended
 * @property {number} open halves that are still without an answer
 * @property {number} notAccepted halves that ended since the bank will never take them
 * @property {number} notices that came
 * @property {boolean} rekeyed whether a new epoch began
 * @property {Refusal | null} problem what stopped it early, if anything
 */

export class Reunion {
  /** @param {import('./device.js').TallystickDevice} device */
  constructor(device) {
    this.device = device;
    /** @type {number | null} epoch that a resynchronisation began: another one would not help */
    this.resynchronised = null;
  }

  /**
   * Brings device and bank together after a restart: goes on with an enrolment that was begun, sends
   * the exact bytes of every open half again, fetches answers, and shows as UNKNOWN what is long past
   * its end.
   *
   * @param {(entry: OutboxEntry) => Promise<Result<OutboxEntry>>} send
   * @returns {Promise<Resumed>}
   */
  async resume(send) {
    const { pending, bound, outbox } = this.device.core.state;
    if (pending !== null || bound?.confirmation) {
      const enrolled = await result(() => this.device.enroller.resume());
      if (!enrolled.ok) {
        return nothingDone(enrolled.refusal);
      }
    }
    if (bound === null && pending === null) {
      return nothingDone(null);
    }
    const again = await result(() => this.device.requester.resume(EFFECTS));
    let problem = again.ok ? null : again.refusal;
    let resent = 0;
    for (const entry of outbox.filter((one) => one.state !== 'HELD')) {
      if (problem?.type !== UNREACHABLE) {
        const sent = await send(entry);
        resent += sent.ok ? 1 : 0;
        problem = sent.ok ? problem : sent.refusal;
      }
    }
    const fetched = await result(() => this.device.answers.fetchAll());
    await this.device.answers.endOverdue();
    const answered = fetched.ok ? fetched.value : 0;
    problem ??= fetched.ok ? null : fetched.refusal;
    const met = problem?.type === UNREACHABLE ? NOTHING : await this.meet();
    // what was left alone until the new epoch was there
    const later = met.rekeyed ? await result(() => this.device.answers.fetchAll()) : null;
    problem ??= met.problem ?? (later?.ok === false ? later.refusal : null);
    return {
      resent,
      answered: answered + (later?.ok ? later.value : 0),
      open: this.device.core.state.outbox.length,
      notAccepted: met.notAccepted,
      notices: met.notices,
      rekeyed: bound !== null && this.device.core.state.bound?.epoch !== bound.epoch,
      problem,
    };
  }

  /** Status, what follows from it, and notices. */
  async meet() {
    const asked = await result(() => this.device.statuses.ask());
    const rekeyed = await result(() => this.followUp(asked));
    const told = await result(() => this.device.notices.fetch(0));
    const explained = rekeyed.ok && rekeyed.value ? [told] : [asked, rekeyed, told];
    const problems = explained.flatMap((one) => (one.ok ? [] : [one.refusal]));
    return {
      rekeyed: rekeyed.ok && rekeyed.value,
      notAccepted: asked.ok ? asked.value.notAccepted : 0,
      notices: told.ok ? told.value : 0,
      problem: problems[0] ?? null,
    };
  }

  /**
   * Rekeys where device and bank are apart, where one was begun or is due.
   *
   * @param {Result<{ standing: import('./status-desk.js').Standing }>} asked
   */
  async followUp(asked) {
    const { core, rekeyer } = this.device;
    if (!asked.ok) {
      await core.refreshed(); // a raised recovery epoch would explain it
    } else if (asked.value.standing === 'behind') {
      throw new StepRefused('behind', 'the bank is an epoch ahead; a new activation is needed');
    }
    const { epoch } = core.active();
    const apart = asked.ok && asked.value.standing === 'apart' && this.resynchronised !== epoch;
    const wanted = async () => (apart && core.active().epoch === epoch) || rekeyer.isOpen();
    if (!(await wanted())) {
      return false;
    }
    await rekeyer.run(wanted);
    this.resynchronised = apart ? core.active().epoch : this.resynchronised;
    await this.ready();
    return true;
  }

  /** What must be done before a code is sealed: a rekey where the bank wants one. */
  async ready() {
    const { core, rekeyer } = this.device;
    const wanted = async () => {
      const { n, first } = core.active();
      return n - first >= LIMITS.epochNumbers || rekeyer.isNeeded();
    };
    if (await wanted()) {
      await rekeyer.run(wanted);
    }
    if (core.active().logUnsure) {
      await this.device.statuses.ask();
    }
  }

  /** After the bank was put back: until this is done no answer and no notice is taken. */
  async settle() {
    if (await this.device.core.isRecovering()) {
      await this.ready();
    }
  }

  /** There is a connection, so what is due is done; where it fails it is done the next time. */
  async rekeyIfDue() {
    const { rekeyer } = this.device;
    if (await rekeyer.isOpen()) {
      await result(async () => {
        await rekeyer.run(() => rekeyer.isOpen());
        await this.ready();
      });
    }
  }
}

/** @type {{ rekeyed: boolean, notAccepted: number, notices: number, problem: Refusal | null }} */
const NOTHING = { rekeyed: false, notAccepted: 0, notices: 0, problem: null };

/**
 * @param {Refusal | null} problem
 * @returns {Resumed}
 */
const nothingDone = (problem) => ({ ...NOTHING, resent: 0, answered: 0, open: 0, problem });
