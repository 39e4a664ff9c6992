/** Commands of a device process and the events that answer them. */
import { platform, release } from 'node:os';
import { MalformedInput } from './refusal.js';
import { OUTCOME, PURPOSE, ROLE } from './format.js';
import { canonicalNumber, numberText, typableNumber } from './crockford.js';
import { decodeReceipt } from './receipt.js';
import { decodeSign1 } from './cose.js';
import { qrPng } from './png.js';
import { qrTerminal } from './qr.js';
import { termsOf } from './halves.js';
import { textMember } from './json.js';
import { toBase64Url } from './bytes.js';

/** @typedef {import('./state.js').OutboxEntry} OutboxEntry */
/** @typedef {import('./state.js').FinishedEntry} FinishedEntry */
/** @typedef {import('./device.js').TallystickDevice} TallystickDevice */
/** @typedef {Record<string, any>} Json */

const MAX_FIELD = 64;
const MAX_LIFE_SECONDS = 86_400;

/** @param {Json} event */
export const write = (event) => process.stdout.write(`${JSON.stringify(event)}\n`);

/** @param {number} value */
const roleName = (value) => (value === ROLE.PAYER ? 'payer' : 'payee');

/** @param {number} value */
const purposeName = (value) => (value === PURPOSE.CANCEL ? 'cancel' : 'purchase');

/** @param {string} text */
const shortened = (text) => text.slice(0, MAX_FIELD);

/**
 * How a half ended, for a reply or by itself.
 *
 * @param {FinishedEntry} entry
 */
