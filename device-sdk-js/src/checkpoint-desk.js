/**
 * Holds the bank to what it has signed: each checkpoint must go on from the one before, and this
 * device's own lines must be in it. What does not is kept as evidence, and nothing else changes.
 * docs/PROTOCOL.md section 9.1, C1 to C5.
 */
import { BankRefused, StepRefused, atStep } from './refusal.js';
import { SUITE } from './format.js';
import { consistent, includes, leafHash } from './tree.js';
import { equal } from './bytes.js';
import { lineContent, lineHead } from './log.js';
import { uncheckedCheckpoint, verifiedCheckpoint } from './checkpoint.js';

/** @typedef {import('./checkpoint.js').Checkpoint} Checkpoint */
/** @typedef {import('./checkpoint.js').SignedCheckpoint} SignedCheckpoint */
/** @typedef {{ signed: SignedCheckpoint, says: Checkpoint }} Fresh */

/**
 * Two checkpoints that the bank has signed and that do not go together.
 *
 * @typedef {object} Evidence
 * @property {SignedCheckpoint | null} older held when the other came
 * @property {SignedCheckpoint} newer not taken, or, with step `recovery`, begun anew from
 * @property {string} step of the protocol that failed, or `recovery`
 *
 * @typedef {object} Shelf
 * @property {SignedCheckpoint | null} held the newest that was checked
 * @property {number} since lines up to this time may have been lost in a bank restore
 * @property {Evidence[]} evidence first found first
 */

/** How old a line is that must be in the tree of a checkpoint. */
export const SETTLED_MILLIS = 60_000;

/** Most evidence kept; what was found first stays. */
const MAX_EVIDENCE = 4;

/** @type {Shelf} */
const EMPTY = { held: null, since: 0, evidence: [] };

export class CheckpointDesk {
  /** @param {import('./core.js').Core} core */
  constructor(core) {
    this.core = core;
    /** @type {Promise<unknown>} */
    this.last = Promise.resolve();
  }

  /** @returns {Shelf} */
  get shelf() {
    return this.core.state.checkpoints ?? EMPTY;
  }

  /**
   * Asks for the newest checkpoint and takes it, if all holds. One at a time.
   *
   * @returns {Promise<Checkpoint>}
   */
  check() {
    const next = this.last.then(async () => {
      this.core.active();
      return this.compare(await this.signed(await this.core.bank.checkpoint()));
    });
    this.last = next.catch(() => undefined);
    return next;
  }

  /**
   * C1, if need be by newer keys.
   *
   * @param {SignedCheckpoint} sent
   * @returns {Promise<Fresh>}
   */
  async signed({ sign1, second }) {
    const { suite } = this.core.active().identity;
    // a device of suite 1 reads one signature
    const signed = { sign1, second: suite === SUITE.HYBRID ? second : null };
    try {
      return await this.verified(signed, suite);
    } catch (fault) {
      if (!(fault instanceof StepRefused) || !(await this.core.refreshKeys())) {
        throw fault;
      }
      return this.verified(signed, suite);
    }
  }

  /**
   * @param {SignedCheckpoint} signed
   * @param {number} suite
   * @returns {Promise<Fresh>}
   */
  async verified(signed, suite) {
    const keys = await this.core.heldKeys();
    const { rootFingerprint } = this.core.state.bank;
    let says;
    try {
      says = await verifiedCheckpoint(signed, suite, keys, rootFingerprint);
    } catch (fault) {
      throw atStep(fault, 'C1', "the checkpoint is not signed by the bank's checkpoint keys");
    }
    if (says.recoveryEpoch > keys.recoveryEpoch) {
      throw new StepRefused('C1', "the bank's keys do not say the checkpoint's recovery epoch");
    }
    return { signed, says };
  }

