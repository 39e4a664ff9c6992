/** Bytes of the additions: what a strict reader takes, and the length of a compact code. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LIMITS, PURPOSE, ROLE } from '../src/format.js';
import { MalformedInput } from '../src/refusal.js';
import { NO_CONDITIONS } from '../src/conditions.js';
import { NOTHING_BESIDE, sealHalf } from '../src/code.js';
import { decode, encode } from '../src/cbor.js';
import { decodeBody, encodeBody } from '../src/bill.js';
import { decodePrivateMap, decodeSignedMap, encodePrivateMap, encodeSignedMap } from '../src/half.js';
import { generateSigning, random } from '../src/crypto.js';
import { numberText } from '../src/crockford.js';
import { openCode } from './bank-codes.js';

const NOW = 1_790_000_000_000;
const DAY = 86_400_000;
const HOUR = 3_600_000;

/** Of one of several joined messages, 3GPP TS 23.040. */
const SEPTETS = 153;

const HALF = {
  role: ROLE.PAYEE,
  purpose: PURPOSE.PURCHASE,
  deviceId: random(16),
  accountIdentifier: random(16),
  contractId: random(16),
  epoch: 0,
  n: 7,
  counterparty: null,
  billHash: random(32),
  amount: 500,
  currency: 'CHF',
  time: NOW,
  notAfter: NOW + HOUR,
  verification: 0,
  prev: random(16),
  logIndex: 0,
  logHead: random(32),
  privateDigest: random(32),
  cancelledN: null,
  closed: null,
  critical: {},
  extensions: {},
  conditions: NO_CONDITIONS,
  belongsTo: null,
};

const SHORT = {
  ...HALF,
  deviceId: null,
  accountIdentifier: null,
  contractId: null,
  logHead: random(16),
  privateDigest: random(16),
};

const limited = (limits, more = {}) => {
  const none = { tip: null, hold: null, recurring: null };
  return { ...HALF, ...more, conditions: { ...NO_CONDITIONS, limits: { ...none, ...limits } } };
};
const charges = (change) => ({ each: 1, count: 1, interval: HOUR, until: NOW, ...change });

const GOOD = {
  'a payee\'s tip of 1': limited({ tip: 1 }),
  'a payer\'s tip of 0': limited({ tip: 0 }, { role: ROLE.PAYER }),
  'a payer\'s tip that is all': limited({ tip: 500 }, { role: ROLE.PAYER }),
  'a hold of the amount': limited({ hold: { limit: 500, until: NOW + 31 * DAY } }),
  'a payer\'s hold of the amount without the tip': limited(
    { tip: 100, hold: { limit: 400, until: NOW } },
    { role: ROLE.PAYER },
  ),
  'the most charges': limited({
    tip: 1,
    recurring: charges({ each: LIMITS.amountMinor, count: 120, until: NOW + 400 * DAY }),
  }),
  'content hash and all consent': {
    ...HALF,
    conditions: { ...NO_CONDITIONS, contentHash: random(32), consent: 15 },
  },
  'terms mode': { ...HALF, role: ROLE.PAYER, conditions: { ...NO_CONDITIONS, terms: true } },
  complete: { ...HALF, purpose: PURPOSE.COMPLETE, belongsTo: random(32) },
  charge: { ...HALF, purpose: PURPOSE.CHARGE, belongsTo: random(32) },
  compact: SHORT,
  'a compact half in terms mode': { ...SHORT, conditions: { ...NO_CONDITIONS, terms: true } },
};

for (const [name, half] of Object.entries(GOOD)) {
  test(`signed map: ${name}`, () => {
    assert.deepEqual(decodeSignedMap(encodeSignedMap(half)), half);
  });
}

