/** Epochs are left in order, and what is taken when while a bank was put back: 10.1. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  REQUEST,
  approved,
  atBank,
  done,
  kept,
  open,
  paid,
  pair,
  payment,
  refusedAt,
  time,
  used,
} from './bench.js';
import { encode } from '../src/cbor.js';
import { equal } from '../src/bytes.js';
import { random } from '../src/crypto.js';

const DAY = 86_400_000;

/** The bank says, in its key set, that it was put back. */
const raise = (bank) => {
  bank.recoveryEpoch++;
  bank.version++;
};

test('rekey: not from an epoch of which no code has its answer, asked for or due', async () => {
  const sides = await pair();
  const { bank, till, phone } = sides;
  done(await phone.rekey()); // the first leaves the bank with two
  refusedAt(await phone.rekey(), 'rekey');
  time.now += DAY;
  assert.equal((await phone.resume()).rekeyed, false);
  const { asked, half } = await paid(sides);
  refusedAt(await phone.rekey(), 'rekey');
  assert.equal(bank.desk.texts.length, 2, 'the rekey and the status of the restart');
  done(await phone.awaitAnswer(half, 1000));
  assert.equal(phone.standing().epoch, 2, 'now it was due');
  done(await till.awaitAnswer(asked, 1000));
  refusedAt(await phone.rekey(), 'rekey');
  await payment(sides);
  done(await phone.rekey());
  assert.equal(phone.standing().epoch, 3);
});

test('rekey: beside the bank, or after a raised recovery epoch, none is waited for', async () => {
  const { bank, phone } = await pair();
  raise(bank);
  await phone.core.refreshKeys();
  done(await phone.rekey());
  await phone.core.keeper.update(({ bound }) => ({ bound: { ...bound, apart: true } }));
  done(await phone.rekey());
  assert.equal(phone.standing().epoch, 2);
});

test('recovery: from learning of it until the log is taken up no answer and no notice is taken', async () => {
  const sides = await used();
  const { bank, phone } = sides;
  const { half } = await paid(sides);
  await bank.desk.notify(atBank(bank, phone), 2, encode([random(16), 'STAFF']));
  raise(bank);
  await phone.core.refreshKeys();
  bank.desk.strange = true; // no rekey yet
  refusedAt(await phone.awaitAnswer(half, 50), 'R8');
  refusedAt(await phone.awaitNotices(0), 'R8');
  const arrived = await bank.answers([half.pickup], 0, async () => undefined);
  assert.equal(await phone.answers.take(arrived[0]), false);
  const [told] = await bank.answers(await phone.notices.pickups(), 0, async () => undefined);
  assert.equal(await phone.notices.take(told), false);
  assert.deepEqual([phone.openHalves().length, phone.keptNotices().length, phone.logIndex()], [1, 0, 1]);
  bank.desk.strange = false;
  assert.equal(done(await phone.awaitAnswer(half, 1000)).ending, 'APPROVED', 'fetched again');
  assert.equal(phone.standing().recoveryEpoch, 1);
  assert.equal(done(await phone.awaitNotices(0)), 1);
  assert.equal(phone.logIndex(), atBank(bank, phone).lines.length);
});

test('recovery: between the rekey and the status nothing is taken either, a restart included', async () => {
  const sides = await used();
  const { bank, store } = sides;
  const { half } = await paid(sides);
  raise(bank);
  await sides.phone.core.refreshKeys();
  bank.desk.loses.add(1); // the status after the rekey
  assert.equal((await sides.phone.awaitAnswer(half, 0)).ok, false);
  assert.equal(sides.phone.standing().epoch, 1);
  const phone = await open(bank, store);
  const arrived = await bank.answers([half.pickup], 0, async () => undefined);
  assert.equal(await phone.answers.take(arrived[0]), false);
  const { answered, rekeyed, problem } = await phone.resume();
  assert.deepEqual([answered, rekeyed, problem], [1, false, null]);
});

