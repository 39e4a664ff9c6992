/** Enrolment, E1 to E5, the device's side; docs/PROTOCOL.md section 3. */
import { MapReader, asArray, asBytes, decode, encode, map } from './cbor.js';
import { ENCAPSULATION_KEY_LENGTH, encapsulate } from './pq.js';
import { FORMAT, SUITE, asSuite } from './format.js';
import { MalformedInput } from './refusal.js';
import { concat, equal, ofText, toBigInt } from './bytes.js';
import { decodeWithCheck, encodeWithCheck } from './crockford.js';
import { expand, extract, gcmOpen, hmac, sha256, uncompressed } from './crypto.js';
import { sealPsk } from './hpke.js';
import { signed } from './cose.js';

/** @typedef {import('./bytes.js').Bytes} Bytes */

/** HPKE exporter context. */
export const EXPORTER = ofText('tallystick enrolment');

/**
 * What a party receives on another channel.
 *
 * @typedef {object} Activation
 * @property {Bytes} enrolmentId 16 bytes
 * @property {Bytes} code 16 bytes
 * @property {Bytes} fingerprint 16 bytes
 */

/**
 * @param {string} text hyphens and lower case are fine
 * @returns {Activation}
 */
export function parseActivation(text) {
  const bytes = decodeWithCheck(text.trim(), 48);
  return {
    enrolmentId: bytes.slice(0, 16),
    code: bytes.slice(16, 32),
    fingerprint: bytes.slice(32),
  };
}

/** @param {Activation} activation */
export const activationText = ({ enrolmentId, code, fingerprint }) =>
  encodeWithCheck(concat(enrolmentId, code, fingerprint));

/**
 * Fingerprint of an offer's keys.
 *
 * @param {{ hpkePoint: Uint8Array, encapsulationKey: Uint8Array | null }} offer
 */
export const offerFingerprint = async ({ hpkePoint, encapsulationKey }) =>
  (await sha256(hpkePoint, encapsulationKey ?? new Uint8Array(0))).slice(0, 16);

/**
 * @param {any} items
 * @returns {number[]} ascending
 */
function readSuites(items) {
  const suites = asArray(items);
  const ascend = (/** @type {any} */ suite, /** @type {number} */ i) =>
    Number.isSafeInteger(suite) && suite > (suites[i - 1] ?? 0);
  if (suites.length === 0 || suites.length > 8 || !suites.every(ascend)) {
    throw new MalformedInput('suites are integers that ascend');
  }
  return suites;
}

/**
 * E2: the highest suite in both lists; null where there is none.
 *
 * @param {number[]} offered
 * @param {number[]} own
 */
export const chooseSuite = (offered, own) =>
  own.filter((suite) => offered.includes(suite)).at(-1) ?? null;

/**
 * E1; the contract hash must fit its text.
 *
 * @param {Uint8Array} bytes
 */
export async function decodeOffer(bytes) {
  const reader = new MapReader(decode(bytes));
  reader.integer(1, FORMAT, FORMAT);
  const offer = {
    consortium: reader.text(2, 2),
    bankName: reader.text(3, 64),
    enrolmentId: reader.bytes(4, 16),
    role: reader.text(5, 8),
    contractVersion: reader.integer(6),
    contractHash: reader.bytes(7, 32),
    contractText: reader.text(8, 12_000),
    hpkePoint: reader.bytes(9, 65),
    suites: readSuites(reader.value(10)),
    keySetVersion: reader.integer(11),
    expires: reader.integer(12),
    encapsulationKey: reader.bytesOrNull(13, ENCAPSULATION_KEY_LENGTH),
  };
  reader.end();
  if (offer.suites.includes(SUITE.HYBRID) !== (offer.encapsulationKey !== null)) {
    throw new MalformedInput('an encapsulation key goes with suite 2');
  }
  if (!equal(offer.contractHash, await sha256(ofText(offer.contractText)))) {
    throw new MalformedInput('contract hash does not fit');
  }
  return offer;
}

