/**
 * A device's state in a browser: IndexedDB with strict durability, one writer by a Web Lock. Signing
 * key and wrapping key are CryptoKeys that cannot be extracted, not even by the page itself.
 */
import { StateRefused } from './refusal.js';
import { concat, hex } from './bytes.js';
import { generateSigning, random } from './crypto.js';

/** @typedef {import('./bytes.js').Bytes} Bytes */
/** @typedef {import('./state.js').StateStore} StateStore */

const VERSION = 1;
const IV_LENGTH = 12;
const STATE = 'state';
const KEYS = 'keys';
const WRAPPING = 'wrapping';

/**
 * @template T
 * @param {IDBRequest<T>} request
 * @returns {Promise<T>}
 */
const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/**
 * @param {IDBFactory} factory
 * @param {string} name
 */
function openDatabase(factory, name) {
  const request = factory.open(name, VERSION);
  request.onupgradeneeded = () => {
    request.result.createObjectStore(STATE);
    request.result.createObjectStore(KEYS);
  };
  return done(request);
}

/**
 * Takes the lock or refuses; gives what lets go of it.
 *
 * @param {LockManager} locks
 * @param {string} name
 * @returns {Promise<() => void>}
 */
function takeLock(locks, name) {
  return new Promise((resolve, reject) => {
    const held = locks.request(name, { mode: 'exclusive', ifAvailable: true }, (lock) => {
      if (lock === null) {
        throw new StateRefused('locked', 'the device state is in use by another page');
      }
      return new Promise((/** @type {(value?: unknown) => void} */ release) =>
        resolve(() => release()),
      );
    });
    held.catch(reject);
  });
}

/** @implements {StateStore} */
export class IndexedDbStore {
  /**
   * @param {IDBDatabase} database
   * @param {CryptoKey} wrapping
   * @param {() => void} release
   */
  constructor(database, wrapping, release) {
    this.database = database;
    this.wrapping = wrapping;
    this.release = release;
  }

  /**
   * @param {string} name of the database, one for each device
   * @param {{ indexedDB?: IDBFactory, locks?: LockManager }} [platform] for tests
   * @throws {StateRefused} if another page writes to it
   */
  static async open(name, platform = {}) {
    const release = await takeLock(platform.locks ?? navigator.locks, `tallystick ${name}`);
    try {
      const database = await openDatabase(platform.indexedDB ?? indexedDB, name);
      return new IndexedDbStore(database, await wrappingKey(database), release);
    } catch (fault) {
      release();
      throw fault;
    }
  }

  /** @returns {Promise<Bytes | null>} */
  async read() {
    const sealed = await get(this.database, STATE, STATE);
    if (sealed === undefined) {
      return null;
    }
    const parameters = { name: 'AES-GCM', iv: sealed.slice(0, IV_LENGTH) };
    try {
      const body = sealed.slice(IV_LENGTH);
      return new Uint8Array(await crypto.subtle.decrypt(parameters, this.wrapping, body));
    } catch {
      throw new StateRefused('tampered', 'the device state was changed');
    }
  }

  /** @param {Uint8Array} content */
  async write(content) {
    const iv = random(IV_LENGTH);
    const plain = /** @type {Bytes} */ (content);
    const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, this.wrapping, plain);
    await put(this.database, STATE, STATE, concat(iv, new Uint8Array(sealed)));
  }

  async newSigningKey() {
    const { privateKey, publicKey } = await generateSigning(false);
    const handle = random(16);
    await put(this.database, KEYS, hex(handle), privateKey);
    return { handle, publicKey };
  }

  /** @param {Uint8Array} handle */
  async signingKey(handle) {
    const key = await get(this.database, KEYS, hex(handle));
    if (key === undefined) {
      throw new StateRefused('key-missing', 'the signing key of this device is gone');
    }
    return key;
  }

  async close() {
    this.database.close();
    this.release();
  }
}

/** @param {IDBDatabase} database */
async function wrappingKey(database) {
  const held = await get(database, KEYS, WRAPPING);
  if (held !== undefined) {
    return held;
  }
  if ((await get(database, STATE, STATE)) !== undefined) {
    throw new StateRefused('key-missing', 'there is a device state but no wrapping key');
  }
  const usages = /** @type {KeyUsage[]} */ (['encrypt', 'decrypt']);
  const fresh = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, usages);
  await put(database, KEYS, WRAPPING, fresh);
  return fresh;
}

/**
 * @param {IDBDatabase} database
 * @param {string} store
 * @param {string} key
 * @returns {Promise<any>} undefined where there is none
 */
const get = (database, store, key) => done(database.transaction(store).objectStore(store).get(key));

/**
 * On the disk once it has ended.
 *
 * @param {IDBDatabase} database
 * @param {string} store
 * @param {string} key
 * @param {unknown} value
 * @returns {Promise<void>}
 */
const put = (database, store, key, value) =>
  new Promise((resolve, reject) => {
    const transaction = database.transaction(store, 'readwrite', { durability: 'strict' });
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
    transaction.objectStore(store).put(value, key);
  });
