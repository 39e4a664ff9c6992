/** Notices: the bank speaks first, and in order. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FakeBank } from './fake-bank.js';
import {
  MemoryStore,
  PIN,
  REQUEST,
  approved,
  atBank,
  clock,
  done,
  enrolled,
  open,
  paid,
  payment,
  refusedAt,
} from './bench.js';
import { decode, encode } from '../src/cbor.js';
import { hex } from '../src/bytes.js';
import { generateSigning, random } from '../src/crypto.js';
import { subjectOf } from '../src/notice.js';

/** A phone with a disk, and a till. */
async function alone() {
  const bank = await FakeBank.make(clock);
  const store = new MemoryStore();
  const events = [];
  const phone = await enrolled(bank, 'USER', store, { notice: (notice) => events.push(notice.k) });
  const till = await enrolled(bank, 'PROVIDER');
  return { bank, store, phone, till, events, own: atBank(bank, phone) };
}

const tell = ({ bank, own }, reason) => bank.desk.notify(own, 2, encode([random(16), reason]));
const reasons = (phone) => phone.keptNotices().map((notice) => subjectOf(notice).reason);

test('notices: taken in order, each a line of the log, each once', async () => {
  const one = await alone();
  const { phone, events } = one;
  assert.equal(done(await phone.awaitNotices(0)), 0);
  for (const reason of ['a', 'b', 'c']) {
    await tell(one, reason);
  }
  assert.equal((await phone.resume()).notices, 3);
  assert.deepEqual(reasons(phone), ['a', 'b', 'c']);
  assert.deepEqual(events, [1, 2, 3]);
  assert.equal(phone.logIndex(), 3);
  assert.equal(done(await phone.awaitNotices(0)), 0);
});

test('notices: of what was bound, suspended and denied, in words', async () => {
  const bank = await FakeBank.make(clock);
  const account = random(16);
  const first = await enrolled(bank, 'USER', new MemoryStore(), {}, account);
  const second = await enrolled(bank, 'USER', new MemoryStore(), {}, account);
  const third = await enrolled(bank, 'USER', new MemoryStore(), {}, account);
  const { deviceId } = second.identity();
  done(await third.notMe(deviceId, null));
  assert.equal(done(await first.awaitNotices(0)), 4);
  const told = first.keptNotices().map(subjectOf);
  assert.deepEqual(told.map(({ about }) => about), ['bound', 'bound', 'suspended', 'not-me']);
  assert.deepEqual(told[0].deviceId, deviceId);
  assert.equal(told[0].role, 'USER');
  assert.equal(told[2].reason, 'OWNER');
  assert.deepEqual([told[3].deviceId, told[3].number], [deviceId, null]);
  assert.equal(done(await second.askStatus()).state, 'suspended');
  assert.equal(done(await third.awaitNotices(0)), 1);
});

test('notices: k + 1 waits for k', async () => {
  const one = await alone();
  const { bank, phone } = one;
  bank.held.add('notice 1');
  await tell(one, 'a');
  await tell(one, 'b');
  assert.equal(done(await phone.awaitNotices(10)), 0);
  bank.held.clear();
  assert.equal(done(await phone.awaitNotices(10)), 2);
  assert.deepEqual(reasons(phone), ['a', 'b']);
});

test('notices: one whose line comes before an answer\'s fetches the lines between; the answer fits later', async () => {
  const one = await alone();
  const { bank, phone, till } = one;
  const { asked, half } = await paid(one);
  await tell(one, 'a');
  assert.equal(done(await phone.awaitNotices(0)), 1);
  assert.equal(phone.logIndex(), 2);
  assert.equal(done(await phone.awaitAnswer(half, 1000)).ending, 'APPROVED');
  assert.equal(phone.logIndex(), 2);
  assert.deepEqual(phone.core.state.bound.lines, []);
  assert.equal(done(await till.awaitAnswer(asked, 1000)).ending, 'APPROVED');
  assert.ok(bank);
});

test('notices: an answer whose line comes after a notice\'s fetches that line; the notice fits later', async () => {
  const one = await alone();
  const { phone } = one;
  await tell(one, 'a');
  const { half } = await paid(one);
  assert.equal(done(await phone.awaitAnswer(half, 1000)).ending, 'APPROVED');
  assert.equal(phone.core.state.bound.lines.length, 1);
  assert.equal(done(await phone.awaitNotices(0)), 1);
  assert.deepEqual(phone.core.state.bound.lines, []);
  assert.equal(phone.logIndex(), 2);
});

test('notice: another line than the one that was fetched for its place is refused at N4', async () => {
  const one = await alone();
  const { bank, phone } = one;
  const { lineAfter } = await import('../src/log.js');
  const other = await lineAfter(1, phone.core.state.bound.logHead, 1, 'notice', random(32));
  const { index, column1, column2, column3 } = other;
  bank.desk.spoilNotice = (body) => ({ ...body, 7: [index, column1, column2, column3] });
  await tell(one, 'a');
  const { half } = await paid(one);
  assert.equal(done(await phone.awaitAnswer(half, 1000)).ending, 'APPROVED');
  assert.equal(phone.logIndex(), 2);
  refusedAt(await phone.awaitNotices(0), 'N4');
  assert.deepEqual(phone.keptNotices(), []);
});