/** @typedef {Awaited<ReturnType<typeof decodeOffer>>} Offer */

/**
 * HPKE info: what both sides must agree on before a secret exists.
 *
 * @param {Offer} offer
 * @param {{ chosen: number, minimumSuite: number }} agreed
 */
export const offerInfo = (offer, { chosen, minimumSuite }) =>
  encode([
    'tallystick',
    'enrolment',
    FORMAT,
    offer.suites,
    chosen,
    offer.consortium,
    offer.enrolmentId,
    offer.role,
    offer.contractVersion,
    offer.contractHash,
    offer.bankName,
    offer.keySetVersion,
    minimumSuite,
    offer.expires,
  ]);

/**
 * @param {Uint8Array} enrolmentId
 * @param {Uint8Array} code
 */
export async function activationPsk(enrolmentId, code) {
  const prk = await extract(new Uint8Array(0), code);
  return expand(prk, encode(['tallystick psk', enrolmentId]), 32);
}

/**
 * PSK of suite 2: the ML-KEM secret is in it.
 *
 * @param {Uint8Array} enrolmentId
 * @param {Uint8Array} code
 * @param {{ secret: Uint8Array, encapsulationKey: Uint8Array, ciphertext: Uint8Array }} kem
 */
export async function hybridPsk(enrolmentId, code, { secret, encapsulationKey, ciphertext }) {
  const hashes = [await sha256(encapsulationKey), await sha256(ciphertext)];
  const info = encode(['tallystick psk 2', enrolmentId, ...hashes]);
  return expand(await extract(secret, code), info, 32);
}

/**
 * @typedef {object} Footprint each at most 64 characters
 * @property {string} manufacturer
 * @property {string} model
 * @property {string} serial
 * @property {string} platform
 * @property {string} appVersion
 */

/**
 * What the device signs at enrolment.
 *
 * @param {Offer} offer
 * @param {object} own
 * @param {Bytes} own.devicePublic
 * @param {Footprint} own.footprint
 * @param {Bytes | null} own.verifier
 * @param {Bytes} own.nonce
 * @param {number} own.time
 * @param {number[]} own.suites of the device, ascending
 * @param {number} own.chosen
 * @param {number} own.minimumSuite of the key set
 */
export async function bindPayload(offer, own) {
  const { devicePublic, footprint, verifier, nonce, time, suites, chosen } = own;
  const { manufacturer, model, serial, platform, appVersion } = footprint;
  return encode(
    map({
      1: FORMAT,
      2: await sha256(offerInfo(offer, own)),
      3: devicePublic,
      4: map({ 1: manufacturer, 2: model, 3: serial, 4: platform, 5: appVersion }),
      5: verifier,
      6: nonce,
      7: offer.contractHash,
      8: time,
      9: suites,
      10: chosen,
    }),
  );
}

/**
 * E3: makes message1.
 *
 * @param {Offer} offer
 * @param {Activation} activation
 * @param {CryptoKey} privateKey
 * @param {Parameters<typeof bindPayload>[1]} own
 */
export async function sealBind(offer, activation, privateKey, own) {
  const { enrolmentId, code } = activation;
  const context = { type: 'bind', suite: own.chosen, consortium: offer.consortium };
  const bind = await signed(privateKey, context, await bindPayload(offer, own));
  const kem = await encapsulated(offer, own.chosen);
  const psk = kem ? await hybridPsk(enrolmentId, code, kem) : await activationPsk(enrolmentId, code);
  const { enc, ciphertext, exported } = await sealPsk(
    offer.hpkePoint,
    { info: offerInfo(offer, own), psk, pskId: enrolmentId, exporter: EXPORTER },
    bind,
  );
  const parts = kem ? [enc, ciphertext, kem.ciphertext] : [enc, ciphertext];
  return { message1: encode(parts), exported, bindHash: await sha256(bind) };
}

/**
 * @param {Offer} offer
 * @param {number} chosen
 */
