/** Everything that one sequencer number yields; docs/PROTOCOL.md section 4. */
import { encode } from './cbor.js';
import { expand, extract } from './crypto.js';
import { numberText } from './crockford.js';

/** @typedef {import('./bytes.js').Bytes} Bytes */

/**
 * A device's sequence before its next code. It never mutates: sealing gives the next one.
 *
 * @typedef {object} Sequence
 * @property {number} suite
 * @property {Bytes} deviceId 16 bytes
 * @property {number} epoch
 * @property {number} n
 * @property {Bytes} chain chain(n), 32 bytes
 * @property {Bytes} string2 32 bytes
 */

/** Who holds P(n) holds all outputs of n and the chain after it, and nothing before it. */
export class OneTimeKeys {
  /**
   * @param {Uint8Array} prk
   * @param {Pick<Sequence, 'suite' | 'deviceId' | 'epoch' | 'n'>} at
   */
  constructor(prk, { suite, deviceId, epoch, n }) {
    this.prk = prk;
    this.suite = suite;
    this.deviceId = deviceId;
    this.epoch = epoch;
    this.n = n;
  }

  /**
   * P(n) = extract(string2, chain(n)).
   *
   * @param {Sequence} sequence
   */
  static async derive(sequence) {
    return new OneTimeKeys(await extract(sequence.string2, sequence.chain), sequence);
  }

  /**
   * @param {string} name
   * @param {number} length
   */
  out(name, length) {
    return expand(this.prk, encode([name, this.suite, this.deviceId, this.epoch, this.n]), length);
  }

  key() {
    return this.out('key', 32);
  }

  ivKey() {
    return this.out('iv', 32);
  }

  hint() {
    return this.out('hint', 8);
  }

  pinKey() {
    return this.out('pin', 32);
  }

  replyRoot() {
    return this.out('reply', 32);
  }

  numberBytes() {
    return this.out('number', 10);
  }

  async number() {
    return numberText(await this.numberBytes());
  }

  nextChain() {
    return this.out('next', 32);
  }
}
