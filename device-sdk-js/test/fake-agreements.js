/** The bank in memory and new versions of the agreement; docs/PROTOCOL.md 10.4. */
import { CONSORTIUM } from './fake-teller.js';
import { encode } from '../src/cbor.js';
import { equal, hex, ofText } from '../src/bytes.js';
import { sha256 } from '../src/crypto.js';
import { verifyAgreement } from '../src/agreement.js';

export class FakeAgreements {
  /** What waits for whoever has not signed it: `{ version, hash, effectiveAt }`, or null. */
  terms = null;
  text = '';
  /** Signatures by account. */
  signed = new Map();

  constructor(bank) {
    this.bank = bank;
  }

  async publish(text, version, effectiveAt) {
    this.text = text;
    this.terms = { version, hash: await sha256(ofText(text)), effectiveAt };
    this.signed.clear();
    return this.terms;
  }

  waiting(device) {
    return this.signed.has(hex(device.account)) ? null : this.terms;
  }

  /** Member 12 of a status. */
  told(device) {
    const waiting = this.waiting(device);
    return waiting === null ? undefined : [waiting.version, waiting.hash, waiting.effectiveAt];
  }

  /** O10: whether halves of its party are refused. */
  refuses(device) {
    const waiting = this.waiting(device);
    return waiting !== null && waiting.effectiveAt <= this.bank.clock();
  }

  async agree(device, { sign1 }) {
    const { suite, publicKey } = device;
    const said = await verifyAgreement(sign1, publicKey, suite, CONSORTIUM).catch(() => null);
    if (said === null) {
      return [7, {}];
    }
    const waiting = this.waiting(device);
    if (waiting === null || said.version !== waiting.version) {
      return [3, {}];
    }
    const good =
      equal(said.hash, waiting.hash) &&
      equal(said.accountIdentifier, device.account) &&
      equal(said.contractId, device.contract);
    if (!good) {
      return [2, {}];
    }
    this.signed.set(hex(device.account), sign1);
    const subject = encode([said.version, said.hash, device.deviceId, await sha256(sign1)]);
    for (const one of this.bank.accounts.get(hex(device.account))) {
      await this.bank.desk.notify(one, 7, subject);
    }
    return [0, {}];
  }
}
