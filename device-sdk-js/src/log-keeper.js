/**
 * Keeps a device's log: lines in the bank's order, each once; what comes too early waits, and gaps
 * are filled by asking for a range. docs/PROTOCOL.md sections 9 and R, kind 3.
 */
import { StepRefused } from './refusal.js';
import { extendsHead, lineHead, sameLine } from './log.js';

/** @typedef {import('./bytes.js').Bytes} Bytes */
/** @typedef {import('./log.js').LogLine} LogLine */
/** @typedef {import('./state.js').Bound} Bound */

/** Most lines that wait for what they stand for; what comes later than that many is refused. */
export const MAX_LINES = 256;

/**
 * A5: the device with a line that an answer or a notice carries; null where lines before it are
 * missing. A line that was fetched before must be the same one.
 *
 * @param {Bound} bound
 * @param {LogLine} line
 * @returns {Promise<Bound | null>}
 * @throws {StepRefused} `A5`
 */
export async function grownBy(bound, line) {
  if (!(await extendsHead(line, line.index, line.column1))) {
    throw new StepRefused('A5', "the log line's columns do not fit");
  }
  if (line.index <= bound.logIndex) {
    if (!bound.lines.some((held) => sameLine(held, line))) {
      throw new StepRefused('A5', 'the log has another line there');
    }
    return { ...bound, lines: bound.lines.filter(({ index }) => index !== line.index) };
  }
  return line.index > bound.logIndex + 1 ? null : appended(bound, line);
}

/**
 * The device with the next line.
 *
 * @param {Bound} bound
 * @param {LogLine} line
 * @returns {Promise<Bound>}
 */
async function appended(bound, line) {
  if (!(await extendsHead(line, bound.logIndex + 1, bound.logHead))) {
    throw new StepRefused('A5', "the log line does not follow this device's log");
  }
  return { ...bound, logIndex: line.index, logHead: await lineHead(line) };
}

/**
 * The device with a range of lines, each of which waits for the answer or notice that it stands for.
 *
 * @param {Bound} bound
 * @param {LogLine[]} lines
 * @returns {Promise<Bound>}
 */
export async function grownByRange(bound, lines) {
  let grown = bound;
  for (const line of lines) {
    grown = await appended(grown, line);
  }
  return { ...grown, lines: [...bound.lines, ...lines].slice(-MAX_LINES) };
}
