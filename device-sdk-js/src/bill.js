/** Bill and provider certificate; docs/PROTOCOL.md section 6. */
import { MapReader, asArray, asBytes, asText, decode, encode, map } from './cbor.js';
import { FORMAT, LIMITS, LINK_PREFIX, PURPOSE, QR_PREFIX, SUITE } from './format.js';
import { NO_CONDITIONS, conditionMembers, readConditions } from './conditions.js';
import { ndefOf, ofNdef } from './ndef.js';
import { MalformedInput, SignatureRefused, StepRefused } from './refusal.js';
import { concat, ofBase64Url, ofText, toBase64Url } from './bytes.js';
import { decodeSign1, holds, signed } from './cose.js';
import { numberBytes, numberText } from './crockford.js';
import { requireCurrency } from './money.js';
import { sha256, uncompressed } from './crypto.js';
import { strictJson } from './json.js';

/** @typedef {import('./bytes.js').Bytes} Bytes */
/** @typedef {import('./keys.js').BankKeys} BankKeys */

/**
 * @typedef {object} BillItem
 * @property {string} text
 * @property {number} amount minor units
 */

/**
 * What a payee asks for.
 *
 * @typedef {object} BillBody
 * @property {string} consortium
 * @property {string} number
 * @property {number} purpose
 * @property {BillItem[]} items
 * @property {number} subtotal
 * @property {number} tax
 * @property {number} total
 * @property {string} currency
 * @property {number} created
 * @property {number} expires
 * @property {Bytes} salt
 * @property {string | null} tillLabel
 * @property {string} routingLabel
 * @property {boolean} [presence] both answers show the same number
 * @property {import('./conditions.js').Conditions} [conditions] what is asked beside
 */

const CONDITIONS = Object.freeze({ limits: 16, contentHash: 17, consent: 18 });

/**
 * @typedef {object} Certificate
 * @property {string} consortium
 * @property {Bytes} accountIdentifier
 * @property {Bytes} deviceId
 * @property {Bytes} deviceKey
 * @property {string} displayName
 * @property {string} place
 * @property {number} notBefore
 * @property {number} notAfter
 */

/** @param {BillBody} body */
export function encodeBody(body) {
  return encode(
    map({
      1: FORMAT,
      2: body.consortium,
      3: numberBytes(body.number),
      4: body.purpose,
      5: body.items.map(({ text, amount }) => [text, amount]),
      6: body.subtotal,
      7: body.tax,
      8: body.total,
      9: body.currency,
      10: body.created,
      11: body.expires,
      12: body.salt,
      13: body.tillLabel,
      14: body.routingLabel,
      15: body.presence ? true : undefined,
      ...conditionMembers(body.conditions ?? NO_CONDITIONS, CONDITIONS),
    }),
  );
}

/**
 * Strict inverse of {@link encodeBody}; B5: the sums must hold.
 *
 * @param {Uint8Array} bytes
 * @returns {BillBody}
 */
export function decodeBody(bytes) {
  const reader = new MapReader(decode(bytes, LIMITS.billBytes));
  reader.integer(1, FORMAT, FORMAT);
  const created = reader.integer(10, 0);
  const purpose = reader.integer(4, 1, 2);
  const life = purpose === PURPOSE.PURCHASE ? LIMITS.billLifeMillis : LIMITS.halfLifeMillis;
  if (reader.has(15) && reader.value(15) !== true) {
    throw new MalformedInput('presence mode is true or absent');
  }
  const items = asArray(reader.value(5)).map((item) => {
    const [text, amount] = asArray(item, 2);
    if (typeof amount !== 'number' || amount < 0 || amount > LIMITS.amountMinor) {
      throw new MalformedInput('item amount out of range');
    }
    return { text: asText(text, 64), amount };
  });
  if (items.length > LIMITS.billItems) {
    throw new MalformedInput('too many items');
  }
  const total = reader.integer(8, 0, LIMITS.amountMinor);
  const base = { amount: total, time: created, given: false };
  const body = {
    consortium: reader.text(2, 2),
    number: numberText(reader.bytes(3, 10)),
    purpose,
    items,
    subtotal: reader.integer(6, 0, LIMITS.amountMinor),
    tax: reader.integer(7, 0, LIMITS.amountMinor),
    total,
    currency: requireCurrency(reader.text(9, 3)),
    created,
    expires: reader.integer(11, created, created + life),
    salt: reader.bytes(12, 16),
    tillLabel: reader.textOrNull(13, 32),
    routingLabel: reader.text(14, 32),
    presence: reader.has(15),
    conditions: readConditions(reader, CONDITIONS, base),
  };
  reader.end();
  const sum = items.reduce((all, item) => all + item.amount, 0);
  if (sum !== body.subtotal || body.subtotal + body.tax !== body.total) {
    throw new StepRefused('B5', 'the bill does not add up');
  }
  return body;
}

/**
 * @param {Uint8Array} bytes payload of a certificate
 * @returns {Certificate}
 */
export function decodeCertificate(bytes) {
  const reader = new MapReader(decode(bytes));
  reader.integer(1, FORMAT, FORMAT);
  const certificate = {
    consortium: reader.text(2, 2),
    accountIdentifier: reader.bytes(3, 16),
    deviceId: reader.bytes(4, 16),
    deviceKey: reader.bytes(5, 33),
    displayName: reader.text(6, 64),
    place: reader.text(7, 64),
    notBefore: reader.integer(8),
    notAfter: reader.integer(9),
  };
  reader.end();
  uncompressed(certificate.deviceKey);
  return certificate;
}