const COMPACT = GOOD.compact;
const BAD = {
  'a payee\'s tip of 0': limited({ tip: 0 }),
  'a payer\'s tip above the amount': limited({ tip: 501 }, { role: ROLE.PAYER }),
  'a negative tip': limited({ tip: -1 }, { role: ROLE.PAYER }),
  'a hold below the amount': limited({ hold: { limit: 499, until: NOW } }),
  'a hold of 31 days and more': limited({ hold: { limit: 500, until: NOW + 31 * DAY + 1 } }),
  'a hold that is over': limited({ hold: { limit: 500, until: NOW - 1 } }),
  'charges of nothing': limited({ recurring: charges({ each: 0 }) }),
  'no charge': limited({ recurring: charges({ count: 0 }) }),
  '121 charges': limited({ recurring: charges({ count: 121 }) }),
  'less than an hour between': limited({ recurring: charges({ interval: HOUR - 1 }) }),
  'more than 400 days': limited({ recurring: charges({ until: NOW + 400 * DAY + 1 }) }),
  'hold and charges': limited({ hold: { limit: 500, until: NOW }, recurring: charges({}) }),
  'limits that say nothing': limited({}),
  'a short content hash': { ...HALF, conditions: { ...NO_CONDITIONS, contentHash: random(31) } },
  'unknown consent': { ...HALF, conditions: { ...NO_CONDITIONS, consent: 16 } },
  'terms mode with consent': { ...HALF, conditions: { ...NO_CONDITIONS, terms: true, consent: 1 } },
  'terms mode with a counterparty of the payer': {
    ...GOOD['terms mode'],
    counterparty: random(16),
  },
  'complete without what it belongs to': { ...HALF, purpose: PURPOSE.COMPLETE },
  'a purchase that belongs to something': { ...HALF, belongsTo: random(32) },
  'a cancel with conditions': {
    ...limited({ tip: 1 }),
    purpose: PURPOSE.CANCEL,
    cancelledN: 6,
  },
  'a cancel in terms mode': {
    ...HALF,
    purpose: PURPOSE.CANCEL,
    cancelledN: 6,
    conditions: { ...NO_CONDITIONS, terms: true },
  },
  'a compact half with a whole head': { ...COMPACT, logHead: random(32) },
  'a compact half with a whole digest': { ...COMPACT, privateDigest: random(32) },
  'a compact half with extensions': { ...COMPACT, extensions: { progress: Uint8Array.of(1) } },
  'a compact half with a tip': { ...COMPACT, conditions: limited({ tip: 1 }).conditions },
  'a compact half that belongs to something': {
    ...COMPACT,
    purpose: PURPOSE.CHARGE,
    belongsTo: random(32),
  },
};

for (const [name, half] of Object.entries(BAD)) {
  test(`signed map: ${name} is malformed`, () => {
    assert.throws(() => decodeSignedMap(encodeSignedMap(half)), MalformedInput);
  });
}

/** A signed map with members changed; undefined takes one out. */
function changed(half, members) {
  const map = decode(encodeSignedMap(half));
  for (const [key, value] of Object.entries(members)) {
    map.delete(Number(key));
    if (value !== undefined) {
      map.set(Number(key), value);
    }
  }
  return encode(map);
}

for (const [name, half, members] of [
  ['consent of nothing', HALF, { 27: 0 }],
  ['terms mode that is false', HALF, { 28: false }],
  ['an unknown profile', HALF, { 30: 2 }],
  ['profile 0', HALF, { 30: 0 }],
  ['a device in the compact profile', COMPACT, { 4: random(16) }],
  ['an account in the compact profile', COMPACT, { 5: random(16) }],
  ['n + 1 in the compact profile', COMPACT, { 9: 8 }],
  ['no account in the other', HALF, { 5: undefined }],
  ['no n + 1 in the other', HALF, { 9: undefined }],
  ['empty limits', HALF, { 25: new Map() }],
  ['an unknown limit', HALF, { 25: new Map([[1, 1], [4, 1]]) }],
  ['a hold with a member more', HALF, { 25: new Map([[2, [500, NOW, 1]]]) }],
  ['charges with a member less', HALF, { 25: new Map([[3, [1, 1, HOUR]]]) }],
  ['a purpose that nobody knows', HALF, { 3: 5 }],
  ['a member that nobody knows', HALF, { 31: 1 }],
]) {
  test(`signed map: ${name} is malformed`, () => {
    assert.throws(() => decodeSignedMap(changed(half, members)), MalformedInput);
  });
}

