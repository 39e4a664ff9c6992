/**
 * WebCrypto, and what little it leaves open: HKDF in its two steps, compressed points, low s.
 *
 * Chains and derived keys pass through the memory of the page or process, since WebCrypto has no
 * HKDF whose output stays inside; signing keys and the key of the store do not.
 */
import { MalformedInput } from './refusal.js';
import { concat, ofBigInt, ofText, toBigInt } from './bytes.js';

/** @typedef {import('./bytes.js').Bytes} Bytes */

const subtle = globalThis.crypto.subtle;
const ECDSA = { name: 'ECDSA', namedCurve: 'P-256' };
const ECDH = { name: 'ECDH', namedCurve: 'P-256' };
const ES256 = { name: 'ECDSA', hash: 'SHA-256' };

/**
 * WebCrypto takes views of plain buffers only.
 *
 * @param {Uint8Array} bytes
 * @returns {Bytes}
 */
const plain = (bytes) =>
  bytes.buffer instanceof ArrayBuffer ? /** @type {Bytes} */ (bytes) : new Uint8Array(bytes);

/**
 * @param {number} length
 * @returns {Bytes}
 */
export const random = (length) => globalThis.crypto.getRandomValues(new Uint8Array(length));

/**
 * SHA-256 of the parts together.
 *
 * @param {...Uint8Array} parts
 */
export async function sha256(...parts) {
  return new Uint8Array(await subtle.digest('SHA-256', concat(...parts)));
}

/**
 * HMAC-SHA-256 over the parts together.
 *
 * @param {Uint8Array} key
 * @param {...Uint8Array} parts
 */
export async function hmac(key, ...parts) {
  const imported = await subtle.importKey(
    'raw',
    key.length === 0 ? new Uint8Array(32) : plain(key), // zeros and nothing are the same HMAC key
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  );
  return new Uint8Array(await subtle.sign('HMAC', imported, concat(...parts)));
}

/**
 * HKDF, RFC 5869, step 1.
 *
 * @param {Uint8Array} salt
 * @param {Uint8Array} ikm
 */
export const extract = (salt, ikm) => hmac(salt, ikm);

/**
 * HKDF, step 2.
 *
 * @param {Uint8Array} prk
 * @param {Uint8Array} info
 * @param {number} length
 * @returns {Promise<Bytes>}
 */
export async function expand(prk, info, length) {
  if (length < 1 || length > 255 * 32) {
    throw new RangeError('HKDF output of that length');
  }
  /** @type {Bytes} */
  let block = new Uint8Array(0);
  /** @type {Bytes} */
  let output = new Uint8Array(0);
  for (let counter = 1; output.length < length; counter++) {
    block = await hmac(prk, block, info, Uint8Array.of(counter));
    output = concat(output, block);
  }
  return output.slice(0, length);
}

/**
 * @param {Uint8Array} key 32 bytes
 */
const gcmKey = (key) =>
  subtle.importKey('raw', plain(key), 'AES-GCM', false, ['encrypt', 'decrypt']);

/**
 * AES-256-GCM; gives ciphertext and tag.
 *
 * @param {Uint8Array} key 32 bytes
 * @param {Uint8Array} iv 12 bytes
 * @param {Uint8Array} aad
 * @param {Uint8Array} plaintext
 */
export async function gcmSeal(key, iv, aad, plaintext) {
  const parameters = { name: 'AES-GCM', iv: plain(iv), additionalData: plain(aad) };
  return new Uint8Array(await subtle.encrypt(parameters, await gcmKey(key), plain(plaintext)));
}

/**
 * The plaintext, or null where key, IV, AAD or ciphertext do not fit.
 *
 * @param {Uint8Array} key
 * @param {Uint8Array} iv
 * @param {Uint8Array} aad
 * @param {Uint8Array} sealed
 * @returns {Promise<Bytes | null>}
 */
export async function gcmOpen(key, iv, aad, sealed) {
  const parameters = { name: 'AES-GCM', iv: plain(iv), additionalData: plain(aad) };
  const imported = await gcmKey(key);
  try {
    return new Uint8Array(await subtle.decrypt(parameters, imported, plain(sealed)));
  } catch (fault) {
    if (fault instanceof Error && fault.name === 'OperationError') {
      return null;
    }
    throw fault;
  }
}

/**
 * PBKDF2-HMAC-SHA-256, 32 bytes.
 *
 * @param {string} password
 * @param {Uint8Array} salt
 * @param {number} iterations
 */
export async function pbkdf2(password, salt, iterations) {
  const key = await subtle.importKey('raw', ofText(password), 'PBKDF2', false, ['deriveBits']);
  const parameters = { name: 'PBKDF2', hash: 'SHA-256', salt: plain(salt), iterations };
  return new Uint8Array(await subtle.deriveBits(parameters, key, 256));
}

// P-256, FIPS 186-5 and SEC 1
const P = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn;
const B = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const HALF_ORDER = ORDER >> 1n;

/**
 * @param {bigint} base
 * @param {bigint} exponent
 */
function power(base, exponent) {
  let result = 1n;
  for (let square = base % P, rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) {
      result = (result * square) % P;
    }
    square = (square * square) % P;
  }
  return result;
}

