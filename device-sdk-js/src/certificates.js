/** Keeps a provider's certificate fresh: renewed when it ends within the hour; section 6. */
import { encode, map } from './cbor.js';
import { BankRefused, MalformedInput, SignatureRefused, StepRefused } from './refusal.js';
import { FORMAT, SUITE } from './format.js';
import { decodeCertificate } from './bill.js';
import { equal } from './bytes.js';
import { signed } from './cose.js';

/** @typedef {import('./bytes.js').Bytes} Bytes */
/** @typedef {import('./state.js').Bound} Bound */

const RENEW_BEFORE_MILLIS = 3_600_000;

export class CertificateKeeper {
  /** @param {import('./core.js').Core} core */
  constructor(core) {
    this.core = core;
  }

  /**
   * A certificate that is valid now; where renewal fails, the old one while it lasts.
   *
   * @param {Bound} bound
   * @returns {Promise<Bytes>}
   */
  async current(bound) {
    const held = bound.certificate;
    const read = held && (await this.own(bound, held));
    const now = this.core.clock();
    if (held && read && now + RENEW_BEFORE_MILLIS < read.notAfter) {
      return held;
    }
    try {
      return await this.renew(bound);
    } catch (fault) {
      const refused = fault instanceof BankRefused || fault instanceof StepRefused;
      if (refused && held && read && now <= read.notAfter) {
        return held;
      }
      throw fault;
    }
  }

  /** @param {Bound} bound */
  async renew({ identity }) {
    const { core } = this;
    const content = encode(map({ 1: FORMAT, 2: identity.deviceId, 3: core.clock() }));
    const { suite, consortium } = identity;
    const context = { type: 'certificate-request', suite, consortium };
    const request = await signed(await core.signingKey(identity), context, content);
    const fresh = await core.bank.certificate(request);
    const bound = core.active();
    if ((await this.own(bound, fresh)) === null) {
      await core.refreshKeys();
    }
    const certificate = await this.own(bound, fresh);
    if (certificate === null || certificate.notAfter < core.clock()) {
      const title = "the certificate is not the bank's for this device, or over";
      throw new StepRefused('B2', title);
    }
    await core.keeper.update((state) => ({
      bound: state.bound && { ...state.bound, certificate: fresh },
    }));
    core.progress('', 'CERTIFIED');
    return fresh;
  }

  /**
   * The certificate, if the bank signed it for this very device.
   *
   * @param {Bound} bound
   * @param {Bytes} sign1
   */
  async own({ identity }, sign1) {
    const keys = await this.core.heldKeys();
    try {
      const context = { type: 'certificate', suite: SUITE.CLASSIC };
      const read = decodeCertificate(
        await keys.signed(sign1, 'certificate', context, this.core.clock()),
      );
      const own =
        equal(read.deviceKey, identity.publicKey) &&
        equal(read.deviceId, identity.deviceId) &&
        equal(read.accountIdentifier, identity.accountIdentifier);
      return own ? read : null;
    } catch (fault) {
      if (fault instanceof MalformedInput || fault instanceof SignatureRefused) {
        return null;
      }
      throw fault;
    }
  }
}
