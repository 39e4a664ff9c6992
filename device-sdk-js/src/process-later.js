/**
 * Commands for terms mode, offers, and what a purchase leaves behind; and the members that bills and
 * payers' halves share with them.
 */
import { MalformedInput } from './refusal.js';
import { LIMITS } from './format.js';
import {
  allow,
  finish,
  flag,
  integer,
  integerOrNull,
  reply,
  roleName,
  textOrNull,
} from './process-events.js';
import { canonicalNumber, typableNumber } from './crockford.js';
import { ofBase64Url, ofHex, toBase64Url } from './bytes.js';
import { readBill } from './process-services.js';
import { termsOf } from './half.js';
import { textMember } from './json.js';

/** @typedef {import('./device.js').TallystickDevice} TallystickDevice */
/** @typedef {import('./state.js').OutboxEntry} OutboxEntry */
/** @typedef {Record<string, any>} Json */

const BILL_SECONDS = 300;
const OFFER_SECONDS = 600;

const ASKED = ['tip', 'hold', 'recurring', 'content', 'ask', 'progress'];

/** Members of `bill`. */
export const BILL_MEMBERS = [
  ...['items', 'tax', 'currency', 'expiresInSeconds', 'till', 'number', 'presence'],
  ...ASKED,
];

/** Members of every command that makes a payer's half. */
export const PAYER_MEMBERS = ['loyalty', 'levels', 'compact', 'progress'];

/** Carries out commands; each ends with exactly one event that has `re`. */
export class LaterCommands {
  /** @param {TallystickDevice} device */
  constructor(device) {
    this.device = device;
  }

  /**
   * @param {Json} command
   * @returns {Promise<void> | null} null where it is none of these
   */
  run(command) {
    switch (command.command) {
      case 'terms-bill':
        return this.termsBill(command);
      case 'pay-terms':
        return this.payTerms(command);
      case 'offer':
        return this.offer(command);
      case 'accept-offer':
        return this.acceptOffer(command);
      case 'look-offer':
        return this.lookOffer(command);
      case 'complete':
      case 'charge':
        return this.later(command);
      case 'authorities':
        return this.authorities(command);
      case 'level-pin':
        return this.levelPin(command);
      case 'end-authority':
        return this.endAuthority(command);
      default:
        return null;
    }
  }

  /** @param {Json} command */
  async termsBill(command) {
    allow(command, 'amount', 'currency', 'expiresInSeconds', 'number', 'progress');
    const made = await this.device.makeTerms({
      amount: integer(command, 'amount'),
      currency: textMember(command, 'currency'),
      lifeMillis: lifeOf(command, BILL_SECONDS),
      number: numberOrNull(command),
      progress: flag(command, 'progress'),
    });
    finish(command, made, (entry) => ({ ...billed(command, entry), event: 'terms' }));
  }

  /** @param {Json} command */
  async payTerms(command) {
    allow(command, 'number', 'amount', 'currency', 'instrument', 'pin', ...PAYER_MEMBERS);
    const typed = {
      number: textMember(command, 'number'),
      amount: integer(command, 'amount'),
      currency: textMember(command, 'currency'),
    };
    const { device } = this;
    const [instrument, pin] = [textOrNull(command, 'instrument'), textMember(command, 'pin')];
    const made = await device.approveTerms(typed, instrument, pin, payerOptions(command));
    finish(command, made, (entry) => ({ ...sealed('sealed', command, entry), terms: true }));
  }

  /** @param {Json} command */
  async offer(command) {
    allow(command, 'amount', 'currency', 'text', 'expiresInSeconds');
    const made = await this.device.makeOffer({
      amount: integerOrNull(command, 'amount'),
      currency: textOrNull(command, 'currency'),
      text: textOrNull(command, 'text'),
      lifeMillis: lifeOf(command, OFFER_SECONDS),
    });
    finish(command, made, ({ offer, text }) => ({
      ...reply('offer', command),
      offer: toBase64Url(offer.id),
      text,
      expires: offer.expires,
    }));
  }

  /** @param {Json} command */
  async acceptOffer(command) {
    allow(command, 'offer', ...BILL_MEMBERS);
    const { items, tax, currency, ...more } = billRequest(command);
    const made = await this.device.acceptOffer(textMember(command, 'offer'), {
      ...more,
      ...(items && { items }),
      ...(tax !== undefined && { tax }),
      ...(currency && { currency }),
    });
    finish(command, made, (entry) => billed(command, entry));
  }

  /** @param {Json} command */
  async lookOffer(command) {
    allow(command, 'offer');
    const found = await this.device.lookOffer(ofBase64Url(textMember(command, 'offer')));
    finish(command, found, (checked) => readBill(command, checked));
  }

  /** @param {Json} command */
  async later(command) {
    allow(command, 'number', 'amount');
    const number = canonicalNumber(textMember(command, 'number'));
    const amount = integer(command, 'amount');
    const { device } = this;
    const made =
      command.command === 'complete'
        ? await device.complete(number, amount)
        : await device.charge(number, amount);
    const sent = made.ok ? await device.send(made.value) : made;
    finish(command, sent, (entry) => sealed('accepted', command, entry));
  }

