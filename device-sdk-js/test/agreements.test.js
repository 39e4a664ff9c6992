/** A new version of the agreement, as a device shows, checks and signs it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FakeBank } from './fake-bank.js';
import { MemoryStore, PIN, atBank, clock, done, enrolled, open, pays, refusedAt, time } from './bench.js';
import { encode } from '../src/cbor.js';
import { hex } from '../src/bytes.js';
import { random } from '../src/crypto.js';
import { verifyAgreement } from '../src/agreement.js';

const TEXT = 'AGREEMENT, VERSION 2\n\nEverything as before.\n';
const HOUR = 3_600_000;

/** A till that has agreed to all, two phones of one account, and a version that waits for that. */
async function family(effectiveIn) {
  const bank = await FakeBank.make(clock);
  bank.agreement = async () => bank.agreements.text;
  const account = random(16);
  const till = await enrolled(bank, 'PROVIDER');
  const store = new MemoryStore();
  const phone = await enrolled(bank, 'USER', store, {}, account);
  const second = await enrolled(bank, 'USER', new MemoryStore(), {}, account);
  const terms = await bank.agreements.publish(TEXT, 2, time.now + effectiveIn);
  bank.agreements.signed.set(hex(atBank(bank, till).account), new Uint8Array());
  return { bank, till, phone, second, store, terms };
}

const versionOf = (device) => device.identity().contractVersion;

test('agreement: nothing is shown where nothing waits', async () => {
  const { till } = await family(HOUR);
  assert.equal(done(await till.waitingAgreement()), null);
});

test('agreement: shown with its text, signed, remembered; the other device learns of it', async () => {
  const { bank, phone, second, store, terms } = await family(HOUR);
  const heard = [];
  phone.core.events.agreementWaits = (waits) => heard.push(waits.version);
  const shown = done(await phone.waitingAgreement());
  assert.deepEqual(shown, { ...terms, text: TEXT });
  assert.deepEqual(heard, [2]);
  done(await phone.agree(shown));
  assert.equal(versionOf(phone), 2);
  const own = atBank(bank, phone);
  const sign1 = bank.agreements.signed.get(hex(own.account));
  const said = await verifyAgreement(sign1, own.publicKey, own.suite, 'TL');
  assert.deepEqual([said.version, said.hash, said.contractId], [2, terms.hash, own.contract]);
  assert.equal(done(await phone.waitingAgreement()), null);
  assert.equal(done(await second.waitingAgreement()), null);
  assert.equal(versionOf(second), 1);
  done(await second.awaitNotices(0));
  assert.equal(versionOf(second), 2);
  assert.ok(second.keptNotices().some(({ kind }) => kind === 7));
  const again = await open(bank, store);
  assert.deepEqual([versionOf(again), again.identity().contractHash], [2, terms.hash]);
});

test('agreement: until it is in force the old one holds; then halves are refused until it is signed', async () => {
  const sides = await family(HOUR);
  await pays(sides, PIN, 'APPROVED');
  time.now += HOUR;
  const ended = await pays(sides, PIN, 'DECLINED');
  assert.equal(ended.reason, 'AGREE_FIRST');
  done(await sides.phone.agree(done(await sides.phone.waitingAgreement())));
  await pays(sides, PIN, 'APPROVED');
});

test('agreement: another text is neither shown nor signed', async () => {
  const { bank, phone, terms } = await family(0);
  bank.agreements.text = `${TEXT} `;
  refusedAt(await phone.waitingAgreement(), 'AG2');
  refusedAt(await phone.agree({ ...terms, text: `${TEXT} ` }), 'AG2');
  assert.equal(bank.agreements.signed.has(hex(atBank(bank, phone).account)), false);
  assert.equal(versionOf(phone), 1);
});

test('agreement: a bank that refuses leaves the device at its version', async () => {
  const { bank, phone } = await family(0);
  const shown = done(await phone.waitingAgreement());
  bank.agreements.terms = null;
  refusedAt(await phone.agree(shown), 'gone');
  assert.equal(versionOf(phone), 1);
});

test('agreement: a reply that was lost comes after a restart, and the version with it', async () => {
  const { bank, phone, store } = await family(0);
  const shown = done(await phone.waitingAgreement());
  bank.desk.loses.add(12);
  assert.equal((await phone.agree(shown)).ok, false);
  assert.equal(versionOf(phone), 1);
  const again = await open(bank, store);
  await again.resume();
  assert.equal(versionOf(again), 2);
});

test('notices: an older version takes nothing back; a registration that moved is told', async () => {
  const { bank, phone, terms } = await family(0);
  done(await phone.awaitNotices(0));
  const own = atBank(bank, phone);
  await bank.desk.notify(own, 5, encode([terms.version, terms.hash, terms.effectiveAt]));
  await bank.desk.notify(own, 6, encode([8, time.now]));
  await bank.desk.notify(own, 7, encode([3, random(32), own.deviceId, random(32)]));
  await bank.desk.notify(own, 7, encode([2, terms.hash, own.deviceId, random(32)]));
  assert.equal(done(await phone.awaitNotices(0)), 4);
  assert.deepEqual(phone.keptNotices().slice(-4).map(({ kind }) => kind), [5, 6, 7, 7]);
  assert.equal(versionOf(phone), 3);
});
