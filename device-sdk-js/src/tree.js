/**
 * The Merkle tree over the lines of all devices' logs, as far as a device checks it.
 * docs/PROTOCOL.md section 9.1; RFC 9162, 2.1.
 */
import { MalformedInput } from './refusal.js';
import { asArray, asBytes, encode } from './cbor.js';
import { equal } from './bytes.js';
import { sha256 } from './crypto.js';

/** @typedef {import('./bytes.js').Bytes} Bytes */
/** @typedef {{ position: number, proof: Bytes[] }} Inclusion */

const HASH_LENGTH = 32;
const MAX_HASHES = 64;
const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

/**
 * The leaf of a line of a device's log.
 *
 * @param {Uint8Array} deviceId
 * @param {number} index
 * @param {Uint8Array} head after the line
 */
export const leafHash = (deviceId, index, head) =>
  sha256(LEAF, encode(['tallystick leaf', deviceId, index, head]));

/**
 * @param {Uint8Array} left
 * @param {Uint8Array} right
 */
const nodeHash = (left, right) => sha256(NODE, left, right);

/**
 * Refuses what is no proof by its form alone.
 *
 * @template {Uint8Array} T
 * @param {T[]} proof
 */
export function requireHashes(proof) {
  if (proof.length > MAX_HASHES || proof.some((hash) => hash.length !== HASH_LENGTH)) {
    throw new MalformedInput('not a proof of hashes');
  }
  return proof;
}

/**
 * As an item of evidence.
 *
 * @param {any} item
 * @returns {Inclusion}
 */
export function inclusionOf(item) {
  const [position, proof] = asArray(item, 2);
  if (typeof position !== 'number' || position < 0) {
    throw new MalformedInput('position of a leaf is not an integer');
  }
  return { position, proof: requireHashes(asArray(proof).map((hash) => asBytes(hash, HASH_LENGTH))) };
}

/**
 * One step up: whether a sibling is at the left, and where the two are among their level's nodes
 * after it. Numbers go up to 2^53, so there are no shifts.
 *
 * @param {number} fn
 * @param {number} sn
 */
function stepUp(fn, sn) {
  const fromLeft = fn % 2 === 1 || fn === sn;
  if (fromLeft) {
    while (fn % 2 === 0 && fn > 0) {
      fn /= 2;
      sn = Math.floor(sn / 2);
    }
  }
  return { fromLeft, fn: Math.floor(fn / 2), sn: Math.floor(sn / 2) };
}

/**
 * Whether a leaf is at a position of a tree; RFC 9162, 2.1.3.2.
 *
 * @param {Uint8Array} leaf its hash
 * @param {number} position from 0
 * @param {number} size
 * @param {Uint8Array[]} proof
 * @param {Uint8Array} root
 */
export async function includes(leaf, position, size, proof, root) {
  if (position < 0 || position >= size || leaf.length !== HASH_LENGTH) {
    return false;
  }
  let [hash, fn, sn] = [leaf, position, size - 1];
  for (const sibling of proof) {
    if (sn === 0) {
      return false;
    }
    const step = stepUp(fn, sn);
    hash = step.fromLeft ? await nodeHash(sibling, hash) : await nodeHash(hash, sibling);
    ({ fn, sn } = step);
  }
  return sn === 0 && equal(hash, root);
}

/**
 * Whether a tree is the beginning of another; RFC 9162, 2.1.4.2.
 *
 * @param {number} before size
 * @param {Uint8Array} rootBefore
 * @param {number} size
 * @param {Uint8Array} root
 * @param {Uint8Array[]} proof
 */
export async function consistent(before, rootBefore, size, root, proof) {
  if (before < 1 || before > size) {
    return false;
  }
  if (before === size) {
    return proof.length === 0 && equal(rootBefore, root);
  }
  let [fn, sn] = [before - 1, size - 1];
  while (fn % 2 === 1) {
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  // where the beginning is one full subtree, its root is not sent
  const path = fn === 0 ? [rootBefore, ...proof] : proof;
  if (path.length === 0) {
    return false;
  }
  let [older, newer] = [path[0], path[0]];
  for (const sibling of path.slice(1)) {
    if (sn === 0) {
      return false;
    }
    const step = stepUp(fn, sn);
    if (step.fromLeft) {
      older = await nodeHash(sibling, older);
      newer = await nodeHash(sibling, newer);
    } else {
      newer = await nodeHash(newer, sibling);
    }
    ({ fn, sn } = step);
  }
  return sn === 0 && equal(older, rootBefore) && equal(newer, root);
}
