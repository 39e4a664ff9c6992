/**
 * What a format fixes: one place to change when a format is added. docs/PROTOCOL.md section 1.
 */
import { MalformedInput } from './refusal.js';
import { encode } from './cbor.js';

/** Version of the message format. */
export const FORMAT = 1;

/**
 * Suites. Both: P-256, ES256, HKDF-SHA-256, AES-256-GCM. Hybrid: also ML-KEM-768 at enrolment and
 * rekey, ML-DSA-65 on receipts. What devices of any suite read (key sets, certificates, bills) has 1.
 */
export const SUITE = Object.freeze({ CLASSIC: 1, HYBRID: 2 });

/** COSE algorithms of signatures. */
export const ALG = Object.freeze({ ES256: -7, ML_DSA_65: -49 });

/** Consortium of a bank that does not name one. */
export const DEFAULT_CONSORTIUM = 'TL';

/** COSE private-use header labels of codes and requests. */
export const SUITE_LABEL = -70001;
export const HINT_LABEL = -70002;
export const NONCE_LABEL = -70003;
export const CHALLENGE_LABEL = -70004;
export const BLOCKS_LABEL = -70005;

/** What a QR starts with. */
export const QR_PREFIX = `TALLY${FORMAT}:`;

/** What the QR of an offer starts with. */
export const OFFER_PREFIX = 'TALLYO:';

/** What an app link to a bill starts with. */
export const LINK_PREFIX = `tallystick:bill/${FORMAT}/`;

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
  hybridAnswerBytes: 8192,
  noticeBytes: 2048,
  blockBytes: 1024,
  blocks: 8,
  requestChars: 8192,
  aliases: 32,
  subscriptions: 64,
  halfLifeMillis: 24 * 3_600_000,
  billLifeMillis: 15 * 60_000,
  amountMinor: 1_000_000_000_000_000,
  pinIterations: 600_000,
  window: 64,
  epochNumbers: 256,
  rekeyNumbers: 100,
  rekeyMillis: 24 * 3_600_000,
  rekeysNotDue: 3,
  statusNumbers: 16,
  logLines: 16,
  bankKeys: 64,
  keysAtATime: 4,
  extensions: 4,
  extensionNameChars: 16,
  extensionBytes: 64,
  holdMillis: 31 * 86_400_000,
  charges: 120,
  chargeMillis: 3_600_000,
  recurringMillis: 400 * 86_400_000,
  progress: 8,
  progressBytes: 512,
  levels: 7,
  levelProofs: 3,
  loyaltyChars: 32,
  offerBytes: 512,
  offerTextChars: 64,
  offerLifeMillis: 15 * 60_000,
  compactShorthandChars: 8,
});

export const ROLE = Object.freeze({ PAYER: 1, PAYEE: 2 });
/** Complete ends a hold, charge takes a recurring amount; both are codes of the payee. */
export const PURPOSE = Object.freeze({ PURCHASE: 1, CANCEL: 2, COMPLETE: 3, CHARGE: 4 });

/** What a payee may ask to hear of a payer, and a payer may grant: bits. */
export const CONSENT = Object.freeze({ OF_AGE: 1, RESIDENCE: 2, DELIVERY_ADDRESS: 4, IDENTITY: 8 });
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
  7: 'REKEY_FIRST',
  8: 'BLOCKED',
  9: 'ABOVE_LIMIT',
  10: 'AGREE_FIRST',
});

/** Kinds of requests, section R. */
export const REQUEST = Object.freeze({
  STATUS: 1,
  REKEY: 2,
  LOG: 3,
  PIN: 4,
  LODGE: 5,
  BILL: 6,
  NUMBER: 7,
  NOT_ME: 8,
  COUNTERSIGN: 9,
  LEVEL_PIN: 10,
  END_AUTHORITY: 11,
  AGREE: 12,
});

/** Kinds of notices, section N. */
export const NOTICE = Object.freeze({
  BOUND: 1,
  SUSPENDED: 2,
  NOT_ME: 3,
  AUTHORITY: 4,
  TO_SIGN: 5,
  REGISTRATION: 6,
  SIGNED: 7,
});

/** Extension by which a half says that it is of a bill in presence mode. */
export const PRESENCE = 'presence';

/** Extension by which a half asks to be told how it stands. */
export const PROGRESS = 'progress';

/**
 * External AAD of a signed or encrypted message, 1.1.
 *
 * @param {string} type without `ts/`
 * @param {number} suite of the device that signs or is meant
 * @param {string} consortium two letters
 * @param {string} [number] of the transaction, empty outside one
 * @param {string} [account] clear account field, empty outside a code
 */
export function aad(type, suite, consortium, number = '', account = '') {
  return encode(['tallystick', type, FORMAT, suite, consortium, consortium, number, account]);
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

/**
 * A suite that exists.
 *
 * @param {any} value
 * @returns {number}
 */
export function asSuite(value) {
  if (value !== SUITE.CLASSIC && value !== SUITE.HYBRID) {
    throw new MalformedInput('unknown suite');
  }
  return value;
}
