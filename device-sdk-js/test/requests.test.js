/** Sealed requests and what they change: rekey, status, PIN, numbers, bills, devices of an account. */
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
import { LIMITS } from '../src/format.js';
import { decodeState } from '../src/state.js';
import { equal, hex } from '../src/bytes.js';
import { generateSigning, random } from '../src/crypto.js';
import { termsOf } from '../src/halves.js';
import { typableNumber } from '../src/crockford.js';

const UNREACHABLE = 'urn:tallystick:problem:unreachable';
const DAY = 86_400_000;
const HOUR = 3_600_000;

/** What the bank holds of a device. */
const atBank = (bank, device) =>
  [...bank.devices.values()].find((one) => equal(one.deviceId, device.identity().deviceId));

/** A payment that ends, on both sides. */
async function payment(sides, ending = 'APPROVED') {
  const { asked, half } = await paid(sides);
  assert.equal(done(await sides.phone.awaitAnswer(half, 1000)).ending, ending);
  assert.equal(done(await sides.till.awaitAnswer(asked, 1000)).ending, ending);
  return { asked, half };
}

/** As {@link pair}, with the phone's disk. */
async function kept() {
  const bank = await FakeBank.make(clock);
  const store = new MemoryStore();
  const till = await enrolled(bank, 'PROVIDER');
  return { bank, till, store, phone: await enrolled(bank, 'USER', store) };
}

const copyOf = (store) => Object.assign(new MemoryStore(), { content: store.content.slice() });

test('status: the bank tells of device, log, halves and the account', async () => {
  const { bank, till, phone } = await pair();
  await payment({ bank, till, phone });
  const asked = done(await till.makeBill(REQUEST));
  const before = phone.core.state.bound.aliases;
  const status = done(await phone.askStatus());
  const own = atBank(bank, phone);
  assert.equal(status.state, 'active');
  assert.equal(status.epoch, 0);
  assert.equal(status.next, phone.standing().n);
  assert.equal(status.logIndex, 1);
  assert.deepEqual(status.logHead, own.head);
  assert.deepEqual(status.devices.map((one) => hex(one.deviceId)), [hex(own.deviceId)]);
  const after = phone.core.state.bound.aliases;
  assert.equal(after.length, before.length);
  assert.ok(!after.some((one) => equal(one, before.at(-1))), 'the alias was used once');
  const halves = async () => done(await till.askStatus()).halves.map(({ what }) => what);
  assert.deepEqual(await halves(), [0]);
  done(await till.send(asked));
  assert.deepEqual(await halves(), [1]);
  assert.equal(new Set(bank.desk.texts).size, 3);
});

test('rekey: payments go on in the new epoch, what was sealed before is still answered', async () => {
  const sides = await pair();
  const { bank, till, phone } = sides;
  await payment(sides);
  const before = done(await till.makeBill(REQUEST));
  const old = till.core.state.bound;
  const seen = [];
  till.core.events.epoch = (...args) => seen.push(args);
  const { epoch, n } = done(await till.rekey());
  assert.equal(epoch, 1);
  assert.deepEqual(seen, [[1, 0]]);
  const now = till.core.state.bound;
  assert.equal(now.closed, old.n);
  assert.equal(now.n, n);
  for (const secret of ['chain', 'string2', 'root']) {
    assert.ok(!equal(old[secret], now[secret]), secret);
  }
  assert.equal(now.aliases.length, 32);
  done(await phone.rekey());
  const { asked, half } = await payment(sides);
  assert.deepEqual([asked.epoch, half.epoch], [1, 1]);
  assert.equal(termsOf(asked).closed, before.n + 1);
  assert.deepEqual(termsOf(asked).prev, before.codeHash.slice(0, 16), 'prev goes on');
  done(await till.send(before)); // a skipped key of the old epoch
  const late = await approved(phone, till, before);
  done(await phone.send(late));
  assert.equal(done(await till.awaitAnswer(before, 1000)).ending, 'APPROVED');
  assert.equal(atBank(bank, till).state, 1);
  done(await till.rekey());
  await payment(sides);
  assert.equal(till.standing().epoch, 2);
});

