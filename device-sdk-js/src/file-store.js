/**
 * A device's state as one file, for Node. Shape: `TSDJ`, version (1 byte), IV (12), AES-256-GCM under
 * the platform key over the state, with the first five bytes as additional data.
 *
 * A write goes to a new file, which is brought to the disk, put in the old one's place, and the
 * folder is brought to the disk. The signing key lies inside the state, since Node has no store of
 * keys; in use it cannot be extracted.
 */
import { open, link, mkdir, readFile, rename, rm, stat, unlink } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { hostname } from 'node:os';
import { StateRefused } from './refusal.js';
import { concat, equal, ofText } from './bytes.js';
import { exportPrivate, generateSigning, importSigning, random } from './crypto.js';

/** @typedef {import('./bytes.js').Bytes} Bytes */
/** @typedef {import('./state.js').StateStore} StateStore */

const HEADER = concat(ofText('TSDJ'), Uint8Array.of(1));
const IV_LENGTH = 12;
const KEY_LENGTH = 32;
const MAX_BYTES = 4 * 1024 * 1024;

/**
 * The steps of one durable write, in order; a seam, so that tests can crash between any two.
 *
 * @typedef {object} FileSteps
 * @property {(temp: string, content: Uint8Array) => Promise<void>} write a new file for its owner alone
 * @property {(temp: string) => Promise<void>} force its content to the disk
 * @property {(temp: string, target: string) => Promise<void>} replace in one step
 * @property {(folder: string) => Promise<void>} forceFolder its entries to the disk
 */

/** @type {FileSteps} */
export const REAL_STEPS = Object.freeze({
  async write(temp, content) {
    await rm(temp, { force: true });
    const file = await open(temp, 'wx', 0o600);
    try {
      await file.writeFile(content);
    } finally {
      await file.close();
    }
  },
  async force(temp) {
    const file = await open(temp, 'r+');
    try {
      await file.sync();
    } finally {
      await file.close();
    }
  },
  replace: rename,
  async forceFolder(folder) {
    if (process.platform === 'win32') {
      return; // no folder can be opened there; a rename is in the journal
    }
    const file = await open(folder, 'r');
    try {
      await file.sync();
    } finally {
      await file.close();
    }
  },
});

/**
 * @param {FileSteps} steps
 * @param {string} file
 * @param {Uint8Array} content
 */
async function durably(steps, file, content) {
  const temp = `${file}.new`;
  await steps.write(temp, content);
  await steps.force(temp);
  await steps.replace(temp, file);
  await steps.forceFolder(dirname(file));
}

/** @param {unknown} fault */
const isMissing = (fault) => fault instanceof Error && 'code' in fault && fault.code === 'ENOENT';

/** @param {string} file */
async function exists(file) {
  try {
    await stat(file);
    return true;
  } catch (fault) {
    if (isMissing(fault)) {
      return false;
    }
    throw fault;
  }
}

/**
 * When a process began, so that a later one with the same id is not taken for it; empty where the
 * system does not say.
 *
 * @param {number} pid
 */
function beginning(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return fields.slice(fields.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return '';
  }
}

/**
 * One writer per state (S1). Node has no locks of the operating system, so the lock is a file that
 * names its holder and is made in one step; one whose process is gone is taken over.
 */
class WriterLock {
  /**
   * @param {string} file
   * @param {string} holder
   */
  constructor(file, holder) {
    this.file = file;
    this.holder = holder;
  }

  /** @param {string} file */
  static async take(file) {
    const token = Buffer.from(random(9)).toString('base64url');
    const pid = process.pid;
    const holder = JSON.stringify({ host: hostname(), pid, began: beginning(pid), token });
    const lock = new WriterLock(file, holder);
    if (!(await lock.make())) {
      await lock.takeOver();
    }
    return lock;
  }

  /** The content is there from the first moment, since the name comes last. */
  async make() {
    const temp = `${this.file}.${process.pid}.${Buffer.from(random(6)).toString('base64url')}`;
    await REAL_STEPS.write(temp, ofText(this.holder));
    try {
      await link(temp, this.file);
      return true;
    } catch (fault) {
      if (fault instanceof Error && 'code' in fault && fault.code === 'EEXIST') {
        return false;
      }
      throw fault;
    } finally {
      await unlink(temp);
    }
  }

  /** Of several that find a lock without a process, the one that makes the folder goes on. */
  async takeOver() {
    const guard = `${this.file}.takeover`;
    try {
      await mkdir(guard);
    } catch (fault) {
      if (fault instanceof Error && 'code' in fault && fault.code === 'EEXIST') {
        throw new StateRefused('locked', 'another process takes the device state over');
      }
      throw fault;
    }
    try {
      await this.requireGone();
      await rm(this.file, { force: true });
      if (!(await this.make())) {
        throw new StateRefused('locked', 'the device state is in use');
      }
    } finally {
      await rm(guard, { recursive: true });
    }
  }

