/**
 * Deterministic CBOR, RFC 8949 section 4.2.1, and nothing else: own code, small, because what it
 * refuses (duplicate keys, longer forms, tags, floats, other orders of keys) is part of the protocol.
 *
 * Values: integers are numbers, or bigints beyond 2^53; byte strings are Uint8Arrays; maps are Maps
 * whose keys are integers or texts; null and booleans are themselves.
 */
import { MalformedInput } from './refusal.js';
import { concat, equal, ofText } from './bytes.js';

const MAX_BYTES = 16 * 1024;
const MAX_DEPTH = 6;
const MAX_INTEGER = 2n ** 63n;

/** @typedef {import('./bytes.js').Bytes} Bytes */

/**
 * @typedef {number | bigint | string | boolean | null | Uint8Array | any[] | Map<any, any>} Value
 */

/**
 * @param {number} major
 * @param {bigint} argument
 * @returns {Bytes}
 */
function head(major, argument) {
  const type = major << 5;
  if (argument < 24n) {
    return Uint8Array.of(type | Number(argument));
  }
  const size = argument < 2n ** 8n ? 1 : argument < 2n ** 16n ? 2 : argument < 2n ** 32n ? 4 : 8;
  const bytes = new Uint8Array(1 + size);
  bytes[0] = type | (24 + Math.log2(size));
  for (let i = size, rest = argument; i > 0; i--, rest >>= 8n) {
    bytes[i] = Number(rest & 255n);
  }
  return bytes;
}

/**
 * @param {number | bigint} value
 */
function integer(value) {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) {
    throw new MalformedInput('not an integer that is exact');
  }
  const exact = BigInt(value);
  if (exact >= MAX_INTEGER || exact < -MAX_INTEGER) {
    throw new MalformedInput('integer outside the signed 64 bit range');
  }
  return exact < 0n ? head(1, -1n - exact) : head(0, exact);
}

/**
 * @param {string} text
 * @returns {Bytes}
 */
function textString(text) {
  if (!isWellFormed(text)) {
    throw new MalformedInput('text with an unpaired surrogate');
  }
  const bytes = ofText(text);
  return concat(head(3, BigInt(bytes.length)), bytes);
}

/**
 * @param {string} text
 */
function isWellFormed(text) {
  return !/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(text);
}

/**
 * Bytewise order of encoded keys.
 *
 * @param {Uint8Array} a
 * @param {Uint8Array} b
 */
function compare(a, b) {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    if (a[i] !== b[i]) {
      return a[i] - b[i];
    }
  }
  return a.length - b.length;
}

/**
 * @param {Map<any, any>} map
 * @param {number} depth
 * @param {number} maxDepth
 */
function mapping(map, depth, maxDepth) {
  const members = [...map].map(([key, value]) => {
    if (!['number', 'bigint', 'string'].includes(typeof key)) {
      throw new MalformedInput('map key is neither an integer nor a text string');
    }
    return { key: item(key, depth, maxDepth), value: item(value, depth, maxDepth) };
  });
  members.sort((a, b) => compare(a.key, b.key));
  for (let i = 1; i < members.length; i++) {
    if (equal(members[i - 1].key, members[i].key)) {
      throw new MalformedInput('map key twice');
    }
  }
  const parts = members.flatMap((member) => [member.key, member.value]);
  return concat(head(5, BigInt(members.length)), ...parts);
}

/**
 * @param {Value} value
 * @param {number} depth
 * @param {number} maxDepth
 * @returns {Bytes}
 */
function item(value, depth, maxDepth) {
  if (value === null) {
    return Uint8Array.of(0xf6);
  }
  if (typeof value === 'boolean') {
    return Uint8Array.of(value ? 0xf5 : 0xf4);
  }
  if (typeof value === 'number' || typeof value === 'bigint') {
    return integer(value);
  }
  if (typeof value === 'string') {
    return textString(value);
  }
  if (value instanceof Uint8Array) {
    return concat(head(2, BigInt(value.length)), value);
  }
  if (depth === maxDepth) {
    throw new MalformedInput(`nested deeper than ${maxDepth}`);
  }
  if (Array.isArray(value)) {
    const items = value.map((one) => item(one, depth + 1, maxDepth));
    return concat(head(4, BigInt(items.length)), ...items);
  }
  if (value instanceof Map) {
    return mapping(value, depth + 1, maxDepth);
  }
  throw new MalformedInput('no CBOR form for this value');
}

/**
 * Encodes a value; the only encoding there is of it.
 *
 * @param {Value} value
 * @param {number} [maxDepth]
 */
export function encode(value, maxDepth = MAX_DEPTH) {
  return item(value, 0, maxDepth);
}

/**
 * A map with integer keys, without the members that are undefined.
 *
 * @param {Record<number, Value | undefined>} members
 * @returns {Map<number, Value>}
 */