for (const [name, lose] of Object.entries({
  'the request is lost': (bank) => (bank.desk.drops = 1),
  'the reply is lost': (bank) => bank.desk.loses.add(2),
})) {
  test(`rekey: ${name}, the same bytes are sent again, by a device that was opened anew`, async () => {
    const { bank, till, store, phone } = await kept();
    lose(bank);
    assert.equal((await phone.rekey()).refusal.type, UNREACHABLE);
    const [pending] = decodeState(store.content).requests;
    const again = await open(bank, store);
    assert.deepEqual(again.core.state.requests[0].text, pending.text);
    const { rekeyed, problem } = await again.resume();
    assert.deepEqual([rekeyed, problem], [true, null]);
    assert.equal(bank.desk.texts.filter((text) => text === pending.text).length, name.includes('reply') ? 2 : 1);
    assert.equal(atBank(bank, again).rekeys.length, 1);
    assert.deepEqual(again.core.state.requests, []);
    await payment({ bank, till, phone: again });
  });
}

test('rekey: it goes on sealing with the old epoch until the reply is there', async () => {
  const sides = await kept();
  sides.bank.desk.loses.add(2);
  await sides.phone.rekey();
  const { half } = await paid(sides);
  assert.equal(half.epoch, 0);
  done(await sides.phone.awaitAnswer(half, 1000)); // there is a connection: the rekey ends too
  assert.equal(sides.phone.standing().epoch, 1);
  assert.equal(sides.phone.core.state.bound.closed, half.n + 1);
  await payment(sides);
});

/** A rekey and a payment; after a crash the phone is opened again and goes on. */
async function rekeyWithCrash(crashAt, crashAfter) {
  const { bank, till, store, phone } = await kept();
  Object.assign(store, { writes: 0, crashAt, crashAfter });
  let crashes = 0;
  let device = phone;
  for (;;) {
    try {
      if (device.standing().epoch === 0) {
        done(await device.rekey());
      }
      break;
    } catch (fault) {
      assert.match(String(fault), /crash/);
      crashes++;
      device = await open(bank, store);
      await device.resume();
    }
  }
  const { writes } = store;
  const own = atBank(bank, device);
  assert.equal(own.rekeys.length, 1);
  assert.equal(device.standing().epoch, 1);
  await payment({ bank, till, phone: device });
  assert.equal(own.state, 1);
  return { crashes, writes };
}

test('rekey: a crash at every durable write, before and after it: one rekey', async () => {
  const { writes } = await rekeyWithCrash(Infinity, false);
  assert.equal(writes, 2, 'the request, then the epoch');
  for (let at = 1; at <= writes; at++) {
    for (const after of [false, true]) {
      assert.equal((await rekeyWithCrash(at, after)).crashes, 1, `write ${at}`);
    }
  }
});

test('challenge: one that became too old ends the request, and a new one is made', async () => {
  const { bank, phone } = await kept();
  bank.desk.drops = 1;
  await phone.rekey();
  const [first] = phone.core.state.requests;
  time.now += 11 * 60_000;
  done(await phone.rekey());
  const texts = bank.desk.texts;
  assert.equal(texts[0], first.text);
  assert.equal(new Set(texts).size, 2);
  assert.equal(phone.standing().epoch, 1);
  assert.equal(atBank(bank, phone).rekeys.length, 1);
  time.now += 11 * 60_000; // the challenge that came with the reply is not used any more
  done(await phone.askStatus());
  assert.equal(texts.length, 3);
});

test('rekey: a clone that rekeys too is found, and the device is suspended', async () => {
  const { bank, store, phone } = await kept();
  const clone = await open(bank, copyOf(store));
  done(await phone.rekey());
  refusedAt(await clone.rekey(), 'not-permitted');
  const own = atBank(bank, phone);
  assert.deepEqual([own.state, own.reason], [2, 'REKEY']);
  const suspended = [];
  phone.core.events.suspended = (number) => suspended.push(number);
  assert.equal(done(await phone.askStatus()).state, 'suspended');
  assert.deepEqual(suspended, ['']);
  refusedAt(await phone.rekey(), 'R8'); // a suspended device may only ask how it stands
});

