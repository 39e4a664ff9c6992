/** Random values round trip; random damage is refused. The seed is printed and can be given. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import * as bytes from '../src/bytes.js';
import * as cbor from '../src/cbor.js';
import * as crockford from '../src/crockford.js';
import * as crypto from '../src/crypto.js';
import { Bill, checkedBill } from '../src/bill.js';
import { MalformedInput, StepRefused } from '../src/refusal.js';
import { aliasText } from '../src/alias.js';
import { openCode } from './bank-codes.js';
import { NO_CONDITIONS } from '../src/conditions.js';
import { NOTHING_BESIDE, sealHalf } from '../src/code.js';
import { strictJson } from '../src/json.js';

const SEED = process.env.SEED ?? String(Date.now());
console.log(`# SEED=${SEED}`);

/** Numbers from a seed. */
class Chance {
  constructor(label) {
    this.label = `${SEED} ${label}`;
    this.counter = 0;
    this.pool = [];
  }

  byte() {
    if (this.pool.length === 0) {
      this.pool = [...createHash('sha256').update(`${this.label} ${this.counter++}`).digest()];
    }
    return this.pool.pop();
  }

  below(limit) {
    return ((this.byte() << 16) | (this.byte() << 8) | this.byte()) % limit;
  }

  bytes(length) {
    return Uint8Array.from({ length }, () => this.byte());
  }

  integer() {
    const magnitude = bytes.toBigInt(this.bytes(1 + this.below(8))) >> BigInt(this.below(9));
    const value = BigInt.asIntN(64, this.byte() & 1 ? -1n - magnitude : magnitude);
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value;
  }

  text() {
    const alphabet = ['a', 'Z', '0', ' ', 'é', '苏', '😀', '\u0000', '"', '\ufeff'];
    return Array.from({ length: this.below(9) }, () => alphabet[this.below(10)]).join('');
  }

  value(depth = 0) {
    switch (this.below(depth < 5 ? 9 : 6)) {
      case 0:
      case 1:
        return this.integer();
      case 2:
        return this.bytes(this.below(300));
      case 3:
        return this.text();
      case 4:
        return null;
      case 5:
        return (this.byte() & 1) === 1;
      case 6:
        return Array.from({ length: this.below(5) }, () => this.value(depth + 1));
      default: {
        const map = new Map();
        for (let i = this.below(6); i > 0; i--) {
          map.set(this.byte() & 1 ? this.integer() : this.text(), this.value(depth + 1));
        }
        return map;
      }
    }
  }
}

/** Maps by content, whatever the order in which they were made. */
const sorted = (value) => {
  if (Array.isArray(value)) {
    return value.map(sorted);
  }
  if (value instanceof Map) {
    const members = [...value].map(([key, member]) => [typeof key, String(key), sorted(member)]);
    return members.sort((a, b) => (a[0] + a[1] < b[0] + b[1] ? -1 : 1));
  }
  return value;
};

test('CBOR: what is encoded is decoded, and encoded to the same bytes', () => {
  const chance = new Chance('cbor');
  for (let i = 0; i < 2000; i++) {
    const value = chance.value();
    const encoded = cbor.encode(value);
    const decoded = cbor.decode(encoded);
    assert.deepEqual(sorted(decoded), sorted(value));
    assert.deepEqual(cbor.encode(decoded), encoded);
  }
});

test('CBOR: damaged bytes are refused, or are the only form of another value', () => {
  const chance = new Chance('damage');
  let refused = 0;
  for (let i = 0; i < 5000; i++) {
    const encoded = cbor.encode(chance.value());
    encoded[chance.below(encoded.length)] ^= 1 << chance.below(8);
    try {
      assert.deepEqual(cbor.encode(cbor.decode(encoded)), encoded);
    } catch (fault) {
      assert.ok(fault instanceof MalformedInput, String(fault));
      refused++;
    }
  }
  assert.ok(refused > 500, `${refused}`);
});

