import { MalformedInput } from './refusal.js';

/** ISO 4217 codes, from the platform. */
const CODES = new Set(typeof Intl.supportedValuesOf === 'function' ? Intl.supportedValuesOf('currency') : []);

/**
 * Whether a text is an ISO 4217 alphabetic code known to the platform.
 *
 * @param {string} text
 */
export const isCurrency = (text) => /^[A-Z]{3}$/.test(text) && CODES.has(text);

/** @param {string} text */
export function requireCurrency(text) {
  if (!isCurrency(text)) {
    throw new MalformedInput('unknown currency');
  }
  return text;
}