test('restored state: of the same epoch is found by status, rekeys, and is a fork by what it never knew', async () => {
  const sides = await kept();
  const { bank, till } = sides;
  const old = copyOf(sides.store);
  await payment(sides);
  const phone = await open(bank, old);
  const { rekeyed, problem } = await phone.resume();
  assert.deepEqual([rekeyed, problem], [true, null]);
  const { half } = await paid({ till, phone });
  const ended = done(await phone.awaitAnswer(half, 1000));
  assert.deepEqual([ended.ending, ended.reason], ['ERROR', 'DEVICE_SUSPENDED']);
  assert.equal(atBank(bank, phone).reason, 'closed');
});

test('restored state: codes that the bank never saw are no divergence, device and bank meet again', async () => {
  const sides = await kept();
  const { bank, till } = sides;
  const asked = done(await till.makeBill(REQUEST));
  const old = copyOf(sides.store);
  await approved(sides.phone, till, asked); // sealed, never sent, and gone with the state
  const phone = await open(bank, old);
  assert.equal((await phone.resume()).problem, null);
  await payment({ bank, till, phone });
});

test('restored state: of before a rekey is told apart, and asks for a new activation', async () => {
  const { bank, store, phone } = await kept();
  const old = copyOf(store);
  done(await phone.rekey());
  const stale = await open(bank, old);
  assert.equal((await stale.resume()).problem.type, 'urn:tallystick:device:behind');
  assert.equal(atBank(bank, phone).state, 1, 'nothing was done that would suspend the device');
  done(await phone.rekey());
  refusedAt(await stale.askStatus(), 'R8'); // and from two epochs behind nothing is known of it
});

test('A3b: another code took the number: the half ends as NOT_ACCEPTED, and the device rekeys', async () => {
  const sides = await kept();
  const { bank, till } = sides;
  const clone = await open(bank, copyOf(sides.store));
  const { half } = await paid(sides);
  const asked = done(await till.makeBill(REQUEST));
  done(await till.send(asked));
  const other = await approved(clone, till, asked);
  assert.equal(other.n, half.n);
  done(await clone.send(other));
  const ended = done(await clone.awaitAnswer(other, 1000));
  assert.equal(ended.ending, 'NOT_ACCEPTED');
  assert.deepEqual(clone.openHalves(), []);
  assert.equal(clone.standing().epoch, 1, 'it rekeyed');
  assert.equal(done(await sides.phone.awaitAnswer(half, 1000)).ending, 'APPROVED');
  refusedAt(await sides.phone.rekey(), 'not-permitted');
  assert.equal(atBank(bank, clone).reason, 'REKEY');
});

test('rekey: due after 24 hours, with the next answer', async () => {
  const sides = await pair();
  time.now += DAY - 1000;
  await payment(sides);
  assert.equal(sides.phone.standing().epoch, 0);
  time.now += 1000;
  await payment(sides);
  assert.deepEqual([sides.phone, sides.till].map((one) => one.standing().epoch), [1, 1]);
  assert.deepEqual(atBank(sides.bank, sides.phone).notDue, []);
  await payment(sides);
});

test('rekey: due after 100 numbers', async () => {
  const sides = await pair();
  const { phone } = sides;
  const { first } = phone.core.state.bound;
  while (phone.standing().n - first < 99) {
    await payment(sides);
  }
  assert.equal(phone.standing().epoch, 0);
  await payment(sides);
  assert.equal(phone.standing().epoch, 1);
  assert.deepEqual(atBank(sides.bank, phone).notDue, []);
});

test('S4: an epoch has 256 numbers', async () => {
  const { bank, till } = await pair();
  await till.core.keeper.update(({ bound }) => ({
    bound: { ...bound, first: bound.n - LIMITS.epochNumbers },
  }));
  bank.desk.strange = true;
  refusedAt(await till.makeBill(REQUEST), 'R8'); // it tries to rekey first
  const { certificate } = till.core.state.bound;
  await assert.rejects(till.halves.bill(REQUEST, certificate), { step: 'epoch-full' });
});