  /** @param {Json} command */
  async authorities(command) {
    allow(command);
    const authorities = this.device.authorities().map(({ role, number, currency, ...one }) => ({
      number,
      role: roleName(role),
      currency,
      ...(one.hold && { hold: one.hold }),
      ...(one.recurring && { recurring: one.recurring }),
    }));
    finish(command, { ok: true, value: 0 }, () => ({ ...reply('authorities', command), authorities }));
  }

  /** @param {Json} command */
  async levelPin(command) {
    allow(command, 'level', 'pin', 'newPin', 'remove');
    const level = integer(command, 'level');
    const removes = flag(command, 'remove');
    if (removes === (command.newPin != null)) {
      throw new MalformedInput('newPin, or remove');
    }
    const newPin = textOrNull(command, 'newPin');
    const done = await this.device.setLevelPin(level, textMember(command, 'pin'), newPin);
    finish(command, done, () => ({ ...reply('levelPin', command), level, removed: removes }));
  }

  /** @param {Json} command */
  async endAuthority(command) {
    allow(command, 'number');
    const number = canonicalNumber(textMember(command, 'number'));
    const done = await this.device.endAuthority(number);
    finish(command, done, () => ({ ...reply('authorityEnded', command), number }));
  }
}

/**
 * What a bill says; items, tax and currency are needed where there is no offer.
 *
 * @param {Json} command
 * @returns {import('./halves.js').BillRequest}
 */
export function billRequest(command) {
  const offered = command.offer !== undefined;
  const hold = members(command, 'hold', ['limit', 'until']);
  const recurring = members(command, 'recurring', ['each', 'count', 'interval', 'until']);
  return {
    items: offered && command.items == null ? /** @type {any} */ (undefined) : itemsOf(command),
    tax: integerOr(command, 'tax', offered),
    currency: offered ? (textOrNull(command, 'currency') ?? '') : textMember(command, 'currency'),
    tillLabel: textOrNull(command, 'till'),
    lifeMillis: lifeOf(command, BILL_SECONDS),
    number: numberOrNull(command),
    presence: flag(command, 'presence'),
    progress: flag(command, 'progress'),
    tip: integerOrNull(command, 'tip'),
    hold: /** @type {import('./conditions.js').Hold | null} */ (hold),
    recurring: /** @type {import('./conditions.js').Recurring | null} */ (recurring),
    contentHash: contentOf(command),
    consent: integerOrNull(command, 'ask') ?? 0,
  };
}

/**
 * @param {Json} command
 * @param {string} name
 * @param {boolean} optional
 */
const integerOr = (command, name, optional) =>
  optional && command[name] == null ? /** @type {any} */ (undefined) : integer(command, name);

/** @param {Json} command */
function itemsOf({ items }) {
  if (!Array.isArray(items)) {
    throw new MalformedInput('items is an array');
  }
  return items.map((item) => {
    if (item === null || Object.keys(item).length !== 2) {
      throw new MalformedInput('an item is {text, amount}');
    }
    return { text: textMember(item, 'text'), amount: integer(item, 'amount') };
  });
}

/**
 * @param {Json} command
 * @param {number} standard
 */
function lifeOf(command, standard) {
  const seconds = integerOrNull(command, 'expiresInSeconds') ?? standard;
  if (seconds < 1 || seconds > LIMITS.billLifeMillis / 1000) {
    throw new MalformedInput('expiresInSeconds is a second to 15 minutes');
  }
  return seconds * 1000;
}

/** @param {Json} command */
function numberOrNull(command) {
  const number = textOrNull(command, 'number');
  return number === null ? null : canonicalNumber(number);
}

/**
 * An object of integers, or null.
 *
 * @param {Json} command
 * @param {string} name
 * @param {string[]} names
 */
function members(command, name, names) {
  const object = command[name];
  if (object == null) {
    return null;
  }
  if (typeof object !== 'object' || Object.keys(object).length !== names.length) {
    throw new MalformedInput(`${name} is {${names.join(', ')}}`);
  }
  return Object.fromEntries(names.map((one) => [one, integer(object, one)]));
}

/** @param {Json} command in hexadecimal, as tools for files print it, or base64url */
function contentOf(command) {
  const text = textOrNull(command, 'content');
  if (text === null) {
    return null;
  }
  return text.length === 64 ? ofHex(text) : ofBase64Url(text);
}

/**
 * @param {Json} command
 * @returns {import('./payer.js').TermsOptions}
 */
export function payerOptions(command) {
  const levels = command.levels ?? {};
  if (typeof levels !== 'object' || !Object.keys(levels).every((name) => /^[1-7]$/.test(name))) {
    throw new MalformedInput('levels is {level: PIN}');
  }
  return {
    loyaltyId: textOrNull(command, 'loyalty'),
    levels: Object.fromEntries(Object.keys(levels).map((name) => [name, textMember(levels, name)])),
    compact: flag(command, 'compact'),
    progress: flag(command, 'progress'),
  };
}

/**
 * A payee's half with what is shown of it.
 *
 * @param {Json} command
 * @param {OutboxEntry} entry
 */
export const billed = (command, entry) => ({
  ...sealed('bill', command, entry),
  typable: typableNumber(entry.number),
  total: termsOf(entry).amount,
  currency: termsOf(entry).currency,
});

/**
 * @param {string} event
 * @param {Json} command
 * @param {OutboxEntry} entry
 */
export const sealed = (event, command, { number, n, notAfter }) => ({
  ...reply(event, command),
  number,
  n,
  notAfter,
});
