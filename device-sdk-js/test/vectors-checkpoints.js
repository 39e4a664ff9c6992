/** Checks of checkpoints.json: the tree over all logs. */
import assert from 'node:assert/strict';
import * as bytes from '../src/bytes.js';
import * as checkpoint from '../src/checkpoint.js';
import * as tree from '../src/tree.js';
import { BankKeys } from '../src/keys.js';
import { StepRefused } from '../src/refusal.js';
import { decodeBundle } from '../src/evidence.js';
import { decodeSign1, payload } from '../src/cose.js';
import { lineHead } from '../src/log.js';
import { sha256 } from '../src/crypto.js';
import { decode } from '../src/cbor.js';
import { has, same, un } from './vector-values.js';

const keysOf = async (keySet, rootPublic, consortium) => {
  const root = un(rootPublic);
  const fingerprint = await sha256(root);
  return { fingerprint, keys: await BankKeys.verify(keySet, root, fingerprint, consortium) };
};

async function verified(v) {
  const { fingerprint, keys } = await keysOf(un(v.keySet), v.rootPublic, v.consortium);
  const signed = { sign1: un(v.checkpoint), second: un(v.checkpoint2) };
  return checkpoint.verifiedCheckpoint(signed, v.suite, keys, fingerprint);
}

/** Where the platform lacks ML-DSA-65, the first signature alone. */
const readable = (v) => (has ? v : { ...v, suite: 1, checkpoint2: null });

const refusedUnless = (holds) => {
  if (!holds) {
    throw new StepRefused('proof', '');
  }
};

export const GOOD = {
  leaf: async (v) => same(v, 'leafHash', await tree.leafHash(un(v.deviceId), v.index, un(v.head))),
  tree: async (v) => {
    const size = v.leafHashes.length;
    const root = un(v.roots[size - 1]);
    for (let at = 0; at < size; at++) {
      const inclusion = v.inclusions[at].map(un);
      assert.ok(await tree.includes(un(v.leafHashes[at]), at, size, inclusion, root));
      const consistency = v.consistencies[at].map(un);
      assert.ok(await tree.consistent(at + 1, un(v.roots[at]), size, root, consistency));
    }
  },
  checkpoint: async (v) => {
    const read = await verified(readable(v));
    same(v, 'payload', decodeSign1(un(v.checkpoint)).payload);
    same(v, 'root', read.root);
    const { body, origin, size, time, recoveryEpoch } = read;
    const { body: b, origin: o, size: s, time: t, recoveryEpoch: r } = v;
    assert.deepEqual([body, origin, size, time, recoveryEpoch], [b, o, s, t, r]);
  },
  'evidence-in-tree': async (v) => {
    const bundle = decodeBundle(un(v.bundle));
    const { fingerprint, keys } = await keysOf(bundle.keySet, v.rootPublic, bundle.consortium);
    const signed = has ? bundle.checkpoint : { ...bundle.checkpoint, second: null };
    const read = await checkpoint.verifiedCheckpoint(signed, has ? 2 : 1, keys, fingerprint);
    for (const { bindingRecord, inclusion, line } of bundle.sides) {
      const context = { type: 'binding', suite: 1, consortium: bundle.consortium };
      const [certificateKey] = keys.valid('certificate', read.time);
      const record = decode(await payload(bindingRecord, certificateKey.key, context));
      const leaf = await tree.leafHash(record.get(3), line.index, await lineHead(line));
      const { position, proof } = inclusion;
      assert.ok(await tree.includes(leaf, position, read.size, proof, read.root));
      assert.ok(!(await tree.includes(leaf, position + 1, read.size, proof, read.root)));
    }
    assert.equal(bytes.toBase64Url(fingerprint), read.origin.split('/')[2]);
  },
};

export const BAD = {
  'inclusion-bad': async (v) =>
    refusedUnless(
      await tree.includes(un(v.leafHash), v.position, v.size, v.proof.map(un), un(v.root)),
    ),
  'consistency-bad': async (v) =>
    refusedUnless(
      await tree.consistent(v.from, un(v.rootBefore), v.size, un(v.root), v.proof.map(un)),
    ),
  'checkpoint-bad': verified,
};
