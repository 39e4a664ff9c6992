/**
 * Device and bank meet again, whatever is lost between them: random lives with lost requests, lost
 * replies, crashes, rekeys and notices. The seed is printed and can be given.
 */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
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
  time,
} from './bench.js';
import { encode } from '../src/cbor.js';
import { random } from '../src/crypto.js';

const SEED = process.env.SEED ?? String(Date.now());
console.log(`# SEED=${SEED}`);
const LIVES = 12;
const STEPS = 40;

/** Numbers from a seed. */
const chance = (label) => {
  let counter = 0;
  return (limit) =>
    createHash('sha256').update(`${SEED} ${label} ${counter++}`).digest().readUInt32BE() % limit;
};

/** What goes wrong on the way, and goes right again. */
function disturb(bank, below) {
  bank.offline = below(8) === 0;
  bank.losesReplies = below(8) === 0;
  bank.desk.drops = below(6) === 0 ? 1 : 0;
  bank.desk.loses = new Set(below(3) === 0 ? [1 + below(4)] : []);
  bank.held = new Set(below(4) === 0 ? [`notice ${1 + below(3)}`] : []);
}

async function step(life, below) {
  const { bank } = life;
  disturb(bank, below);
  const name = below(2) === 0 ? 'till' : 'phone';
  switch (below(9)) {
    case 0:
    case 1: {
      const asked = await life.till.makeBill(REQUEST);
      if (asked.ok) {
        life.bills.push(asked.value);
        await life.till.send(asked.value);
      }
      break;
    }
    case 2:
    case 3: {
      const asked = life.bills.shift();
      if (asked) {
        const half = await approved(life.phone, life.till, asked, PIN).catch(() => null);
        await (half && life.phone.send(half));
      }
      break;
    }
    case 4:
      await life[name].rekey();
      break;
    case 5:
      await life[name].askStatus();
      break;
    case 6:
      await bank.desk.notify(atBank(bank, life[name]), 2, encode([random(16), 'STAFF']));
      await life[name].awaitNotices(0);
      break;
    case 7: // as after a crash: what was not written is gone
      life[name] = await open(bank, life.stores[name]);
      await life[name].resume();
      break;
    default: {
      const [half] = life[name].openHalves();
      await (half && life[name].awaitAnswer(half, 20));
      time.now += below(120_000);
    }
  }
}

async function liveOn(number) {
  const below = chance(`life ${number}`);
  const bank = await FakeBank.make(clock);
  const stores = { till: new MemoryStore(), phone: new MemoryStore() };
  const till = await enrolled(bank, 'PROVIDER', stores.till);
  const phone = await enrolled(bank, 'USER', stores.phone);
  const life = { bank, stores, till, phone, bills: [] };
  for (let i = 0; i < STEPS; i++) {
    await step(life, below);
  }
  Object.assign(bank, { offline: false, losesReplies: false, held: new Set() });
  Object.assign(bank.desk, { drops: 0, loses: new Set() });
  return life;
}

for (let number = 0; number < LIVES; number++) {
  test(`life ${number}: they meet again, one effect, one answer, one rekey for each epoch`, async () => {
    const life = await liveOn(number);
    const { bank } = life;
    for (const name of ['phone', 'till', 'phone']) {
      life[name] = await open(bank, life.stores[name]);
      const { problem } = await life[name].resume();
      assert.equal(problem, null, JSON.stringify(problem));
      const own = atBank(bank, life[name]);
      assert.equal(own.state, 1, own.reason);
      const bases = own.rekeys.map(({ base }) => base);
      assert.equal(new Set(bases).size, bases.length);
      assert.deepEqual(life[name].core.state.requests, []);
      assert.equal(life[name].standing().epoch, own.epochs.at(-1).epoch);
      assert.equal(life[name].logIndex(), own.lines.length);
      assert.deepEqual(life[name].core.state.bound.logHead, own.head);
      const notices = own.lines.filter(({ column3 }) => Buffer.from(column3).includes('notice'));
      assert.equal(life[name].keptNotices().length, notices.length);
    }
    const endings = (device) =>
      new Map(device.receipts().map((entry) => [entry.number, entry.ending]));
    const [asked, paid] = [endings(life.till), endings(life.phone)];
    for (const [number, ending] of paid) {
      assert.equal(asked.get(number), ending);
    }
    const last = done(await life.till.makeBill(REQUEST));
    done(await life.till.send(last));
    const half = await approved(life.phone, life.till, last);
    done(await life.phone.send(half));
    assert.equal(done(await life.phone.awaitAnswer(half, 1000)).ending, 'APPROVED');
  });
}
