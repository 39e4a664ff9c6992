/** Makes offers and answers them, F1 to F3; docs/PROTOCOL.md section 6.3. */
import { MAX_OFFERS } from './state.js';
import { StepRefused, atStep } from './refusal.js';
import { decodeOffer, encodeOffer, isOffered, isOpen, ofOfferText, offerText } from './offer.js';
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
    const offer = this.open(() => decodeOffer(encodeOffer(said)));
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
    return this.open(() => ofOfferText(text));
  }

  /**
   * An offer that has the right form and may be answered now.
   *
   * @param {() => Offer} read
   */
  open(read) {
    const { consortium } = this.core.active().identity;
    try {
      const offer = read();
      if (isOpen(offer, consortium, this.core.clock())) {
        return offer;
      }
    } catch (fault) {
      throw atStep(fault, 'F1', 'not an offer');
    }
    throw new StepRefused('F1', 'the offer has expired, lives too long or is of another consortium');
  }
}

/**
 * F1: what the receiver's bill says; where the offer names an amount, that one.
 *
 * @param {Offer} offer
 * @param {Partial<BillRequest>} request
 * @returns {BillRequest}
 */
export function billFor(offer, request) {
  const { amount, currency, text } = offer;
  const items = request.items ?? (amount === null ? [] : [{ text: text ?? 'Payment', amount }]);
  const bill = { tax: 0, ...request, items, currency: request.currency ?? currency ?? '' };
  const total = items.reduce((sum, item) => sum + item.amount, bill.tax);
  const { currency: said } = bill;
  if (items.length === 0 || !isOffered(offer, { total, currency: said })) {
    throw new StepRefused('F1', 'the bill has no amount, or another one than is offered');
  }
  return bill;
}
