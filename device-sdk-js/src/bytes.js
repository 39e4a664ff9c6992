import { MalformedInput } from './refusal.js';

/** @typedef {Uint8Array<ArrayBuffer>} Bytes */

const utf8 = new TextEncoder();

/**
 * UTF-8 of a text.
 *
 * @param {string} text
 * @returns {Bytes}
 */
export const ofText = (text) => utf8.encode(text);

/**
 * @param {...Uint8Array} parts
 * @returns {Bytes}
 */
export function concat(...parts) {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/**
 * Whether contents are equal; the duration depends on the lengths alone.
 *
 * @param {Uint8Array} a
 * @param {Uint8Array} b
 */
export function equal(a, b) {
  if (a.length !== b.length) {
    return false;
  }
  let different = 0;
  for (let i = 0; i < a.length; i++) {
    different |= a[i] ^ b[i];
  }
  return different === 0;
}

/**
 * @param {Uint8Array} bytes
 */
export const hex = (bytes) => Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');

/**
 * @param {string} text
 * @returns {Bytes}
 */
export function ofHex(text) {
  if (!/^([0-9a-f]{2})*$/i.test(text)) {
    throw new MalformedInput('not hexadecimal');
  }
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/**
 * Base64url without padding, RFC 4648 section 5.
 *
 * @param {Uint8Array} bytes
 */
export function toBase64Url(bytes) {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i;
    const group = (bytes[i] << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    for (let symbol = 0; symbol <= Math.min(left, 3); symbol++) {
      text += BASE64URL[(group >> (18 - 6 * symbol)) & 63];
    }
  }
  return text;
}

/**
 * Strict inverse of {@link toBase64Url}: padding, other symbols and set spare bits are refused.
 *
 * @param {string} text
 * @returns {Bytes}
 */
export function ofBase64Url(text) {
  if (text.length % 4 === 1) {
    throw new MalformedInput('not base64url');
  }
  const bytes = new Uint8Array(Math.floor((text.length * 6) / 8));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (const symbol of text) {
    const value = BASE64URL.indexOf(symbol);
    if (value < 0) {
      throw new MalformedInput('not base64url');
    }
    held = (held << 6) | value;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = (held >> bits) & 255;
    }
    held &= (1 << bits) - 1;
  }
  if (held !== 0) {
    throw new MalformedInput('not canonical base64url');
  }
  return bytes;
}

/**
 * @param {bigint} value
 * @param {number} length
 * @returns {Bytes} big endian
 */
export function ofBigInt(value, length) {
  const bytes = new Uint8Array(length);
  let rest = value;
  for (let i = length - 1; i >= 0; i--) {
    bytes[i] = Number(rest & 255n);
    rest >>= 8n;
  }
  return bytes;
}

/**
 * @param {Uint8Array} bytes big endian
 */
export function toBigInt(bytes) {
  let value = 0n;
  for (const byte of bytes) {
    value = (value << 8n) | BigInt(byte);
  }
  return value;
}
