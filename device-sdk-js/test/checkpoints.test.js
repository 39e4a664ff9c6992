/** C1 to C5: what a device does with the checkpoints of an honest bank, and of others. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FakeTree } from './fake-tree.js';
import { done, kept, open, payment, refusedAt, time } from './bench.js';
import { equal } from '../src/bytes.js';
import { generateSigning, random } from '../src/crypto.js';
import { leafHash } from '../src/tree.js';
import { lineHead } from '../src/log.js';
import { SETTLED_MILLIS } from '../src/checkpoint-desk.js';

async function bench() {
  const sides = await kept();
  const tree = await FakeTree.of(sides.bank);
  await tree.addOthers(3);
  const seen = [];
  await sides.phone.close();
  const events = {
    checkpoint: (size) => seen.push(`checkpoint ${size}`),
    contradiction: (step) => seen.push(`contradiction ${step}`),
    checkpointsBegunAnew: (epoch) => seen.push(`anew ${epoch}`),
  };
  sides.phone = await open(sides.bank, sides.store, events);
  return { ...sides, tree, seen, events };
}

const later = () => (time.now += 120_000);

/** A payment; its line is in the phone's log. */
async function pay(sides) {
  await payment(sides);
  return sides.phone.core.state.finished.at(-1).line;
}

const leafOf = async ({ phone }, line) =>
  leafHash(phone.identity().deviceId, line.index, await lineHead(line));

function assertEvidence({ phone, seen }, step, held, shown) {
  const evidence = phone.evidenceAgainstBank();
  assert.equal(evidence.length, 1);
  assert.equal(evidence[0].step, step);
  assert.ok(equal(evidence[0].older.sign1, held.sign1));
  assert.ok(equal(evidence[0].newer.sign1, shown.sign1));
  assert.ok(seen.includes(`contradiction ${step}`));
}

/** What the tree shows from now on, the same bytes each time. */
const fixed = async (tree) => {
  tree.shown = null;
  tree.shown = await tree.checkpoint();
  return tree.shown;
};

test('an honest bank: each checkpoint is taken after the other', async () => {
  const sides = await bench();
  const { phone, tree, seen } = sides;
  assert.equal(done(await phone.checkpoint()).size, 3);
  assert.equal(done(await phone.checkpoint()).size, 3);
  const line = await pay(sides);
  await tree.addOthers(2);
  tree.leaves.push(await leafOf(sides, line));
  later();
  await tree.addOthers(5);
  assert.equal(done(await phone.checkpoint()).size, 11);
  assert.ok(seen.includes('checkpoint 11'));
  assert.deepEqual(phone.evidenceAgainstBank(), []);
});

test('a fork: another past is evidence, also after a restart', async () => {
  const sides = await bench();
  const held = await fixed(sides.tree);
  done(await sides.phone.checkpoint());
  sides.tree.leaves[1] = random(32);
  let shown = await fixed(sides.tree);
  refusedAt(await sides.phone.checkpoint(), 'C2');
  refusedAt(await sides.phone.checkpoint(), 'C2');
  assertEvidence(sides, 'C2', held, shown);
  await sides.phone.close();
  sides.phone = await open(sides.bank, sides.store, sides.events);
  assertEvidence(sides, 'C2', held, shown);
  await sides.tree.addOthers(1);
  later();
  shown = await fixed(sides.tree);
  refusedAt(await sides.phone.checkpoint(), 'C3');
  assert.equal(sides.phone.evidenceAgainstBank().length, 2);
  assert.equal(sides.phone.evidenceAgainstBank()[1].step, 'C3');
});

test('a roll-back: a smaller tree that was signed later is evidence', async () => {
  const sides = await bench();
  const held = await fixed(sides.tree);
  done(await sides.phone.checkpoint());
  sides.tree.leaves.length = 2;
  later();
  const shown = await fixed(sides.tree);
  refusedAt(await sides.phone.checkpoint(), 'C2');
  assertEvidence(sides, 'C2', held, shown);
});

test('an older checkpoint shown again is refused and no evidence', async () => {
  const { phone, tree } = await bench();
  const old = await fixed(tree);
  later();
  await tree.addOthers(1);
  await fixed(tree);
  done(await phone.checkpoint());
  tree.shown = old;
  refusedAt(await phone.checkpoint(), 'stale');
  assert.deepEqual(phone.evidenceAgainstBank(), []);
});

test('a wrong key is refused and no evidence', async () => {
  const { phone, tree } = await bench();
  const own = tree.key;
  tree.key = await generateSigning(false);
  refusedAt(await phone.checkpoint(), 'C1');
  assert.deepEqual(phone.evidenceAgainstBank(), []);
  tree.key = own;
  done(await phone.checkpoint());
});

test('an own line that is left out is evidence, once it is a minute old', async () => {
  const sides = await bench();
  const { phone, tree } = sides;
  const line = await pay(sides);
  time.now += SETTLED_MILLIS - 1;
  const held = await fixed(tree);
  done(await phone.checkpoint());
  time.now += 1;
  await tree.addOthers(1);
  const shown = await fixed(tree);
  refusedAt(await phone.checkpoint(), 'C4');
  assertEvidence(sides, 'C4', held, shown);
  tree.leaves.push(await leafOf(sides, line));
  tree.shown = null;
  assert.equal(done(await phone.checkpoint()).size, 5);
});

test('proofs that the bank denies are evidence, a bank out of reach is not', async () => {
  const sides = await bench();
  const { bank, phone, tree } = sides;
  const held = await fixed(tree);
  done(await phone.checkpoint());
  await tree.addOthers(1);
  const shown = await fixed(tree);
  bank.offline = true;
  assert.equal((await phone.checkpoint()).ok, false);
  assert.deepEqual(phone.evidenceAgainstBank(), []);
  bank.offline = false;
  tree.denies = true;
  refusedAt(await phone.checkpoint(), 'C3');
  assertEvidence(sides, 'C3', held, shown);
});

test('a raised recovery epoch begins anew and keeps the older one', async () => {
  const sides = await bench();
  const { bank, phone, tree, seen } = sides;
  tree.leaves.push(await leafOf(sides, await pay(sides)));
  later();
  const held = await fixed(tree);
  done(await phone.checkpoint());
  tree.leaves.length = 2;
  tree.leaves[0] = random(32);
  tree.recoveryEpoch = 1;
  later();
  await fixed(tree);
  refusedAt(await phone.checkpoint(), 'C1'); // the key set does not say so
  assert.deepEqual(phone.evidenceAgainstBank(), []);
  bank.recoveryEpoch = 1;
  bank.version++;
  assert.equal(done(await phone.checkpoint()).size, 2);
  assert.ok(seen.includes('anew 1'));
  const [older] = phone.evidenceAgainstBank();
  assert.equal(older.step, 'recovery');
  assert.ok(equal(older.older.sign1, held.sign1));
  await tree.addOthers(1);
  later();
  tree.shown = null;
  assert.equal(done(await phone.checkpoint()).size, 3, 'the lost line is not asked for');
  tree.leaves[1] = random(32);
  refusedAt(await phone.checkpoint(), 'C2');
});
