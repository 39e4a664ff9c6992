/** Makes offers and answers them, F1 to F3; docs/PROTOCOL.md section 6.3. */
import { LIMITS } from './format.js';
import { MAX_OFFERS } from './state.js';
import { MalformedInput, StepRefused } from './refusal.js';
import { decodeOffer, encodeOffer, ofOfferText, offerText } from './offer.js';
import { random } from './crypto.js';

/** @typedef {import('./halves.js').BillRequest} BillRequest */
/** @typedef {import('./offer.js').Offer} Offer */

/** Less than the most, so that clocks may differ. */
const LIFE_MILLIS = 10 * 60_000;

/**
 * @typedef {object} OfferRequest
 * @property {number | null} [amount] minor units; null where the receiver says how much
 * @property {string | null} [currency] with an amount always
 * @property {string | null} [text] for the receiver
 * @property {number} [lifeMillis] ten minutes where nothing is said, at most 15
 *
 * @typedef {{ offer: Offer, text: string }} MadeOffer with what a QR shows
 */

export class OfferDesk {
  /** @param {import('./core.js').Core} core */
  constructor(core) {
    this.core = core;
  }

  /**
   * Kept until it expires, since F2 compares with it.
   *
   * @param {OfferRequest} request
   * @returns {Promise<MadeOffer>}
   */
  async make({ amount = null, currency = null, text = null, lifeMillis = LIFE_MILLIS }) {
    const { core } = this;
    const { consortium, role } = core.active().identity;
    if (role === 'PROVIDER') {
      throw new StepRefused('role', "a provider's device does not pay");
    }
    const now = core.clock();
    const said = { consortium, id: random(10), amount, currency, expires: now + lifeMillis, text };
    const offer = this.live(() => decodeOffer(encodeOffer(said)));
    await core.keeper.update(({ offers }) => ({
      offers: [...offers.filter(({ expires }) => expires >= now), offer].slice(-MAX_OFFERS),
    }));
    return { offer, text: offerText(offer) };
  }

  /**
   * An offer that was scanned.
   *
   * @param {string} text
   */
  read(text) {
    const offer = this.live(() => ofOfferText(text));
    if (offer.consortium !== this.core.active().identity.consortium) {
      throw new StepRefused('F1', 'an offer of another consortium');
    }
    return offer;
  }

  /**
   * An offer that has the right form and has not expired.
   *
   * @param {() => Offer} read
   */
  live(read) {
    const now = this.core.clock();
    let offer;
    try {
      offer = read();
    } catch (fault) {
      throw fault instanceof MalformedInput
        ? new StepRefused('F1', `not an offer: ${fault.message}`)
        : fault;
    }
    if (now > offer.expires || offer.expires > now + LIMITS.offerLifeMillis) {
      throw new StepRefused('F1', 'the offer has expired, or says to live too long');
    }
    return offer;
  }
}

/**
 * F1: what the receiver's bill says; where the offer names an amount, that one.
 *
 * @param {Offer} offer
 * @param {Partial<BillRequest>} request
 * @returns {BillRequest}
 */
export function billFor({ amount, currency, text }, request) {
  const items = request.items ?? (amount === null ? [] : [{ text: text ?? '', amount }]);
  const bill = { tax: 0, ...request, items, currency: request.currency ?? currency ?? '' };
  const total = items.reduce((sum, item) => sum + item.amount, bill.tax);
  const asOffered = currency === null || bill.currency === currency;
  if (items.length === 0 || !asOffered || (amount !== null && total !== amount)) {
    throw new StepRefused('F1', 'the bill has no amount, or another one than is offered');
  }
  return bill;
}
