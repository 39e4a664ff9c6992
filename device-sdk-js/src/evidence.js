/** Evidence bundles; docs/PROTOCOL.md section 12. */
import { MapReader, asArray, asBytes, decode } from './cbor.js';
import { MAX_VERSION } from './agreement.js';
import { FORMAT } from './format.js';
import { MalformedInput } from './refusal.js';
import { inclusionOf } from './tree.js';
import { lineOf } from './log.js';
import { signedCheckpointOf } from './checkpoint.js';

/**
 * The version of the agreement that held for a side, and by what its party agreed to it.
 *
 * @param {any} item
 */
function agreed(item) {
  const reader = new MapReader(item);
  const read = {
    version: reader.integer(1, 1, MAX_VERSION),
    hash: reader.bytes(2, 32),
    sign1: reader.has(3) ? reader.bytes(3, 64, 512) : null,
    bindingRecord: reader.has(4) ? reader.bytes(4, 64, 2048) : null,
  };
  reader.end();
  return read;
}

/** @param {any} item */
function side(item) {
  const reader = new MapReader(item);
  const read = {
    receipt: reader.bytes(1, 64, 2048),
    half: reader.bytes(2, 64, 2048),
    account: reader.text(3, 23),
    codeHash: reader.bytes(4, 32),
    bindingRecord: reader.bytes(5, 64, 2048),
    line: lineOf(reader.value(6)),
    lineSalt: reader.bytes(7, 16),
    details: reader.bytes(8, 1, 1024),
    counterpartySalt: reader.bytes(9, 16),
    receipt2: reader.has(10) ? reader.bytes(10, 64, 8192) : null,
    inclusion: reader.has(11) ? inclusionOf(reader.value(11)) : null,
    agreement: reader.has(12) ? agreed(reader.value(12)) : null,
  };
  reader.end();
  return read;
}

/**
 * Strict reading of a bundle; nothing in it is checked yet.
 *
 * @param {Uint8Array} bytes
 */
export function decodeBundle(bytes) {
  const reader = new MapReader(decode(bytes));
  reader.integer(1, FORMAT, FORMAT);
  const bill = reader.value(6);
  const bundle = {
    consortium: reader.text(2, 2),
    keySet: reader.bytes(3, 64, 16 * 1024),
    number: reader.text(4, 16),
    sides: asArray(reader.value(5)).map(side),
    bill: bill === null ? null : asBytes(bill),
    checkpoint: reader.has(7) ? signedCheckpointOf(reader.value(7)) : null,
  };
  reader.end();
  if (bundle.sides.some(({ inclusion }) => (inclusion !== null) !== (bundle.checkpoint !== null))) {
    throw new MalformedInput('a checkpoint without inclusions, or the other way round');
  }
  return bundle;
}