  /**
   * @param {Fresh} fresh
   * @returns {Promise<Checkpoint>}
   */
  async compare(fresh) {
    const { held, since } = this.shelf;
    const now = fresh.says;
    if (held === null) {
      return this.contains(fresh, now.recoveryEpoch > 0 ? now.time : 0);
    }
    const before = uncheckedCheckpoint(held);
    const less = now.size < before.size || now.recoveryEpoch < before.recoveryEpoch;
    if (now.time < before.time && less) {
      throw new StepRefused('stale', 'an older checkpoint than the one that is held');
    }
    if (now.recoveryEpoch > before.recoveryEpoch) {
      await this.keep({ older: held, newer: fresh.signed, step: 'recovery' });
      this.core.events.checkpointsBegunAnew?.(now.recoveryEpoch);
      return this.contains(fresh, now.time);
    }
    const same = now.size === before.size;
    if (less || (same && !equal(now.root, before.root))) {
      const what = 'the bank has signed a smaller tree, or another one of that size';
      throw await this.against('C2', what, fresh);
    }
    if (!same) {
      await this.goesOn(before, fresh);
    }
    return this.contains(fresh, since);
  }

  /**
   * C3.
   *
   * @param {Checkpoint} before
   * @param {Fresh} fresh
   */
  async goesOn(before, fresh) {
    const now = fresh.says;
    const proof = await proven(this.core.bank.consistency(before.size, now.size));
    if (
      proof === null ||
      !(await consistent(before.size, before.root, now.size, now.root, proof))
    ) {
      throw await this.against('C3', "the bank's tree does not begin with the one before", fresh);
    }
  }

  /**
   * C4.
   *
   * @param {Fresh} fresh
   * @param {number} since
   * @returns {Promise<Checkpoint>}
   */
  async contains(fresh, since) {
    const now = fresh.says;
    const line = this.newestLine(since, now.time - SETTLED_MILLIS);
    if (line !== null) {
      const { deviceId } = this.core.active().identity;
      const leaf = await leafHash(deviceId, line.index, await lineHead(line));
      const found = await proven(this.core.bank.inclusion(leaf, now.size));
      if (
        found === null ||
        !(await includes(leaf, found.position, now.size, found.proof, now.root))
      ) {
        const what = "a line of this device's log is not in the bank's tree";
        throw await this.against('C4', what, fresh);
      }
    }
    return this.take(fresh, since);
  }

  /**
   * C5.
   *
   * @param {Fresh} fresh
   * @param {number} since
   */
  async take({ signed, says }, since) {
    await this.core.keeper.update(() => ({
      checkpoints: { ...this.shelf, held: signed, since },
    }));
    this.core.events.checkpoint?.(says.size, says.time);
    return says;
  }

  /**
   * The bank has contradicted itself: both checkpoints are kept, and the person is told.
   *
   * @param {string} step
   * @param {string} what
   * @param {Fresh} fresh
   */
  async against(step, what, fresh) {
    await this.keep({ older: this.shelf.held, newer: fresh.signed, step });
    this.core.events.contradiction?.(step, fresh.says.size);
    return new StepRefused(step, what);
  }

  /** @param {Evidence} found */
  async keep(found) {
    const { evidence } = this.shelf;
    const known = evidence.some(
      ({ newer, step }) => step === found.step && equal(newer.sign1, found.newer.sign1),
    );
    if (!known && evidence.length < MAX_EVIDENCE) {
      await this.core.keeper.update(() => ({
        checkpoints: { ...this.shelf, evidence: [...this.shelf.evidence, found] },
      }));
    }
  }

  /**
   * Of the lines that came with an answer or a notice; others have no time here.
   *
   * @param {number} after
   * @param {number} upTo
   */
  newestLine(after, upTo) {
    const { finished, notices } = this.core.state;
    return [...finished, ...notices]
      .map(({ line }) => line)
      .filter((line) => line !== null)
      .filter((line) => {
        const { time } = lineContent(line);
        return time > after && time <= upTo;
      })
      .reduce(
        (newest, line) => (newest === null || line.index > newest.index ? line : newest),
        /** @type {import('./log.js').LogLine | null} */ (null),
      );
  }
}

/**
 * What the bank proves; null where it refuses to. Where the way to it failed, that is thrown.
 *
 * @template T
 * @param {Promise<T>} asked
 * @returns {Promise<T | null>}
 */
async function proven(asked) {
  try {
    return await asked;
  } catch (fault) {
    const refused =
      fault instanceof BankRefused &&
      fault.type.startsWith('urn:tallystick:problem:') &&
      (fault.status === 400 || fault.status === 404);
    if (refused) {
      return null;
    }
    throw fault;
  }
}
