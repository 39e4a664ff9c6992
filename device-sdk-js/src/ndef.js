/** A bill as an NDEF message of one record, for NFC; docs/PROTOCOL.md section 1.2. */
import { LIMITS } from './format.js';
import { MalformedInput } from './refusal.js';
import { concat, equal, ofText } from './bytes.js';

const TYPE = ofText('application/vnd.tallystick.bill');

/** Message begin, message end, TNF 2 (a media type); short record. */
const HEAD = 0xc2;
const SHORT = 0x10;

/**
 * The only form: no id, a short record where the payload allows it.
 *
 * @param {Uint8Array} payload
 */
export function ndefOf(payload) {
  const short = payload.length < 256;
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, payload.length);
  const head = Uint8Array.of(HEAD | (short ? SHORT : 0), TYPE.length);
  return concat(head, short ? length.subarray(3) : length, TYPE, payload);
}

/**
 * The payload; anything but {@link ndefOf}'s form is refused.
 *
 * @param {Uint8Array} message
 */
export function ofNdef(message) {
  const start = 2 + (message[0] & SHORT ? 1 : 4) + TYPE.length;
  const payload = message.slice(start);
  if (payload.length > LIMITS.billBytes || !equal(ndefOf(payload), message)) {
    throw new MalformedInput('not the NDEF message of one bill');
  }
  return payload;
}
