/** Fetches notices and takes them in order, N1 to N5; docs/PROTOCOL.md section N. */
import { MAX_NOTICES } from './state.js';
import { NOTIFIED, lineContent } from './log.js';
import { StepRefused } from './refusal.js';
import { afterNotice } from './authorities.js';
import { equal } from './bytes.js';
import { grownBy } from './log-keeper.js';
import { nextDown, noticePickup, openNotice, subjectOf } from './notice.js';
import { withAgreement } from './agreement-desk.js';

/** @typedef {import('./bytes.js').Bytes} Bytes */
/** @typedef {import('./state.js').Bound} Bound */
/** @typedef {import('./state.js').DownChain} DownChain */
/** @typedef {import('./transport.js').PickedUp} PickedUp */

/**
 * @param {Bound} bound
 * @param {DownChain} chain
 */
const at = ({ identity }, { epoch, k, chain }) => ({
  suite: identity.suite,
  consortium: identity.consortium,
  deviceId: identity.deviceId,
  epoch,
  k,
  chain,
});

/**
 * What one device of the party has signed holds for all of them.
 *
 * @param {Bound} bound
 * @param {import('./notice.js').Notice} notice
 */
function agreedBy(bound, notice) {
  const subject = subjectOf(notice);
  return subject.about === 'agreed' ? withAgreement(bound, subject.version, subject.hash) : bound;
}

export class NoticeDesk {
  /**
   * @param {import('./core.js').Core} core
   * @param {(upTo: number) => Promise<void>} fillLog fetches lines up to an index
   * @param {() => Promise<void>} settle after the bank was put back, rekeys and asks how things stand
   */
  constructor(core, fillLog, settle) {
    this.core = core;
    this.fillLog = fillLog;
    this.settle = settle;
  }

  /**
   * Takes what is there, after a wait where nothing is; gives how many came.
   *
   * @param {number} waitMillis
   */
  async fetch(waitMillis) {
    await this.settle();
    let taken = 0;
    for (let wait = waitMillis; ; wait = 0) {
      const arrived = await this.core.bank.answers(await this.pickups(), wait);
      let now = 0;
      for (const one of arrived) {
        now += (await this.take(one)) ? 1 : 0;
      }
      if (now === 0) {
        return taken;
      }
      taken += now;
    }
  }

  /** Tokens of the next notice of each chain that goes on. */
  async pickups() {
    const bound = this.core.active();
    return Promise.all(bound.down.map((chain) => noticePickup(at(bound, chain))));
  }

  /**
   * False where it is not the next one, or is to be fetched again later.
   *
   * @param {PickedUp} arrived
   */
  async take(arrived) {
    try {
      return await this.takeInOrder(arrived);
    } catch (fault) {
      // the bank may have changed its keys since, or have been put back
      const otherKeys = fault instanceof StepRefused && ['N2', 'N4', 'A5'].includes(fault.step);
      if (otherKeys && (await this.core.refreshed())) {
        return this.takeInOrder(arrived);
      }
      throw fault;
    }
  }

  /** @param {PickedUp} arrived */
  async takeInOrder(arrived) {
    const line = await this.tryTake(arrived);
    if (line === 0 || line === null) {
      return line === 0;
    }
    await this.fillLog(line - 1);
    return (await this.tryTake(arrived)) === 0;
  }

  /**
   * N1 to N5; gives 0, or the index of its line where lines before it are missing, or null where it is
   * not expected.
   *
   * @param {PickedUp} arrived
   * @returns {Promise<number | null>}
   */
  tryTake({ pickup, sealed }) {
    const { core } = this;
    return core.keeper.exclusively(async () => {
      const bound = core.active();
      const chain = await this.chainOf(bound, pickup);
      if (chain === null || (await core.isRecovering())) {
        return null;
      }
      const notice = await openNotice(sealed, at(bound, chain), await core.heldKeys());
      if (
        !equal(notice.deviceId, bound.identity.deviceId) ||
        notice.epoch !== chain.epoch ||
        notice.k !== chain.k
      ) {
        throw new StepRefused('N3', 'the notice is for another device, or out of order');
      }
      const grown = await this.grown(agreedBy(bound, notice), notice);
      if (grown === null) {
        return notice.line.index;
      }
      const next = { ...chain, k: chain.k + 1, chain: await nextDown(at(bound, chain)) };
      const down = grown.down
        .map((one) => (one.epoch === chain.epoch ? next : one))
        .filter((one) => one.made === null || one.k <= one.made);
      const notices = [...core.state.notices, notice].slice(-MAX_NOTICES);
      const authorities = afterNotice(core.state.authorities, notice);
      await core.keeper.put({ ...core.state, bound: { ...grown, down }, notices, authorities });
      chain.chain.fill(0);
      if (grown.logIndex !== bound.logIndex) {
        core.events.logLine?.(grown.logIndex, grown.logHead);
      }
      core.events.notice?.(notice);
      return 0;
    });
  }

  /**
   * N4.
   *
   * @param {Bound} bound
   * @param {import('./notice.js').Notice} notice
   */
  async grown(bound, { line }) {
    try {
      const grown = await grownBy(bound, line);
      if (lineContent(line).kind === NOTIFIED) {
        return grown;
      }
    } catch (fault) {
      if (!(fault instanceof StepRefused)) {
        throw fault;
      }
    }
    throw new StepRefused('N4', "the notice's line does not fit this device's log");
  }

  /**
   * @param {Bound} bound
   * @param {Bytes} pickup
   */
  async chainOf(bound, pickup) {
    for (const chain of bound.down) {
      if (equal(await noticePickup(at(bound, chain)), pickup)) {
        return chain;
      }
    }
    return null;
  }
}
