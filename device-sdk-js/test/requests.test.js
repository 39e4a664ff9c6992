/** Sealed requests and what they change: status, PIN, numbers, bills, devices of an account. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FakeBank } from './fake-bank.js';
import {
  FOOTPRINT,
  MemoryStore,
  PIN,
  REQUEST,
  approved,
  atBank,
  clock,
  done,
  enrolled,
  kept,
  open,
  paid,
  pair,
  payment,
  pays,
  refusedAt,
  time,
} from './bench.js';
import { decodeState } from '../src/state.js';
import { equal, hex } from '../src/bytes.js';
import { generateSigning, random } from '../src/crypto.js';
import { termsOf } from '../src/half.js';
import { typableNumber } from '../src/crockford.js';

const UNREACHABLE = 'urn:tallystick:problem:unreachable';
const DAY = 86_400_000;
const HOUR = 3_600_000;

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

test('challenge: one that the bank no longer takes is asked for anew, once', async () => {
  const { bank, phone } = await pair();
  done(await phone.askStatus());
  bank.desk.challengeKey = random(32); // what came with the last reply is worth nothing now
  done(await phone.reserveNumber());
  assert.equal(bank.desk.texts.length, 3);
  assert.deepEqual(phone.core.state.requests, []);
  bank.challenge = async () => random(32);
  bank.desk.challengeKey = random(32);
  refusedAt(await phone.reserveNumber(), 'challenge');
  assert.equal(bank.desk.texts.length, 5);
});

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