function described(entry) {
  const { number, n, role, purpose, ending, reason, time, receipt } = entry;
  const event = {
    number,
    n,
    role: roleName(role),
    purpose: purposeName(purpose),
    ending,
    reason,
    time,
  };
  if (receipt === null) {
    return event;
  }
  const read = decodeReceipt(decodeSign1(receipt).payload);
  return { ...event, receipt: numberText(read.receiptNumber) };
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
function finish(command, done, event) {
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
function allow(command, ...names) {
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
function integer(object, name) {
  if (!Number.isSafeInteger(object[name])) {
    throw new MalformedInput(`member ${name} is not an integer`);
  }
  return object[name];
}

/**
 * @param {Json} command
 * @param {string} name
 */
const textOrNull = (command, name) =>
  command[name] === undefined || command[name] === null ? null : textMember(command, name);

/** Carries out commands; each ends with exactly one event that has `re`. */
export class DeviceCommands {
  /**
   * @param {TallystickDevice} device
   * @param {{ damaged: Set<string> }} bank whose copies of codes may be damaged
   */
  constructor(device, bank) {
    this.device = device;
    this.bank = bank;
  }

  /** @param {Json} command */
  run(command) {
    switch (command.command) {
      case 'enrol':
        return this.enrol(command);
      case 'bill':
        return this.bill(command);
      case 'show':
        return this.show(command);
      case 'read':
        return this.read(command);
      case 'approve':
        return this.approve(command);
      case 'send':
        return this.send(command);
      case 'await':
        return this.await(command);
      case 'cancel':
        return this.cancel(command);
      case 'status':
        return this.status(command);
      case 'tamper':
        return this.tamper(command);
      default:
        throw new MalformedInput('unknown command');
    }
  }

  /** @param {Json} command */
  async enrol(command) {
    allow(command, 'activation', 'pin', 'serial');
    const footprint = {
      manufacturer: 'Tallystick',
      model: 'device process',
      serial: shortened(textMember(command, 'serial')),
      platform: shortened(`${platform()} ${release()}`),
      appVersion: 'device-sdk-js',
    };
    const activation = textMember(command, 'activation');
    const pin = textOrNull(command, 'pin');
    const enrolled = await this.device.enrol(activation, pin, footprint, (agreement) => {
      const { bankName: bank, consortium, role, version } = agreement;
      write({ event: 'agreement', bank, consortium, role, version });
      return true;
    });
    finish(command, enrolled, ({ role, deviceId }) => ({
      ...reply('enrolled', command),
      role,
      device: toBase64Url(deviceId),
    }));
  }

  /** @param {Json} command */
  async bill(command) {
    allow(command, 'items', 'tax', 'currency', 'expiresInSeconds', 'till');
    const seconds = command.expiresInSeconds == null ? 300 : integer(command, 'expiresInSeconds');
    if (!Array.isArray(command.items) || seconds < 1 || seconds > MAX_LIFE_SECONDS) {
      throw new MalformedInput('items is an array; a bill lives for a second to a day');
    }
    const items = command.items.map((item) => {
      if (item === null || Object.keys(item).length !== 2) {
        throw new MalformedInput('an item is {text, amount}');
      }
      return { text: textMember(item, 'text'), amount: integer(item, 'amount') };
    });
    const made = await this.device.makeBill({
      items,
      tax: integer(command, 'tax'),
      currency: textMember(command, 'currency'),
      tillLabel: textOrNull(command, 'till'),
      lifeMillis: seconds * 1000,
    });
    finish(command, made, (entry) => ({
      ...sealed('bill', command, entry),
      typable: typableNumber(entry.number),
      total: termsOf(entry).amount,
      currency: termsOf(entry).currency,
    }));
  }

  /** @param {Json} command */
  async show(command) {
    allow(command, 'number', 'as');
    const number = canonicalNumber(textMember(command, 'number'));
    const bill = this.device.bill(number);
    if (bill === null) {
      const type = 'urn:tallystick:device:show';
      refused(command, { type, title: 'no bill of that number is here' });
      return;
    }
    const as = textMember(command, 'as');
    const event = { ...reply('shown', command), number, as };
    switch (as) {
      case 'qr':
        write({ ...event, text: bill.qrText(), png: toBase64Url(qrPng(bill.qrText())) });
        return;
      case 'json':
        write({ ...event, text: bill.json() });
        return;
      case 'terminal':
        write({ ...event, text: qrTerminal(bill.qrText()) });
        return;
      default:
        throw new MalformedInput('as is qr, json or terminal');
    }
  }

  /** @param {Json} command */
  async read(command) {
    allow(command, 'bill');
    const read = await this.device.readBill(textMember(command, 'bill'));
    finish(command, read, ({ bill, body, provider }) => ({
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
    }));
  }

  /** @param {Json} command */
  async approve(command) {
    allow(command, 'bill', 'instrument', 'pin');
    const pin = textMember(command, 'pin');
    const read = await this.device.readBill(textMember(command, 'bill'));
    const approved = read.ok
      ? await this.device.approve(read.value, textOrNull(command, 'instrument'), pin)
      : read;
    finish(command, approved, (entry) => sealed('sealed', command, entry));
  }

  /** @param {Json} command */
  async send(command) {
    allow(command, 'number');
    const number = canonicalNumber(textMember(command, 'number'));
    const { device } = this;
    const entry = device.open(number, PURPOSE.PURCHASE) ?? device.open(number, PURPOSE.CANCEL);
    if (entry === null) {
      const type = 'urn:tallystick:device:send';
      refused(command, { type, title: 'no open half of that number is here' });
      return;
    }
    finish(command, await device.send(entry), (sent) => sealed('accepted', command, sent));
  }

  /** @param {Json} command */
  async cancel(command) {
    allow(command, 'number');
    const made = await this.device.cancel(canonicalNumber(textMember(command, 'number')));
    const sent = made.ok ? await this.device.send(made.value) : made;
    finish(command, sent, (entry) => sealed('accepted', command, entry));
  }

  /** @param {Json} command */
  async await(command) {
    allow(command, 'number', 'timeoutSeconds');
    const seconds = integer(command, 'timeoutSeconds');
    if (seconds < 0 || seconds > MAX_LIFE_SECONDS) {
      throw new MalformedInput('a time-out is at most a day');
    }
    const number = canonicalNumber(textMember(command, 'number'));
    const answered = await this.device.awaitAnswer(number, seconds * 1000);
    if (!answered.ok && answered.refusal.type.endsWith(':pending')) {
      write({ ...reply('pending', command), number });
      return;
    }
    finish(command, answered, (entry) => ({ ...reply('answer', command), ...described(entry) }));
  }

  /** @param {Json} command */
  async status(command) {
    allow(command);
    const identity = this.device.identity();
    write({
      ...reply('status', command),
      enrolled: identity !== null,
      ...(identity && { role: identity.role }),
      logIndex: this.device.logIndex(),
      open: this.device.openHalves().map(({ number, n, role, purpose, state }) => ({
        number,
        n,
        role: roleName(role),
        purpose: purposeName(purpose),
        state,
      })),
      ended: this.device.receipts().map(described),
    });
  }

  /** @param {Json} command */
  async tamper(command) {
    allow(command, 'what', 'number');
    if (command.what !== 'flip-code-byte') {
      throw new MalformedInput('what is flip-code-byte');
    }
    const number = canonicalNumber(textMember(command, 'number'));
    this.bank.damaged.add(number);
    write({ ...reply('tampering', command), number });
  }
}

/**
 * The one event that ends a command.
 *
 * @param {string} event
 * @param {Json} command
 */
export const reply = (event, { command, id }) => ({ event, re: command, ...(id !== undefined && { id }) });

/**
 * @param {string} event
 * @param {Json} command
 * @param {OutboxEntry} entry
 */
const sealed = (event, command, { number, n, notAfter }) => ({
  ...reply(event, command),
  number,
  n,
  notAfter,
});
