/** A bank's tree over all logs in memory, and what a bank that lies does with it. */
import { BankRefused } from '../src/refusal.js';
import { CONSORTIUM, sign } from './fake-teller.js';
import { encode, map } from '../src/cbor.js';
import { equal } from '../src/bytes.js';
import { generateSigning, sha256 } from '../src/crypto.js';
import { originOf } from '../src/checkpoint.js';

const nodeHash = (left, right) => sha256(Uint8Array.of(1), left, right);

/** RFC 9162, 2.1, word for word. */
const split = (n) => 2 ** Math.floor(Math.log2(n - 1));

async function root(leaves) {
  if (leaves.length === 1) {
    return leaves[0];
  }
  const k = split(leaves.length);
  return nodeHash(await root(leaves.slice(0, k)), await root(leaves.slice(k)));
}

async function path(m, leaves) {
  if (leaves.length === 1) {
    return [];
  }
  const k = split(leaves.length);
  const [left, right] = [leaves.slice(0, k), leaves.slice(k)];
  return m < k
    ? [...(await path(m, left)), await root(right)]
    : [...(await path(m - k, right)), await root(left)];
}

async function subproof(m, leaves, whole) {
  if (m === leaves.length) {
    return whole ? [] : [await root(leaves)];
  }
  const k = split(leaves.length);
  const [left, right] = [leaves.slice(0, k), leaves.slice(k)];
  return m <= k
    ? [...(await subproof(m, left, whole)), await root(right)]
    : [...(await subproof(m - k, right, false)), await root(left)];
}

export class FakeTree {
  leaves = [];
  /** Shown whatever there is. */
  shown = null;
  denies = false;
  recoveryEpoch = 0;

  /** The tree of a bank, which has a checkpoint key from now on. */
  static async of(bank) {
    const tree = new FakeTree();
    tree.bank = bank;
    tree.key = await generateSigning(false);
    const { publicKey } = tree.key;
    const kid = (await sha256(publicKey)).slice(0, 8);
    const until = bank.clock() + 365 * 86_400_000;
    bank.moreKeys.push(map({ 1: kid, 2: 'checkpoint', 3: publicKey, 4: 0, 5: until, 6: -7 }));
    bank.version++;
    bank.checkpoint = () => tree.checkpoint();
    bank.consistency = (from, to) => tree.consistency(from, to);
    bank.inclusion = (leaf, size) => tree.inclusion(leaf, size);
    return tree;
  }

  /** So many leaves of other devices. */
  async addOthers(count) {
    for (let i = 0; i < count; i++) {
      this.leaves.push(await sha256(Uint8Array.of(this.leaves.length, i)));
    }
  }

  async checkpoint() {
    this.bank.reach(null);
    if (this.shown) {
      return this.shown;
    }
    const hash = await root(this.leaves);
    const base64 = btoa(String.fromCharCode(...hash));
    const origin = originOf(CONSORTIUM, this.bank.rootFingerprint);
    const body = `${origin}\n${this.leaves.length}\n${base64}\n`;
    const content = { 1: 1, 2: CONSORTIUM, 3: body, 4: this.bank.clock(), 5: this.recoveryEpoch };
    return { sign1: await sign(this.key, 'checkpoint', encode(map(content))), second: null };
  }

  async consistency(from, to) {
    this.bank.reach(null);
    if (this.denies || from < 1 || from > to || to > this.leaves.length) {
      throw new BankRefused('urn:tallystick:problem:bad-request', 'no', 400);
    }
    return subproof(from, this.leaves.slice(0, to), true);
  }

  async inclusion(leaf, size) {
    this.bank.reach(null);
    const position = this.leaves.slice(0, size).findIndex((one) => equal(one, leaf));
    if (this.denies || position < 0) {
      throw new BankRefused('urn:tallystick:problem:not-found', 'no', 404);
    }
    return { position, proof: await path(position, this.leaves.slice(0, size)) };
  }
}
