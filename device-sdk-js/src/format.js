/**
 * What a format fixes: one place to change when a format is added. docs/PROTOCOL.md section 1.
 */
import { encode } from './cbor.js';

/** Version of the message format. */
export const FORMAT = 0;

/** Suite 1: P-256, ES256, HKDF-SHA-256, AES-256-GCM. */
export const SUITE = 1;

/** Suites that this device offers. */
export const SUITES = Object.freeze([SUITE]);

/** Consortium of a bank that does not name one. */
export const DEFAULT_CONSORTIUM = 'TL';

/** COSE private-use header labels of a code. */
export const SUITE_LABEL = -70001;
export const HINT_LABEL = -70002;

/** What a QR starts with. */
export const QR_PREFIX = `TALLY${FORMAT}:`;

/** Limits of section 11; lengths in bytes or characters, times in milliseconds. */
export const LIMITS = Object.freeze({
  cborBytes: 16 * 1024,
  cborDepth: 6,
  codeChars: 8192,
  billBytes: 2048,
  billItems: 32,
  signedMapBytes: 1024,
  privateMapBytes: 512,
  answerBytes: 2048,
  aliases: 32,
  subscriptions: 64,
  halfLifeMillis: 24 * 3_600_000,
  amountMinor: 1_000_000_000_000_000,
  pinIterations: 600_000,
  window: 64,
});

export const ROLE = Object.freeze({ PAYER: 1, PAYEE: 2 });
export const PURPOSE = Object.freeze({ PURCHASE: 1, CANCEL: 2 });
export const OUTCOME = Object.freeze({
  1: 'APPROVED',
  2: 'DECLINED',
  3: 'ERROR',
  4: 'EXPIRED',
  5: 'CANCELLED',
});
export const REASON = Object.freeze({
  0: 'NONE',
  1: 'OWN_HALF_REFUSED',
  2: 'HALVES_DO_NOT_MATCH',
  3: 'NOT_HONOURED',
  4: 'TOO_LATE',
  5: 'CANCELLED_BY_PAYEE',
  6: 'DEVICE_SUSPENDED',
});

/**
 * External AAD of a signed or encrypted message, 1.1.
 *
 * @param {string} type without `ts/`
 * @param {string} consortium two letters
 * @param {string} [number] of the transaction, empty outside one
 * @param {string} [account] clear account field, empty outside a code
 */
export function aad(type, consortium, number = '', account = '') {
  return encode(['tallystick', type, FORMAT, SUITE, consortium, consortium, number, account]);
}

/**
 * COSE typ header value, RFC 9596.
 *
 * @param {string} type
 */
export const typ = (type) => `ts/${type}`;

/**
 * Info of derivations that need no other context.
 *
 * @param {string} text
 */
export const label = (text) => encode([text]);
