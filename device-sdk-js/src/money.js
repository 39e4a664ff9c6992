import { MalformedInput } from './refusal.js';

/** Codes of ISO 4217 that lists of platforms leave out: funds, metals, tests, and young ones. */
const OTHERS =
  'BOV CHE CHW CLF COU MXV USN UYI UYW VED XAG XAU XBA XBB XBC XBD XCG XDR XPD XPT XSU XTS XUA XXX ZWG';

const CODES = new Set([...Intl.supportedValuesOf('currency'), ...OTHERS.split(' ')]);

/**
 * Whether a text is an ISO 4217 alphabetic code, known here or to the platform.
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