test('texts: round trip, and one form each', () => {
  const chance = new Chance('texts');
  for (let i = 0; i < 500; i++) {
    const some = chance.bytes(chance.below(60));
    assert.equal(bytes.toBase64Url(some), Buffer.from(some).toString('base64url'));
    assert.deepEqual(bytes.ofBase64Url(bytes.toBase64Url(some)), some);
    assert.deepEqual(bytes.ofHex(bytes.hex(some)), some);
    const ten = chance.bytes(10);
    assert.deepEqual(crockford.numberBytes(crockford.numberText(ten)), ten);
    const text = crockford.encodeWithCheck(some);
    assert.deepEqual(crockford.decodeWithCheck(text.toLowerCase(), some.length), some);
    const damaged = [...text];
    const at = chance.below(damaged.length);
    damaged[at] = damaged[at] === '7' ? '8' : '7';
    assert.throws(() => crockford.decodeWithCheck(damaged.join(''), some.length), MalformedInput);
  }
});

test('JSON: repeated members are refused at every depth, strings may hold anything', () => {
  const odd = '{"a":{"b":1,"c":[{"d":"x\\":{\\"d\\":1"},{"d":2}]},"b":"a\\"a:"}';
  assert.deepEqual(strictJson(odd), JSON.parse(odd));
  for (const bad of [
    '{"a":1,"a":2}',
    '{"a":1,"\\u0061":2}',
    '{"x":{"a":1,"a" :2}}',
    '{"x":[{"a":[],"b":{},"a":2}]}',
    '[]',
    '1',
    '{"a":1}x',
    '',
  ]) {
    assert.throws(() => strictJson(bad), MalformedInput, bad);
  }
  assert.throws(() => strictJson('{"a":1}', []), MalformedInput);
  assert.throws(() => strictJson('{}', ['a']), MalformedInput);
  assert.deepEqual(strictJson('{"a":1}', [], ['a']), { a: 1 });
});

test('points: compressed and back; what is off the curve is refused', async () => {
  for (let i = 0; i < 20; i++) {
    const { publicPoint } = await crypto.generateEcdh();
    const small = crypto.compressed(publicPoint);
    assert.deepEqual(crypto.uncompressed(small), publicPoint);
    assert.deepEqual(crypto.uncompressed(publicPoint), publicPoint);
    const off = publicPoint.slice();
    off[64] ^= 1;
    assert.throws(() => crypto.uncompressed(off), MalformedInput);
  }
  for (const bad of [new Uint8Array(33), new Uint8Array(65), Uint8Array.of(0), new Uint8Array(0)]) {
    assert.throws(() => crypto.uncompressed(bad), MalformedInput);
  }
});

test('signatures: always low s, never the same twice, and only for their message', async () => {
  const { privateKey, publicKey } = await crypto.generateSigning(false);
  assert.equal(privateKey.extractable, false);
  const seen = new Set();
  for (let i = 0; i < 40; i++) {
    const message = crypto.random(i);
    const signature = await crypto.sign(privateKey, message);
    assert.ok(crypto.hasLowS(signature));
    assert.ok(await crypto.verify(publicKey, message, signature));
    const other = crypto.random(i + 1);
    assert.equal(await crypto.verify(publicKey, other, signature), false);
    seen.add(bytes.hex(signature));
  }
  assert.equal(seen.size, 40);
});

const fixed = (chance) => ({
  suite: 1,
  consortium: 'TL',
  deviceId: chance.bytes(16),
  accountIdentifier: chance.bytes(16),
  contractId: chance.bytes(16),
  bindingValue: chance.bytes(16),
});

