#!/usr/bin/env -S node --experimental-websocket
/**
 * A device as a process: JSON commands on standard input, JSON events on standard output, one a
 * line; the same commands and events as the Java SDK's. The first event is `started`, or `failed`
 * where the state cannot be opened. Secrets come on standard input only.
 */
import { createInterface } from 'node:readline';
import { platform, release } from 'node:os';
import { pathToFileURL } from 'node:url';
import { realpathSync } from 'node:fs';
import { FileStore, HttpBank, TallystickDevice } from './node.js';
import { MalformedInput, StateRefused } from './refusal.js';
import { OUTCOME, PURPOSE, ROLE } from './format.js';
import { canonicalNumber, numberText, typableNumber } from './crockford.js';
import { decodeReceipt } from './receipt.js';
import { decodeSign1 } from './cose.js';
import { ofBase64Url, ofHex, toBase64Url } from './bytes.js';
import { qrPng } from './png.js';
import { qrTerminal } from './qr.js';
import { strictJson, textMember } from './json.js';
import { termsOf } from './halves.js';

/** @typedef {import('./state.js').OutboxEntry} OutboxEntry */
/** @typedef {import('./state.js').FinishedEntry} FinishedEntry */
/** @typedef {Record<string, any>} Json */

const USAGE = '--state FILE --platform-key FILE --bank URL --root FINGERPRINT (base64url or hex)';
const MAX_LINE = 64 * 1024;
const MAX_FIELD = 64;
const MAX_LIFE_SECONDS = 86_400;
const FAILED = 2;

/** @param {Json} event */
const write = (event) => process.stdout.write(`${JSON.stringify(event)}\n`);

/** @param {number} value */
const roleName = (value) => (value === ROLE.PAYER ? 'payer' : 'payee');

/** @param {number} value */
const purposeName = (value) => (value === PURPOSE.CANCEL ? 'cancel' : 'purchase');

/** @param {string} text */
const shortened = (text) => text.slice(0, MAX_FIELD);

/** @param {string[]} args */
function readArguments(args) {
  /** @type {Record<string, string>} */
  const values = {};
  const names = ['--state', '--platform-key', '--bank', '--root'];
  for (let i = 0; i < args.length; i += 2) {
    if (!names.includes(args[i]) || args[i] in values || args[i + 1] === undefined) {
      throw new TypeError(USAGE);
    }
    values[args[i]] = args[i + 1];
  }
  if (Object.keys(values).length !== names.length) {
    throw new TypeError(USAGE);
  }
  const root = values['--root'];
  return {
    state: values['--state'],
    platformKey: values['--platform-key'],
    bank: values['--bank'],
    root: root.length === 64 ? ofHex(root) : ofBase64Url(root),
  };
}

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
const EVENTS = {
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

/** For drills only: damages the copy of a code that leaves, never the stored one. */
class TamperingBank extends HttpBank {
  /** @type {Set<string>} */
  damaged = new Set();

  /** @param {string} code */
  send(code) {
    const fields = code.split('::');
    return super.send(this.damaged.has(fields[1]) ? flipped(fields) : code);
  }
}

/**
 * One symbol in the middle of the encrypted field changed; its form stays right.
 *
 * @param {string[]} fields
 */
function flipped([consortium, number, account, sealed]) {
  const middle = sealed.length >> 1;
  const other = sealed[middle] === 'A' ? 'B' : 'A';
  const changed = sealed.slice(0, middle) + other + sealed.slice(middle + 1);
  return [consortium, number, account, changed].join('::');
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
class DeviceCommands {
  /**
   * @param {TallystickDevice} device
   * @param {TamperingBank} bank
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
const reply = (event, { command, id }) => ({ event, re: command, ...(id !== undefined && { id }) });

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

/**
 * @param {Json | null} command
 * @param {import('./refusal.js').Refusal} refusal
 */
function refused(command, { type, title, status }) {
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
 * Carries out one line; false after `quit`.
 *
 * @param {DeviceCommands} commands
 * @param {string} line
 */
async function one(commands, line) {
  /** @type {Json | null} */
  let command = null;
  try {
    if (line.length > MAX_LINE) {
      throw new MalformedInput('a command has at most 64 KiB');
    }
    const read = strictJson(line);
    textMember(read, 'command');
    command = read;
    if (command.command === 'quit') {
      write(reply('stopped', command));
      return false;
    }
    await commands.run(command);
  } catch (fault) {
    if (!(fault instanceof MalformedInput)) {
      throw fault;
    }
    refused(command, { type: 'urn:tallystick:device:bad-command', title: fault.message });
  }
  return true;
}

/**
 * @param {string} step
 * @param {unknown} fault
 */
function failed(step, fault) {
  const title = fault instanceof Error ? fault.message : String(fault);
  write({ event: 'failed', type: `urn:tallystick:device:${step}`, title });
  return FAILED;
}

/**
 * Runs until `quit` or the end of the input.
 *
 * @param {string[]} args
 * @returns {Promise<number>} 0, or 2 where the device could not be started or a fault ended it
 */
async function main(args) {
  let device;
  try {
    const { state, platformKey, bank: url, root } = readArguments(args);
    const bank = new TamperingBank(url);
    const store = await FileStore.open(state, platformKey);
    const settings = { store, bank, baseUrl: url, rootFingerprint: root, events: EVENTS };
    device = await TallystickDevice.open(settings);
    write({ event: 'started', pid: process.pid });
    const { resent, answered, open, problem } = await device.resume();
    write({ event: 'resumed', resent, answered, open, ...(problem && { problem: problem.type }) });
    const commands = new DeviceCommands(device, bank);
    for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
      if (line !== '' && !(await one(commands, line))) {
        break;
      }
    }
    return 0;
  } catch (fault) {
    if (fault instanceof StateRefused) {
      return failed(`state-${fault.reason}`, fault);
    }
    const arguments_ = fault instanceof TypeError || fault instanceof RangeError;
    return failed(arguments_ || fault instanceof MalformedInput ? 'arguments' : 'fault', fault);
  } finally {
    await device?.close();
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(realpathSync(process.argv[1])).href) {
  process.exitCode = await main(process.argv.slice(2));
  process.stdin.destroy();
}
