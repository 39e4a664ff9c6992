/** The stores: what was written survives a crash at every step, and one writer at a time. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { test } from 'node:test';
import { IDBFactory } from 'fake-indexeddb';
import { FileStore, REAL_STEPS } from '../src/file-store.js';
import { IndexedDbStore } from '../src/indexeddb-store.js';
import { StateKeeper, decodeState, encodeState, freshState } from '../src/state.js';
import { StateRefused } from '../src/refusal.js';
import { hex } from '../src/bytes.js';
import { random, sign, verify } from '../src/crypto.js';

const OLD = Uint8Array.of(1, 2, 3);
const NEW = Uint8Array.of(4, 5, 6, 7);
const refusedAs = (reason) => (fault) => fault instanceof StateRefused && fault.reason === reason;

async function inFolder(work) {
  const folder = await mkdtemp(join(tmpdir(), 'tallystick-'));
  try {
    return await work(join(folder, 'device.state'), join(folder, 'keys', 'platform.key'), folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A store that ends like a process that is killed: nothing is tidied up but the lock. */
async function crashed(file, key, steps) {
  const store = await FileStore.open(file, key, { ...REAL_STEPS, ...steps });
  await assert.rejects(store.write(NEW), /crash/);
  await store.close();
}

async function read(file, key) {
  const store = await FileStore.open(file, key);
  try {
    return await store.read();
  } finally {
    await store.close();
  }
}

const crash = () => {
  throw new Error('crash');
};

test('file store: what is written is read, by its owner alone', () =>
  inFolder(async (file, key) => {
    const store = await FileStore.open(file, key);
    assert.equal(await store.read(), null);
    await store.write(OLD);
    await store.write(NEW);
    assert.deepEqual(await store.read(), NEW);
    for (const one of [file, key]) {
      assert.equal((await stat(one)).mode & 0o777, 0o600);
    }
    assert.ok(!(await readFile(file)).includes(Buffer.from(NEW)));
    await store.close();
    assert.deepEqual(await read(file, key), NEW);
  }));

const STEPS = ['write', 'force', 'replace', 'forceFolder'];

for (const [place, step] of STEPS.entries()) {
  test(`file store: crash before ${step} leaves a whole state`, () =>
    inFolder(async (file, key) => {
      const store = await FileStore.open(file, key);
      await store.write(OLD);
      await store.close();
      await crashed(file, key, { [step]: crash });
      assert.deepEqual(await read(file, key), place <= 2 ? OLD : NEW);
    }));

  test(`file store: crash after ${step} leaves a whole state`, () =>
    inFolder(async (file, key) => {
      const store = await FileStore.open(file, key);
      await store.write(OLD);
      await store.close();
      const steps = {
        [step]: async (...args) => {
          await REAL_STEPS[step](...args);
          crash();
        },
      };
      await crashed(file, key, steps);
      assert.deepEqual(await read(file, key), place < 2 ? OLD : NEW);
      const again = await FileStore.open(file, key);
      await again.write(NEW);
      assert.deepEqual(await again.read(), NEW);
      await again.close();
    }));
}

test('file store: a torn new file is not taken for the state', () =>
  inFolder(async (file, key) => {
    const store = await FileStore.open(file, key);
    await store.write(OLD);
    await store.close();
    const write = async (temp, content) => {
      await REAL_STEPS.write(temp, content.subarray(0, 20));
      crash();
    };
    await crashed(file, key, { write });
    assert.deepEqual(await read(file, key), OLD);
  }));

test('file store: changed, cut short, of another key or version is refused', () =>
  inFolder(async (file, key, folder) => {
    const store = await FileStore.open(file, key);
    await store.write(OLD);
    await store.close();
    const good = await readFile(file);
    for (let i = 0; i < good.length; i++) {
      const changed = Buffer.from(good);
      changed[i] ^= 1;
      await writeFile(file, changed);
      await assert.rejects(read(file, key), refusedAs(i === 4 ? 'unknown-version' : 'tampered'));
    }
    for (const length of [0, 4, 16, good.length - 1]) {
      await writeFile(file, good.subarray(0, length));
      await assert.rejects(read(file, key), refusedAs('tampered'));
    }
    await writeFile(file, good);
    const foreign = join(folder, 'foreign.key');
    await writeFile(foreign, random(32), { mode: 0o600 });
    await assert.rejects(read(file, foreign), refusedAs('tampered'));
    await assert.rejects(read(file, join(folder, 'none.key')), refusedAs('key-missing'));
    await chmod(key, 0o644);
    await assert.rejects(read(file, key), refusedAs('key-unsafe'));
    assert.deepEqual((await readdir(folder)).filter((name) => name.includes('.lock')), []);
  }));

