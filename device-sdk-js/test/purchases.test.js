/** What a purchase may go beyond the bill's amount, and what it leaves behind, on both sides. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  PIN,
  REQUEST,
  atBank,
  buys,
  done,
  kept,
  open,
  pair,
  refusedAt,
  time,
} from './bench.js';
import { MAX_AUTHORITIES } from '../src/state.js';
import { encode } from '../src/cbor.js';
import { decodeReceipt } from '../src/receipt.js';
import { decodeSign1 } from '../src/cose.js';
import { random } from '../src/crypto.js';
import { subjectOf } from '../src/notice.js';
import { termsOf } from '../src/half.js';
import { typableNumber } from '../src/crockford.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const UNREACHABLE = 'urn:tallystick:problem:unreachable';

const receiptOf = ({ receipt }) => decodeReceipt(decodeSign1(receipt).payload);

test('tip: the payer adds it within the bill\'s, both receipts and logs have the whole', async () => {
  const sides = await pair();
  const { half, paid, sold } = await buys(sides, { tip: 100 }, { tip: 60 });
  assert.equal(termsOf(half).amount, 460);
  for (const receipt of [paid, sold].map(receiptOf)) {
    assert.equal(receipt.amount, 460);
    assert.deepEqual(receipt.conditions.limits, { tip: 60, hold: null, recurring: null });
  }
  const none = await buys(sides, { tip: 100 });
  assert.equal(termsOf(none.half).conditions.limits, null);
  assert.equal(receiptOf(none.sold).amount, 400);
});

test('tip: more than the bill allows, or where it allows none, is refused before anything is sealed', async () => {
  const { till, phone } = await pair();
  for (const [asked, tip] of [[{ tip: 100 }, 101], [{}, 1], [{ tip: 100 }, -1], [{ tip: 100 }, 0.5]]) {
    const bill = done(await till.makeBill({ ...REQUEST, ...asked }));
    const checked = done(await phone.readBill(till.bill(bill.number).qrText()));
    refusedAt(await phone.approve(checked, null, PIN, { tip }), 'tip');
  }
  refusedAt(await till.makeBill({ ...REQUEST, tip: 0 }), 'bill');
  assert.deepEqual(phone.openHalves(), []);
});

test('content hash and consent: shown with the bill, agreed to or granted in part', async () => {
  const sides = await pair();
  const contentHash = random(32);
  const { checked, paid, sold } = await buys(sides, { contentHash, consent: 5 }, { consent: 4 });
  assert.deepEqual(checked.body.conditions, { limits: null, contentHash, consent: 5, terms: false });
  for (const receipt of [paid, sold].map(receiptOf)) {
    assert.deepEqual(receipt.conditions, { limits: null, contentHash, consent: 4, terms: false });
  }
  for (const consent of [2, 7, 16, -1]) {
    refusedAt(await sides.phone.approve(checked, null, PIN, { consent }), 'consent');
  }
});

test('loyalty id: the payer\'s, on both receipts; one that no receipt can have is refused', async () => {
  const sides = await pair();
  const { paid, sold } = await buys(sides, {}, { loyaltyId: 'M-4711' });
  assert.deepEqual([paid, sold].map((one) => receiptOf(one).loyaltyId), ['M-4711', 'M-4711']);
  const bill = done(await sides.till.makeBill(REQUEST));
  const other = done(await sides.phone.readBill(sides.till.bill(bill.number).qrText()));
  for (const loyaltyId of ['', 'x'.repeat(33), 'a\u202eb', 'é', 'a\n']) {
    refusedAt(await sides.phone.approve(other, null, PIN, { loyaltyId }), 'half');
  }
});

const SPOILT = {
  'another amount': [{ tip: 100 }, { tip: 60 }, (said) => ({ ...said, 12: 461 })],
  'no tip': [{ tip: 100 }, { tip: 60 }, (said) => ({ ...said, 25: undefined })],
  'another tip': [{ tip: 100 }, { tip: 60 }, (said) => ({ ...said, 25: new Map([[1, 61]]) })],
  'consent that was not granted': [{ consent: 3 }, { consent: 1 }, (said) => ({ ...said, 23: 3 })],
  'another content hash': [{ contentHash: random(32) }, {}, (said) => ({ ...said, 26: random(32) })],
  'no content hash': [{ contentHash: random(32) }, {}, (said) => ({ ...said, 26: undefined })],
  'another loyalty id': [{}, { loyaltyId: 'a' }, (said) => ({ ...said, 21: 'b' })],
  'a level that was not typed': [{}, {}, (said) => ({ ...said, 22: 1 })],
  'terms mode': [{}, {}, (said) => ({ ...said, 24: true })],
  'another hold': [
    { hold: { limit: 900, until: time.now + DAY } },
    {},
    (said) => ({ ...said, 25: new Map([[2, [901, time.now + DAY]]]) }),
  ],
};

for (const [name, [asked, given, spoil]] of Object.entries(SPOILT)) {
  test(`receipt: with ${name} is refused at A4, and the half stays open`, async () => {
    const { bank, till, phone } = await pair();
    bank.spoilReceipt = spoil;
    const bill = done(await till.makeBill({ ...REQUEST, ...asked }));
    done(await till.send(bill));
    const checked = done(await phone.readBill(till.bill(bill.number).qrText()));
    const half = done(await phone.approve(checked, null, PIN, given));
    done(await phone.send(half));
    refusedAt(await phone.awaitAnswer(half, 1000), 'A4');
    assert.equal(phone.openHalves().length, 1);
  });
}

for (const [name, spoil] of Object.entries({
  'another amount than half and tip': (said) => ({ ...said, 12: 401 }),
  'more than the bill\'s': (said) => ({ ...said, 12: 501, 25: new Map([[1, 101]]) }),
  'consent that was not asked for': (said) => ({ ...said, 23: 8 }),
  'a level of its own': (said) => ({ ...said, 22: 1 }),
  'no hold': (said) => ({ ...said, 25: undefined }),
})) {
  test(`receipt of the payee: ${name} is refused at A4`, async () => {
    const { bank, till, phone } = await pair();
    const hold = name === 'no hold' ? { limit: 900, until: time.now + DAY } : null;
    const bill = done(await till.makeBill({ ...REQUEST, tip: 100, consent: 1, hold }));
    done(await till.send(bill));
    const checked = done(await phone.readBill(till.bill(bill.number).qrText()));
    bank.spoilReceipt = spoil;
    const half = done(await phone.approve(checked, null, PIN, {}));
    done(await phone.send(half));
    refusedAt(await till.awaitAnswer(bill, 1000), 'A4');
  });
}

test('pairing: what disagrees ends the payer\'s half only, the payee\'s waits on', async () => {
  const sides = await pair();
  const { till, phone } = sides;
  const bill = done(await till.makeBill({ ...REQUEST, tip: 100 }));
  done(await till.send(bill));
  const checked = done(await phone.readBill(till.bill(bill.number).qrText()));
  checked.body.total += 1; // a payer's app that shows something else
  const wrong = done(await phone.approve(checked, null, PIN, { tip: 100 }));
  done(await phone.send(wrong));
  const ended = done(await phone.awaitAnswer(wrong, 1000));
  assert.deepEqual([ended.ending, ended.reason], ['DECLINED', 'HALVES_DO_NOT_MATCH']);
  const again = done(await phone.readBill(till.bill(bill.number).qrText()));
  const right = done(await phone.approve(again, null, PIN, { tip: 100 }));
  done(await phone.send(right));
  assert.equal(done(await till.awaitAnswer(bill, 1000)).ending, 'APPROVED');
});

test('hold: nothing more is needed of the payer; completed once, told to the payer, over on both sides', async () => {
  const sides = await kept();
  const { bank, till } = sides;
  const hold = { limit: 900, until: time.now + DAY };
  const { bill } = await buys(sides, { hold });
  const phone = await open(bank, sides.store);
  for (const [device, role] of [[till, 2], [phone, 1]]) {
    const [one] = device.authorities();
    assert.deepEqual([one.role, one.number, one.hold, one.recurring], [role, bill.number, hold, null]);
  }
  refusedAt(await till.complete(bill.number, 901), 'amount');
  refusedAt(await till.complete(bill.number, -1), 'amount');
  refusedAt(await till.charge(bill.number, 1), 'authority');
  refusedAt(await phone.complete(bill.number, 1), 'authority');
  const code = done(await till.complete(bill.number, 700));
  refusedAt(await till.complete(bill.number, 700), 'authority');
  const { purpose, belongsTo, billHash, conditions, counterparty } = termsOf(code);
  assert.deepEqual([purpose, belongsTo, counterparty], [3, bill.codeHash, null]);
  assert.deepEqual([billHash, conditions.limits], [termsOf(bill).billHash, null]);
  done(await till.send(code));
  const ended = done(await till.awaitAnswer(code, 1000));
  assert.deepEqual([ended.ending, ended.purpose, receiptOf(ended).amount], ['APPROVED', 3, 700]);
  assert.deepEqual(done(await till.awaitAnswer(bill.number, 0, 3)), ended);
  assert.equal(done(await till.awaitAnswer(bill.number, 0)).purpose, 1);
  assert.deepEqual(till.authorities(), []);
  refusedAt(await till.complete(bill.number, 1), 'authority');
  assert.equal(done(await phone.awaitNotices(0)), 1);
  const { about, ...used } = subjectOf(phone.keptNotices()[0]);
  assert.deepEqual([about, used], [
    'authority',
    { number: bill.number, purpose: 3, amount: 700, currency: 'USD', usedAt: time.now, codeHash: code.codeHash },
  ]);
  assert.deepEqual(phone.authorities(), []);
});

test('hold: given back by 0; released by the bank is told without a code; not after its end', async () => {
  const sides = await pair();
  const { bank, till, phone } = sides;
  const hold = { limit: 400, until: time.now + HOUR };
  const { bill } = await buys(sides, { hold });
  const code = done(await till.complete(bill.number, 0));
  done(await till.send(code));
  assert.equal(done(await till.awaitAnswer(code, 1000)).ending, 'APPROVED');
  const second = await buys(sides, { hold });
  time.now += HOUR + 1;
  refusedAt(await till.complete(second.bill.number, 1), 'authority');
  const subject = [second.bill.number, 3, 0, 'USD', time.now, null];
  await bank.desk.notify(atBank(bank, phone), 4, encode(subject));
  assert.equal(done(await phone.awaitNotices(0)), 2);
  assert.equal(subjectOf(phone.keptNotices()[1]).codeHash, null);
  await buys(sides, { recurring: { each: 5, count: 1, interval: HOUR, until: time.now + DAY } });
  assert.equal(till.authorities().length, 1, 'what is over is forgotten');
});

test('recurring: charges within what was granted, until the payer ends it', async () => {
  const sides = await pair();
  const { till, phone } = sides;
  const recurring = { each: 500, count: 3, interval: HOUR, until: time.now + 30 * DAY };
  const { bill } = await buys(sides, { recurring });
  const charges = async (amount) => {
    const code = done(await till.charge(bill.number, amount));
    done(await till.send(code));
    return done(await till.awaitAnswer(code, 1000));
  };
  refusedAt(await till.charge(bill.number, 501), 'amount');
  refusedAt(await till.charge(bill.number, 0), 'amount');
  refusedAt(await till.complete(bill.number, 1), 'authority');
  const early = await charges(500);
  assert.deepEqual([early.ending, early.reason], ['DECLINED', 'HALVES_DO_NOT_MATCH']);
  time.now += HOUR;
  assert.equal((await charges(500)).ending, 'APPROVED');
  time.now += HOUR;
  assert.equal((await charges(20)).ending, 'APPROVED');
  assert.equal(till.authorities().length, 1);
  assert.equal(done(await phone.awaitNotices(0)), 2);
  assert.deepEqual(phone.keptNotices().map((one) => subjectOf(one).amount), [500, 20]);
  refusedAt(await till.endAuthority(bill.number), 'authority');
  done(await phone.endAuthority(typableNumber(bill.number)));
  assert.deepEqual(phone.authorities(), []);
  time.now += HOUR;
  const refused = await charges(20);
  assert.deepEqual([refused.ending, refused.reason], ['DECLINED', 'OWN_HALF_REFUSED']);
});

test('end of an authority: the reply is lost, the same bytes are sent after a restart', async () => {
  const sides = await kept();
  const { bank } = sides;
  const recurring = { each: 500, count: 3, interval: HOUR, until: time.now + 30 * DAY };
  const { bill } = await buys(sides, { recurring });
  bank.desk.loses.add(11);
  assert.equal((await sides.phone.endAuthority(bill.number)).refusal.type, UNREACHABLE);
  assert.equal(sides.phone.authorities().length, 1);
  const phone = await open(bank, sides.store);
  assert.equal((await phone.resume()).problem, null);
  assert.deepEqual(phone.authorities(), []);
  assert.deepEqual(bank.authorities.all, []);
  const held = await buys({ ...sides, phone }, { hold: { limit: 900, until: time.now + DAY } });
  refusedAt(await phone.endAuthority(held.bill.number), 'not-permitted');
  assert.equal(phone.authorities().length, 1);
});

test('authorities: no bill and no half that would leave more behind than are kept', async () => {
  const sides = await pair();
  const { till, phone } = sides;
  const hold = { limit: 900, until: time.now + DAY };
  await buys(sides, { hold });
  const other = done(await till.makeBill({ ...REQUEST, hold }));
  const checked = done(await phone.readBill(till.bill(other.number).qrText()));
  for (const device of [till, phone]) {
    const [one] = device.authorities();
    await device.core.keeper.update(() => ({ authorities: Array(MAX_AUTHORITIES).fill(one) }));
  }
  refusedAt(await till.makeBill({ ...REQUEST, hold }), 'authorities');
  refusedAt(await phone.approve(checked, null, PIN), 'authorities');
  done(await till.makeBill(REQUEST));
});

test('terms mode: number and amount typed by a payer without the bill; both receipts say so', async () => {
  const { till, phone } = await pair();
  const asked = done(await till.makeTerms({ amount: 1200, currency: 'USD' }));
  done(await till.send(asked));
  const typed = { number: typableNumber(asked.number).toLowerCase(), amount: 1200, currency: 'USD' };
  const half = done(await phone.approveTerms(typed, null, PIN));
  const { conditions, counterparty, billHash } = termsOf(half);
  assert.deepEqual([conditions.terms, counterparty, billHash], [true, null, termsOf(asked).billHash]);
  refusedAt(await phone.approveTerms(typed, null, PIN), 'approve');
  done(await phone.send(half));
  for (const [device, entry] of [[phone, half], [till, asked]]) {
    const ended = done(await device.awaitAnswer(entry, 1000));
    assert.deepEqual([ended.ending, receiptOf(ended).conditions.terms], ['APPROVED', true]);
  }
  assert.equal(phone.bill(asked.number), null);
});

test('terms mode: another amount never meets; above the bank\'s limit; out of place', async () => {
  const { till, phone } = await pair();
  const asked = done(await till.makeTerms({ amount: 2501, currency: 'USD' }));
  done(await till.send(asked));
  const typed = { number: asked.number, amount: 2501, currency: 'USD' };
  const half = done(await phone.approveTerms(typed, null, PIN));
  done(await phone.send(half));
  const ended = done(await phone.awaitAnswer(half, 1000));
  assert.deepEqual([ended.ending, ended.reason], ['DECLINED', 'ABOVE_LIMIT']);
  const other = done(await phone.approveTerms({ ...typed, amount: 2500 }, null, PIN));
  done(await phone.send(other));
  refusedAt(await phone.awaitAnswer(other, 50), 'pending');
  const mistyped = asked.number + (typableNumber(asked.number).endsWith('0') ? '1' : '0');
  refusedAt(await phone.approveTerms({ ...typed, number: mistyped }, null, PIN), 'number');
  refusedAt(await phone.approveTerms({ ...typed, amount: 1.5 }, null, PIN), 'terms');
  refusedAt(await phone.approveTerms({ ...typed, currency: 'QQQ' }, null, PIN), 'terms');
  refusedAt(await till.approveTerms(typed, null, PIN), 'pin');
  refusedAt(await phone.makeTerms({ amount: 1, currency: 'USD' }), 'role');
  refusedAt(await till.makeTerms({ amount: -1, currency: 'USD' }), 'terms');
  const withdrawal = done(await till.cancel(asked.number));
  assert.deepEqual(termsOf(withdrawal).billHash, termsOf(asked).billHash);
});

test('compact: a short half; what does not fit in is refused', async () => {
  const { till, phone } = await pair();
  const asked = done(await till.makeTerms({ amount: 2500, currency: 'USD' }));
  done(await till.send(asked));
  const typed = { number: asked.number, amount: 2500, currency: 'USD' };
  refusedAt(await phone.approveTerms(typed, 'ninechars', PIN, { compact: true }), 'half');
  refusedAt(await phone.approveTerms(typed, null, PIN, { compact: true, loyaltyId: 'a' }), 'half');
  refusedAt(await phone.approveTerms(typed, null, PIN, { compact: true, progress: true }), 'half');
  const half = done(await phone.approveTerms(typed, 'eightchr', PIN, { compact: true }));
  assert.ok(half.code.length <= 612, `${half.code.length}`); // with numbers as they are in life
  done(await phone.send(half));
  assert.equal(done(await phone.awaitAnswer(half, 1000)).ending, 'APPROVED');
  assert.equal(done(await till.awaitAnswer(asked, 1000)).ending, 'APPROVED');
  const bill = done(await till.makeBill({ ...REQUEST, tip: 100 }));
  const checked = done(await phone.readBill(till.bill(bill.number).qrText()));
  refusedAt(await phone.approve(checked, null, PIN, { compact: true, tip: 1 }), 'half');
  const plain = done(await phone.approve(checked, null, PIN, { compact: true }));
  assert.equal(termsOf(plain).logHead.length, 16);
});

test('level PINs: set, proven, changed and removed under the PIN', async () => {
  const sides = await kept();
  const { bank, till, phone, store } = sides;
  refusedAt(await phone.setLevelPin(0, PIN, '1'), 'level');
  refusedAt(await phone.setLevelPin(8, PIN, '1'), 'level');
  refusedAt(await phone.setLevelPin(1, PIN, ''), 'pin');
  refusedAt(await till.setLevelPin(1, PIN, '1'), 'pin');
  refusedAt(await phone.setLevelPin(1, '000000', '1111'), 'wrong-pin');
  assert.deepEqual(phone.levels(), []);
  done(await phone.setLevelPin(1, PIN, '1111'));
  done(await phone.setLevelPin(3, PIN, '3333'));
  assert.deepEqual(phone.levels(), [1, 3]);
  const both = await buys(sides, {}, { levels: { 1: '1111', 3: '3333' } });
  assert.equal(receiptOf(both.paid).levels, 0b101);
  assert.equal(receiptOf(both.sold).levels, 0);
  const wrong = await buys(sides, {}, { levels: { 1: '2222' } }, 'DECLINED');
  assert.equal(wrong.paid.reason, 'OWN_HALF_REFUSED');
  assert.equal(atBank(bank, phone).wrong, 1);
  refusedAt(await phone.setLevelPin(1, '000000', '9'), 'wrong-pin');
  assert.deepEqual([...phone.levels()].sort(), [1, 3], 'the old one is still good');
  time.now += HOUR;
  done(await phone.setLevelPin(1, PIN, '2222'));
  await buys(sides, {}, { levels: { 1: '2222' } });
  done(await phone.changePin(PIN, PIN)); // a level's own PIN outlives a change of the device's
  const again = await open(bank, store);
  await buys({ till, phone: again }, {}, { levels: { 3: '3333' } });
  done(await again.setLevelPin(3, PIN, null));
  assert.deepEqual(again.levels(), [1]);
  assert.deepEqual([...atBank(bank, again).levels.keys()], [1]);
  const bill = done(await till.makeBill(REQUEST));
  const checked = done(await again.readBill(till.bill(bill.number).qrText()));
  refusedAt(await again.approve(checked, null, PIN, { levels: { 3: '3333' } }), 'level');
});

test('level PINs: at most three a half', async () => {
  const { till, phone } = await pair();
  const levels = { 1: '1', 2: '2', 3: '3', 4: '4' };
  for (const [level, pin] of Object.entries(levels)) {
    done(await phone.setLevelPin(Number(level), PIN, pin));
  }
  const bill = done(await till.makeBill(REQUEST));
  const checked = done(await phone.readBill(till.bill(bill.number).qrText()));
  refusedAt(await phone.approve(checked, null, PIN, { levels }), 'half');
});

test('level PIN: where the reply is lost none is here until it is set again; nothing of it on the disk', async () => {
  const sides = await kept();
  const { bank, phone, store } = sides;
  done(await phone.setLevelPin(2, PIN, '1111'));
  bank.offline = true;
  phone.requester.challenge = null; // so that not even a challenge is here
  assert.equal((await phone.setLevelPin(2, PIN, '2222')).refusal.type, UNREACHABLE);
  assert.deepEqual(phone.levels(), [2], 'nothing was asked');
  bank.offline = false;
  bank.desk.loses.add(10);
  assert.equal((await phone.setLevelPin(2, PIN, '2222')).refusal.type, UNREACHABLE);
  assert.deepEqual(phone.levels(), []);
  const verifier = atBank(bank, phone).levels.get(2);
  assert.ok(!Buffer.from(store.content).includes(Buffer.from(verifier)));
  done(await phone.setLevelPin(2, PIN, '2222'));
  await buys(sides, {}, { levels: { 2: '2222' } });
  assert.equal(atBank(bank, phone).wrong, 0);
});
