/** Commands for what a device asks its bank beside payments. */
import { MalformedInput, StepRefused, result } from './refusal.js';
import { NO_CONDITIONS } from './conditions.js';
import { REQUEST } from './format.js';
import { SEEN } from './results.js';
import {
  allow,
  describedConditions,
  describedTerms,
  finish,
  integer,
  reply,
  textOrNull,
  told,
} from './process-events.js';
import { canonicalNumber, typableNumber } from './crockford.js';
import { lineContent } from './log.js';
import { ofBase64Url, toBase64Url } from './bytes.js';
import { textMember } from './json.js';

/** @typedef {import('./device.js').TallystickDevice} TallystickDevice */
/** @typedef {Record<string, any>} Json */

const MAX_WAIT_SECONDS = 86_400;

/** @type {Record<number, string>} */
const SEEN_NAMES = {
  [SEEN.NOT_SEEN]: 'not-seen',
  [SEEN.PENDING]: 'pending',
  [SEEN.FINAL]: 'final',
};

/** @type {Record<number, string>} */
const KIND_NAMES = {
  [REQUEST.REKEY]: 'rekey',
  [REQUEST.LODGE]: 'lodge',
  [REQUEST.NUMBER]: 'number',
  [REQUEST.NOT_ME]: 'not-me',
  [REQUEST.COUNTERSIGN]: 'countersign',
  [REQUEST.END_AUTHORITY]: 'end-authority',
  [REQUEST.AGREE]: 'agree',
};

/**
 * A bill that was read or fetched.
 *
 * @param {Json} command
 * @param {import('./bill.js').CheckedBill} checked
 */
export const readBill = (command, { bill, body, provider }) => ({
  ...reply('read', command),
  number: body.number,
  provider: provider.displayName,
  place: provider.place,
  subtotal: body.subtotal,
  tax: body.tax,
  total: body.total,
  currency: body.currency,
  expires: body.expires,
  text: bill.qrText(),
  items: body.items,
  ...asked(body.conditions ?? NO_CONDITIONS),
});

/** @param {import('./conditions.js').Conditions} conditions of a bill */
function asked(conditions) {
  const { consent, ...others } = describedConditions(conditions);
  return { ...others, ...(consent !== undefined && { ask: consent }) };
}

/** @param {import('./results.js').BankStatus} status */
export const describedStatus = ({ logHead, halves, devices, agreement, ...status }) => ({
  ...status,
  ...(agreement !== null && { agreement: describedTerms(agreement) }),
  logHead: toBase64Url(logHead),
  halves: halves.map(({ epoch, n, what }) => ({ epoch, n, what: SEEN_NAMES[what] })),
  devices: devices.map(({ deviceId, ...device }) => ({ device: toBase64Url(deviceId), ...device })),
});

/** @param {import('./log.js').LogLine} line */
function describedLine(line) {
  const { index, column1, column2, column3 } = line;
  const { kind, time } = lineContent(line);
  const [first, second, third] = [column1, column2, column3].map(toBase64Url);
  return { index, kind, time, column1: first, column2: second, column3: third };
}

/** Carries out commands; each ends with exactly one event that has `re`. */
export class ServiceCommands {
  /** @param {TallystickDevice} device */
  constructor(device) {
    this.device = device;
  }

  /** @param {Json} command */
  run(command) {
    switch (command.command) {
      case 'rekey':
        return this.rekey(command);
      case 'change-pin':
        return this.changePin(command);
      case 'not-me':
        return this.notMe(command);
      case 'countersign':
        return this.countersign(command);
      case 'agreement':
        return this.agreement(command);
      case 'agree':
        return this.agree(command);
      case 'notices':
        return this.notices(command);
      case 'lodge':
        return this.lodge(command);
      case 'fetch-bill':
        return this.fetchBill(command);
      case 'number':
        return this.number(command);
      case 'log':
        return this.log(command);
      case 'checkpoint':
        return this.checkpoint(command);
      default:
        throw new MalformedInput('unknown command');
    }
  }

  /** What `status` tells of an enrolled device. */
  async standing() {
    const { logHead, ...standing } = this.device.standing() ?? {};
    const kinds = this.device.core.state.requests.map(({ kind }) => KIND_NAMES[kind]);
    return { ...standing, rekeyDue: await this.device.rekeyer.isOpen(), pending: kinds };
  }

  /** @param {Json} command */
  async rekey(command) {
    allow(command);
    const done = await this.device.rekey();
    finish(command, done, (epoch) => ({ ...reply('rekeyed', command), ...epoch }));
  }