test('rekey: more than three in a day that are not due are not even asked for', async () => {
  const { bank, phone } = await pair();
  for (let i = 0; i < 3; i++) {
    done(await phone.rekey());
  }
  refusedAt(await phone.rekey(), 'rekey-limit');
  assert.equal(atBank(bank, phone).state, 1);
  time.now += DAY;
  done(await phone.rekey());
});

test('recovery epoch: a code of an older one is declined, and the device rekeys before the next', async () => {
  const sides = await pair();
  const { bank, till, phone } = sides;
  bank.recoveryEpoch = 1;
  bank.version = 2;
  const { half } = await paid(sides);
  const ended = done(await phone.awaitAnswer(half, 1000));
  assert.deepEqual([ended.ending, ended.reason], ['DECLINED', 'REKEY_FIRST']);
  assert.equal(phone.standing().epoch, 1, 'there was a connection');
  const recovery = [];
  till.core.events.recovery = (epoch) => recovery.push(epoch);
  await till.core.refreshKeys();
  assert.deepEqual(recovery, [1]);
  bank.offline = true;
  assert.equal((await till.makeBill(REQUEST)).refusal.type, UNREACHABLE, 'nothing is sealed before');
  bank.offline = false;
  done(await till.makeBill(REQUEST));
  assert.equal(till.standing().epoch, 1);
  assert.equal(till.standing().recoveryEpoch, 1);
  assert.deepEqual(recovery, [1], 'told once');
  await payment(sides);
  assert.deepEqual(atBank(bank, phone).notDue, []);
});

test('bank restore: the log goes back, a rekey that was lost is made from the previous root', async () => {
  const sides = await pair();
  const { bank, till, phone } = sides;
  await payment(sides);
  const backUp = bank.backUp();
  const lost = await payment(sides);
  done(await phone.rekey());
  await payment(sides);
  bank.putBack(backUp);
  assert.equal(phone.logIndex(), 3);
  // as long as no raised recovery epoch says so, random bytes are just that
  refusedAt(await phone.askStatus(), 'R8');
  refusedAt(await phone.rekey(), 'R8');
  assert.equal(phone.core.state.requests.length, 1);
  bank.recoveryEpoch = 1;
  bank.version = 2;
  const back = [];
  phone.core.events.logRolledBack = (index) => back.push(index);
  const { rekeyed, problem } = await phone.resume();
  assert.deepEqual([rekeyed, problem], [true, null]);
  assert.deepEqual([phone.standing().epoch, phone.standing().recoveryEpoch], [2, 1]);
  assert.equal(phone.core.state.bound.closed, lost.half.n + 1);
  assert.deepEqual(back, [1]);
  assert.equal(phone.logIndex(), 1);
  assert.equal(phone.receipts().length, 3, 'what was held stays as evidence');
  await till.resume();
  await payment(sides);
  assert.deepEqual([atBank(bank, phone), atBank(bank, till)].map(({ state }) => state), [1, 1]);
});

test('status: a half that the bank has not seen a day after its end is NOT_ACCEPTED', async () => {
  const { bank, till, phone } = await pair();
  const asked = done(await till.makeBill(REQUEST));
  time.now += DAY;
  bank.codes.push(asked.code); // swallowed on the way
  await till.resume();
  assert.equal(till.openHalves()[0].state, 'NO_ANSWER');
  time.now += HOUR;
  const { notAccepted, open: left } = await till.resume();
  assert.deepEqual([notAccepted, left], [1, 0]);
  assert.deepEqual(till.receipts().map(({ ending }) => ending), ['NOT_ACCEPTED']);
  assert.ok(phone);
});

test('a stranger\'s bytes: of any length end at R8, nothing is lost, the same bytes go on later', async () => {
  const { bank, phone } = await kept();
  const real = bank.request;
  const aliases = phone.core.state.bound.aliases.length;
  for (const length of [0, 1, 23 + 1024 + 16, 23 + 2048 + 16, 4000]) {
    bank.request = async () => random(length);
    refusedAt(await phone.askStatus(), 'R8');
    refusedAt(await phone.rekey(), 'R8');
  }
  assert.equal(phone.core.state.requests.length, 1);
  assert.equal(phone.core.state.bound.aliases.length, aliases - 1);
  bank.request = real;
  done(await phone.rekey());
  assert.equal(bank.desk.texts.length, 1);
});