export function map(members) {
  const made = new Map();
  for (const [key, value] of Object.entries(members)) {
    if (value !== undefined) {
      made.set(Number(key), value);
    }
  }
  return made;
}

class Reader {
  /**
   * @param {Uint8Array} input
   * @param {number} maxDepth
   */
  constructor(input, maxDepth) {
    this.input = input;
    this.maxDepth = maxDepth;
    this.position = 0;
  }

  octet() {
    if (this.position === this.input.length) {
      throw new MalformedInput('input ends inside an item');
    }
    return this.input[this.position++];
  }

  /**
   * The argument of a head, if it stands in its shortest form.
   *
   * @param {number} first
   */
  argument(first) {
    const info = first & 31;
    if (info < 24) {
      return BigInt(info);
    }
    if (info > 27) {
      throw new MalformedInput('indefinite length or reserved head');
    }
    const size = 1 << (info - 24);
    let value = 0n;
    for (let i = 0; i < size; i++) {
      value = (value << 8n) | BigInt(this.octet());
    }
    if (value >= MAX_INTEGER) {
      throw new MalformedInput('integer outside the signed 64 bit range');
    }
    if (value < (size === 1 ? 24n : 2n ** BigInt(4 * size))) {
      throw new MalformedInput('number not in its shortest form');
    }
    return value;
  }

  /**
   * @param {number} first
   * @param {number} minBytes that each member needs
   */
  count(first, minBytes) {
    const count = this.argument(first);
    if (count > BigInt(Math.floor((this.input.length - this.position) / minBytes))) {
      throw new MalformedInput('more members declared than bytes left');
    }
    return Number(count);
  }

  /**
   * @param {number} first
   * @returns {Bytes}
   */
  content(first) {
    const length = this.count(first, 1);
    this.position += length;
    return new Uint8Array(this.input.slice(this.position - length, this.position));
  }

  /**
   * @param {number} depth
   */
  deeper(depth) {
    if (depth === this.maxDepth) {
      throw new MalformedInput(`nested deeper than ${this.maxDepth}`);
    }
    return depth + 1;
  }

  /**
   * @param {number} depth
   * @returns {any}
   */
  item(depth) {
    const first = this.octet();
    switch (first >> 5) {
      case 0:
        return exact(this.argument(first));
      case 1:
        return exact(-1n - this.argument(first));
      case 2:
        return this.content(first);
      case 3:
        return text(this.content(first));
      case 4:
        return this.array(first, this.deeper(depth));
      case 5:
        return this.map(first, this.deeper(depth));
      case 6:
        throw new MalformedInput('tags are not allowed');
      default:
        return simple(first);
    }
  }

  /**
   * @param {number} first
   * @param {number} depth
   */
  array(first, depth) {
    const count = this.count(first, 1);
    const items = [];
    for (let i = 0; i < count; i++) {
      items.push(this.item(depth));
    }
    return items;
  }

  /**
   * @param {number} first
   * @param {number} depth
   */
  map(first, depth) {
    const count = this.count(first, 2);
    const members = new Map();
    let before = new Uint8Array(0);
    for (let i = 0; i < count; i++) {
      const from = this.position;
      const key = this.item(depth);
      if (!['number', 'bigint', 'string'].includes(typeof key)) {
        throw new MalformedInput('map key is neither an integer nor a text string');
      }
      const encoded = this.input.slice(from, this.position);
      if (i > 0 && compare(before, encoded) >= 0) {
        throw new MalformedInput('map keys repeated or not in deterministic order');
      }
      before = encoded;
      members.set(key, this.item(depth));
    }
    return members;
  }
}

/**
 * @param {bigint} value
 */
function exact(value) {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/**
 * @param {Uint8Array} content
 */
function text(content) {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    throw new MalformedInput('text is not valid UTF-8');
  }
}

/**
 * @param {number} first
 */
function simple(first) {
  switch (first) {
    case 0xf4:
      return false;
    case 0xf5:
      return true;
    case 0xf6:
      return null;
    default:
      throw new MalformedInput('floats and other simple values are refused');
  }
}

/**
 * Decodes one item that fills the input.
 *
 * @param {Uint8Array} bytes
 * @param {number} [maxBytes]
 * @param {number} [maxDepth]
 * @returns {any}
 */
export function decode(bytes, maxBytes = MAX_BYTES, maxDepth = MAX_DEPTH) {
  if (bytes.length > maxBytes) {
    throw new MalformedInput(`${bytes.length} bytes, at most ${maxBytes} allowed`);
  }
  const reader = new Reader(bytes, maxDepth);
  const value = reader.item(0);
  if (reader.position !== bytes.length) {
    throw new MalformedInput('bytes after the end of the item');
  }
  return value;
}

export { MapReader, asArray, asBytes, asText } from './map-reader.js';