async function encapsulated({ encapsulationKey }, chosen) {
  if (chosen !== SUITE.HYBRID || encapsulationKey === null) {
    return null;
  }
  return { encapsulationKey, ...(await encapsulate(encapsulationKey)) };
}

/** P of section 3 with its outputs. */
export class EnrolmentSecrets {
  /**
   * @param {Bytes} prk
   * @param {Bytes} transcript H(message1) ‖ bank nonce
   * @param {number} chosen suite
   */
  constructor(prk, transcript, chosen) {
    this.prk = prk;
    this.chosen = chosen;
    this.transcript = transcript;
  }

  /**
   * @param {Uint8Array} exported S
   * @param {Uint8Array} message1
   * @param {Uint8Array} bankNonce
   * @param {number} chosen
   */
  static async derive(exported, message1, bankNonce, chosen) {
    const transcript = concat(await sha256(message1), bankNonce);
    return new EnrolmentSecrets(await extract(transcript, exported), transcript, chosen);
  }

  /**
   * @param {string} name
   * @param {number} [length]
   */
  out(name, length = 32) {
    return expand(this.prk, encode([name, this.chosen]), length);
  }

  /** first(0), 48 bits. */
  async first() {
    return Number(toBigInt(await this.out('first', 6)));
  }

  async bankConfirmation() {
    return hmac(await this.out('bank confirm'), this.transcript);
  }

  /**
   * @param {Uint8Array} message1
   * @param {Uint8Array} message2
   */
  async deviceConfirmation(message1, message2) {
    return hmac(await this.out('device confirm'), await sha256(message1), await sha256(message2));
  }
}

/**
 * The bank's nonce in message2.
 *
 * @param {Uint8Array} message2
 */
export const bankNonceOf = (message2) => asBytes(asArray(decode(message2), 2)[0], 32);

/**
 * E5: opens message2; null where it is not the bank's answer to this exchange.
 *
 * @param {Uint8Array} message2
 * @param {EnrolmentSecrets} secrets
 */
export async function openReply(message2, secrets) {
  const sealed = asBytes(asArray(decode(message2), 2)[1]);
  const plaintext = await gcmOpen(
    await secrets.out('reply key'),
    await secrets.out('reply iv', 12),
    secrets.transcript,
    sealed,
  );
  if (plaintext === null) {
    return null;
  }
  const reader = new MapReader(decode(plaintext));
  const certificate = reader.value(10);
  const confirmation = reader.bytes(9, 32);
  const reply = {
    deviceId: reader.bytes(1, 16),
    accountIdentifier: reader.bytes(2, 16),
    contractId: reader.bytes(3, 16),
    bindingValue: reader.bytes(4, 16),
    aliases: asArray(reader.value(5)).map((alias) => asBytes(alias, 17)),
    profile: reader.integer(6, 1, 2),
    bindingRecord: reader.bytes(7, 64, 2048),
    time: reader.integer(8),
    certificate: certificate === null ? null : asBytes(certificate),
    suite: asSuite(reader.value(11)),
    recoveryEpoch: reader.integer(12, 0),
  };
  reader.end();
  return equal(confirmation, await secrets.bankConfirmation()) ? reply : null;
}

/** @typedef {NonNullable<Awaited<ReturnType<typeof openReply>>>} BindReply */

/**
 * Strict reading of a binding record's payload.
 *
 * @param {Uint8Array} bytes
 */
export function decodeBindingRecord(bytes) {
  const reader = new MapReader(decode(bytes));
  reader.integer(1, FORMAT, FORMAT);
  const record = {
    consortium: reader.text(2, 2),
    deviceId: reader.bytes(3, 16),
    accountIdentifier: reader.bytes(4, 16),
    contractId: reader.bytes(5, 16),
    deviceKey: reader.bytes(6, 33),
    contractHash: reader.bytes(7, 32),
    role: reader.text(8, 8),
    time: reader.integer(9),
    bindHash: reader.bytes(10, 32),
    suite: asSuite(reader.value(11)),
  };
  reader.end();
  uncompressed(record.deviceKey);
  return record;
}
