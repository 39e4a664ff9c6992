/**
 * Binds a device to an account, E1 to E5. message1 is durable before it is sent and is never made
 * twice for one activation; what the reply gives is durable before it is confirmed.
 */
import {
  EnrolmentSecrets,
  bankNonceOf,
  chooseSuite,
  decodeBindingRecord,
  decodeOffer,
  offerFingerprint,
  openReply,
  sealBind,
} from './enrolment.js';
import { StepRefused, atStep } from './refusal.js';
import { SUITE } from './format.js';
import { equal } from './bytes.js';
import { keysState } from './core.js';
import { logSeed } from './log.js';
import { pinVerifier } from './pin.js';
import { random, sha256 } from './crypto.js';

/** @typedef {import('./bytes.js').Bytes} Bytes */
/** @typedef {import('./enrolment.js').Activation} Activation */
/** @typedef {import('./enrolment.js').Footprint} Footprint */
/** @typedef {import('./enrolment.js').Offer} Offer */
/** @typedef {import('./state.js').Pending} Pending */
/** @typedef {import('./state.js').Bound} Bound */
/** @typedef {import('./state.js').Identity} Identity */

/**
 * What a person agrees to.
 *
 * @typedef {object} Agreement
 * @property {string} bankName
 * @property {string} consortium
 * @property {string} role
 * @property {number} version
 * @property {string} text
 */

export class Enroller {
  /** @param {import('./core.js').Core} core */
  constructor(core) {
    this.core = core;
  }

  /**
   * Begins, or goes on where the same activation was begun before.
   *
   * @param {Activation} activation
   * @param {string | null} pin
   * @param {Footprint} footprint
   * @param {(agreement: Agreement) => boolean | Promise<boolean>} agree
   */
  async enrol(activation, pin, footprint, agree) {
    const { bound, pending } = this.core.state;
    if (bound !== null) {
      if (bound.confirmation === null) {
        throw new StepRefused('enrolled', 'this device is enrolled already');
      }
      return this.confirm();
    }
    if (pending === null || !(await isOf(pending, activation))) {
      await this.begin(activation, pin, footprint, agree);
    }
    return this.bind();
  }

  /** Goes on after a restart. */
  resume() {
    return this.core.state.bound?.confirmation ? this.confirm() : this.bind();
  }

  /**
   * E1 to E3.
   *
   * @param {Activation} activation
   * @param {string | null} pin
   * @param {Footprint} footprint
   * @param {(agreement: Agreement) => boolean | Promise<boolean>} agree
   */
  async begin(activation, pin, footprint, agree) {
    const { core } = this;
    const offered = await core.bank.offer(activation.enrolmentId);
    const offer = await readOffer(offered.offer);
    const keys = await core.checkedKeys(offered.keys, offer.consortium);
    if (!equal(offer.enrolmentId, activation.enrolmentId)) {
      throw new StepRefused('E2', 'the offer is for another enrolment');
    }
    if (!equal(await offerFingerprint(offer), activation.fingerprint)) {
      throw new StepRefused('E2', "the offer's key is not the one that the activation names");
    }
    if (offer.keySetVersion !== keys.version) {
      throw new StepRefused('E2', 'the offer belongs to another key set');
    }
    const chosen = this.suite(offer, keys.minimumSuite);
    core.progress('', 'OFFERED');
    const { bankName, consortium, role, contractVersion: version, contractText: text } = offer;
    if (!(await agree({ bankName, consortium, role, version, text }))) {
      throw new StepRefused('not-agreed', 'the agreement was not accepted');
    }
    const pending = await this.request(offer, offered.offer, activation, pin, {
      footprint,
      chosen,
      minimumSuite: keys.minimumSuite,
    });
    await core.keeper.update(() => ({ keys: keysState(keys), pending, bound: null }));
  }

  /**
   * The suite of this device for good; never below what the bank asks for.
   *
   * @param {Offer} offer
   * @param {number} minimum
   */
  suite(offer, minimum) {
    const { suites } = this.core;
    const chosen = chooseSuite(offer.suites, suites);
    if (chosen === null || chosen < minimum) {
      const lacks = suites.includes(SUITE.HYBRID)
        ? 'the bank does not offer it'
        : "this platform's WebCrypto lacks ML-KEM-768 or ML-DSA-65";
      const title =
        chosen === null
          ? 'no suite in common with the bank'
          : `the bank asks for suite ${minimum} at least, and ${lacks}`;
      throw new StepRefused('suite', title);
    }
    return chosen;
  }

  /**
   * @param {Offer} offer
   * @param {Bytes} offerBytes
   * @param {Activation} activation
   * @param {string | null} pin
   * @param {{ footprint: Footprint, chosen: number, minimumSuite: number }} agreed
   * @returns {Promise<Pending>}
   */
  async request(offer, offerBytes, activation, pin, agreed) {
    const { core } = this;
    const material =
      pin === null
        ? null
        : { salt: random(16), secret: random(32), iterations: core.pinIterations };
    const { handle, publicKey } = await core.keeper.store.newSigningKey();
    const verifier =
      pin !== null && material !== null
        ? await pinVerifier(pin, material.secret, material.salt, material.iterations)
        : null;
    const privateKey = await core.signingKey({ signingKey: handle });
    const { message1, exported, bindHash } = await sealBind(offer, activation, privateKey, {
      ...agreed,
      suites: core.suites,
      devicePublic: publicKey,
      verifier,
      nonce: random(32),
      time: core.clock(),
    });
    return {
      offer: offerBytes,
      activationHash: await sha256(activation.code),
      message1,
      exported,
      bindHash,
      signingKey: handle,
      publicKey,
      pin: material,
      suite: agreed.chosen,
    };
  }