test('file store: the second writer is refused, in this process and in another', () =>
  inFolder(async (file, key) => {
    const store = await FileStore.open(file, key);
    await assert.rejects(FileStore.open(file, key), refusedAs('locked'));
    await store.close();

    const holder = `
      import { FileStore } from ${JSON.stringify(new URL('../src/file-store.js', import.meta.url))};
      await FileStore.open(process.argv[1], process.argv[2]);
      console.log('held');
      setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', holder, file, key]);
    await once(child.stdout, 'data');
    await assert.rejects(FileStore.open(file, key), refusedAs('locked'));
    const exit = once(child, 'exit');
    child.kill('SIGKILL');
    await exit;

    // a dozen find the lock of a process that is gone: one takes it over
    const tries = Array.from({ length: 12 }, () => FileStore.open(file, key));
    const settled = await Promise.allSettled(tries);
    const taken = settled.filter(({ status }) => status === 'fulfilled');
    assert.equal(taken.length, 1);
    for (const { reason } of settled.filter(({ status }) => status === 'rejected')) {
      assert.ok(refusedAs('locked')(reason), String(reason));
    }
    await taken[0].value.write(OLD);
    await taken[0].value.close();
  }));

test('file store: a writer whose lock was taken writes no more', () =>
  inFolder(async (file, key) => {
    const store = await FileStore.open(file, key);
    await writeFile(`${file}.lock`, '{}');
    await assert.rejects(store.write(NEW), refusedAs('locked'));
    await store.close();
    assert.equal(await readFile(`${file}.lock`, 'utf8'), '{}');
  }));

test('file store: a signing key comes back and cannot be extracted', () =>
  inFolder(async (file, key) => {
    const store = await FileStore.open(file, key);
    await keyComesBack(store);
    await store.close();
  }));

async function keyComesBack(store) {
  const { handle, publicKey } = await store.newSigningKey();
  const privateKey = await store.signingKey(handle);
  assert.equal(privateKey.extractable, false);
  const message = random(40);
  assert.ok(await verify(publicKey, message, await sign(privateKey, message)));
}

/** Web Locks as far as they are used here; Node 20 has none. */
class OneLock {
  held = new Set();

  async request(name, options, callback) {
    assert.deepEqual(options, { mode: 'exclusive', ifAvailable: true });
    if (this.held.has(name)) {
      return callback(null);
    }
    this.held.add(name);
    try {
      return await callback({ name });
    } finally {
      this.held.delete(name);
    }
  }
}

test('IndexedDB store: state and keys survive closing; one page at a time', async () => {
  const platform = { indexedDB: new IDBFactory(), locks: new OneLock() };
  const store = await IndexedDbStore.open('phone', platform);
  assert.equal(await store.read(), null);
  await store.write(OLD);
  await store.write(NEW);
  await assert.rejects(IndexedDbStore.open('phone', platform), refusedAs('locked'));
  const other = await IndexedDbStore.open('till', platform);
  assert.equal(await other.read(), null);
  await other.close();
  assert.equal(store.wrapping.extractable, false);
  await keyComesBack(store);
  await assert.rejects(store.signingKey(random(16)), refusedAs('key-missing'));
  await store.close();
  await new Promise((done) => setTimeout(done));
  const again = await IndexedDbStore.open('phone', platform);
  assert.deepEqual(await again.read(), NEW);
  await again.close();
});

test('IndexedDB store: every write asks for strict durability', async () => {
  const asked = [];
  const platform = { indexedDB: new IDBFactory(), locks: new OneLock() };
  const store = await IndexedDbStore.open('phone', platform);
  const transaction = store.database.transaction.bind(store.database);
  store.database.transaction = (names, mode, options) => {
    asked.push([mode, options?.durability]);
    return transaction(names, mode, options);
  };
  await store.write(NEW);
  await store.newSigningKey();
  assert.deepEqual(asked, [['readwrite', 'strict'], ['readwrite', 'strict']]);
  await store.close();
});

test('keeper: after a write that failed nothing more is done with the state', async () => {
  let fails = false;
  const written = [];
  const store = {
    read: async () => null,
    write: async (content) => {
      if (fails) {
        throw new Error('disk');
      }
      written.push(hex(content));
    },
    close: async () => {},
  };
  const keeper = await StateKeeper.open(store, freshState(random(32), 'https://bank.example'));
  await keeper.update(() => ({ bound: null }));
  assert.equal(written.length, 1);
  fails = true;
  await assert.rejects(keeper.update(() => ({ bound: null })), /disk/);
  assert.throws(() => keeper.state, refusedAs('write-failed'));
  fails = false;
  await assert.rejects(keeper.update(() => ({ bound: null })), refusedAs('write-failed'));
  assert.equal(written.length, 1);
  await keeper.close();
});

test('state: round trip, and another version is refused', () => {
  const state = freshState(random(32), 'https://bank.example');
  assert.deepEqual(decodeState(encodeState(state)), state);
  const other = encodeState({ ...state, version: 1 });
  assert.throws(() => decodeState(other), refusedAs('unknown-version'));
  assert.throws(() => decodeState(Uint8Array.of(1, 2)), refusedAs('tampered'));
});
