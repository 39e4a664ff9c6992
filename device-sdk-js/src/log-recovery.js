/**
 * The log after a bank was put back, and only then: it goes on from where the bank's ends. Lines that
 * the bank has lost stay as evidence with what they decided; lines that it has made instead are
 * remembered, since answers and notices that are fetched again stand for them. 10.1.
 */
import { LIMITS } from './format.js';
import { MAX_LINES } from './log-keeper.js';
import { StepRefused } from './refusal.js';
import { equal } from './bytes.js';
import { extendsHead, lineHead, sameLine } from './log.js';

/** @typedef {import('./bytes.js').Bytes} Bytes */
/** @typedef {import('./log.js').LogLine} LogLine */
/** @typedef {import('./results.js').BankStatus} BankStatus */
/** @typedef {import('./state.js').OutboxEntry} OutboxEntry */
/** @typedef {import('./state.js').State} State */
/** @typedef {(from: number, to: number) => Promise<LogLine[]>} Fetch lines of the bank's log */

/**
 * @param {import('./core.js').Core} core
 * @param {Fetch} fetch
 * @param {Pick<BankStatus, 'logIndex' | 'logHead'>} status
 */
export async function recoverLog(core, fetch, { logIndex, logHead }) {
  const before = core.active();
  if (!before.logUnsure) {
    return;
  }
  const lost = !(await goesOn(before, fetch, { logIndex, logHead }));
  const lines = lost ? await otherLines(core.state, fetch, { logIndex, logHead }) : [];
  await core.keeper.exclusively(async () => {
    const bound = core.active();
    if (bound.logIndex !== before.logIndex) {
      return; // it has grown meanwhile: asked again
    }
    const first = lines[0]?.index ?? logIndex + 1;
    const kept = bound.lines.filter(({ index }) => index < first);
    const fresh = lines.filter((line) => !isKnown(core.state, line));
    const log = lost ? { logIndex, logHead, lines: [...kept, ...fresh].slice(-MAX_LINES) } : {};
    const outbox = core.state.outbox.map(unheld);
    await core.keeper.put({ ...core.state, bound: { ...bound, ...log, logUnsure: false }, outbox });
    if (lost) {
      core.events.logRolledBack?.(logIndex);
    }
  });
}

/**
 * Whether this device's log is the beginning of the bank's.
 *
 * @param {{ logIndex: number, logHead: Bytes }} own
 * @param {Fetch} fetch
 * @param {{ logIndex: number, logHead: Bytes }} bank
 */
async function goesOn(own, fetch, bank) {
  if (bank.logIndex <= own.logIndex) {
    return bank.logIndex === own.logIndex && equal(bank.logHead, own.logHead);
  }
  const [next] = await range(fetch, own.logIndex + 1, own.logIndex + 1);
  return equal(next.column1, own.logHead);
}

/**
 * The bank's last lines, back to one that this device has taken.
 *
 * @param {State} state
 * @param {Fetch} fetch
 * @param {{ logIndex: number, logHead: Bytes }} bank
 */
async function otherLines(state, fetch, { logIndex, logHead }) {
  /** @type {LogLine[]} */
  let lines = [];
  let head = logHead;
  for (let to = logIndex; to > 0 && lines.length < MAX_LINES; to -= LIMITS.logLines) {
    const page = await range(fetch, Math.max(1, to - LIMITS.logLines + 1), to);
    await requireChain(page, head);
    lines = [...page, ...lines];
    head = page[0].column1;
    if (page.some((line) => isKnown(state, line))) {
      break;
    }
  }
  return lines;
}

/**
 * All lines of a range, however many replies they take.
 *
 * @param {Fetch} fetch
 * @param {number} from
 * @param {number} to
 */
async function range(fetch, from, to) {
  /** @type {LogLine[]} */
  const lines = [];
  while (from + lines.length <= to) {
    const some = await fetch(from + lines.length, to);
    if (some.length === 0) {
      throw new StepRefused('A5', 'the bank has not sent the lines that it says it has');
    }
    lines.push(...some);
  }
  return lines;
}

/**
 * @param {LogLine[]} lines
 * @param {Bytes} end head after the last
 */
async function requireChain(lines, end) {
  let head = lines[0].column1;
  for (const line of lines) {
    if (!(await extendsHead(line, line.index, head))) {
      throw new StepRefused('A5', "the bank's lines do not follow each other");
    }
    head = await lineHead(line);
  }
  if (!equal(head, end)) {
    throw new StepRefused('A5', "the bank's lines do not end at its head");
  }
}

/**
 * Whether what a line stands for was taken.
 *
 * @param {State} state
 * @param {LogLine} line
 */
const isKnown = ({ finished, notices }, line) =>
  [...finished, ...notices].some((one) => one.line !== null && sameLine(one.line, line));

/**
 * An answer that waits for lines that may be lost is fetched again.
 *
 * @param {OutboxEntry} entry
 * @returns {OutboxEntry}
 */
const unheld = (entry) =>
  entry.state === 'HELD' ? { ...entry, state: 'ACCEPTED', heldAnswer: null, heldLine: 0 } : entry;
