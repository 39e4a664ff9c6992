/** Crockford base32 of bytes as a big-endian number; docs/PROTOCOL.md section 1.2. */
import { MalformedInput } from './refusal.js';
import { ofBigInt, toBigInt } from './bytes.js';

const SYMBOLS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CHECK_SYMBOLS = `${SYMBOLS}*+$%U`;

/** @param {number} byteLength */
const symbolCount = (byteLength) => Math.ceil((8 * byteLength) / 5);

/** @param {string} symbol */
function normalised(symbol) {
  const upper = symbol >= 'a' && symbol <= 'z' ? symbol.toUpperCase() : symbol;
  return upper === 'I' || upper === 'L' ? '1' : upper === 'O' ? '0' : upper;
}

/** @param {Uint8Array} bytes */
export function encode(bytes) {
  let number = toBigInt(bytes);
  let text = '';
  for (let i = 0; i < symbolCount(bytes.length); i++) {
    text = SYMBOLS[Number(number & 31n)] + text;
    number >>= 5n;
  }
  return text;
}

/** @param {Uint8Array} bytes */
export function encodeWithCheck(bytes) {
  return encode(bytes) + CHECK_SYMBOLS[Number(toBigInt(bytes) % 37n)];
}

/**
 * @param {string} symbols
 * @param {number} byteLength
 */
function number(symbols, byteLength) {
  if (symbols.length !== symbolCount(byteLength)) {
    throw new MalformedInput(`${symbols.length} symbols instead of ${symbolCount(byteLength)}`);
  }
  let value = 0n;
  for (const symbol of symbols) {
    const digit = SYMBOLS.indexOf(normalised(symbol));
    if (digit < 0) {
      throw new MalformedInput('not a Crockford symbol');
    }
    value = (value << 5n) | BigInt(digit);
  }
  if (value >> BigInt(8 * byteLength) !== 0n) {
    throw new MalformedInput('a spare bit is set');
  }
  return value;
}

/**
 * Hyphens, lower case, and I, L, O are accepted.
 *
 * @param {string} text
 * @param {number} byteLength
 */
export function decode(text, byteLength) {
  return ofBigInt(number(text.replaceAll('-', ''), byteLength), byteLength);
}

/**
 * @param {string} text
 * @param {number} byteLength
 */
export function decodeWithCheck(text, byteLength) {
  const symbols = text.replaceAll('-', '');
  const value = number(symbols.slice(0, -1), byteLength);
  if (normalised(symbols.slice(-1)) !== CHECK_SYMBOLS[Number(value % 37n)]) {
    throw new MalformedInput('check symbol is wrong');
  }
  return ofBigInt(value, byteLength);
}

const NUMBER_LENGTH = 10;
const TEXT_LENGTH = 16;

/**
 * Text of a transaction or receipt number.
 *
 * @param {Uint8Array} bytes 10
 */
export function numberText(bytes) {
  if (bytes.length !== NUMBER_LENGTH) {
    throw new MalformedInput('a number has 10 bytes');
  }
  return encode(bytes);
}

/**
 * Bytes of a canonical number; typing variants are refused because the text is signed.
 *
 * @param {string} text
 */
export function numberBytes(text) {
  const bytes = decode(text, NUMBER_LENGTH);
  if (encode(bytes) !== text) {
    throw new MalformedInput('number is not in canonical form');
  }
  return bytes;
}

/**
 * Canonical number of what a person typed: 17 symbols, the last one checks the others.
 *
 * @param {string} typed
 */
export const typedNumber = (typed) =>
  encode(decodeWithCheck(typed.trim().replaceAll(' ', ''), NUMBER_LENGTH));

/**
 * Canonical number of what a person typed, or of a program that has it in canonical form already.
 *
 * @param {string} text
 */
export const canonicalNumber = (text) =>
  text.length === TEXT_LENGTH ? encode(numberBytes(text)) : typedNumber(text);

/**
 * A number with its check symbol, for the eye and the keyboard: `ABCD-EFGH-JKMN-PQRS-T`.
 *
 * @param {string} text
 */
export function typableNumber(text) {
  return (encodeWithCheck(numberBytes(text)).match(/.{1,4}/g) ?? []).join('-');
}