/**
 * The uncompressed form of a public point, 65 bytes; it lies on the curve. Public values only, so
 * that time may tell of them.
 *
 * @param {Uint8Array} point 33 or 65 bytes
 * @returns {Bytes}
 */
export function uncompressed(point) {
  const compressed = point.length === 33 && (point[0] === 2 || point[0] === 3);
  if (!compressed && !(point.length === 65 && point[0] === 4)) {
    throw new MalformedInput('not a P-256 point in a SEC 1 form');
  }
  const x = toBigInt(point.subarray(1, 33));
  const square = (((x * x - 3n) * x + B) % P + P) % P;
  let y = compressed ? power(square, (P + 1n) / 4n) : toBigInt(point.subarray(33));
  if (x >= P || y >= P || (y * y) % P !== square) {
    throw new MalformedInput('not a point on P-256');
  }
  if (compressed && (y & 1n) !== BigInt(point[0] & 1)) {
    y = P - y;
  }
  return concat(Uint8Array.of(4), ofBigInt(x, 32), ofBigInt(y, 32));
}

/**
 * The compressed form, 33 bytes.
 *
 * @param {Uint8Array} point 65 bytes
 */
export const compressed = (point) =>
  concat(Uint8Array.of(2 | (point[64] & 1)), point.subarray(1, 33));

/**
 * Whether s is at most half of the order.
 *
 * @param {Uint8Array} signature r ‖ s
 */
export const hasLowS = (signature) =>
  signature.length === 64 && toBigInt(signature.subarray(32)) <= HALF_ORDER;

/**
 * The one of the two forms of a signature that has low s.
 *
 * @param {Uint8Array} signature r ‖ s
 */
export function withLowS(signature) {
  const s = toBigInt(signature.subarray(32));
  return s <= HALF_ORDER
    ? new Uint8Array(signature)
    : concat(signature.subarray(0, 32), ofBigInt(ORDER - s, 32));
}

/**
 * Whether this is the signature of a key over a message, in the form with low s.
 *
 * @param {Uint8Array} point 33 or 65 bytes
 * @param {Uint8Array} message
 * @param {Uint8Array} signature
 */
export async function verify(point, message, signature) {
  const key = await subtle.importKey('raw', uncompressed(point), ECDSA, false, ['verify']);
  return hasLowS(signature) && subtle.verify(ES256, key, plain(signature), plain(message));
}

/**
 * ES256 by a key that need not be extractable. WebCrypto takes its nonces from chance, not from RFC
 * 6979, so no two signatures are the same.
 *
 * @param {CryptoKey} privateKey
 * @param {Uint8Array} message
 */
export async function sign(privateKey, message) {
  return withLowS(new Uint8Array(await subtle.sign(ES256, privateKey, plain(message))));
}

/**
 * A device's signing key.
 *
 * @typedef {object} SigningKey
 * @property {CryptoKey} privateKey not extractable in use
 * @property {Bytes} publicKey compressed, 33 bytes
 */

/**
 * @param {boolean} extractable whether the private key may be exported, for a store of bytes
 * @returns {Promise<SigningKey>}
 */
export async function generateSigning(extractable) {
  const pair = await subtle.generateKey(ECDSA, extractable, ['sign', 'verify']);
  return { privateKey: pair.privateKey, publicKey: await publicPoint(pair.publicKey) };
}

/**
 * @param {CryptoKey} publicKey
 */
export async function publicPoint(publicKey) {
  return compressed(new Uint8Array(await subtle.exportKey('raw', publicKey)));
}

/** @param {CryptoKey} privateKey */
export const exportPrivate = async (privateKey) =>
  new Uint8Array(await subtle.exportKey('pkcs8', privateKey));

/**
 * A key that was exported; it cannot be exported again.
 *
 * @param {Uint8Array} pkcs8
 */
export const importSigning = (pkcs8) =>
  subtle.importKey('pkcs8', plain(pkcs8), ECDSA, false, ['sign']);

/** A fresh ECDH key for one message. */
export async function generateEcdh() {
  const pair = await subtle.generateKey(ECDH, false, ['deriveBits']);
  return {
    privateKey: pair.privateKey,
    publicPoint: new Uint8Array(await subtle.exportKey('raw', pair.publicKey)),
  };
}

/**
 * ECDH: the x coordinate, 32 bytes.
 *
 * @param {CryptoKey} privateKey
 * @param {Uint8Array} point 65 bytes
 */
export async function agree(privateKey, point) {
  if (point.length !== 65) {
    throw new MalformedInput('P-256 point of another length');
  }
  const peer = await subtle.importKey('raw', uncompressed(point), ECDH, false, []);
  return new Uint8Array(await subtle.deriveBits({ name: 'ECDH', public: peer }, privateKey, 256));
}

/** A fresh ECDH key whose private half can be kept over a crash, for a rekey. */
export async function generateKeptEcdh() {
  const pair = await subtle.generateKey(ECDH, true, ['deriveBits']);
  return { privateKey: pair.privateKey, publicKey: await publicPoint(pair.publicKey) };
}

/**
 * ECDH by a key that was kept.
 *
 * @param {Uint8Array} pkcs8
 * @param {Uint8Array} point 33 bytes
 */
export async function agreeWith(pkcs8, point) {
  const key = await subtle.importKey('pkcs8', plain(pkcs8), ECDH, false, ['deriveBits']);
  return agree(key, uncompressed(point));
}
