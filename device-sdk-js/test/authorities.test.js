/** Crashes around what purchases leave behind: one code, one effect, on both sides. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MemoryStore, atBank, buys, clock, done, enrolled, open, time } from './bench.js';
import { FakeBank } from './fake-bank.js';

const DAY = 86_400_000;

/** A hold is completed and the payer hears of it; after each crash both are opened again. */
async function completedWithCrash(side, crashAt, crashAfter) {
  const bank = await FakeBank.make(clock);
  const stores = { till: new MemoryStore(), phone: new MemoryStore() };
  let till = await enrolled(bank, 'PROVIDER', stores.till);
  let phone = await enrolled(bank, 'USER', stores.phone);
  const hold = { limit: 900, until: time.now + DAY };
  const { bill } = await buys({ till, phone }, { hold });
  Object.assign(stores[side], { writes: 0, crashAt, crashAfter });
  const live = async () => {
    if (till.receipts().length === 1) {
      const [open] = till.openHalves();
      const code = open ?? done(await till.complete(bill.number, 700));
      done(await till.send(code));
      done(await till.awaitAnswer(code, 1000));
    }
    done(await phone.awaitNotices(0));
    return true;
  };
  let crashes = 0;
  for (let lived = false; !lived; ) {
    try {
      lived = await live();
    } catch (fault) {
      assert.match(String(fault), /crash/);
      crashes++;
      till = await open(bank, stores.till);
      phone = await open(bank, stores.phone);
    }
  }
  assert.deepEqual([till.authorities(), phone.authorities(), bank.authorities.all], [[], [], []]);
  assert.deepEqual(till.receipts().map(({ purpose, ending }) => [purpose, ending]), [
    [1, 'APPROVED'],
    [3, 'APPROVED'],
  ]);
  assert.equal(phone.keptNotices().length, 1);
  assert.equal(atBank(bank, till).consumed.length, 2, 'one code for each of the two');
  return { crashes, writes: stores[side].writes };
}

for (const side of ['till', 'phone']) {
  test(`hold: a crash of the ${side} at every durable write, before and after it: completed once`, async () => {
    const { writes, crashes } = await completedWithCrash(side, Infinity, false);
    assert.equal(crashes, 0);
    assert.equal(writes, side === 'till' ? 3 : 1);
    for (let at = 1; at <= writes; at++) {
      for (const after of [false, true]) {
        assert.equal((await completedWithCrash(side, at, after)).crashes, 1, `write ${at}`);
      }
    }
  });
}
