/**
 * Everything that a device must not lose, and its keeper: one change at a time, each durable before
 * the next begins. docs/PROTOCOL.md section 4, S1.
 */
import { MalformedInput, StateRefused } from './refusal.js';
import { decode, encode } from './cbor.js';

/** @typedef {import('./bytes.js').Bytes} Bytes */

const VERSION = 2;
const MAX_BYTES = 4 * 1024 * 1024;
const MAX_DEPTH = 12;

/** Most halves without an answer, and most ended halves, notices and reserved numbers kept. */
export const MAX_OUTBOX = 128;
export const MAX_FINISHED = 256;
export const MAX_NOTICES = 64;
export const MAX_NUMBERS = 8;

/**
 * Where a device keeps its state. What `write` was given survives any crash once it has ended; a
 * crash before leaves the old state or the new one.
 *
 * @typedef {object} StateStore
 * @property {() => Promise<Bytes | null>} read null where nothing was ever written
 * @property {(content: Uint8Array) => Promise<void>} write
 * @property {() => Promise<{ handle: Bytes, publicKey: Bytes }>} newSigningKey durable; the handle
 *   goes into the state
 * @property {(handle: Uint8Array) => Promise<CryptoKey>} signingKey not extractable
 * @property {() => Promise<void>} close lets go of the lock
 */

/**
 * @typedef {{ salt: Bytes, secret: Bytes, iterations: number }} PinMaterial
 *
 * @typedef {object} Pending enrolment without a reply
 * @property {Bytes} offer
 * @property {Bytes} activationHash
 * @property {Bytes} message1
 * @property {Bytes} exported
 * @property {Bytes} bindHash
 * @property {Bytes} signingKey handle
 * @property {Bytes} publicKey
 * @property {PinMaterial | null} pin
 * @property {number} suite
 *
 * @typedef {object} Identity fixed at enrolment, but for the PIN
 * @property {number} suite
 * @property {string} consortium
 * @property {Bytes} deviceId
 * @property {Bytes} accountIdentifier
 * @property {Bytes} contractId
 * @property {Bytes} bindingValue
 * @property {string} role USER or PROVIDER
 * @property {number} profile
 * @property {number} contractVersion
 * @property {Bytes} contractHash
 * @property {Bytes} bindingRecord
 * @property {Bytes} signingKey handle
 * @property {Bytes} publicKey
 * @property {PinMaterial | null} pin
 *
 * @typedef {object} Bound what an enrolled device has beside its halves
 * @property {Identity} identity
 * @property {number} epoch
 * @property {number} first of the epoch's numbers
 * @property {number} n
 * @property {Bytes} chain
 * @property {Bytes} string2
 * @property {Bytes} root of the epoch: for requests and the rekey
 * @property {number} since when the epoch began here
 * @property {number} recoveryEpoch under which the epoch was made
 * @property {number | null} closed next n of the epoch before, when it was left
 * @property {PreviousEpoch | null} previous
 * @property {boolean} rekeyFirst the bank wants a rekey before anything else
 * @property {boolean} apart another code took a number of this device
 * @property {number[]} notDue when rekeys were made that were not due
 * @property {DownChain[]} down oldest first; the last one is of this epoch
 * @property {Bytes} prev
 * @property {number} reached lowest n that the bank may still be waiting for
 * @property {Bytes[]} aliases
 * @property {number} logIndex
 * @property {Bytes} logHead
 * @property {import('./log.js').LogLine[]} lines that were fetched before what they stand for came
 * @property {boolean} logUnsure the bank may have lost lines
 * @property {number} blockedUntil bank clock, 0 where it is not
 * @property {Bytes | null} certificate
 * @property {Bytes} enrolmentId
 * @property {Bytes | null} confirmation not acknowledged yet, or null once active
 *
 * @typedef {object} PreviousEpoch what is left of the epoch before
 * @property {number} epoch
 * @property {Bytes} root
 * @property {number} next n when it was left
 * @property {Bytes} prev then
 *
 * @typedef {object} DownChain
 * @property {number} epoch
 * @property {number} k of the next notice
 * @property {Bytes} chain
 * @property {number | null} made how many there are, once the bank has said so
 *
 * @typedef {import('./request.js').SealedRequest & {
 *   alias: Bytes,
 *   arguments: Bytes,
 *   material: RekeyMaterial | null,
 * }} PendingRequest a request that changes something, without a reply
 *
 * @typedef {object} RekeyMaterial
 * @property {Bytes} privateKey PKCS #8
 * @property {Bytes | null} seed of ML-KEM
 * @property {number} newEpoch
 * @property {boolean} due
 *
 * @typedef {{ number: string, label: string, expires: number }} ReservedNumber
 *
 * @typedef {import('./notice.js').Notice} KeptNotice
 *
 * @typedef {'SEALED' | 'ACCEPTED' | 'HELD' | 'NO_ANSWER'} EntryState
 *
 * @typedef {object} OutboxEntry a half without a final answer
 * @property {number} epoch
 * @property {number} n
 * @property {string} number
 * @property {number} role
 * @property {number} purpose
 * @property {string} code the exact text that is sent, however often
 * @property {Bytes} codeHash
 * @property {Bytes} half
 * @property {Bytes} replyRoot
 * @property {Bytes} pickup
 * @property {Bytes | null} bill
 * @property {number} notAfter
 * @property {EntryState} state
 * @property {Bytes | null} heldAnswer
 * @property {number} heldLine index of its line
 *
 * @typedef {object} FinishedEntry a half that has ended
 * @property {number} epoch
 * @property {number} n
 * @property {string} number
 * @property {number} role
 * @property {number} purpose
 * @property {string} ending an outcome, UNKNOWN where the bank has not answered, or NOT_ACCEPTED
 *   where it never will
 * @property {string} reason
 * @property {Bytes | null} receipt COSE_Sign1
 * @property {Bytes | null} receipt2 COSE_Sign1 by ML-DSA-65, in suite 2
 * @property {number | null} presence number that both sides are shown
 * @property {number | null} blockedUntil
 * @property {Bytes} half COSE_Sign1
 * @property {string} account
 * @property {Bytes} codeHash
 * @property {Bytes | null} bill
 * @property {{ index: number, column1: Bytes, column2: Bytes, column3: Bytes } | null} line
 * @property {number} time bank clock; the device's without an answer
 *
 * @typedef {object} State
 * @property {{ rootFingerprint: Bytes, baseUrl: string }} bank
 * @property {{ root: Bytes, sign1: Bytes, consortium: string } | null} keys
 * @property {Pending | null} pending
 * @property {Bound | null} bound
 * @property {OutboxEntry[]} outbox
 * @property {FinishedEntry[]} finished
 * @property {PendingRequest[]} requests
 * @property {KeptNotice[]} notices
 * @property {ReservedNumber[]} numbers
 * @property {import('./checkpoint-desk.js').Shelf} [checkpoints] from the first one on
 */

