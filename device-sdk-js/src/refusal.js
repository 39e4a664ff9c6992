/** Input that does not have the form it must have; the message never quotes the input. */
export class MalformedInput extends Error {
  /** @param {string} message */
  constructor(message) {
    super(message);
    this.name = 'MalformedInput';
  }
}

/** A signature that does not hold for the type and context it is presented in. */
export class SignatureRefused extends Error {
  /** @param {string} type */
  constructor(type) {
    super(`signature of type ${type} does not hold`);
    this.name = 'SignatureRefused';
  }
}

/**
 * A step of the protocol that something authentic broke, such as `O8` or `B3`.
 */
export class StepRefused extends Error {
  /**
   * @param {string} step
   * @param {string} message
   */
  constructor(step, message) {
    super(message);
    this.name = 'StepRefused';
    this.step = step;
  }
}

/**
 * What the bank, or the way to it, said instead of an answer; RFC 9457.
 */
export class BankRefused extends Error {
  /**
   * @param {string} type URI of the problem
   * @param {string} title
   * @param {number} status HTTP status, 0 where no HTTP answer came at all
   */
  constructor(type, title, status) {
    super(title);
    this.name = 'BankRefused';
    this.type = type;
    this.status = status;
  }
}

/** This platform cannot do what a suite needs; a fault, since devices never get into that suite here. */
export class PlatformLacks extends Error {
  /** @param {string} algorithm */
  constructor(algorithm) {
    super(`this platform's WebCrypto has no ${algorithm}`);
    this.name = 'PlatformLacks';
  }
}

/** Type of a bank that cannot be reached. */
export const UNREACHABLE = 'urn:tallystick:problem:unreachable';

/** Type of a reply that does not have the form that the protocol asks for. */
export const MALFORMED = 'urn:tallystick:problem:malformed-reply';

/** A store, its key or its lock is not as it must be; nothing was changed. */
export class StateRefused extends Error {
  /**
   * @param {'locked' | 'tampered' | 'unknown-version' | 'key-missing' | 'key-unsafe' | 'other-bank'
   *   | 'write-failed'} reason
   * @param {string} message without content of the state
   */
  constructor(reason, message) {
    super(message);
    this.name = 'StateRefused';
    this.reason = reason;
  }
}

/**
 * Why something was not done, in a form that a user interface can show.
 *
 * @typedef {object} Refusal
 * @property {string} type stable identifier, a URI: a step such as `urn:tallystick:device:B2`
 * @property {string} title one short sentence without secrets and input
 * @property {number} [status] of HTTP, where the bank refused
 */

/**
 * A value, or a refusal. Faults (a broken disk, an own bug) are thrown instead.
 *
 * @template T
 * @typedef {{ ok: true, value: T } | { ok: false, refusal: Refusal }} Result
 */

/**
 * Runs something; what is refused inside is returned, all else is thrown.
 *
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<Result<T>>}
 */
export async function result(work) {
  try {
    return { ok: true, value: await work() };
  } catch (fault) {
    if (fault instanceof StepRefused) {
      const type = `urn:tallystick:device:${fault.step}`;
      return { ok: false, refusal: { type, title: fault.message } };
    }
    if (fault instanceof BankRefused) {
      const { type, message, status } = fault;
      return { ok: false, refusal: { type, title: message, status } };
    }
    throw fault;
  }
}

/**
 * What malformed or unsigned input means at a step.
 *
 * @param {unknown} fault
 * @param {string} step
 * @param {string} title
 */
export function atStep(fault, step, title) {
  return fault instanceof MalformedInput || fault instanceof SignatureRefused
    ? new StepRefused(step, title)
    : fault;
}
