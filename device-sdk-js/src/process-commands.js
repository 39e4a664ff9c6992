/** Commands of a device process and the events that answer them. */
import { platform, release } from 'node:os';
import { MalformedInput } from './refusal.js';
import { PURPOSE } from './format.js';
import { ServiceCommands, describedStatus, readBill } from './process-services.js';
import {
  BILL_MEMBERS,
  LaterCommands,
  PAYER_MEMBERS,
  billRequest,
  billed,
  payerOptions,
  sealed,
} from './process-later.js';
import {
  allow,
  described,
  finish,
  integer,
  integerOrNull,
  purposeName,
  purposeOf,
  refused,
  reply,
  roleName,
  textOrNull,
  write,
} from './process-events.js';
import { canonicalNumber } from './crockford.js';
import { qrPng } from './png.js';
import { qrTerminal } from './qr.js';
import { textMember } from './json.js';
import { ofBase64Url, toBase64Url } from './bytes.js';

/** @typedef {import('./device.js').TallystickDevice} TallystickDevice */
/** @typedef {Record<string, any>} Json */

const MAX_FIELD = 64;
const MAX_WAIT_SECONDS = 86_400;

/** @param {string} text */
const shortened = (text) => text.slice(0, MAX_FIELD);

/** Carries out commands; each ends with exactly one event that has `re`. */
export class DeviceCommands {
  /**
   * @param {TallystickDevice} device
   * @param {{ damaged: Set<string> }} bank whose copies of codes may be damaged
   */
  constructor(device, bank) {
    this.device = device;
    this.bank = bank;
    this.services = new ServiceCommands(device);
    this.later = new LaterCommands(device);
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
        return this.later.run(command) ?? this.services.run(command);
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
    allow(command, ...BILL_MEMBERS);
    const made = await this.device.makeBill(billRequest(command));
    finish(command, made, (entry) => billed(command, entry));
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
      case 'link':
        write({ ...event, text: bill.link() });
        return;
      case 'nfc':
        write({ ...event, ndef: toBase64Url(bill.ndef()) });
        return;
      default:
        throw new MalformedInput('as is qr, json, terminal, link or nfc');
    }
  }

  /** @param {Json} command */
  async read(command) {
    allow(command, 'bill', 'ndef');
    const ndef = textOrNull(command, 'ndef');
    const form = ndef === null ? textMember(command, 'bill') : ofBase64Url(ndef);
    const read = await this.device.readBill(form);
    finish(command, read, (checked) => readBill(command, checked));
  }

  /** @param {Json} command */
  async approve(command) {
    allow(command, 'bill', 'instrument', 'pin', 'tip', 'consent', ...PAYER_MEMBERS);
    const pin = textMember(command, 'pin');
    const options = {
      ...payerOptions(command),
      tip: integerOrNull(command, 'tip') ?? 0,
      consent: integerOrNull(command, 'consent') ?? 0,
    };
    const read = await this.device.readBill(textMember(command, 'bill'));
    const approved = read.ok
      ? await this.device.approve(read.value, textOrNull(command, 'instrument'), pin, options)
      : read;
    finish(command, approved, (entry) => sealed('sealed', command, entry));
  }

  /** @param {Json} command */
  async send(command) {
    allow(command, 'number');
    const number = canonicalNumber(textMember(command, 'number'));
    const { device } = this;
    const entry = Object.values(PURPOSE).map((purpose) => device.open(number, purpose)).find(Boolean);
    if (!entry) {
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
    allow(command, 'number', 'timeoutSeconds', 'purpose');
    const seconds = integer(command, 'timeoutSeconds');
    if (seconds < 0 || seconds > MAX_WAIT_SECONDS) {
      throw new MalformedInput('a time-out is at most a day');
    }
    const number = canonicalNumber(textMember(command, 'number'));
    const purpose = purposeOf(textOrNull(command, 'purpose') ?? 'purchase');
    const answered = await this.device.awaitAnswer(number, seconds * 1000, purpose);
    if (!answered.ok && answered.refusal.type.endsWith(':pending')) {
      write({ ...reply('pending', command), number });
      return;
    }
    finish(command, answered, (entry) => ({ ...reply('answer', command), ...described(entry) }));
  }

  /** @param {Json} command */
  async status(command) {
    allow(command, 'ask');
    const asked = command.ask === true ? await this.device.askStatus() : null;
    if (asked && !asked.ok) {
      refused(command, asked.refusal);
      return;
    }
    const identity = this.device.identity();
    write({
      ...reply('status', command),
      enrolled: identity !== null,
      ...(identity && { role: identity.role }),
      logIndex: this.device.logIndex(),
      ...(identity && (await this.services.standing())),
      ...(asked && { bank: describedStatus(asked.value) }),
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
