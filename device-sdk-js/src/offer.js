/** Offers: a sender starts, and shows a QR without any authority. docs/PROTOCOL.md section 6.3. */
import { FORMAT, LIMITS, OFFER_PREFIX } from './format.js';
import { MalformedInput } from './refusal.js';
import { MapReader, decode, encode, map } from './cbor.js';
import { isPrintable } from './bill.js';
import { ofBase64Url, toBase64Url } from './bytes.js';
import { requireCurrency } from './money.js';

/** @typedef {import('./bytes.js').Bytes} Bytes */

/**
 * @typedef {object} Offer
 * @property {string} consortium
 * @property {Bytes} id 10 random bytes
 * @property {number | null} amount minor units; null where the receiver says how much
 * @property {string | null} currency null only where the amount is
 * @property {number} expires at most 15 minutes ahead
 * @property {string | null} text for the receiver, at most 64 characters
 */

/** @param {Offer} offer */
export const encodeOffer = ({ consortium, id, amount, currency, expires, text }) =>
  encode(map({ 1: FORMAT, 2: consortium, 3: id, 4: amount, 5: currency, 6: expires, 7: text }));

/**
 * @param {Uint8Array} bytes
 * @returns {Offer}
 */
export function decodeOffer(bytes) {
  const reader = new MapReader(decode(bytes, LIMITS.offerBytes));
  reader.integer(1, FORMAT, FORMAT);
  const currency = reader.textOrNull(5, 3);
  const offer = {
    consortium: reader.text(2, 2),
    id: reader.bytes(3, 10),
    amount: reader.value(4) === null ? null : reader.integer(4, 0, LIMITS.amountMinor),
    currency: currency === null ? null : requireCurrency(currency),
    expires: reader.integer(6, 0),
    text: reader.textOrNull(7, LIMITS.offerTextChars),
  };
  reader.end();
  if (offer.amount !== null && offer.currency === null) {
    throw new MalformedInput('an amount has a currency');
  }
  if (!/^[A-Z]{2}$/.test(offer.consortium) || !isPrintable(offer.text ?? '')) {
    throw new MalformedInput('consortium or text of an offer');
  }
  return offer;
}

/**
 * Text for a QR.
 *
 * @param {Offer} offer
 */
export const offerText = (offer) => OFFER_PREFIX + toBase64Url(encodeOffer(offer));

/**
 * The offer of a QR's text.
 *
 * @param {string} text
 */
export function ofOfferText(text) {
  const trimmed = text.trim();
  if (!trimmed.startsWith(OFFER_PREFIX) || trimmed.length > 2 * LIMITS.offerBytes) {
    throw new MalformedInput('not an offer');
  }
  return decodeOffer(ofBase64Url(trimmed.slice(OFFER_PREFIX.length)));
}

/**
 * F1: whether a receiver may answer an offer now.
 *
 * @param {Offer} offer
 * @param {string} consortium of the receiver
 * @param {number} now
 */
export const isOpen = (offer, consortium, now) =>
  offer.consortium === consortium &&
  now <= offer.expires &&
  offer.expires <= now + LIMITS.offerLifeMillis;

/**
 * F1 and F2: whether an amount is what was offered.
 *
 * @param {Offer} offer
 * @param {{ total: number, currency: string }} asked
 */
export const isOffered = ({ amount, currency }, asked) =>
  (currency === null || currency === asked.currency) && (amount === null || amount === asked.total);