  /** @param {Json} command */
  async changePin(command) {
    allow(command, 'pin', 'newPin');
    const pins = [textMember(command, 'pin'), textMember(command, 'newPin')];
    const done = await this.device.changePin(pins[0], pins[1]);
    finish(command, done, () => reply('pinChanged', command));
  }

  /** @param {Json} command */
  async notMe(command) {
    allow(command, 'device', 'number');
    const device = textOrNull(command, 'device');
    const number = textOrNull(command, 'number');
    const done = await this.device.notMe(
      device === null ? null : deviceOf(device),
      number === null ? null : canonicalNumber(number),
    );
    finish(command, done, (said) => ({ ...reply('notMe', command), ...said }));
  }

  /** @param {Json} command */
  async countersign(command) {
    allow(command, 'device');
    const device = textMember(command, 'device');
    const done = await this.device.countersign(deviceOf(device));
    finish(command, done, () => ({ ...reply('countersigned', command), device }));
  }

  /** @param {Json} command */
  async notices(command) {
    allow(command, 'timeoutSeconds');
    const seconds = integer(command, 'timeoutSeconds');
    if (seconds < 0 || seconds > MAX_WAIT_SECONDS) {
      throw new MalformedInput('a time-out is at most a day');
    }
    const done = await this.device.awaitNotices(seconds * 1000);
    finish(command, done, (taken) => ({
      ...reply('notices', command),
      taken,
      notices: this.device.keptNotices().map(told),
    }));
  }

  /** @param {Json} command */
  async lodge(command) {
    allow(command, 'number');
    const number = canonicalNumber(textMember(command, 'number'));
    const done = await this.device.lodge(number);
    finish(command, done, ({ expires }) => ({
      ...reply('lodged', command),
      number,
      typable: typableNumber(number),
      expires,
    }));
  }

  /** @param {Json} command */
  async fetchBill(command) {
    allow(command, 'number');
    const done = await this.device.fetchBill(textMember(command, 'number'));
    finish(command, done, (checked) => readBill(command, checked));
  }

  /** @param {Json} command */
  async number(command) {
    allow(command);
    const done = await this.device.reserveNumber();
    finish(command, done, ({ number, label, expires }) => ({
      ...reply('number', command),
      number,
      typable: typableNumber(number),
      label,
      expires,
    }));
  }

  /** @param {Json} command */
  async agreement(command) {
    allow(command);
    finish(command, await this.device.waitingAgreement(), (waiting) => ({
      ...reply('agreement', command),
      agreed: this.device.identity()?.contractVersion,
      ...(waiting !== null && { waiting: { ...describedTerms(waiting), text: waiting.text } }),
    }));
  }

  /**
   * The person has read the text of this version and agrees.
   *
   * @param {Json} command
   */
  async agree(command) {
    allow(command, 'version');
    const version = integer(command, 'version');
    const done = await result(async () => {
      const waiting = await this.device.agreements.waiting();
      if (waiting?.version !== version) {
        throw new StepRefused('gone', 'no such version of the agreement waits');
      }
      await this.device.agreements.agree(waiting);
    });
    finish(command, done, () => {
      const { contractVersion, contractHash } = this.device.core.active().identity;
      return {
        ...reply('agreed', command),
        version: contractVersion,
        sha256: toBase64Url(contractHash),
      };
    });
  }

  /** @param {Json} command */
  async log(command) {
    allow(command, 'from', 'to');
    const ranged = command.from !== undefined || command.to !== undefined;
    const done = ranged
      ? await this.device.logLines(integer(command, 'from'), integer(command, 'to'))
      : await this.filled();
    finish(command, done, (lines) => {
      const { logIndex = 0, logHead = new Uint8Array(0) } = this.device.standing() ?? {};
      return {
        ...reply('log', command),
        logIndex,
        logHead: toBase64Url(logHead),
        lines: lines.map(describedLine),
      };
    });
  }

  /** @param {Json} command */
  async checkpoint(command) {
    allow(command);
    finish(command, await this.device.checkpoint(), ({ size, root, time, recoveryEpoch }) => ({
      ...reply('checkpointHeld', command),
      size,
      root: toBase64Url(root),
      time,
      recoveryEpoch,
      evidence: this.device.evidenceAgainstBank().length,
    }));
  }

  /** @returns {Promise<import('./refusal.js').Result<import('./log.js').LogLine[]>>} */
  async filled() {
    const filled = await this.device.fillLog();
    return filled.ok ? { ok: true, value: [] } : filled;
  }
}

/** @param {string} text */
function deviceOf(text) {
  const id = ofBase64Url(text);
  if (id.length !== 16) {
    throw new MalformedInput('a device id has 16 bytes');
  }
  return id;
}