test('reply: of another key ends at R9, to another device, kind or request at R10', async () => {
  const { bank, phone } = await pair();
  const { answerKey } = bank;
  const held = await bank.keySet();
  bank.keySet = async () => held;
  bank.answerKey = await generateSigning(false);
  refusedAt(await phone.askStatus(), 'R9');
  bank.answerKey = answerKey;
  for (const change of [{ 2: random(16) }, { 3: 3 }, { 4: random(32) }]) {
    bank.desk.spoil = (body) => ({ ...body, ...change });
    refusedAt(await phone.askStatus(), 'R10');
  }
  for (const change of [{ 1: 0 }, { 6: 8 }, { 8: random(16) }, { 10: 1 }]) {
    bank.desk.spoil = (body) => ({ ...body, ...change });
    refusedAt(await phone.askStatus(), 'R9');
  }
  bank.desk.spoil = (body) => body;
  done(await phone.askStatus());
});

test('keys: a reply signed by a new answer key is taken once the new key set is here', async () => {
  const { bank, phone } = await pair();
  bank.version = 2;
  bank.answerKey = await generateSigning(false);
  const versions = [];
  phone.core.events.keys = (version) => versions.push(version);
  assert.equal(done(await phone.askStatus()).keySetVersion, 2);
  assert.deepEqual(versions, [2]);
});

test('K5: a lower recovery epoch or minimum suite is refused', async () => {
  const { bank, phone } = await pair();
  bank.recoveryEpoch = 2;
  bank.version = 2;
  assert.equal(await phone.core.refreshKeys(), true);
  bank.version = 3;
  bank.recoveryEpoch = 1;
  await assert.rejects(phone.core.refreshKeys(), { step: 'K5' });
});

test('K4: any key of a use that is inside its validity; a set with more than four at a time is refused', async () => {
  const { bank, phone } = await pair();
  const { map } = await import('../src/cbor.js');
  const { sha256 } = await import('../src/crypto.js');
  const more = async (notBefore, notAfter) => {
    const { publicKey } = await generateSigning(false);
    const kid = (await sha256(publicKey)).slice(0, 8);
    return map({ 1: kid, 2: 'answer', 3: publicKey, 4: notBefore, 5: notAfter, 6: -7 });
  };
  for (let i = 0; i < 3; i++) {
    bank.moreKeys.unshift(await more(0, time.now + HOUR - 1));
  }
  bank.moreKeys.push(await more(time.now + HOUR, time.now + DAY));
  bank.version = 2;
  await phone.core.refreshKeys();
  done(await phone.askStatus());
  bank.moreKeys.push(await more(0, time.now + DAY));
  bank.version = 3;
  await assert.rejects(phone.core.refreshKeys(), { step: 'K2' });
});

const pays = async (sides, pin, ending) => {
  const asked = done(await sides.till.makeBill(REQUEST));
  done(await sides.till.send(asked));
  const half = await approved(sides.phone, sides.till, asked, pin);
  done(await sides.phone.send(half));
  const ended = done(await sides.phone.awaitAnswer(half, 1000));
  assert.equal(ended.ending, ending);
  return ended;
};

test('PIN: both are good until the new one is proven; a wrong old one changes nothing', async () => {
  const sides = await pair();
  const { bank, phone } = sides;
  refusedAt(await phone.changePin('000000', '111111'), 'wrong-pin');
  assert.equal(atBank(bank, phone).wrong, 1);
  await pays(sides, PIN, 'APPROVED');
  done(await phone.changePin(PIN, '111111'));
  assert.ok(atBank(bank, phone).newVerifier);
  await pays(sides, '111111', 'APPROVED');
  assert.equal(atBank(bank, phone).newVerifier, null);
  await pays(sides, PIN, 'DECLINED');
  refusedAt(await sides.till.changePin('1', '2'), 'pin');
  refusedAt(await phone.changePin('111111', ''), 'pin');
});

