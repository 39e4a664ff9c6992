/** The device against a bank in memory: payments, refusals, crashes, answers that do not hold. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FakeBank } from './fake-bank.js';
import {
  FOOTPRINT,
  MemoryStore,
  PIN,
  REQUEST,
  approved,
  clock,
  done,
  enrolled,
  open,
  paid,
  pair,
  refusedAt,
  time,
} from './bench.js';
import { generateSigning } from '../src/crypto.js';

test('payment: both sides hear APPROVED, with receipts and log lines', async () => {
  const { bank, till, phone } = await pair();
  for (let i = 1; i <= 3; i++) {
    const { asked, half } = await paid({ till, phone });
    for (const [device, entry] of [[till, asked], [phone, half]]) {
      const ended = done(await device.awaitAnswer(entry, 1000));
      assert.equal(ended.ending, 'APPROVED');
      assert.ok(ended.receipt);
      assert.equal(device.logIndex(), i);
      assert.deepEqual(device.openHalves(), []);
      assert.deepEqual(done(await device.awaitAnswer(asked.number, 0)), ended);
      assert.ok(device.bill(asked.number));
    }
  }
  assert.equal(bank.codes.length, 6);
});

test('wrong PIN: sealed here like a right one, declined by the bank', async () => {
  const { till, phone } = await pair();
  const asked = done(await till.makeBill(REQUEST));
  done(await till.send(asked));
  const half = await approved(phone, till, asked, '000000');
  done(await phone.send(half));
  const ended = done(await phone.awaitAnswer(half, 1000));
  assert.deepEqual([ended.ending, ended.reason], ['DECLINED', 'OWN_HALF_REFUSED']);
});

test('cancel: goes after the half that it withdraws, and ends both', async () => {
  const { bank, till } = await pair();
  const asked = done(await till.makeBill(REQUEST));
  const withdrawal = done(await till.cancel(asked.number));
  done(await till.send(withdrawal));
  assert.deepEqual(bank.codes, [asked.code, withdrawal.code]);
  assert.equal(done(await till.awaitAnswer(withdrawal, 1000)).ending, 'CANCELLED');
  assert.equal(done(await till.awaitAnswer(asked, 1000)).ending, 'CANCELLED');
  refusedAt(await till.cancel(asked.number), 'cancel');
});

test('calls out of place are refused with their step', async () => {
  const { bank, till, phone } = await pair();
  const fresh = await open(bank, new MemoryStore());
  refusedAt(await fresh.makeBill(REQUEST), 'not-enrolled');
  refusedAt(await fresh.readBill('TALLY1:AA'), 'not-enrolled');
  refusedAt(await fresh.enrol('nonsense', null, FOOTPRINT, () => true), 'activation');
  const activation = await bank.activate('USER', 'x');
  refusedAt(await fresh.enrol(activation, PIN, FOOTPRINT, () => false), 'not-agreed');
  refusedAt(await fresh.enrol(activation, '', FOOTPRINT, () => true), 'pin');
  assert.deepEqual(bank.messages.length, 2);
  refusedAt(await phone.makeBill(REQUEST), 'role');
  refusedAt(await phone.readBill('TALLY1:AA'), 'B1');
  refusedAt(await phone.enrol(activation, PIN, FOOTPRINT, () => true), 'enrolled');
  refusedAt(await till.makeBill({ ...REQUEST, currency: 'QQQ' }), 'bill');
  refusedAt(await till.makeBill({ ...REQUEST, tax: -1 }), 'bill');
  const asked = done(await till.makeBill(REQUEST));
  const checked = done(await phone.readBill(till.bill(asked.number).json()));
  refusedAt(await phone.approve(checked, null, ''), 'approve');
  refusedAt(await till.approve(checked, null, PIN), 'pin');
  done(await phone.approve(checked, 'card', PIN));
  refusedAt(await phone.approve(checked, 'card', PIN), 'approve');
  refusedAt(await phone.awaitAnswer('0000000000000000', 0), 'await');
  time.now += 300_001;
  refusedAt(await phone.readBill(till.bill(asked.number).json()), 'B6');
  time.now -= 300_001;
});

test('state: of another bank is refused; one that moved is followed', async () => {
  const bank = await FakeBank.make(clock);
  const store = new MemoryStore();
  await enrolled(bank, 'USER', store);
  const other = await FakeBank.make(clock);
  await assert.rejects(open(other, store), { name: 'StateRefused', reason: 'other-bank' });
});

test('keys: another root K2, older ones K3, newer ones taken where an answer needs them', async () => {
  const { bank, till, phone } = await pair();
  const fresh = await open(bank, new MemoryStore());
  const activation = await bank.activate('USER', 'x');
  const root = bank.rootKey;
  bank.rootKey = await generateSigning(false);
  refusedAt(await fresh.enrol(activation, PIN, FOOTPRINT, () => true), 'K2');
  bank.rootKey = root;
  bank.version = 2;
  bank.answerKey = await generateSigning(false);
  const { asked, half } = await paid({ till, phone });
  assert.equal(done(await phone.awaitAnswer(half, 1000)).ending, 'APPROVED');
  bank.version = 1;
  bank.answerKey = await generateSigning(false);
  const again = await paid({ till, phone });
  refusedAt(await phone.awaitAnswer(again.half, 1000), 'A2');
  assert.ok(asked);
});

const SPOILT_RECORDS = {
  'another device': { 3: new Uint8Array(16) },
  'another account': { 4: new Uint8Array(16) },
  'another contract': { 5: new Uint8Array(16) },
  'another contract text': { 7: new Uint8Array(32) },
  'another role': { 8: 'PROVIDER' },
  'another request': { 10: new Uint8Array(32) },
};

for (const [name, change] of Object.entries(SPOILT_RECORDS)) {
  test(`enrolment: a binding record for ${name} is refused at E5`, async () => {
    const bank = await FakeBank.make(clock);
    bank.spoilRecord = (record) => ({ ...record, ...change });
    const device = await open(bank, new MemoryStore());
    const activation = await bank.activate('USER', 'phone');
    refusedAt(await device.enrol(activation, PIN, FOOTPRINT, () => true), 'E5');
    assert.equal(device.identity(), null);
  });
}

test('enrolment: an offer that is not the activation\'s is refused at E2, a changed reply at E5', async () => {
  const bank = await FakeBank.make(clock);
  const device = await open(bank, new MemoryStore());
  const activation = await bank.activate('USER', 'phone');
  await bank.activate('USER', 'other');
  const [first, second] = [...bank.enrolments.values()];
  const good = first.offer;
  const enrol = () => device.enrol(activation, PIN, FOOTPRINT, () => assert.fail('not asked'));
  first.offer = second.offer; // of another enrolment
  refusedAt(await enrol(), 'E2');
  const { decode, encode } = await import('../src/cbor.js');
  for (const [key, value] of [[9, second.point], [11, 2], [1, 0], [7, new Uint8Array(32)]]) {
    first.offer = encode(decode(good).set(key, value));
    refusedAt(await enrol(), 'E2');
  }
  first.offer = good;
  assert.deepEqual(bank.messages, []);
  const bind = bank.bind.bind(bank);
  bank.bind = async (...args) => {
    const message2 = (await bind(...args)).slice();
    message2[message2.length - 1] ^= 1;
    return message2;
  };
  refusedAt(await device.enrol(activation, PIN, FOOTPRINT, () => true), 'E5');
  bank.bind = bind;
  assert.equal((await device.resume()).problem, null);
  assert.ok(device.identity());
  assert.equal(new Set(bank.messages).size, 1);
});

test('enrolment: keys older than those held are refused at K3', async () => {
  const bank = await FakeBank.make(clock);
  const device = await open(bank, new MemoryStore());
  bank.version = 2;
  bank.losesReplies = true;
  const begun = await device.enrol(await bank.activate('USER', 'a'), PIN, FOOTPRINT, () => true);
  assert.equal(begun.refusal.type, 'urn:tallystick:problem:unreachable');
  bank.losesReplies = false;
  bank.version = 1;
  const other = await bank.activate('USER', 'b');
  refusedAt(await device.enrol(other, PIN, FOOTPRINT, () => true), 'K3');
});

const SPOILT = {
  'another device': [{ 1: new Uint8Array(16) }, 'A3'],
  'another n': [{ 3: 5 }, 'A3'],
  'another bill': [{ 5: new Uint8Array(32) }, 'A3'],
  'another outcome than the receipt': [{ 6: 2 }, 'A4'],
  'no receipt': [{ 10: null }, 'A4'],
  'a time outside the key set': [{ 8: -1 }, 'A2'],
};

for (const [name, [change, step]] of Object.entries(SPOILT)) {
  test(`answer: ${name} is refused at ${step}, and the half stays open`, async () => {
    const { bank, till, phone } = await pair();
    bank.spoil = (body) => ({ ...body, ...change });
    const { half } = await paid({ till, phone });
    refusedAt(await phone.awaitAnswer(half, 1000), step);
    assert.equal(phone.openHalves().length, 1);
  });
}

test('answer: a log line that does not follow is refused at A5', async () => {
  const { bank, till, phone } = await pair();
  const device = [...bank.devices.values()].find((one) => one.role === 'USER');
  device.head = new Uint8Array(32);
  const { half } = await paid({ till, phone });
  refusedAt(await phone.awaitAnswer(half, 1000), 'A5');
});

test('answers that overtake each other wait for the lines before them', async () => {
  const bank = await FakeBank.make(clock);
  const stages = [];
  const events = { progress: (number, stage) => stages.push(stage) };
  const till = await enrolled(bank, 'PROVIDER', new MemoryStore(), events);
  const phone = await enrolled(bank, 'USER');
  const first = await paid({ till, phone });
  const second = await paid({ till, phone });
  bank.held.add(first.asked.number);
  bank.desk.strange = true; // so that the lines between cannot be fetched
  refusedAt(await till.awaitAnswer(second.asked, 50), 'pending');
  assert.ok(stages.includes('HELD'));
  bank.held.clear();
  assert.equal(done(await till.awaitAnswer(first.asked, 1000)).ending, 'APPROVED');
  assert.equal(done(await till.awaitAnswer(second.asked, 0)).ending, 'APPROVED');
  assert.equal(till.logIndex(), 2);
});

test('a half without an answer is UNKNOWN, never cancelled; a late answer replaces that', async () => {
  const { bank, till, phone } = await pair();
  const { asked, half } = await paid({ till, phone });
  bank.held.add(asked.number);
  time.now += 300_000 + 600_001;
  assert.equal(done(await phone.awaitAnswer(half, 50)).ending, 'UNKNOWN');
  assert.equal(phone.openHalves()[0].state, 'NO_ANSWER');
  bank.held.clear();
  assert.equal((await phone.resume()).answered, 1);
  assert.equal(done(await phone.awaitAnswer(half, 50)).ending, 'APPROVED');
  assert.deepEqual(phone.receipts().map(({ ending }) => ending), ['APPROVED']);
  time.now -= 300_000 + 600_001;
});

test('60 codes ahead of the last answer, or no alias left: no more are sealed', async () => {
  const { till } = await pair();
  for (let i = 0; i < 31; i++) {
    done(await till.makeBill(REQUEST)); // the last alias is kept for requests
  }
  refusedAt(await till.makeBill(REQUEST), 'aliases');
});

test('two calls at once never share an n, an alias or a number', async () => {
  const { till } = await pair();
  const made = await Promise.all(Array.from({ length: 8 }, () => till.makeBill(REQUEST)));
  const entries = made.map(done);
  for (const of of [(e) => e.n, (e) => e.number, (e) => e.code.split('::')[2]]) {
    assert.equal(new Set(entries.map(of)).size, 8);
  }
});

test('bank out of reach: refused as such, and made good by resume with the same bytes', async () => {
  const { bank, till, phone } = await pair();
  const asked = done(await till.makeBill(REQUEST));
  bank.offline = true;
  const refused = await till.send(asked);
  assert.equal(refused.refusal.type, 'urn:tallystick:problem:unreachable');
  assert.equal((await till.resume()).problem.type, 'urn:tallystick:problem:unreachable');
  bank.offline = false;
  bank.losesReplies = true;
  await till.send(asked);
  bank.losesReplies = false;
  const { resent, answered, open, problem } = await till.resume();
  assert.deepEqual({ resent, answered, open, problem }, { resent: 1, answered: 0, open: 1, problem: null });
  assert.deepEqual(bank.codes, [asked.code]);
  assert.ok(phone);
});

/** Runs a whole life of a phone; after each crash it is opened again and goes on. */
async function lifeWithCrash(crashAt, crashAfter) {
  const bank = await FakeBank.make(clock);
  const till = await enrolled(bank, 'PROVIDER');
  const asked = done(await till.makeBill(REQUEST));
  done(await till.send(asked));
  const bill = till.bill(asked.number).qrText();
  const store = Object.assign(new MemoryStore(), { crashAt, crashAfter });
  const activation = await bank.activate('USER', 'phone');
  const live = async () => {
    const phone = await open(bank, store);
    await phone.resume();
    if (!phone.identity()) {
      done(await phone.enrol(activation, PIN, FOOTPRINT, () => true));
    }
    if (phone.receipts().length === 0 && phone.openHalves().length === 0) {
      done(await phone.approve(done(await phone.readBill(bill)), null, PIN));
    }
    for (const entry of phone.openHalves()) {
      done(await phone.send(entry));
    }
    return { phone, ended: done(await phone.awaitAnswer(asked.number, 1000)) };
  };
  let crashes = 0;
  let life;
  while (!life) {
    try {
      life = await live();
    } catch (fault) {
      assert.match(String(fault), /crash/);
      crashes++;
    }
  }
  assert.equal(life.ended.ending, 'APPROVED');
  assert.equal(life.phone.logIndex(), 1);
  assert.equal(bank.codes.length, 2, 'one code of each side');
  assert.equal(done(await till.awaitAnswer(asked, 1000)).ending, 'APPROVED');
  return { crashes, writes: store.writes, messages: new Set(bank.messages).size };
}

test('crash at every durable write, before and after it: one code, one effect, one answer', async () => {
  const { writes, crashes } = await lifeWithCrash(Infinity, false);
  assert.equal(crashes, 0);
  assert.equal(writes, 6);
  for (let at = 1; at <= writes; at++) {
    for (const after of [false, true]) {
      const life = await lifeWithCrash(at, after);
      assert.equal(life.crashes, 1, `write ${at}`);
      assert.equal(life.messages, 2, 'message1 is made once for each device');
    }
  }
});
