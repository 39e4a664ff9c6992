/** Tallystick device SDK: what browsers and Node share. */
export { TallystickDevice } from './device.js';
export { HttpBank } from './transport.js';
export { Bill } from './bill.js';
export { BankKeys } from './keys.js';
export { CONSENT, DEFAULT_CONSORTIUM, FORMAT, NOTICE, PURPOSE, ROLE, SUITE } from './format.js';
export { SEEN } from './results.js';
export { platformSuites } from './pq.js';
export { subjectOf } from './notice.js';
export { BankRefused, MalformedInput, SignatureRefused, StateRefused, StepRefused } from './refusal.js';
export { canonicalNumber, typableNumber } from './crockford.js';
export { ofBase64Url, toBase64Url } from './bytes.js';
export { qrModules, qrSvg, qrTerminal } from './qr.js';