test('PIN: where the reply is lost the old one stays good, and nothing of either is on the disk', async () => {
  const sides = await kept();
  const { bank, phone, store } = sides;
  bank.desk.loses.add(4);
  assert.equal((await phone.changePin(PIN, '111111')).refusal.type, UNREACHABLE);
  assert.deepEqual(decodeState(store.content).requests, []);
  assert.ok(!Buffer.from(store.content).includes(Buffer.from(atBank(bank, phone).newVerifier)));
  await pays(sides, PIN, 'APPROVED');
  done(await phone.changePin(PIN, '222222'));
  await pays(sides, '222222', 'APPROVED');
  await pays(sides, '111111', 'DECLINED');
});

test('back-off: while it lasts the bank does not look at a PIN, and the device says so', async () => {
  const sides = await pair();
  const { bank, phone, till } = sides;
  const until = [];
  phone.core.events.blocked = (at) => until.push(at);
  await pays(sides, '000000', 'DECLINED');
  await pays(sides, '000000', 'DECLINED');
  const ended = await pays(sides, PIN, 'DECLINED');
  assert.deepEqual([ended.reason, ended.blockedUntil], ['BLOCKED', time.now + 30_000]);
  assert.deepEqual(until, [time.now + 30_000]);
  assert.equal(phone.standing().blockedUntil, time.now + 30_000);
  const asked = done(await till.makeBill(REQUEST));
  const checked = done(await phone.readBill(till.bill(asked.number).qrText()));
  refusedAt(await phone.approve(checked, null, PIN), 'blocked');
  refusedAt(await phone.changePin(PIN, '111111'), 'blocked');
  assert.equal(atBank(bank, phone).wrong, 2);
  time.now += 30_001;
  await pays(sides, PIN, 'APPROVED');
  assert.equal(done(await phone.askStatus()).blockedUntil, 0);
  assert.equal(phone.standing().blockedUntil, 0);
});

test('lodge: who types the number has the bill, with all its checks', async () => {
  const { bank, till, phone } = await pair();
  const asked = done(await till.makeBill(REQUEST));
  done(await till.send(asked));
  refusedAt(await phone.fetchBill(asked.number), 'gone');
  assert.equal(done(await till.lodge(asked.number)).expires, asked.notAfter);
  const typed = typableNumber(asked.number);
  assert.match(typed, /^(\w{4}-){4}[0-9A-Z*+$%]$/);
  const checked = done(await phone.fetchBill(typed.toLowerCase().replaceAll('-', ' ')));
  assert.equal(checked.body.number, asked.number);
  done(await phone.approve(checked, null, PIN));
  const wrong = typed.slice(0, -1) + (typed.endsWith('0') ? '1' : '0');
  refusedAt(await phone.fetchBill(wrong), 'number');
  refusedAt(await phone.fetchBill(typed.slice(0, -2)), 'number'); // no check symbol
  refusedAt(await till.lodge('0000000000000000'), 'lodge');
  const other = done(await till.makeBill(REQUEST));
  bank.desk.bills.set(other.number, bank.desk.bills.get(asked.number));
  refusedAt(await phone.fetchBill(other.number), 'B1');
  bank.desk.bills.set(other.number, random(100));
  refusedAt(await phone.fetchBill(other.number), 'B1');
});

test('number: reserved by the bank, for one bill, until it is over; lost replies reserve one only', async () => {
  const sides = await pair();
  const { bank, till, phone } = sides;
  bank.desk.loses.add(7);
  assert.equal((await till.reserveNumber()).refusal.type, UNREACHABLE);
  const { number, label, expires } = done(await till.reserveNumber());
  assert.equal(bank.desk.issued.size, 1);
  assert.equal(expires, time.now + 900_000);
  const asked = done(await till.makeBill({ ...REQUEST, number }));
  assert.equal(asked.number, number);
  const checked = done(await phone.readBill(till.bill(number).qrText()));
  assert.equal(checked.body.routingLabel, label);
  done(await till.send(asked));
  const half = done(await phone.approve(checked, null, PIN));
  done(await phone.send(half));
  assert.equal(done(await phone.awaitAnswer(half, 1000)).ending, 'APPROVED');
  refusedAt(await till.makeBill({ ...REQUEST, number }), 'number');
  const second = done(await till.reserveNumber());
  time.now += 900_001;
  refusedAt(await till.makeBill({ ...REQUEST, number: second.number }), 'number');
  for (let i = bank.desk.issued.size; i < 8; i++) {
    done(await till.reserveNumber());
  }
  refusedAt(await till.reserveNumber(), 'limit');
});

