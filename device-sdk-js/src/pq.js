/**
 * ML-KEM-768 (FIPS 203) and ML-DSA-65 (FIPS 204), where the platform's WebCrypto has them. Node 20
 * has neither; there is no other implementation here, so that such a platform has suite 1 alone.
 */
import { PlatformLacks } from './refusal.js';
import { SUITE } from './format.js';

/** @typedef {import('./bytes.js').Bytes} Bytes */

const KEM = { name: 'ML-KEM-768' };
const DSA = { name: 'ML-DSA-65' };

export const ENCAPSULATION_KEY_LENGTH = 1184;
export const CIPHERTEXT_LENGTH = 1088;
export const DSA_KEY_LENGTH = 1952;

/**
 * What newer platforms have and the declarations of older ones lack.
 *
 * @type {any}
 */
const subtle = globalThis.crypto.subtle;

/** @type {Promise<boolean> | undefined} */
let found;

async function tried() {
  try {
    const pair = await subtle.generateKey(KEM, true, ['encapsulateBits', 'decapsulateBits']);
    const seed = await subtle.exportKey('raw-seed', pair.privateKey);
    const point = await subtle.exportKey('raw-public', pair.publicKey);
    await subtle.generateKey(DSA, false, ['sign', 'verify']);
    return (
      seed.byteLength === 64 &&
      point.byteLength === ENCAPSULATION_KEY_LENGTH &&
      typeof subtle.encapsulateBits === 'function'
    );
  } catch {
    return false; // whatever a platform throws for what it does not know
  }
}

/** Whether this platform can do suite 2; tried once. */
export const hasHybrid = () => (found ??= tried());

/** @param {{ name: string }} algorithm */
async function require({ name }) {
  if (!(await hasHybrid())) {
    throw new PlatformLacks(name);
  }
}

/** Suites that this platform can do, ascending. */
export const platformSuites = async () =>
  (await hasHybrid()) ? [SUITE.CLASSIC, SUITE.HYBRID] : [SUITE.CLASSIC];

/**
 * A secret for who holds the other half of an encapsulation key.
 *
 * @param {Uint8Array} encapsulationKey
 * @returns {Promise<{ secret: Bytes, ciphertext: Bytes }>}
 */
export async function encapsulate(encapsulationKey) {
  await require(KEM);
  const key = await subtle.importKey('raw-public', encapsulationKey, KEM, false, ['encapsulateBits']);
  const { sharedKey, ciphertext } = await subtle.encapsulateBits(KEM, key);
  return { secret: new Uint8Array(sharedKey), ciphertext: new Uint8Array(ciphertext) };
}

/**
 * A fresh key pair; the seed, 64 bytes, is the private key.
 *
 * @returns {Promise<{ seed: Bytes, encapsulationKey: Bytes }>}
 */
export async function generateKem() {
  await require(KEM);
  const pair = await subtle.generateKey(KEM, true, ['encapsulateBits', 'decapsulateBits']);
  return {
    seed: new Uint8Array(await subtle.exportKey('raw-seed', pair.privateKey)),
    encapsulationKey: new Uint8Array(await subtle.exportKey('raw-public', pair.publicKey)),
  };
}

/**
 * The secret, 32 bytes; of a ciphertext that was changed another one, as FIPS 203 says.
 *
 * @param {Uint8Array} seed
 * @param {Uint8Array} ciphertext
 * @returns {Promise<Bytes>}
 */
export async function decapsulate(seed, ciphertext) {
  await require(KEM);
  const key = await subtle.importKey('raw-seed', seed, KEM, false, ['decapsulateBits']);
  return new Uint8Array(await subtle.decapsulateBits(KEM, key, ciphertext));
}

/**
 * Pure ML-DSA-65 with empty context.
 *
 * @param {Uint8Array} publicKey
 * @param {Uint8Array} message
 * @param {Uint8Array} signature
 * @returns {Promise<boolean>}
 */
export async function verifyMlDsa(publicKey, message, signature) {
  await require(DSA);
  const key = await subtle.importKey('raw-public', publicKey, DSA, false, ['verify']);
  return subtle.verify(DSA, key, signature, message);
}