/**
 * @param {Uint8Array} rootFingerprint
 * @param {string} baseUrl
 * @returns {State}
 */
export const freshState = (rootFingerprint, baseUrl) => ({
  bank: { rootFingerprint: /** @type {Bytes} */ (rootFingerprint), baseUrl },
  keys: null,
  pending: null,
  bound: null,
  outbox: [],
  finished: [],
  requests: [],
  notices: [],
  numbers: [],
});

/**
 * @param {any} value
 * @returns {any}
 */
function toCbor(value) {
  if (Array.isArray(value)) {
    return value.map(toCbor);
  }
  if (value !== null && typeof value === 'object' && !(value instanceof Uint8Array)) {
    return new Map(Object.entries(value).map(([key, member]) => [key, toCbor(member)]));
  }
  return value;
}

/**
 * @param {any} value
 * @returns {any}
 */
function ofCbor(value) {
  if (Array.isArray(value)) {
    return value.map(ofCbor);
  }
  if (value instanceof Map) {
    return Object.fromEntries([...value].map(([key, member]) => [key, ofCbor(member)]));
  }
  return value;
}

/** @param {State} state */
export const encodeState = (state) => encode(toCbor({ version: VERSION, ...state }), MAX_DEPTH);

/**
 * @param {Uint8Array} bytes
 * @returns {State}
 */
export function decodeState(bytes) {
  let read;
  try {
    read = ofCbor(decode(bytes, MAX_BYTES, MAX_DEPTH));
  } catch (fault) {
    throw fault instanceof MalformedInput
      ? new StateRefused('tampered', `device state: ${fault.message}`)
      : fault;
  }
  const { version, ...state } = read;
  if (version !== VERSION) {
    throw new StateRefused('unknown-version', 'device state of an unknown version');
  }
  return state;
}

/** Holds the state as last stored. After a write that failed it refuses everything. */
export class StateKeeper {
  /**
   * @param {StateStore} store
   * @param {State} state
   */
  constructor(store, state) {
    this.store = store;
    this.current = state;
    this.usable = true;
    /** @type {Promise<unknown>} */
    this.last = Promise.resolve();
  }

  /**
   * @param {StateStore} store owned from now on
   * @param {State} fresh
   */
  static async open(store, fresh) {
    const content = await store.read();
    return new StateKeeper(store, content === null ? fresh : decodeState(content));
  }

  get state() {
    this.requireUsable();
    return this.current;
  }

  requireUsable() {
    if (!this.usable) {
      throw new StateRefused('write-failed', 'a write failed, or the store was closed; open again');
    }
  }

  /**
   * Runs a change while no other runs.
   *
   * @template T
   * @param {() => Promise<T>} change which reads {@link state} and may {@link put}
   * @returns {Promise<T>}
   */
  exclusively(change) {
    const next = this.last.then(change);
    this.last = next.catch(() => undefined);
    return next;
  }

  /**
   * Makes a state the current one, durably. If that fails, only opening again tells which holds, so
   * nothing is sealed twice for one n. Called inside {@link exclusively}.
   *
   * @param {State} next
   */
  async put(next) {
    this.requireUsable();
    this.usable = false;
    const content = encodeState(next);
    try {
      await this.store.write(content);
    } finally {
      content.fill(0);
    }
    this.current = next;
    this.usable = true;
  }

  /**
   * One change of a few members.
   *
   * @param {(state: State) => Partial<State>} change
   */
  update(change) {
    return this.exclusively(() => this.put({ ...this.state, ...change(this.state) }));
  }

  async close() {
    await this.last;
    this.usable = false;
    await this.store.close();
  }
}