test('number: a reply that comes after a restart is kept', async () => {
  const bank = await FakeBank.make(clock);
  const store = new MemoryStore();
  const till = await enrolled(bank, 'PROVIDER', store);
  bank.desk.loses.add(7);
  await till.reserveNumber();
  const again = await open(bank, store);
  assert.equal((await again.resume()).problem, null);
  const [{ number }] = again.core.state.numbers;
  done(await again.makeBill({ ...REQUEST, number }));
});

/** Two phones of one account. */
async function family(limit = 0) {
  const bank = await FakeBank.make(clock);
  const account = random(16);
  const till = await enrolled(bank, 'PROVIDER');
  const first = await enrolled(bank, 'USER', new MemoryStore(), {}, account);
  time.now += DAY;
  bank.newDeviceLimit = limit;
  const store = new MemoryStore();
  const second = await enrolled(bank, 'USER', store, {}, account);
  return { bank, till, first, second, store };
}

test('not me: another device of the account is suspended, and the others hear of it', async () => {
  const { bank, first, second } = await family();
  const id = second.identity().deviceId;
  refusedAt(await first.notMe(null, null), 'arguments');
  refusedAt(await first.notMe(random(16), null), 'gone');
  const said = done(await first.notMe(id, null));
  assert.deepEqual(said, { deviceSuspended: true, halvesEnded: false });
  assert.deepEqual([atBank(bank, second).state, atBank(bank, second).reason], [2, 'OWNER']);
  assert.equal(done(await second.askStatus()).state, 'suspended');
  assert.equal(done(await first.askStatus()).devices[0].state, 'suspended');
  done(await first.awaitNotices(0));
  assert.deepEqual(first.keptNotices().map(({ kind }) => kind), [1, 2]);
});

test('not me: what waits under a number is ended', async () => {
  const { till, first, second } = await family();
  const asked = done(await till.makeBill(REQUEST));
  const half = await approved(second, till, asked);
  done(await second.send(half));
  assert.equal(done(await first.notMe(null, asked.number)).halvesEnded, true);
  const ended = done(await second.awaitAnswer(half, 1000));
  assert.deepEqual([ended.ending, ended.reason], ['DECLINED', 'DEVICE_SUSPENDED']);
});

test('countersign: lifts the limit of a new device, of which a notice must have told', async () => {
  const { bank, till, first, second } = await family(100);
  const sides = { bank, till, phone: second };
  const ended = await pays(sides, PIN, 'DECLINED');
  assert.equal(ended.reason, 'ABOVE_LIMIT');
  const id = second.identity().deviceId;
  refusedAt(await first.countersign(id), 'countersign');
  assert.equal(done(await first.awaitNotices(0)), 1);
  done(await first.countersign(id));
  const [newest] = done(await first.askStatus()).devices;
  assert.deepEqual([newest.countersigned, newest.limit], [true, 100]);
  await pays(sides, PIN, 'APPROVED');
});

test('presence: both sides are shown the same number; without the bill\'s word there is none', async () => {
  const sides = await pair();
  const { till, phone } = sides;
  const shown = [];
  phone.core.events.presence = (number, presence) => shown.push(presence);
  const asked = done(await till.makeBill({ ...REQUEST, presence: true }));
  done(await till.send(asked));
  const half = await approved(phone, till, asked);
  assert.deepEqual(termsOf(half).extensions, { presence: Uint8Array.of(1) });
  done(await phone.send(half));
  assert.equal(done(await phone.awaitAnswer(half, 1000)).presence, 7);
  assert.equal(done(await till.awaitAnswer(asked, 1000)).presence, 7);
  assert.deepEqual(shown, [7]);
  const plain = await payment(sides);
  assert.deepEqual(termsOf(plain.half).extensions, {});
  assert.equal(phone.receipts().at(-1).presence, null);
});

