/**
 * New versions of the agreement: shows what waits for the party's signature, and signs it once the person
 * has agreed. docs/PROTOCOL.md section 10.4.
 */
import { REQUEST } from './format.js';
import { StepRefused } from './refusal.js';
import { agreeArguments, emptyResult } from './results.js';
import { agreedOf, signAgreement } from './agreement.js';
import { asBytes, decode } from './cbor.js';
import { equal, ofText } from './bytes.js';
import { sha256 } from './crypto.js';

/**
 * A version that waits, with the text that has its hash.
 *
 * @typedef {import('./agreement.js').Terms & { text: string }} PendingAgreement
 */

/**
 * The state with a newer agreement; an older one changes nothing.
 *
 * @param {import('./state.js').Bound} bound
 * @param {number} version
 * @param {import('./bytes.js').Bytes} hash
 * @returns {import('./state.js').Bound}
 */
export const withAgreement = (bound, version, hash) =>
  version <= bound.identity.contractVersion
    ? bound
    : { ...bound, identity: { ...bound.identity, contractVersion: version, contractHash: hash } };

/**
 * What the reply to a signature does, also after a restart.
 *
 * @type {import('./requester.js').Effect<void>}
 */
export const agreed = async (state, request, body) => {
  emptyResult(body.result);
  const { version, hash } = agreedOf(asBytes(decode(request.arguments).get(1)));
  const bound = state.bound && withAgreement(state.bound, version, hash);
  return { state: { ...state, bound }, value: undefined };
};

export class AgreementDesk {
  /**
   * @param {import('./core.js').Core} core
   * @param {import('./requester.js').Requester} requester
   * @param {() => Promise<import('./results.js').BankStatus>} askStatus
   */
  constructor(core, requester, askStatus) {
    this.core = core;
    this.requester = requester;
    this.askStatus = askStatus;
  }

  /**
   * AG1, AG2: what waits, if anything does; asks the bank.
   *
   * @returns {Promise<PendingAgreement | null>}
   */
  async waiting() {
    const { agreement } = await this.askStatus();
    if (agreement === null) {
      return null;
    }
    const shown = { ...agreement, text: await this.core.bank.agreement(agreement.version) };
    await requireText(shown);
    return shown;
  }

  /**
   * AG3: signs what was shown to the person, who agreed to it.
   *
   * @param {PendingAgreement} shown
   */
  async agree(shown) {
    await requireText(shown);
    const { core } = this;
    const { identity } = core.active();
    const { suite, consortium, accountIdentifier, contractId } = identity;
    const { version, hash } = shown;
    const time = core.clock();
    const said = { consortium, accountIdentifier, contractId, version, hash, time };
    const sign1 = await signAgreement(await core.signingKey(identity), suite, said);
    await this.requester.ask({
      kind: REQUEST.AGREE,
      blocks: 1,
      stored: true,
      arguments: () => agreeArguments(sign1),
      effect: agreed,
    });
  }
}

/** @param {PendingAgreement} shown */
async function requireText({ text, hash }) {
  if (!equal(await sha256(ofText(text)), hash)) {
    throw new StepRefused('AG2', 'the text is not that of the agreement');
  }
}
