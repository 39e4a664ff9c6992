/** The bank's keys; docs/PROTOCOL.md section 2. */
import { MapReader, asArray, decode } from './cbor.js';
import { FORMAT } from './format.js';
import { MalformedInput, SignatureRefused } from './refusal.js';
import { decodeSign1, holds, payload } from './cose.js';
import { equal } from './bytes.js';
import { sha256, uncompressed } from './crypto.js';

/** @typedef {import('./bytes.js').Bytes} Bytes */

/**
 * @typedef {object} BankKey
 * @property {string} use answer, receipt or certificate
 * @property {Bytes} key point, 33 bytes
 * @property {number} notBefore
 * @property {number} notAfter
 */

/**
 * @param {any} item
 * @returns {Promise<BankKey>}
 */
async function bankKey(item) {
  const reader = new MapReader(item);
  const kid = reader.bytes(1, 8);
  const key = {
    use: reader.text(2, 16),
    key: reader.bytes(3, 33),
    notBefore: reader.integer(4),
    notAfter: reader.integer(5),
  };
  reader.end();
  uncompressed(key.key);
  if (!equal(kid, (await sha256(key.key)).subarray(0, 8))) {
    throw new MalformedInput('key id does not fit its key');
  }
  return key;
}

/** A key set whose signature held when it was read, with the bytes as received. */
export class BankKeys {
  /**
   * @param {Bytes} root
   * @param {Bytes} sign1
   * @param {{ consortium: string, bankName: string, version: number, keys: BankKey[] }} content
   */
  constructor(root, sign1, { consortium, bankName, version, keys }) {
    this.root = root;
    this.sign1 = sign1;
    this.consortium = consortium;
    this.bankName = bankName;
    this.version = version;
    this.keys = keys;
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
    const reader = new MapReader(decode(await payload(sign1, root, { type: 'keys', consortium })));
    reader.integer(1, FORMAT, FORMAT);
    const content = {
      consortium: reader.text(2, 2),
      bankName: reader.text(3, 64),
      version: reader.integer(4, 1),
      keys: await Promise.all(asArray(reader.value(5)).map(bankKey)),
    };
    reader.integer(6);
    reader.end();
    return new BankKeys(/** @type {Bytes} */ (root), /** @type {Bytes} */ (sign1), content);
  }

  /**
   * Every key of a use; around a change of keys there are two.
   *
   * @param {string} use
   */
  all(use) {
    return this.keys.filter((key) => key.use === use);
  }

  /**
   * K4: the payload of what a key of this use signed while it was valid.
   *
   * @param {Uint8Array} sign1
   * @param {string} use
   * @param {{ type: string, number?: string }} context
   * @param {number} at when the key must be valid
   * @throws {SignatureRefused} where no such key signed it
   */
  async signed(sign1, use, { type, number = '' }, at) {
    const message = decodeSign1(sign1);
    for (const { key, notBefore, notAfter } of this.all(use)) {
      const context = { type, consortium: this.consortium, number };
      if (notBefore <= at && at <= notAfter && (await holds(message, key, context))) {
        return message.payload;
      }
    }
    throw new SignatureRefused(type);
  }
}