test('notices: one that fills the gap lets an answer in that was held for it', async () => {
  const one = await alone();
  const { bank, phone } = one;
  await tell(one, 'a');
  const { half } = await paid(one);
  bank.desk.strange = true; // so that the line between cannot be fetched alone
  refusedAt(await phone.awaitAnswer(half, 1000), 'A5');
  assert.equal(phone.openHalves()[0].state, 'HELD');
  assert.equal(done(await phone.awaitNotices(0)), 1);
  assert.equal(done(await phone.awaitAnswer(half, 50)).ending, 'APPROVED');
});

test('notices: of the epoch before are fetched after a rekey, then its chain is gone', async () => {
  const one = await alone();
  const { phone } = one;
  await tell(one, 'old');
  done(await phone.rekey());
  await tell(one, 'new');
  const chains = () => phone.core.state.bound.down.map(({ epoch, k, made }) => [epoch, k, made]);
  assert.deepEqual(chains(), [[0, 1, 1], [1, 1, null]]);
  assert.equal(done(await phone.awaitNotices(0)), 2);
  assert.deepEqual(reasons(phone), ['old', 'new']);
  assert.deepEqual(chains(), [[1, 2, null]]);
  await payment(one);
  done(await phone.rekey());
  assert.deepEqual(chains(), [[2, 1, null]]);
});

const SPOILT = {
  'another device': [{ 1: random(16) }, 'N3'],
  'another epoch': [{ 2: 1 }, 'N3'],
  'another k': [{ 3: 2 }, 'N3'],
  'an unknown kind': [{ 4: 9 }, 'N2'],
  'a subject of another shape': [{ 6: encode([1]) }, 'N2'],
  'a line that does not fit': [{ 7: [1, random(32), random(32), encode(1)] }, 'N4'],
};

for (const [name, [change, step]] of Object.entries(SPOILT)) {
  test(`notice: ${name} is refused at ${step}, and nothing moves`, async () => {
    const one = await alone();
    const { bank, phone } = one;
    bank.desk.spoilNotice = (body) => ({ ...body, ...change });
    await tell(one, 'a');
    const before = hex(phone.core.state.bound.down[0].chain);
    refusedAt(await phone.awaitNotices(0), step);
    assert.equal(hex(phone.core.state.bound.down[0].chain), before);
    assert.deepEqual(phone.keptNotices(), []);
    assert.equal(phone.logIndex(), 0);
  });
}

test('notice: of another key, or changed on the way, is refused', async () => {
  const one = await alone();
  const { bank, phone } = one;
  const { answerKey } = bank;
  const held = await bank.keySet();
  bank.keySet = async () => held;
  bank.answerKey = await generateSigning(false);
  await tell(one, 'a');
  refusedAt(await phone.awaitNotices(0), 'N2');
  bank.answerKey = answerKey;
  for (const entry of bank.answered.values()) {
    entry.sealed = entry.sealed.slice();
    entry.sealed[100] ^= 1;
  }
  refusedAt(await phone.awaitNotices(0), 'N1');
});

test('notice: a line that is a decision\'s is refused at N4', async () => {
  const one = await alone();
  const { bank, phone } = one;
  const line = bank.line.bind(bank);
  bank.line = (device, kind, details) => line(device, 'decision', details);
  await tell(one, 'a');
  refusedAt(await phone.awaitNotices(0), 'N4');
});

test('notice: a crash before or after its durable write: taken once', async () => {
  for (const after of [false, true]) {
    const one = await alone();
    const { bank, store, phone } = one;
    await tell(one, 'a');
    Object.assign(store, { writes: 0, crashAt: 1, crashAfter: after });
    await assert.rejects(phone.awaitNotices(0), /crash/);
    const again = await open(bank, store);
    assert.equal((await again.resume()).notices, after ? 0 : 1);
    assert.deepEqual(reasons(again), ['a']);
    assert.equal(again.logIndex(), 1);
  }
});

test('what the bank has lost or made up never enters the log', async () => {
  const one = await alone();
  const { bank, phone, till, own } = one;
  const first = await paid(one);
  bank.held.add(first.half.number);
  const asked = done(await till.makeBill(REQUEST));
  done(await till.send(asked));
  const half = await approved(phone, till, asked, PIN);
  done(await phone.send(half));
  own.lines[0] = { ...own.lines[0], column3: encode(decode(own.lines[0].column3).set(2, 1)) };
  refusedAt(await phone.awaitAnswer(half, 50), 'pending');
  assert.equal(phone.logIndex(), 0);
});
