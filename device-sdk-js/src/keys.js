/** The bank's keys; docs/PROTOCOL.md section 2. */
import { ALG, FORMAT, LIMITS, SUITE } from './format.js';
import { DSA_KEY_LENGTH } from './pq.js';
import { MalformedInput, SignatureRefused } from './refusal.js';
import { MapReader, asArray, decode } from './cbor.js';
import { decodeSign1, holds, payload } from './cose.js';
import { equal } from './bytes.js';
import { sha256, uncompressed } from './crypto.js';

/** @typedef {import('./bytes.js').Bytes} Bytes */

const USES = ['answer', 'receipt', 'certificate', 'checkpoint', 'forward'];

/**
 * @typedef {object} BankKey
 * @property {string} use answer, receipt, certificate, checkpoint or forward
 * @property {Bytes} key point, 33 bytes, or ML-DSA-65 key, 1,952 bytes
 * @property {number} notBefore
 * @property {number} notAfter
 * @property {number} alg
 */

/**
 * @param {any} item
 * @returns {Promise<BankKey>}
 */
async function bankKey(item) {
  const reader = new MapReader(item);
  const kid = reader.bytes(1, 8);
  const alg = reader.integer(6);
  if (alg !== ALG.ES256 && alg !== ALG.ML_DSA_65) {
    throw new MalformedInput('key of an unknown algorithm');
  }
  const key = {
    use: reader.text(2, 16),
    key: reader.bytes(3, alg === ALG.ES256 ? 33 : DSA_KEY_LENGTH),
    notBefore: reader.integer(4),
    notAfter: reader.integer(5),
    alg,
  };
  reader.end();
  if (!USES.includes(key.use)) {
    throw new MalformedInput('key of an unknown use');
  }
  if (alg === ALG.ES256) {
    uncompressed(key.key);
  }
  if (!equal(kid, (await sha256(key.key)).subarray(0, 8))) {
    throw new MalformedInput('key id does not fit its key');
  }
  return key;
}

/**
 * @param {BankKey[]} keys
 * @param {string} use
 * @param {number} at
 * @param {number} alg
 */
const validAt = (keys, use, at, alg) =>
  keys.filter(
    (key) => key.use === use && key.alg === alg && key.notBefore <= at && at <= key.notAfter,
  );

/** A key set whose signature held when it was read, with the bytes as received. */
export class BankKeys {
  /**
   * @param {Bytes} root
   * @param {Bytes} sign1
   * @param {{ consortium: string, bankName: string, version: number, keys: BankKey[],
   *   recoveryEpoch: number, minimumSuite: number }} content
   */
  constructor(root, sign1, content) {
    this.root = root;
    this.sign1 = sign1;
    this.consortium = content.consortium;
    this.bankName = content.bankName;
    this.version = content.version;
    this.keys = content.keys;
    this.recoveryEpoch = content.recoveryEpoch;
    this.minimumSuite = content.minimumSuite;
  }

  /**
   * K1 and K2.
   *
   * @param {Uint8Array} sign1 COSE_Sign1
   * @param {Uint8Array} root point, 33 bytes
   * @param {Uint8Array} fingerprint that is pinned
   * @param {string} consortium
   */
  static async verify(sign1, root, fingerprint, consortium) {
    if (!equal(await sha256(root), fingerprint)) {
      throw new SignatureRefused('keys');
    }
    const context = { type: 'keys', suite: SUITE.CLASSIC, consortium };
    const reader = new MapReader(decode(await payload(sign1, root, context)));
    reader.integer(1, FORMAT, FORMAT);
    const items = asArray(reader.value(5));
    if (items.length > LIMITS.bankKeys) {
      throw new MalformedInput('too many keys');
    }
    const keys = await Promise.all(items.map(bankKey));
    if (keys.some((key) => validAt(keys, key.use, key.notBefore, key.alg).length > LIMITS.keysAtATime)) {
      throw new MalformedInput('more than four keys of one use at a time');
    }
    const content = {
      consortium: reader.text(2, 2),
      bankName: reader.text(3, 64),
      version: reader.integer(4, 1),
      keys,
      recoveryEpoch: reader.integer(7, 0),
      minimumSuite: reader.integer(8, SUITE.CLASSIC, SUITE.HYBRID),
    };
    reader.integer(6);
    reader.end();
    return new BankKeys(/** @type {Bytes} */ (root), /** @type {Bytes} */ (sign1), content);
  }

  /**
   * K4: the keys of a use that are inside their validity, at most four.
   *
   * @param {string} use
   * @param {number} at
   * @param {number} [alg]
   */
  valid(use, at, alg = ALG.ES256) {
    return validAt(this.keys, use, at, alg);
  }

  /**
   * K4: the payload of what a key of this use signed while it was valid.
   *
   * @param {Uint8Array} sign1
   * @param {string} use
   * @param {{ type: string, suite: number, number?: string }} context
   * @param {number} at when the key must be valid
   * @param {number} [alg]
   * @throws {SignatureRefused} where no such key signed it
   */
  async signed(sign1, use, { type, suite, number = '' }, at, alg = ALG.ES256) {
    const message = decodeSign1(sign1, alg);
    const context = { type, suite, consortium: this.consortium, number };
    for (const { key } of this.valid(use, at, alg)) {
      if (await holds(message, key, context)) {
        return message.payload;
      }
    }
    throw new SignatureRefused(type);
  }
}