  async requireGone() {
    let holder;
    try {
      holder = JSON.parse(await readFile(this.file, 'utf8'));
    } catch (fault) {
      if (isMissing(fault)) {
        return;
      }
      throw new StateRefused('locked', 'the lock of the device state cannot be read');
    }
    if (holder.host !== hostname() || isAlive(holder)) {
      throw new StateRefused('locked', `the device state is in use by process ${holder.pid}`);
    }
  }

  /** Whether the lock is still this one's; asked before every write. */
  async isHeld() {
    try {
      return (await readFile(this.file, 'utf8')) === this.holder;
    } catch (fault) {
      if (isMissing(fault)) {
        return false;
      }
      throw fault;
    }
  }

  async release() {
    if (await this.isHeld()) {
      await unlink(this.file);
    }
  }
}

/** @param {{ pid: number, began: string }} holder */
function isAlive({ pid, began }) {
  try {
    process.kill(pid, 0);
  } catch (fault) {
    return !(fault instanceof Error && 'code' in fault && fault.code === 'ESRCH');
  }
  const now = beginning(pid);
  return now === '' || began === '' || now === began;
}

/**
 * The platform key, made where there is neither key nor state yet; not extractable.
 *
 * @param {string} keyFile
 * @param {string} stateFile
 */
async function platformKey(keyFile, stateFile) {
  if (!(await exists(keyFile))) {
    if (await exists(stateFile)) {
      throw new StateRefused('key-missing', 'there is a device state but no platform key');
    }
    await mkdir(dirname(keyFile), { recursive: true });
    await durably(REAL_STEPS, keyFile, random(KEY_LENGTH));
  }
  const { mode } = await stat(keyFile);
  if (process.platform !== 'win32' && (mode & 0o177) !== 0) {
    throw new StateRefused('key-unsafe', 'the platform key may be read by others; set it to 0600');
  }
  const bytes = await readFile(keyFile);
  if (bytes.length !== KEY_LENGTH) {
    throw new StateRefused('key-unsafe', 'a platform key has 32 bytes');
  }
  const key = await crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
  bytes.fill(0);
  return key;
}

/** @implements {StateStore} */
export class FileStore {
  /**
   * @param {string} file
   * @param {CryptoKey} key
   * @param {WriterLock} lock
   * @param {FileSteps} steps
   */
  constructor(file, key, lock, steps) {
    this.file = file;
    this.key = key;
    this.lock = lock;
    this.steps = steps;
  }

  /**
   * @param {string} stateFile
   * @param {string} keyFile outside the state, made where neither is there
   * @param {FileSteps} [steps]
   * @throws {StateRefused} if another process writes to it, or key and state are not as they must be
   */
  static async open(stateFile, keyFile, steps = REAL_STEPS) {
    const file = resolve(stateFile);
    await mkdir(dirname(file), { recursive: true });
    const lock = await WriterLock.take(`${file}.lock`);
    try {
      return new FileStore(file, await platformKey(resolve(keyFile), file), lock, steps);
    } catch (fault) {
      await lock.release();
      throw fault;
    }
  }

  /** @returns {Promise<Bytes | null>} */
  async read() {
    if (!(await exists(this.file))) {
      return null;
    }
    const { size } = await stat(this.file);
    const bytes = size <= MAX_BYTES ? new Uint8Array(await readFile(this.file)) : new Uint8Array(0);
    const body = HEADER.length + IV_LENGTH;
    if (bytes.length < body || !equal(bytes.subarray(0, 4), HEADER.subarray(0, 4))) {
      throw new StateRefused('tampered', 'not a device state');
    }
    if (!equal(bytes.subarray(0, HEADER.length), HEADER)) {
      throw new StateRefused('unknown-version', 'device state of an unknown version');
    }
    const iv = bytes.slice(HEADER.length, body);
    const parameters = { name: 'AES-GCM', iv, additionalData: HEADER };
    try {
      return new Uint8Array(await crypto.subtle.decrypt(parameters, this.key, bytes.slice(body)));
    } catch {
      throw new StateRefused('tampered', "the device state was changed or is not this key's");
    }
  }

  /** @param {Uint8Array} content */
  async write(content) {
    if (!(await this.lock.isHeld())) {
      throw new StateRefused('locked', 'another process has taken the device state over');
    }
    const iv = random(IV_LENGTH);
    const parameters = { name: 'AES-GCM', iv, additionalData: HEADER };
    const plain = /** @type {Bytes} */ (content);
    const sealed = new Uint8Array(await crypto.subtle.encrypt(parameters, this.key, plain));
    await durably(this.steps, this.file, concat(HEADER, iv, sealed));
  }

  async newSigningKey() {
    const { privateKey, publicKey } = await generateSigning(true);
    return { handle: await exportPrivate(privateKey), publicKey };
  }

  /** @param {Uint8Array} handle */
  signingKey(handle) {
    return importSigning(handle);
  }

  close() {
    return this.lock.release();
  }
}
