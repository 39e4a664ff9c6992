/** Reads decoded CBOR strictly: types, sizes, and no member that nobody asked for. */
import { MalformedInput } from './refusal.js';

/** @typedef {import('./bytes.js').Bytes} Bytes */

/**
 * An array of exactly so many items.
 *
 * @param {any} value
 * @param {number} [size]
 * @returns {any[]}
 */
export function asArray(value, size) {
  if (!Array.isArray(value) || (size !== undefined && value.length !== size)) {
    throw new MalformedInput('expected an array of another size');
  }
  return value;
}

/**
 * @param {any} value
 * @param {number} [exactLength]
 * @returns {Bytes}
 */
export function asBytes(value, exactLength) {
  if (!(value instanceof Uint8Array)) {
    throw new MalformedInput('expected a byte string');
  }
  if (exactLength !== undefined && value.length !== exactLength) {
    throw new MalformedInput(`byte string of ${value.length} bytes instead of ${exactLength}`);
  }
  return /** @type {Bytes} */ (value);
}

/**
 * @param {any} value
 * @param {number} maxChars UTF-16 code units
 * @returns {string}
 */
export function asText(value, maxChars) {
  if (typeof value !== 'string' || value.length > maxChars) {
    throw new MalformedInput(`expected a text of at most ${maxChars} characters`);
  }
  return value;
}

/** Reads a map with integer keys strictly: {@link MapReader#end} refuses what was not read. */
export class MapReader {
  /** @param {any} value */
  constructor(value) {
    if (!(value instanceof Map)) {
      throw new MalformedInput('expected a map');
    }
    this.members = value;
    /** @type {Set<number>} */
    this.read = new Set();
  }

  /** @param {number} key */
  has(key) {
    return this.members.has(key);
  }

  /**
   * A member of any type.
   *
   * @param {number} key
   * @returns {any}
   */
  value(key) {
    this.read.add(key);
    if (!this.members.has(key)) {
      throw new MalformedInput(`member ${key} is missing`);
    }
    return this.members.get(key);
  }

  /**
   * An integer within bounds, both included; what is not exact as a number is out of range.
   *
   * @param {number} key
   * @param {number} [min]
   * @param {number} [max]
   * @returns {number}
   */
  integer(key, min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER) {
    const value = this.value(key);
    if (typeof value !== 'number' || value < min || value > max) {
      throw new MalformedInput(`member ${key} is not an integer, or out of range`);
    }
    return value;
  }

  /**
   * @param {number} key
   * @param {number} min
   * @param {number} [max] as min where nothing is said
   */
  bytes(key, min, max = min) {
    const value = asBytes(this.value(key));
    if (value.length < min || value.length > max) {
      throw new MalformedInput(`member ${key} has ${value.length} bytes`);
    }
    return value;
  }

  /**
   * @param {number} key
   * @param {number} length
   */
  bytesOrNull(key, length) {
    const value = this.value(key);
    return value === null ? null : asBytes(value, length);
  }

  /**
   * @param {number} key
   * @param {number} maxChars
   */
  text(key, maxChars) {
    return asText(this.value(key), maxChars);
  }

  /**
   * @param {number} key
   * @param {number} maxChars
   */
  textOrNull(key, maxChars) {
    const value = this.value(key);
    return value === null ? null : asText(value, maxChars);
  }

  /** Refuses members that nobody read. */
  end() {
    for (const key of this.members.keys()) {
      if (!this.read.has(key)) {
        throw new MalformedInput('unknown member');
      }
    }
  }
}