test('bill: limits, content hash and consent are the payee\'s, measured against total and time', () => {
  const body = {
    consortium: 'TL',
    number: numberText(random(10)),
    purpose: PURPOSE.PURCHASE,
    items: [{ text: 'Room', amount: 500 }],
    subtotal: 500,
    tax: 0,
    total: 500,
    currency: 'CHF',
    created: NOW,
    expires: NOW + 60_000,
    salt: random(16),
    tillLabel: null,
    routingLabel: 'TL',
    presence: false,
    conditions: { ...GOOD['the most charges'].conditions, contentHash: random(32), consent: 9 },
  };
  assert.deepEqual(decodeBody(encodeBody(body)), body);
  for (const bad of [{ tip: 0 }, { hold: { limit: 499, until: NOW } }, { hold: { limit: 500, until: NOW - 1 } }]) {
    const { conditions } = limited(bad);
    assert.throws(() => decodeBody(encodeBody({ ...body, conditions })), MalformedInput);
  }
  assert.throws(() => decodeBody(encode(decode(encodeBody(body)).set(19, true))), MalformedInput);
});

const SECRETS = {
  salt: random(16),
  pinProof: random(32),
  shorthand: 'eightchr',
  bindingValue: random(16),
  loyaltyId: null,
  levelProofs: new Map(),
};

test('private map: loyalty id and level proofs, none of them in the compact profile', () => {
  const full = { ...SECRETS, loyaltyId: '~ '.repeat(16), levelProofs: new Map([1, 3, 7].map((at) => [at, random(32)])) };
  assert.deepEqual(decodePrivateMap(encodePrivateMap(full)), full);
  assert.deepEqual(decodePrivateMap(encodePrivateMap(SECRETS), true), SECRETS);
  for (const bad of [
    { loyaltyId: '' },
    { loyaltyId: 'x'.repeat(33) },
    { loyaltyId: 'Zoë' },
    { levelProofs: new Map([[0, random(32)]]) },
    { levelProofs: new Map([[8, random(32)]]) },
    { levelProofs: new Map([[1, random(31)]]) },
    { levelProofs: new Map([1, 2, 3, 4].map((at) => [at, random(32)])) },
  ]) {
    assert.throws(() => decodePrivateMap(encodePrivateMap({ ...SECRETS, ...bad })), MalformedInput);
  }
  assert.throws(() => decodePrivateMap(encode(decode(encodePrivateMap(SECRETS)).set(6, new Map()))), MalformedInput);
  for (const bad of [{ loyaltyId: 'a' }, { levelProofs: new Map([[1, random(32)]]) }, { shorthand: 'ninechars' }, { shorthand: 'éééé5' }]) {
    assert.throws(() => decodePrivateMap(encodePrivateMap({ ...SECRETS, ...bad }), true), MalformedInput);
  }
});

test('compact: the longest half that a payer can make goes into four joined text messages', async () => {
  const { privateKey, publicKey } = await generateSigning(false);
  const binding = {
    suite: 1,
    consortium: 'TL',
    deviceId: random(16),
    accountIdentifier: random(16),
    contractId: random(16),
    bindingValue: random(16),
  };
  const [epoch, n] = [2 ** 31 - 1, 2 ** 48 + 255];
  const sequence = { suite: 1, deviceId: binding.deviceId, epoch, n, chain: random(32), string2: random(32) };
  const time = 2 ** 53 - 1 - DAY;
  const terms = {
    role: ROLE.PAYER,
    purpose: PURPOSE.PURCHASE,
    number: numberText(random(10)),
    billHash: random(32),
    amount: LIMITS.amountMinor,
    currency: 'CHF',
    counterparty: random(16),
    time,
    notAfter: time + DAY,
    shorthand: 'eightchr',
    verifier: random(32),
    cancelledN: null,
    closed: n,
    critical: {},
    extensions: {},
    conditions: NO_CONDITIONS,
    beside: { ...NOTHING_BESIDE, compact: true },
    prev: random(16),
    logIndex: 2 ** 53 - 1,
    logHead: random(32),
  };
  const { text } = await sealHalf(binding, privateKey, sequence, terms, random(17));
  assert.ok(text.length <= 4 * SEPTETS, `${text.length} characters`);
  const opened = await openCode(text, { publicKey, epochs: [sequence] });
  assert.equal(opened.signedMap.contractId, null);
  const other = { ...terms, beside: NOTHING_BESIDE };
  const whole = await sealHalf(binding, privateKey, sequence, other, random(17));
  assert.ok(whole.text.length > text.length + 60, 'as it was without the profile');
});
