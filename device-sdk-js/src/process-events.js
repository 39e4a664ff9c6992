/** Events of a device process, and how its commands are read. */
import { MalformedInput } from './refusal.js';
import { OUTCOME, PURPOSE, ROLE } from './format.js';
import { decodeReceipt } from './receipt.js';
import { decodeSign1 } from './cose.js';
import { numberText } from './crockford.js';
import { subjectOf } from './notice.js';
import { textMember } from './json.js';
import { toBase64Url } from './bytes.js';

/** @typedef {import('./state.js').FinishedEntry} FinishedEntry */
/** @typedef {Record<string, any>} Json */

/** @param {Json} event */
export const write = (event) => process.stdout.write(`${JSON.stringify(event)}\n`);

/** @param {number} value */
export const roleName = (value) => (value === ROLE.PAYER ? 'payer' : 'payee');

/** @param {number} value */
export const purposeName = (value) => (value === PURPOSE.CANCEL ? 'cancel' : 'purchase');

/**
 * How a half ended, for a reply or by itself.
 *
 * @param {FinishedEntry} entry
 */
export function described(entry) {
  const { number, n, role, purpose, ending, reason, time, receipt, presence, blockedUntil } = entry;
  const event = {
    number,
    n,
    role: roleName(role),
    purpose: purposeName(purpose),
    ending,
    reason,
    time,
    ...(presence !== null && { presence }),
    ...(blockedUntil !== null && { blockedUntil }),
  };
  if (receipt === null) {
    return event;
  }
  const read = decodeReceipt(decodeSign1(receipt).payload);
  return { ...event, receipt: numberText(read.receiptNumber) };
}

/** @param {Uint8Array | null} bytes */
const textOf = (bytes) => bytes && toBase64Url(bytes);

/**
 * A notice in words.
 *
 * @param {import('./notice.js').Notice} notice
 */
export function told(notice) {
  const { deviceId, about, ...subject } = subjectOf(notice);
  const { epoch, k, time, line } = notice;
  const words = { ...subject, device: textOf(deviceId) };
  return { epoch, k, kind: about, time, line: line.index, ...words };
}

/** @type {import('./core.js').DeviceEvents} */
export const EVENTS = {
  progress: (number, stage) => write({ event: 'progress', number, stage }),
  answered: (entry) => write({ event: 'ended', ...described(entry) }),
  receipt: (receipt) =>
    write({
      event: 'receipt',
      number: receipt.number,
      receipt: numberText(receipt.receiptNumber),
      outcome: OUTCOME[/** @type {1} */ (receipt.outcome)],
      amount: receipt.amount,
      currency: receipt.currency,
      time: receipt.time,
    }),
  logLine: (index, head) => write({ event: 'logLine', index, head: toBase64Url(head) }),
  suspended: (number) => write({ event: 'suspended', number }),
  notice: (notice) => write({ event: 'notice', ...told(notice) }),
  epoch: (epoch, recoveryEpoch) => write({ event: 'epoch', epoch, recoveryEpoch }),
  presence: (number, presence) => write({ event: 'presence', number, presence }),
  blocked: (until) => write({ event: 'blocked', until }),
  recovery: (recoveryEpoch) => write({ event: 'recovery', recoveryEpoch }),
  logRolledBack: (index) => write({ event: 'logRolledBack', index }),
  checkpoint: (size, at) => write({ event: 'checkpoint', size, time: at }),
  contradiction: (step, size) => write({ event: 'contradiction', step, size }),
  checkpointsBegunAnew: (recoveryEpoch) => write({ event: 'checkpointsBegunAnew', recoveryEpoch }),
  keys: (version) => write({ event: 'keys', version }),
};

/**
 * @param {Json | null} command
 * @param {import('./refusal.js').Refusal} refusal
 */
export function refused(command, { type, title, status }) {
  const event = command === null ? { event: 'refused', re: '' } : reply('refused', command);
  write({ ...event, type, title, ...(status !== undefined && { status }) });
}

/**
 * @template T
 * @param {Json} command
 * @param {import('./refusal.js').Result<T>} done
 * @param {(value: T) => Json} event
 */
export function finish(command, done, event) {
  if (done.ok) {
    write(event(done.value));
  } else {
    refused(command, done.refusal);
  }
}

/**
 * Members of a command beside `command` and `id`; others are refused.
 *
 * @param {Json} command
 * @param {...string} names
 */
export function allow(command, ...names) {
  const allowed = ['command', 'id', ...names];
  if (Object.keys(command).some((name) => !allowed.includes(name))) {
    throw new MalformedInput('unknown member of this command');
  }
}

/**
 * @param {Json} object
 * @param {string} name
 * @returns {number}
 */
export function integer(object, name) {
  if (!Number.isSafeInteger(object[name])) {
    throw new MalformedInput(`member ${name} is not an integer`);
  }
  return object[name];
}

/**
 * @param {Json} command
 * @param {string} name
 */
export const textOrNull = (command, name) =>
  command[name] === undefined || command[name] === null ? null : textMember(command, name);

/**
 * The one event that ends a command.
 *
 * @param {string} event
 * @param {Json} command
 */
export const reply = (event, { command, id }) => ({ event, re: command, ...(id !== undefined && { id }) });
