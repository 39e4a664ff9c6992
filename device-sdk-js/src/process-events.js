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

const PURPOSE_NAMES = Object.entries(PURPOSE).map(
  ([name, value]) => /** @type {[number, string]} */ ([value, name.toLowerCase()]),
);

/** @param {number} value */
export const purposeName = (value) => new Map(PURPOSE_NAMES).get(value);

/**
 * @param {string} name
 * @returns {number}
 */
export function purposeOf(name) {
  const found = PURPOSE_NAMES.find((one) => one[1] === name);
  if (!found) {
    throw new MalformedInput('purpose is purchase, cancel, complete or charge');
  }
  return found[0];
}

/**
 * Limits, content hash and consent, as far as they say something.
 *
 * @param {import('./conditions.js').Conditions} conditions
 */
export const describedConditions = ({ limits, contentHash, consent, terms }) => ({
  ...(limits && limits.tip !== null && { tip: limits.tip }),
  ...(limits?.hold && { hold: limits.hold }),
  ...(limits?.recurring && { recurring: limits.recurring }),
  ...(contentHash && { content: toBase64Url(contentHash) }),
  ...(consent !== 0 && { consent }),
  ...(terms && { terms }),
});

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
  return { ...event, receipt: numberText(read.receiptNumber), ...beside(read) };
}

/**
 * What a receipt says beside amount and parties.
 *
 * @param {import('./receipt.js').Receipt} receipt
 */
const beside = ({ conditions, loyaltyId, levels }) => ({
  ...describedConditions(conditions),
  ...(loyaltyId !== null && { loyalty: loyaltyId }),
  ...(levels !== 0 && { levels }),
});

/** @param {Uint8Array | null} bytes */
const textOf = (bytes) => bytes && toBase64Url(bytes);

/**
 * A notice in words.
 *
 * @param {import('./notice.js').Notice} notice
 */
export function told(notice) {
  const { epoch, k, time, line } = notice;
  const subject = subjectOf(notice);
  return { epoch, k, kind: subject.about, time, line: line.index, ...wordsOf(subject) };
}

/** @param {import('./notice.js').Subject} subject */
function wordsOf(subject) {
  if (subject.about === 'authority') {
    const { about, purpose, codeHash, ...used } = subject;
    return { ...used, purpose: purposeName(purpose), code: textOf(codeHash) };
  }
  switch (subject.about) {
    case 'agreement':
      return describedTerms(subject);
    case 'registration': {
      const { standing, movedAt } = subject;
      return { standing, movedAt };
    }
    case 'agreed': {
      const { version, hash, deviceId, signatureHash } = subject;
      const [sha256, device, signature] = [hash, deviceId, signatureHash].map(toBase64Url);
      return { version, sha256, device, signature };
    }
    default: {
      const { about, deviceId, ...words } = subject;
      return { ...words, device: textOf(deviceId) };
    }
  }
}

/** @param {import('./agreement.js').Terms} terms */
export const describedTerms = ({ version, hash, effectiveAt }) => ({
  version,
  sha256: toBase64Url(hash),
  effectiveAt,
});

/** @type {import('./core.js').DeviceEvents} */
export const EVENTS = {
  progress: (number, stage, said) =>
    write({
      event: 'progress',
      number,
      stage,
      ...(said && { i: said.i, time: said.time, notAfter: said.notAfter }),
    }),
  agreementWaits: (terms) => write({ event: 'agreementWaits', ...describedTerms(terms) }),
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
      ...beside(receipt),
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
 * @param {Json} object
 * @param {string} name
 * @returns {number | null}
 */
export const integerOrNull = (object, name) => (object[name] == null ? null : integer(object, name));

/**
 * @param {Json} command
 * @param {string} name
 */
export function flag(command, name) {
  if (![undefined, null, false, true].includes(command[name])) {
    throw new MalformedInput(`member ${name} is true or false`);
  }
  return command[name] === true;
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
