/**
 * HPKE, RFC 9180: mode_psk with DHKEM(P-256, HKDF-SHA256), HKDF-SHA256 and AES-256-GCM, one message.
 */
import { agree, expand, extract, gcmOpen, gcmSeal, generateEcdh } from './crypto.js';
import { concat, ofText } from './bytes.js';

/** @typedef {import('./bytes.js').Bytes} Bytes */

const KEM = concat(ofText('KEM'), Uint8Array.of(0, 0x10));
const HPKE = concat(ofText('HPKE'), Uint8Array.of(0, 0x10, 0, 1, 0, 2));
const VERSION = ofText('HPKE-v1');
const NONE = new Uint8Array(0);

/**
 * @param {Uint8Array} suite
 * @param {Uint8Array} salt
 * @param {string} name
 * @param {Uint8Array} ikm
 */
const labelledExtract = (suite, salt, name, ikm) =>
  extract(salt, concat(VERSION, suite, ofText(name), ikm));

/**
 * @param {Uint8Array} suite
 * @param {Uint8Array} prk
 * @param {string} name
 * @param {Uint8Array} info
 * @param {number} length
 */
const labelledExpand = (suite, prk, name, info, length) =>
  expand(prk, concat(Uint8Array.of(0, length), VERSION, suite, ofText(name), info), length);

/**
 * What both sides know.
 *
 * @typedef {object} Context
 * @property {Uint8Array} info
 * @property {Uint8Array} psk at least 32 bytes
 * @property {Uint8Array} pskId
 * @property {Uint8Array} exporter context of the exported secret
 */

/**
 * @param {Uint8Array} dh
 * @param {Uint8Array} enc
 * @param {Uint8Array} recipient
 * @param {Context} context
 */
async function schedule(dh, enc, recipient, { info, psk, pskId, exporter }) {
  if (psk.length < 32 || pskId.length === 0) {
    throw new RangeError('pre-shared key too short, or without an id');
  }
  const prk = await labelledExtract(KEM, NONE, 'eae_prk', dh);
  const shared = await labelledExpand(KEM, prk, 'shared_secret', concat(enc, recipient), 32);
  const keyScheduleContext = concat(
    Uint8Array.of(1),
    await labelledExtract(HPKE, NONE, 'psk_id_hash', pskId),
    await labelledExtract(HPKE, NONE, 'info_hash', info),
  );
  const secret = await labelledExtract(HPKE, shared, 'secret', psk);
  const exporterSecret = await labelledExpand(HPKE, secret, 'exp', keyScheduleContext, 32);
  return {
    key: await labelledExpand(HPKE, secret, 'key', keyScheduleContext, 32),
    nonce: await labelledExpand(HPKE, secret, 'base_nonce', keyScheduleContext, 12),
    exported: await labelledExpand(HPKE, exporterSecret, 'sec', exporter, 32),
  };
}

/**
 * Seals one message with aad "".
 *
 * @param {Uint8Array} recipient 65 bytes
 * @param {Context} context
 * @param {Uint8Array} plaintext
 */
export async function sealPsk(recipient, context, plaintext) {
  const { privateKey, publicPoint } = await generateEcdh();
  const dh = await agree(privateKey, recipient);
  const { key, nonce, exported } = await schedule(dh, publicPoint, recipient, context);
  return { enc: publicPoint, ciphertext: await gcmSeal(key, nonce, NONE, plaintext), exported };
}

/**
 * Opens one message; null where anything does not fit.
 *
 * @param {CryptoKey} privateKey of the recipient
 * @param {Uint8Array} recipient its point
 * @param {Uint8Array} enc 65 bytes
 * @param {Context} context
 * @param {Uint8Array} ciphertext
 * @returns {Promise<{ plaintext: Bytes, exported: Bytes } | null>}
 */
export async function openPsk(privateKey, recipient, enc, context, ciphertext) {
  let dh;
  try {
    dh = await agree(privateKey, enc);
  } catch {
    return null; // not a point
  }
  const { key, nonce, exported } = await schedule(dh, enc, recipient, context);
  const plaintext = await gcmOpen(key, nonce, NONE, ciphertext);
  return plaintext && { plaintext, exported };
}
