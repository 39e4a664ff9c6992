/** How halves end on the device, and what of them is kept. */
import { MAX_FINISHED } from './state.js';

/** @typedef {import('./bytes.js').Bytes} Bytes */
/** @typedef {import('./state.js').OutboxEntry} OutboxEntry */
/** @typedef {import('./state.js').FinishedEntry} FinishedEntry */
/** @typedef {import('./state.js').State} State */

/**
 * @param {{ epoch: number, n: number }} a
 * @returns {(b: { epoch: number, n: number }) => boolean}
 */
export const sameAs = (a) => (b) => a.epoch === b.epoch && a.n === b.n;

/**
 * @param {State} state
 * @param {FinishedEntry} ended
 */
export const withEnded = ({ finished }, ended) =>
  [...finished.filter((entry) => !sameAs(ended)(entry)), ended].slice(-MAX_FINISHED);

/**
 * @param {OutboxEntry} entry
 * @param {Pick<FinishedEntry, 'ending' | 'time'> & Partial<FinishedEntry>} end
 * @returns {FinishedEntry}
 */
export const finishedEntry = (entry, end) => ({
  reason: 'NONE',
  receipt: null,
  receipt2: null,
  presence: null,
  blockedUntil: null,
  line: null,
  epoch: entry.epoch,
  n: entry.n,
  number: entry.number,
  role: entry.role,
  purpose: entry.purpose,
  half: entry.half,
  account: entry.code.split('::')[2],
  codeHash: entry.codeHash,
  bill: entry.bill,
  ...end,
});

/**
 * Ends a half that the bank will never take; inside the exclusive part.
 *
 * @param {import('./core.js').Core} core
 * @param {OutboxEntry} entry
 * @param {Partial<State>} changes made with it
 */
export async function endNotAccepted(core, entry, changes) {
  const ended = finishedEntry(entry, { ending: 'NOT_ACCEPTED', time: core.clock() });
  await core.keeper.put({
    ...core.state,
    ...changes,
    outbox: core.state.outbox.filter((one) => !sameAs(entry)(one)),
    finished: withEnded(core.state, ended),
  });
  core.progress(entry.number, 'NOT_ACCEPTED');
  core.events.answered?.(ended);
}

/**
 * @param {State} state
 * @param {OutboxEntry} changed
 */
export const replaced = ({ outbox }, changed) =>
  outbox.map((entry) => (sameAs(changed)(entry) ? changed : entry));