/** A signed bill with its provider certificate, as it goes from payee to payer. */
export class Bill {
  /**
   * @param {Uint8Array} signed COSE_Sign1 of the body
   * @param {Uint8Array} certificate COSE_Sign1
   */
  constructor(signed, certificate) {
    this.signed = signed;
    this.certificate = certificate;
  }

  /**
   * @param {CryptoKey} privateKey of the payee's device
   * @param {BillBody} body
   * @param {Uint8Array} certificate
   */
  static async sign(privateKey, body, certificate) {
    const { consortium, number } = body;
    const context = { type: 'bill', suite: SUITE.CLASSIC, consortium, number };
    return new Bill(await signed(privateKey, context, encodeBody(body)), certificate);
  }

  encode() {
    return encode([this.signed, this.certificate]);
  }

  /** Hash that both halves name. */
  hash() {
    return sha256(concat(ofText('tallystick bill'), this.signed));
  }

  /**
   * @param {Uint8Array} bytes
   */
  static decode(bytes) {
    const parts = asArray(decode(bytes, LIMITS.billBytes), 2);
    return new Bill(asBytes(parts[0]), asBytes(parts[1]));
  }

  /** Text for a QR. */
  qrText() {
    return QR_PREFIX + toBase64Url(this.encode());
  }

  /** Text for copying. */
  json() {
    const bill = toBase64Url(this.encode());
    return JSON.stringify({ tallystick: 'bill', format: FORMAT, bill });
  }

  /** Link that opens the payer's app. */
  link() {
    return LINK_PREFIX + toBase64Url(this.encode());
  }

  /** NDEF message for NFC. */
  ndef() {
    return ndefOf(this.encode());
  }

  /**
   * B1: the bill of an NDEF message.
   *
   * @param {Uint8Array} message
   */
  static ofNdef(message) {
    return Bill.decode(ofNdef(message));
  }

  /**
   * B1: the bill of a QR's text, of an app link, or of its JSON form.
   *
   * @param {string} text
   */
  static ofText(text) {
    const trimmed = text.trim();
    if (trimmed.length > 2 * LIMITS.billBytes) {
      throw new MalformedInput('too long for a bill');
    }
    if (trimmed.startsWith('{')) {
      const { tallystick, format, bill } = strictJson(trimmed, ['tallystick', 'format', 'bill']);
      if (tallystick !== 'bill' || format !== FORMAT || typeof bill !== 'string') {
        throw new MalformedInput('not a bill of this format');
      }
      return Bill.decode(ofBase64Url(bill));
    }
    const prefix = [QR_PREFIX, LINK_PREFIX].find((one) => trimmed.startsWith(one));
    if (prefix === undefined) {
      throw new MalformedInput('not a Tallystick bill');
    }
    return Bill.decode(ofBase64Url(trimmed.slice(prefix.length)));
  }

  /**
   * B2 to B7, off line.
   *
   * @param {BankKeys} bank
   * @param {number} now
   * @returns {Promise<CheckedBill>}
   * @throws {StepRefused} with the step that failed
   */
  async check(bank, now) {
    const provider = await this.provider(bank, now);
    const message = decodeSign1(this.signed);
    const body = decodeBody(message.payload);
    const { consortium } = bank;
    const context = { type: 'bill', suite: SUITE.CLASSIC, consortium, number: body.number };
    if (!(await holds(message, provider.deviceKey, context))) {
      throw new StepRefused('B3', 'bill is not signed by the certified device');
    }
    if (body.consortium !== bank.consortium || provider.consortium !== bank.consortium) {
      throw new StepRefused('B4', 'bill of another consortium');
    }
    if (now > body.expires) {
      throw new StepRefused('B6', 'bill expired');
    }
    const names = [provider.displayName, provider.place, ...body.items.map((item) => item.text)];
    if (!names.every(isPrintable)) {
      throw new StepRefused('B7', 'name with control or bidirectional characters');
    }
    return { bill: this, body, provider, hash: await this.hash() };
  }

  /**
   * B2.
   *
   * @param {BankKeys} bank
   * @param {number} now
   */
  async provider(bank, now) {
    let certificate;
    try {
      const context = { type: 'certificate', suite: SUITE.CLASSIC };
      certificate = await bank.signed(this.certificate, 'certificate', context, now);
    } catch (fault) {
      if (fault instanceof SignatureRefused) {
        throw new StepRefused('B2', "the provider's certificate does not hold");
      }
      throw fault;
    }
    const provider = decodeCertificate(certificate);
    if (provider.notBefore > now || now > provider.notAfter) {
      throw new StepRefused('B2', 'provider certificate is not valid now');
    }
    return provider;
  }
}

/**
 * A bill that holds.
 *
 * @typedef {object} CheckedBill
 * @property {Bill} bill
 * @property {BillBody} body
 * @property {Certificate} provider
 * @property {Bytes} hash
 */

/**
 * Reads a bill and checks it, B1 to B7.
 *
 * @param {string | Uint8Array} form text of a QR, a link or JSON; or an NDEF message
 * @param {BankKeys} bank
 * @param {number} now
 * @throws {StepRefused} with the step that failed
 */
export async function checkedBill(form, bank, now) {
  try {
    const bill = typeof form === 'string' ? Bill.ofText(form) : Bill.ofNdef(form);
    return await bill.check(bank, now);
  } catch (fault) {
    throw fault instanceof MalformedInput ? new StepRefused('B1', fault.message) : fault;
  }
}

/**
 * Whether a text holds no control, format, bidirectional, private or unassigned characters.
 *
 * @param {string} text
 */
export const isPrintable = (text) => !/[\p{C}\p{Zl}\p{Zp}]/u.test(text);
