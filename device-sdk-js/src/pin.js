/** PIN: nothing here or on the device tells a right one from a wrong one; section 7. */
import { encode } from './cbor.js';
import { expand, extract, hmac, pbkdf2 } from './crypto.js';
import { LIMITS, label } from './format.js';

/**
 * V = HMAC(pin secret, PBKDF2(PIN, salt)).
 *
 * @param {string} pin
 * @param {Uint8Array} secret 32 bytes that never leave the device
 * @param {Uint8Array} salt 16 bytes
 * @param {number} [iterations] of PBKDF2; what the protocol says but in tests
 */
export async function pinVerifier(pin, secret, salt, iterations = LIMITS.pinIterations) {
  return hmac(secret, await pbkdf2(pin, salt, iterations));
}

/**
 * Proof for one code.
 *
 * @param {Uint8Array} verifier V
 * @param {Uint8Array} pinKey out("pin")
 * @param {{ deviceId: Uint8Array, epoch: number, n: number }} at
 * @param {number} role
 * @param {Uint8Array} billHash
 * @param {number | null} [level] where it is of a level PIN
 */
export async function pinProof(verifier, pinKey, { deviceId, epoch, n }, role, billHash, level = null) {
  const info = level === null ? label('pin proof') : encode(['level pin proof', level]);
  const key = await expand(await extract(pinKey, verifier), info, 32);
  return hmac(key, encode(['pin', deviceId, epoch, n, role, billHash]));
}
