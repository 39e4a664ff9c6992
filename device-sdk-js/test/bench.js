/** Devices for tests: on a disk that may fail, with a clock that stands still. */
import assert from 'node:assert/strict';
import { FakeBank } from './fake-bank.js';
import { TallystickDevice } from '../src/index.js';
import { equal } from '../src/bytes.js';
import { exportPrivate, generateSigning, importSigning } from '../src/crypto.js';

export const PIN = '739204';
export const FOOTPRINT = { manufacturer: 'M', model: 'D', serial: '1', platform: 'test', appVersion: '0' };

/** A disk that may lose power before or after any write. */
export class MemoryStore {
  content = null;
  writes = 0;
  crashAt = Infinity;
  crashAfter = false;

  async read() {
    return this.content;
  }

  async write(content) {
    const crashes = ++this.writes === this.crashAt;
    if (!crashes || this.crashAfter) {
      this.content = content.slice();
    }
    if (crashes) {
      throw new Error('crash');
    }
  }

  async newSigningKey() {
    const { privateKey, publicKey } = await generateSigning(true);
    return { handle: await exportPrivate(privateKey), publicKey };
  }

  signingKey(handle) {
    return importSigning(handle);
  }

  async close() {}
}

/** What it is, for devices and bank. */
export const time = { now: 1_790_000_000_000 };
export const clock = () => time.now;

export const open = (bank, store, events, more = {}) =>
  TallystickDevice.open({
    store,
    bank,
    baseUrl: 'https://bank.example',
    rootFingerprint: bank.rootFingerprint,
    events,
    clock,
    pinIterations: 10,
    ...more,
  });

export function done(result) {
  assert.ok(result.ok, JSON.stringify(result.refusal));
  return result.value;
}

export const refusedAt = (result, step) => {
  assert.equal(result.ok, false);
  assert.equal(result.refusal.type, `urn:tallystick:device:${step}`);
};

export async function enrolled(bank, role, store = new MemoryStore(), events = {}, account = undefined) {
  const device = await open(bank, store, events);
  const activation = await bank.activate(role, role === 'USER' ? 'phone' : 'till', account);
  done(await device.enrol(activation, role === 'USER' ? PIN : null, FOOTPRINT, () => true));
  return device;
}

export async function pair() {
  const bank = await FakeBank.make(clock);
  return { bank, till: await enrolled(bank, 'PROVIDER'), phone: await enrolled(bank, 'USER') };
}

export const REQUEST = { items: [{ text: 'Coffee', amount: 350 }], tax: 50, currency: 'USD' };

export async function approved(phone, till, entry, pin = PIN) {
  const checked = done(await phone.readBill(till.bill(entry.number).qrText()));
  return done(await phone.approve(checked, null, pin));
}

export async function paid({ till, phone }) {
  const asked = done(await till.makeBill(REQUEST));
  done(await till.send(asked));
  const half = await approved(phone, till, asked);
  done(await phone.send(half));
  return { asked, half };
}

/** What the bank holds of a device. */
export const atBank = (bank, device) =>
  [...bank.devices.values()].find((one) => equal(one.deviceId, device.identity().deviceId));

/** A payment that ends, on both sides. */
export async function payment(sides, ending = 'APPROVED') {
  const { asked, half } = await paid(sides);
  assert.equal(done(await sides.phone.awaitAnswer(half, 1000)).ending, ending);
  assert.equal(done(await sides.till.awaitAnswer(asked, 1000)).ending, ending);
  return { asked, half };
}

/** As {@link pair}, with the phone's disk. */
export async function kept() {
  const bank = await FakeBank.make(clock);
  const store = new MemoryStore();
  const till = await enrolled(bank, 'PROVIDER');
  return { bank, till, store, phone: await enrolled(bank, 'USER', store) };
}

/** As {@link kept}, after a payment: an epoch may be left only then. */
export async function used() {
  const sides = await kept();
  await payment(sides);
  return sides;
}

export const copyOf = (store) => Object.assign(new MemoryStore(), { content: store.content.slice() });


/** A payment with a PIN, that ends in some way for the payer. */
export const pays = async (sides, pin, ending) => {
  const asked = done(await sides.till.makeBill(REQUEST));
  done(await sides.till.send(asked));
  const half = await approved(sides.phone, sides.till, asked, pin);
  done(await sides.phone.send(half));
  const ended = done(await sides.phone.awaitAnswer(half, 1000));
  assert.equal(ended.ending, ending);
  return ended;
};

/** A purchase by a bill; gives how it ended on both sides, as far as it did. */
export async function buys({ till, phone }, asked, given = {}, ending = 'APPROVED') {
  const bill = done(await till.makeBill({ ...REQUEST, ...asked }));
  done(await till.send(bill));
  const checked = done(await phone.readBill(till.bill(bill.number).qrText()));
  const half = done(await phone.approve(checked, null, PIN, given));
  done(await phone.send(half));
  const paid = done(await phone.awaitAnswer(half, 1000));
  assert.equal(paid.ending, ending);
  const sold = ending === 'APPROVED' ? done(await till.awaitAnswer(bill, 1000)) : null;
  return { bill, half, checked, paid, sold };
}