test('codes: a run of halves opens in any order within the window; damage never opens', async () => {
  const chance = new Chance('codes');
  const binding = fixed(chance);
  const { privateKey, publicKey } = await crypto.generateSigning(false);
  const first = {
    suite: 1,
    deviceId: binding.deviceId,
    epoch: 0,
    n: chance.below(1 << 24),
    chain: chance.bytes(32),
    string2: chance.bytes(32),
  };
  const codes = [];
  let at = first;
  let prev = new Uint8Array(16);
  for (let i = 0; i < 12; i++) {
    const terms = {
      role: 1,
      purpose: 1,
      number: crockford.numberText(chance.bytes(10)),
      billHash: chance.bytes(32),
      amount: chance.below(1 << 24),
      currency: 'CHF',
      counterparty: chance.bytes(16),
      time: 1_790_000_000_000,
      notAfter: 1_790_000_300_000,
      shorthand: null,
      verifier: chance.bytes(32),
      cancelledN: null,
      closed: null,
      critical: {},
      extensions: {},
      conditions: NO_CONDITIONS,
      beside: NOTHING_BESIDE,
      prev,
      logIndex: 0,
      logHead: chance.bytes(32),
    };
    const sealed = await sealHalf(binding, privateKey, at, terms, chance.bytes(17));
    codes.push({ text: sealed.text, terms, n: at.n });
    at = sealed.next;
    prev = sealed.prev;
  }
  for (const { text, terms, n } of codes.reverse()) {
    const { signedMap } = await openCode(text, { publicKey, epochs: [first] });
    assert.equal(signedMap.n, n);
    assert.deepEqual(signedMap.billHash, terms.billHash);
    assert.deepEqual(signedMap.prev, terms.prev);
    for (let i = 0; i < 10; i++) {
      const place = chance.below(text.length);
      const other = text[place] === 'A' ? 'B' : 'A';
      const damaged = text.slice(0, place) + other + text.slice(place + 1);
      await assert.rejects(openCode(damaged, { publicKey, epochs: [first] }), (fault) => {
        assert.ok(fault instanceof StepRefused, String(fault));
        return ['O1', 'O4', 'O5'].includes(fault.step);
      });
    }
    await assert.rejects(openCode(text, { publicKey, epochs: [at] }), { step: 'O4' }); // its key is gone
  }
  assert.equal(new Set(codes.map(({ text }) => text)).size, 12);
  assert.equal(aliasText(chance.bytes(17)).length, 23);
});

test('bills: damaged text is refused with a step', async () => {
  const chance = new Chance('bills');
  const { privateKey } = await crypto.generateSigning(false);
  const body = {
    consortium: 'TL',
    number: crockford.numberText(chance.bytes(10)),
    purpose: 1,
    items: [{ text: 'Tea', amount: 300 }],
    subtotal: 300,
    tax: 0,
    total: 300,
    currency: 'CHF',
    created: 1,
    expires: 2,
    salt: chance.bytes(16),
    tillLabel: null,
    routingLabel: 'TL',
  };
  const bill = await Bill.sign(privateKey, body, chance.bytes(200));
  assert.deepEqual(Bill.ofText(bill.qrText()), bill);
  assert.deepEqual(Bill.ofText(bill.json()), bill);
  assert.match(bill.link(), /^tallystick:bill\/1\//);
  assert.deepEqual(Bill.ofText(bill.link()), bill);
  const reading = { consortium: 'TL', signed: () => assert.fail('not reached') };
  for (const length of [3, 150]) {
    // a payload of one length byte, and one of four
    const other = new Bill(bill.signed.slice(0, length), bill.certificate.slice(0, length));
    const message = other.ndef();
    const payload = other.encode();
    const short = payload.length < 256;
    assert.equal(message[0], short ? 0xd2 : 0xc2);
    assert.equal(message.length, (short ? 3 : 6) + 'application/vnd.tallystick.bill'.length + payload.length);
    assert.deepEqual(Bill.ofNdef(message), other);
    for (let i = 0; i < message.length - payload.length; i++) {
      const changed = message.slice();
      changed[i] ^= 1 << chance.below(8);
      await assert.rejects(checkedBill(changed, reading, 1), { step: 'B1' });
    }
    await assert.rejects(checkedBill(message.subarray(1), reading, 1), { step: 'B1' });
    await assert.rejects(checkedBill(bytes.concat(message, Uint8Array.of(0)), reading, 1), { step: 'B1' });
    await assert.rejects(checkedBill(new Uint8Array(0), reading, 1), { step: 'B1' });
  }
  assert.deepEqual(Bill.ofNdef(bill.ndef()), bill);
  for (let i = 0; i < 100; i++) {
    const text = bill.qrText();
    const place = chance.below(text.length);
    const damaged = text.slice(0, place) + text.slice(place + 1);
    const bank = { consortium: 'TL', signed: () => assert.fail('not reached') };
    await assert.rejects(checkedBill(damaged, bank, 1), StepRefused);
  }
});
