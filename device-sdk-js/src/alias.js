/** The clear account field: a one-time alias, opaque to all but the bank; section 5. */
import { ofBase64Url, toBase64Url } from './bytes.js';
import { MalformedInput } from './refusal.js';

/** Bytes of an alias. */
export const ALIAS_LENGTH = 17;

/** @param {Uint8Array} alias */
export function aliasText(alias) {
  if (alias.length !== ALIAS_LENGTH) {
    throw new MalformedInput('clear account field has 17 bytes');
  }
  return toBase64Url(alias);
}

/** @param {string} text */
export function aliasBytes(text) {
  const alias = ofBase64Url(text);
  if (alias.length !== ALIAS_LENGTH) {
    throw new MalformedInput('clear account field has 17 bytes');
  }
  return alias;
}