/** A bank that has lost payments 2 and 3 and then declined so many halves of an epoch it does not want. */
async function putBack(declined) {
  const sides = await kept();
  const { bank, till, phone } = sides;
  await payment(sides);
  const backUp = bank.backUp();
  await payment(sides);
  await payment(sides);
  bank.putBack(backUp);
  raise(bank);
  const halves = [];
  for (let i = 0; i < declined; i++) {
    const asked = done(await till.makeBill(REQUEST));
    const half = await approved(phone, till, asked);
    done(await phone.send(half));
    halves.push(half);
  }
  return { ...sides, halves };
}

for (const [declined, how] of [[1, 'shorter'], [2, 'as long'], [5, 'longer'], [20, 'longer by pages']]) {
  test(`bank restore: its other log is ${how}; A5 asks for the keys, and what it decided is taken`, async () => {
    const { bank, till, phone, halves } = await putBack(declined);
    const back = [];
    phone.core.events.logRolledBack = (index) => back.push(index);
    assert.equal(phone.logIndex(), 3);
    for (const half of halves) {
      const ended = done(await phone.awaitAnswer(half, 1000));
      assert.deepEqual([ended.ending, ended.reason], ['DECLINED', 'REKEY_FIRST']);
    }
    assert.deepEqual(back, [1 + declined]);
    const own = atBank(bank, phone);
    assert.ok(equal(phone.core.state.bound.logHead, own.head));
    assert.deepEqual(phone.core.state.bound.lines, [], 'each stood for an answer');
    assert.equal(phone.receipts().filter(({ ending }) => ending === 'APPROVED').length, 3);
    await till.resume();
    await payment({ till, phone });
    assert.equal(own.state, 1, own.reason);
  });
}

test('bank restore: a log that goes on from the device\'s is no other log', async () => {
  const sides = await kept();
  const { bank, till, phone } = sides;
  await payment(sides);
  const { half } = await paid(sides);
  raise(bank);
  phone.core.events.logRolledBack = () => assert.fail('nothing was lost');
  await phone.core.refreshKeys();
  assert.equal(done(await phone.awaitAnswer(half, 1000)).ending, 'APPROVED');
  assert.equal(phone.logIndex(), 2);
  await till.resume();
  await payment(sides);
});

test('bank restore: lines that do not end at the bank\'s head are not taken up', async () => {
  const { bank, phone, halves } = await putBack(5);
  const own = atBank(bank, phone);
  const right = own.lines[3];
  own.lines[3] = { ...right, column2: random(32) };
  refusedAt(await phone.awaitAnswer(halves[0], 1000), 'A5');
  assert.equal(phone.logIndex(), 3);
  own.lines[3] = right;
  const { head } = own;
  own.head = random(32);
  refusedAt(await phone.awaitAnswer(halves[0], 1000), 'A5');
  own.head = head;
  assert.equal(done(await phone.awaitAnswer(halves[0], 1000)).reason, 'REKEY_FIRST');
});

test('A5: where no recovery epoch explains it, it is said', async () => {
  const { bank, till, phone } = await pair();
  atBank(bank, phone).head = random(32);
  const { half } = await paid({ till, phone });
  bank.version++;
  refusedAt(await phone.awaitAnswer(half, 1000), 'A5');
  assert.equal((await phone.core.heldKeys()).version, 2, 'it has looked');
  assert.equal(phone.openHalves().length, 1);
});

test('held answers: after a restore they are fetched again', async () => {
  const sides = await kept();
  const { bank, phone } = sides;
  await payment(sides);
  const backUp = bank.backUp();
  const first = await paid(sides);
  const second = await paid(sides);
  bank.held.add(first.half.number);
  bank.desk.strange = true;
  refusedAt(await phone.awaitAnswer(second.half, 50), 'pending');
  assert.equal(phone.openHalves()[1].state, 'HELD');
  bank.held.clear();
  bank.desk.strange = false;
  bank.putBack(backUp);
  raise(bank);
  await phone.resume(); // the same bytes, in a bank that has never seen them
  const endings = phone.receipts().map(({ reason }) => reason);
  assert.deepEqual(phone.openHalves().map(({ state }) => state), ['ACCEPTED']);
  assert.deepEqual(endings, ['NONE', 'REKEY_FIRST']);
  assert.equal((await phone.resume()).answered, 1);
  assert.deepEqual(phone.openHalves(), []);
});