  /**
   * E4, then E5.
   *
   * @returns {Promise<Identity>}
   */
  async bind() {
    const { core } = this;
    const { pending } = core.state;
    if (pending === null) {
      throw new StepRefused('not-begun', 'no enrolment is under way');
    }
    core.progress('', 'BINDING');
    const offer = await readOffer(pending.offer);
    const message2 = await core.bank.bind(offer.enrolmentId, pending.message1);
    let bound;
    try {
      bound = await this.take(pending, offer, message2);
    } catch (fault) {
      throw atStep(fault, 'E5', 'the reply has the wrong form, or its binding record does not hold');
    }
    await core.keeper.update(() => ({ pending: null, bound }));
    return this.confirm();
  }

  /**
   * The first half of E5.
   *
   * @param {Pending} pending
   * @param {Offer} offer
   * @param {Bytes} message2
   * @returns {Promise<Bound>}
   */
  async take(pending, offer, message2) {
    const { message1, exported } = pending;
    const nonce = bankNonceOf(message2);
    const secrets = await EnrolmentSecrets.derive(exported, message1, nonce, pending.suite);
    const reply = await openReply(message2, secrets);
    if (reply === null) {
      throw new StepRefused('E5', "the reply is not the bank's");
    }
    await this.requireOwn(reply, pending, offer);
    const n = await secrets.first();
    return {
      identity: {
        suite: pending.suite,
        consortium: offer.consortium,
        deviceId: reply.deviceId,
        accountIdentifier: reply.accountIdentifier,
        contractId: reply.contractId,
        bindingValue: reply.bindingValue,
        role: offer.role,
        profile: reply.profile,
        contractVersion: offer.contractVersion,
        contractHash: offer.contractHash,
        bindingRecord: reply.bindingRecord,
        signingKey: pending.signingKey,
        publicKey: pending.publicKey,
        pin: pending.pin,
      },
      epoch: 0,
      first: n,
      n,
      chain: await secrets.out('string1'),
      string2: await secrets.out('string2'),
      root: await secrets.out('root'),
      since: this.core.clock(),
      recoveryEpoch: reply.recoveryEpoch,
      closed: null,
      previous: null,
      rekeyFirst: false,
      apart: false,
      notDue: [],
      down: [{ epoch: 0, k: 1, chain: await secrets.out('down'), made: null }],
      prev: new Uint8Array(16),
      reached: n,
      aliases: reply.aliases,
      logIndex: 0,
      logHead: await logSeed(pending.suite, reply.deviceId, reply.bindingRecord),
      lines: [],
      logUnsure: false,
      blockedUntil: 0,
      levels: [],
      certificate: reply.certificate,
      enrolmentId: offer.enrolmentId,
      confirmation: await secrets.deviceConfirmation(message1, message2),
    };
  }

  /**
   * @param {import('./enrolment.js').BindReply} reply
   * @param {Pending} pending
   * @param {Offer} offer
   */
  async requireOwn(reply, pending, offer) {
    const keys = await this.core.heldKeys();
    const context = { type: 'binding', suite: pending.suite };
    const record = decodeBindingRecord(
      await keys.signed(reply.bindingRecord, 'certificate', context, reply.time),
    );
    const own =
      equal(record.deviceKey, pending.publicKey) &&
      equal(record.deviceId, reply.deviceId) &&
      equal(record.accountIdentifier, reply.accountIdentifier) &&
      equal(record.contractId, reply.contractId) &&
      equal(record.contractHash, offer.contractHash) &&
      equal(record.bindHash, pending.bindHash) &&
      record.role === offer.role &&
      record.suite === pending.suite &&
      reply.suite === pending.suite &&
      record.consortium === offer.consortium;
    if (!own) {
      throw new StepRefused('E5', 'the binding record is not for this device');
    }
  }

  /**
   * The second half of E5; may be repeated.
   *
   * @returns {Promise<Identity>}
   */
  async confirm() {
    const { core } = this;
    const { bound } = core.state;
    if (!bound?.confirmation) {
      throw new StepRefused('not-begun', 'no enrolment is under way');
    }
    core.progress('', 'CONFIRMING');
    if ((await core.bank.confirm(bound.enrolmentId, bound.confirmation)) !== 'ACTIVE') {
      throw new StepRefused('E5', 'the bank did not make the device active');
    }
    const active = { ...bound, confirmation: null };
    await core.keeper.update(() => ({ bound: active }));
    core.progress('', 'ENROLLED');
    return active.identity;
  }
}

/** @param {Uint8Array} bytes */
async function readOffer(bytes) {
  try {
    return await decodeOffer(bytes);
  } catch (fault) {
    throw atStep(fault, 'E2', 'the offer has the wrong form');
  }
}

/**
 * @param {Pending} pending
 * @param {Activation} activation
 */
async function isOf(pending, activation) {
  const offer = await readOffer(pending.offer);
  return (
    equal(offer.enrolmentId, activation.enrolmentId) &&
    equal(pending.activationHash, await sha256(activation.code))
  );
}
