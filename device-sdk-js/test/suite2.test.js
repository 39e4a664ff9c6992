/** Suite 2, whole: where the platform's WebCrypto has ML-KEM-768 and ML-DSA-65. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FakeBank } from './fake-bank.js';
import { MemoryStore, clock, done, enrolled, open, paid, refusedAt } from './bench.js';
import { hasHybrid, platformSuites } from '../src/pq.js';
import { decodeSign1 } from '../src/cose.js';

const has = await hasHybrid();
const hybrid = { skip: has ? false : 'this platform has no ML-KEM-768 and ML-DSA-65' };

test('platform: suite 2 is offered exactly where WebCrypto has what it needs', async () => {
  const names = typeof globalThis.crypto.subtle.encapsulateBits === 'function';
  assert.equal(has, names);
  assert.deepEqual(await platformSuites(), names ? [1, 2] : [1]);
});

async function sides() {
  const bank = await FakeBank.make(clock);
  bank.suites = [1, 2];
  bank.minimumSuite = 2;
  const store = new MemoryStore();
  const till = await enrolled(bank, 'PROVIDER');
  return { bank, till, store, phone: await enrolled(bank, 'USER', store) };
}

test('suite 2: enrolment, payment with two receipts, rekey, crash between, payment', hybrid, async () => {
  const { bank, till, store, phone } = await sides();
  assert.equal(phone.standing().suite, 2);
  const first = await paid({ till, phone });
  const ended = done(await phone.awaitAnswer(first.half, 1000));
  assert.equal(ended.ending, 'APPROVED');
  assert.deepEqual(decodeSign1(ended.receipt2, -49).payload, decodeSign1(ended.receipt).payload);
  bank.desk.loses.add(2);
  await phone.rekey();
  const again = await open(bank, store);
  assert.equal((await again.resume()).rekeyed, true);
  assert.equal(again.standing().epoch, 1);
  const second = await paid({ till, phone: again });
  assert.equal(done(await again.awaitAnswer(second.half, 1000)).ending, 'APPROVED');
});

for (const [name, spoil] of Object.entries({
  'the second receipt is missing': (body) => ({ ...body, 15: undefined }),
  'the second receipt has another signature': (body) => {
    const changed = body[15].slice();
    changed[changed.length - 1] ^= 1;
    return { ...body, 15: changed };
  },
  'the second receipt stands for the first': (body) => ({ ...body, 10: body[15] }),
})) {
  test(`suite 2: where ${name} the answer is refused at A4`, hybrid, async () => {
    const { bank, till, phone } = await sides();
    bank.spoil = spoil;
    const { half } = await paid({ till, phone });
    refusedAt(await phone.awaitAnswer(half, 1000), 'A4');
  });
}

test('suite 2: a device never goes down to suite 1, a bank that offers both gets 2', hybrid, async () => {
  const bank = await FakeBank.make(clock);
  bank.suites = [1, 2];
  const phone = await enrolled(bank, 'USER');
  assert.equal(phone.standing().suite, 2);
  const { suite } = phone.identity();
  assert.equal(suite, 2);
});