test('extensions: kept as evidence; a critical one that the bank does not know is declined', async () => {
  const sides = await pair();
  const { till, phone } = sides;
  const note = { note: Uint8Array.of(1, 2) };
  const asked = done(await till.makeBill({ ...REQUEST, presence: true, extensions: note }));
  assert.deepEqual(Object.keys(termsOf(asked).extensions).sort(), ['note', 'presence']);
  done(await till.send(asked));
  const checked = done(await phone.readBill(till.bill(asked.number).qrText()));
  for (const bad of [
    { a: random(65) },
    { ['x'.repeat(17)]: random(1) },
    { '': random(1) },
    { a: 1 },
    Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((name) => [name, random(1)])),
  ]) {
    refusedAt(await phone.approve(checked, null, PIN, { critical: bad }), 'extensions');
  }
  const half = done(await phone.approve(checked, null, PIN, { critical: note }));
  assert.deepEqual(termsOf(half).critical, note);
  done(await phone.send(half));
  const ended = done(await phone.awaitAnswer(half, 1000));
  assert.deepEqual([ended.ending, ended.reason], ['DECLINED', 'OWN_HALF_REFUSED']);
});

test('answers that overtake each other: the lines between are fetched, later answers fit them', async () => {
  const sides = await pair();
  const { bank, till } = sides;
  const first = await paid(sides);
  const second = await paid(sides);
  bank.held.add(first.asked.number);
  assert.equal(done(await till.awaitAnswer(second.asked, 1000)).ending, 'APPROVED');
  assert.equal(till.logIndex(), 2);
  assert.equal(till.core.state.bound.lines.length, 1);
  bank.held.clear();
  assert.equal(done(await till.awaitAnswer(first.asked, 1000)).ending, 'APPROVED');
  assert.equal(till.core.state.bound.lines.length, 0);
  assert.equal(till.logIndex(), 2);
  assert.deepEqual(done(await till.logLines(1, 2)).map(({ index }) => index), [1, 2]);
});

test('log: lines that do not follow, or others than those asked for, are refused', async () => {
  const sides = await pair();
  const { bank, till } = sides;
  const first = await paid(sides);
  const second = await paid(sides);
  bank.held.add(first.asked.number);
  const own = atBank(bank, till);
  const good = own.lines[0];
  own.lines[0] = { ...good, column1: random(32) };
  refusedAt(await till.awaitAnswer(second.asked, 50), 'pending');
  own.lines[0] = { ...good, index: 2 };
  assert.deepEqual(done(await till.logLines(1, 1)), []);
  assert.equal(till.logIndex(), 0);
});

test('suites: a bank that asks for suite 2 is refused clearly by a platform without it', async () => {
  const bank = await FakeBank.make(clock);
  bank.suites = [1, 2];
  const device = await open(bank, new MemoryStore(), {}, { suites: [1] });
  bank.minimumSuite = 2;
  const activation = await bank.activate('USER', 'phone');
  const refused = await device.enrol(activation, PIN, FOOTPRINT, () => assert.fail('not asked'));
  refusedAt(refused, 'suite');
  assert.match(refused.refusal.title, /suite 2.*WebCrypto lacks ML-KEM-768/);
  bank.suites = [2];
  bank.minimumSuite = 1;
  const alone = await bank.activate('USER', 'phone');
  refusedAt(await device.enrol(alone, PIN, FOOTPRINT, () => assert.fail('not asked')), 'suite');
  assert.deepEqual(bank.messages, []);
  bank.suites = [1, 2];
  const both = await bank.activate('USER', 'phone');
  done(await device.enrol(both, PIN, FOOTPRINT, () => true));
  assert.equal(device.standing().suite, 1);
  done(await device.askStatus());
});
