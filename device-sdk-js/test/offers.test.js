/** Offers, by which a sender starts; and what a bank tells of a half that waits. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  MemoryStore,
  PIN,
  REQUEST,
  buys,
  clock,
  done,
  enrolled,
  kept,
  open,
  pair,
  refusedAt,
  time,
} from './bench.js';
import { FakeBank } from './fake-bank.js';
import { offerText } from '../src/offer.js';
import { random } from '../src/crypto.js';
import { termsOf } from '../src/half.js';

/** An offer with what the receiver scanned. */
const offers = async ({ phone }, request) => done(await phone.makeOffer(request));

test('offer: sender starts, receiver lodges, sender looks and pays', async () => {
  const sides = await kept();
  const { bank, till, store } = sides;
  const made = await offers(sides, { amount: 400, currency: 'USD', text: 'Tea for two' });
  assert.match(made.text, /^TALLYO:[A-Za-z0-9_-]+$/);
  assert.deepEqual(done(await till.readOffer(` ${made.text}\n`)), made.offer);
  const phone = await open(bank, store);
  refusedAt(await phone.lookOffer(made.offer.id), 'gone');
  const bill = done(await till.acceptOffer(made.text));
  done(await till.send(bill));
  const seen = done(await phone.lookOffer(made.offer.id));
  assert.deepEqual([seen.provider.displayName, seen.body.total], ['till', 400]);
  assert.deepEqual(seen.body.items, [{ text: 'Tea for two', amount: 400 }]);
  const half = done(await phone.approve(seen, null, PIN));
  done(await phone.send(half));
  assert.equal(done(await till.awaitAnswer(bill, 1000)).ending, 'APPROVED');
});

test('offer: the first bill stays; one that says something else is refused at F2', async () => {
  const sides = await pair();
  const { bank, till, phone } = sides;
  const open = await offers(sides, { currency: 'USD' });
  const first = done(await till.acceptOffer(open.text, REQUEST));
  refusedAt(await till.acceptOffer(open.text, REQUEST), 'limit');
  assert.equal(done(await phone.lookOffer(open.offer.id)).body.number, first.number);
  const made = await offers(sides, { amount: 400, currency: 'USD' });
  const other = done(await till.makeBill({ ...REQUEST, items: [{ text: 'x', amount: 401 }], tax: 0 }));
  done(await till.lodge(other.number));
  bank.desk.bills.set(Buffer.from(made.offer.id).toString('hex'), bank.desk.bills.get(other.number));
  refusedAt(await phone.lookOffer(made.offer.id), 'F2');
  refusedAt(await phone.lookOffer(random(10)), 'offer');
});

test('offer: of another consortium, expired, too long ahead, or another amount is refused at F1', async () => {
  const sides = await pair();
  const { till, phone } = sides;
  const made = await offers(sides, { amount: 400, currency: 'USD' });
  for (const change of [{ consortium: 'XX' }, { expires: time.now - 1 }, { expires: time.now + 900_001 }]) {
    refusedAt(await till.acceptOffer(offerText({ ...made.offer, ...change })), 'F1');
  }
  for (const text of ['TALLYO:', 'TALLY1:AA', `${made.text}A`, 'TALLYO:'.padEnd(2000, 'A')]) {
    refusedAt(await till.acceptOffer(text), 'F1');
  }
  refusedAt(await till.acceptOffer(made.text, { ...REQUEST, tax: 51 }), 'F1');
  refusedAt(await till.acceptOffer(made.text, { ...REQUEST, currency: 'CHF' }), 'F1');
  const open = await offers(sides, {});
  refusedAt(await till.acceptOffer(open.text), 'F1');
  refusedAt(await phone.makeOffer({ amount: 400 }), 'F1');
  refusedAt(await phone.makeOffer({ text: 'x'.repeat(65) }), 'F1');
  refusedAt(await phone.makeOffer({ lifeMillis: 900_001 }), 'F1');
  refusedAt(await till.makeOffer({}), 'role');
  refusedAt(await phone.acceptOffer(made.text), 'role');
  time.now += 601_000;
  refusedAt(await till.acceptOffer(made.text), 'F1');
  await offers(sides, {});
  assert.equal(phone.core.state.offers.length, 1, 'what has expired is forgotten');
});

test('progress: told once for each message, only where it was asked for, and gone with the answer', async () => {
  const bank = await FakeBank.make(clock);
  const heard = [];
  const progress = (number, stage, told) => stage === 'WAITING' && heard.push([number, told.i, told.notAfter]);
  const till = await enrolled(bank, 'PROVIDER', new MemoryStore(), { progress });
  const phone = await enrolled(bank, 'USER');
  const { answers } = bank;
  const waits = [];
  bank.answers = (pickups, wait, hear) => {
    waits.push(wait > 2_000);
    return answers.call(bank, pickups, wait, hear);
  };
  const quiet = done(await till.makeBill(REQUEST));
  done(await till.send(quiet));
  refusedAt(await till.awaitAnswer(quiet, 20), 'pending');
  assert.deepEqual(heard, []);
  const bill = done(await till.makeBill({ ...REQUEST, progress: true }));
  done(await till.send(bill));
  refusedAt(await till.awaitAnswer(bill, 40), 'pending');
  assert.deepEqual(heard, [[bill.number, 1, bill.notAfter]]);
  const waiting = [...bank.slots.values()].flat().find(({ code }) => code.number === bill.number);
  await bank.tell(waiting, 2);
  refusedAt(await till.awaitAnswer(bill, 40), 'pending');
  assert.deepEqual(heard.map(([, i]) => i), [1, 2]);
  const checked = done(await phone.readBill(till.bill(bill.number).qrText()));
  const half = done(await phone.approve(checked, null, PIN, { progress: true }));
  assert.deepEqual(termsOf(half).extensions.progress, Uint8Array.of(1));
  done(await phone.send(half));
  assert.equal(done(await till.awaitAnswer(bill, 1000)).ending, 'APPROVED');
  assert.equal(bank.told.size, 0);
  const other = done(await till.makeBill({ ...REQUEST, progress: true }));
  done(await till.send(other));
  waits.length = 0;
  const waiter = till.awaitAnswer(other, 10_000);
  while (waits.length < 3) {
    await new Promise((go) => setTimeout(go, 5));
  }
  assert.deepEqual(waits.slice(0, 3), [false, true, true], 'the first word is not waited for long');
  const second = done(await phone.readBill(till.bill(other.number).qrText()));
  done(await phone.send(done(await phone.approve(second, null, PIN))));
  assert.equal(done(await waiter).ending, 'APPROVED');
});

const STRANGE = {
  'another device': { 1: random(16) },
  'another epoch': { 2: 1 },
  'another n': { 3: 1 },
  'another code': { 4: random(32) },
  'another number of its own': { 5: 2 },
  'an unknown stage': { 6: 2 },
  'a time outside the key set': { 7: -1 },
};

for (const [name, change] of Object.entries(STRANGE)) {
  test(`progress: about ${name} is passed over, and the answer still counts`, async () => {
    const sides = await pair();
    const { bank, till } = sides;
    const heard = [];
    till.core.events.progress = (number, stage) => stage === 'WAITING' && heard.push(number);
    bank.spoilProgress = (body) => ({ ...body, ...change });
    await buys(sides, { progress: true });
    const waits = done(await till.makeBill({ ...REQUEST, progress: true }));
    done(await till.send(waits));
    refusedAt(await till.awaitAnswer(waits, 20), 'pending');
    assert.deepEqual(heard, []);
  });
}
