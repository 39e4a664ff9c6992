/** Epochs: rekey, clones, states and banks that were put back, keys of the bank. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  REQUEST,
  approved,
  atBank,
  copyOf,
  done,
  kept,
  open,
  paid,
  pair,
  payment,
  refusedAt,
  time,
} from './bench.js';
import { LIMITS } from '../src/format.js';
import { decodeState } from '../src/state.js';
import { equal } from '../src/bytes.js';
import { generateSigning } from '../src/crypto.js';
import { termsOf } from '../src/half.js';

const UNREACHABLE = 'urn:tallystick:problem:unreachable';
const DAY = 86_400_000;
const HOUR = 3_600_000;

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
  refusedAt(await phone.reserveNumber(), 'R8'); // a suspended device may only ask how it stands
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
  const sides = await kept();
  const { bank, store, phone } = sides;
  const old = copyOf(store);
  done(await phone.rekey());
  const stale = await open(bank, old);
  assert.equal((await stale.resume()).problem.type, 'urn:tallystick:device:behind');
  assert.equal(atBank(bank, phone).state, 1, 'nothing was done that would suspend the device');
  await payment(sides);
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
  const sides = await pair();
  const { bank, phone } = sides;
  for (let i = 0; i < 3; i++) {
    await payment(sides);
    done(await phone.rekey());
  }
  await payment(sides);
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
