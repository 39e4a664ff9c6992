/** Reads what a bank replies over HTTP: bounded, strict, RFC 9457 where it refuses. */
import { BankRefused, MALFORMED, MalformedInput } from './refusal.js';
import { ofBase64Url } from './bytes.js';
import { strictJson, textMember } from './json.js';
import { requireHashes } from './tree.js';

const MAX_REPLY_BYTES = 64 * 1024;

/**
 * The body as text; null where it is too long or not UTF-8.
 *
 * @param {Response} response
 */
export async function boundedText(response) {
  if (response.body === null) {
    return '';
  }
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const reader = response.body.getReader();
  let text = '';
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) {
      break;
    }
    length += value.length;
    if (length > MAX_REPLY_BYTES) {
      await reader.cancel();
      return null;
    }
    try {
      text += decoder.decode(value, { stream: true });
    } catch {
      await reader.cancel();
      return null;
    }
  }
  return text;
}

/** @param {string} title */
export const malformed = (title) => new BankRefused(MALFORMED, title, 200);

/**
 * @param {{ status: number, body: string | null }} reply
 * @param {string[]} required
 * @param {string[]} optional
 */
export function readReply({ status, body }, required, optional) {
  if (body === null) {
    throw new BankRefused(MALFORMED, 'the reply is too long, or no text', status);
  }
  try {
    return strictJson(body, required, optional);
  } catch (fault) {
    throw fault instanceof MalformedInput
      ? new BankRefused(MALFORMED, `reply: ${fault.message}`, status)
      : fault;
  }
}

/**
 * RFC 9457; further members are ignored as it asks.
 *
 * @param {{ status: number, body: string | null }} reply
 */
export function problemOf({ status, body }) {
  try {
    const { type, title } = strictJson(body ?? '');
    if (typeof type === 'string' && typeof title === 'string') {
      return new BankRefused(shortened(type), shortened(title), status);
    }
  } catch (fault) {
    if (!(fault instanceof MalformedInput)) {
      throw fault;
    }
  }
  return new BankRefused('about:blank', `the bank answered with status ${status}`, status);
}

/** @param {string} text */
const shortened = (text) => text.replace(/\p{Cc}/gu, ' ').slice(0, 200);

/**
 * @param {Record<string, any>} reply
 * @param {string} name
 */
export function member(reply, name) {
  try {
    return textMember(reply, name);
  } catch (fault) {
    throw fault instanceof MalformedInput ? malformed(`reply: ${fault.message}`) : fault;
  }
}

/**
 * @param {Record<string, any>} reply
 * @param {string} name
 */
export function bytesMember(reply, name) {
  const text = member(reply, name);
  try {
    return ofBase64Url(text);
  } catch (fault) {
    throw fault instanceof MalformedInput ? malformed(`reply: ${fault.message}`) : fault;
  }
}

/**
 * Hashes of a proof.
 *
 * @param {Record<string, any>} reply
 */
export function proofMember({ proof }) {
  try {
    if (!Array.isArray(proof) || proof.some((hash) => typeof hash !== 'string')) {
      throw new MalformedInput('a proof is not of texts');
    }
    return requireHashes(proof.map(ofBase64Url));
  } catch (fault) {
    throw fault instanceof MalformedInput ? malformed(`reply: ${fault.message}`) : fault;
  }
}
