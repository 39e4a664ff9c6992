/** The device as a process, over HTTP, with the bank in memory behind it. */
import assert from 'node:assert/strict';
import { createInterface } from 'node:readline';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { once } from 'node:events';
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { test } from 'node:test';
import { BankRefused } from '../src/refusal.js';
import { FakeBank } from './fake-bank.js';
import { ofBase64Url, toBase64Url } from '../src/bytes.js';
import { random } from '../src/crypto.js';

const PROCESS = fileURLToPath(new URL('../src/process.js', import.meta.url));
const b64 = toBase64Url;
const ITEMS = { items: [{ text: 'Tea', amount: 300 }], tax: 0, currency: 'CHF' };

/** docs/PROTOCOL.md's routes. */
async function route(bank, { method, url }, body) {
  const [path, query] = url.replace('/api/v1/', '').split('?');
  const [name, id, step] = path.split('/');
  const keys = ({ root, sign1 }) => ({ root: b64(root), keys: b64(sign1) });
  switch (`${method} ${name} ${step ?? ''}`.trim()) {
    case 'GET keys':
      return [200, keys(await bank.keys())];
    case 'GET enrolments': {
      const offered = await bank.offer(ofBase64Url(id));
      return [200, { offer: b64(offered.offer), ...keys(offered.keys) }];
    }
    case 'POST enrolments bind':
      return [200, { message: b64(await bank.bind(ofBase64Url(id), ofBase64Url(body.message))) }];
    case 'POST enrolments confirm':
      return [200, { state: await bank.confirm(ofBase64Url(id), ofBase64Url(body.message)) }];
    case 'POST codes':
      return [202, { state: await bank.send(body.code) }];
    case 'POST certificates':
      return [200, { certificate: b64(await bank.certificate(ofBase64Url(body.request))) }];
    case 'GET agreements': {
      const { version, hash, effectiveAt } = bank.agreements.terms;
      assert.equal(Number(id), version);
      const at = new Date(effectiveAt).toISOString();
      return [200, { version, text: bank.agreements.text, sha256: b64(hash), effectiveAt: at }];
    }
    case 'GET challenge':
      return [200, { challenge: b64(await bank.challenge()) }];
    case 'POST requests':
      return [200, { reply: b64(await bank.request(body.request)) }];
    case 'GET answers': {
      assert.match(query, /^wait=\d+$/);
      const told = [];
      const [found] = await bank.answers([ofBase64Url(id)], 0, async ({ sealed }) => told.push(b64(sealed)));
      const pending = { state: 'PENDING', ...(told.length > 0 && { progress: told }) };
      return [200, found ? { state: 'FINAL', answer: b64(found.sealed) } : pending];
    }
    default:
      return [404, { type: 'about:blank', title: 'no such resource' }];
  }
}

/** Runs with a bank and processes that are ended at the end. */
async function withProcesses(work) {
  const folder = await mkdtemp(join(tmpdir(), 'tallystick-'));
  const bank = await FakeBank.make();
  const server = createServer(async (request, response) => {
    const text = Buffer.concat(await request.toArray()).toString();
    let reply;
    try {
      reply = await route(bank, request, text === '' ? null : JSON.parse(text));
    } catch (fault) {
      const { type, message, status } = fault;
      reply = fault instanceof BankRefused ? [status || 503, { type, title: message }] : [500, {}];
    }
    response.writeHead(reply[0]);
    response.end(JSON.stringify(reply[1]));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const children = [];
  const start = async (name) => {
    const args = ['--state', join(folder, `${name}.state`), '--platform-key', join(folder, name)];
    const url = `http://127.0.0.1:${server.address().port}`;
    args.push('--bank', url, '--root', b64(bank.rootFingerprint));
    const child = spawn(process.execPath, [PROCESS, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
    children.push(child);
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const events = [];
    const until = async (wanted) => {
      for (;;) {
        const { value, done } = await lines.next();
        assert.ok(!done, `ended after ${JSON.stringify(events)}`);
        const event = JSON.parse(value);
        events.push(event);
        if (wanted(event)) {
          return event;
        }
      }
    };
    let id = 0;
    const run = async (command, members = {}) => {
      id++;
      child.stdin.write(`${JSON.stringify({ command, id, ...members })}\n`);
      return until((event) => event.re === command && event.id === id);
    };
    await until(({ event }) => event === 'resumed');
    return { run, events, child };
  };
  try {
    await work(bank, start);
  } finally {
    for (const child of children) {
      child.stdin.end();
      if (child.exitCode === null) {
        await once(child, 'exit');
      }
    }
    server.close();
    await rm(folder, { recursive: true });
  }
}

test('process: what purchases may go beyond, by commands', () =>
  withProcesses(async (bank, start) => {
    const [till, phone] = [await start('till'), await start('phone')];
    for (const [device, role, pin] of [[till, 'PROVIDER', null], [phone, 'USER', '1234']]) {
      const activation = await bank.activate(role, role);
      await device.run('enrol', { activation, pin, serial: '1' });
    }
    const must = async (device, event, command, members) => {
      const told = await device.run(command, members);
      assert.equal(told.event, event, JSON.stringify(told));
      return told;
    };
    const finished = async (number, purpose) => {
      const told = [];
      for (const device of purpose ? [till] : [phone, till]) {
        const members = { number, timeoutSeconds: 10, ...(purpose && { purpose }) };
        told.push(await must(device, 'answer', 'await', members));
        assert.equal(told.at(-1).ending, 'APPROVED', JSON.stringify(told.at(-1)));
      }
      return told;
    };
    await must(phone, 'levelPin', 'level-pin', { level: 2, pin: '1234', newPin: '22' });
    const until = Date.now() + 86_400_000;
    const asks = {
      tip: 100,
      hold: { limit: 900, until },
      content: 'ab'.repeat(32),
      ask: 3,
      progress: true,
    };
    const { number } = await must(till, 'bill', 'bill', { ...ITEMS, ...asks });
    await must(till, 'accepted', 'send', { number });
    const waits = await till.run('await', { number, timeoutSeconds: 1 });
    assert.equal(waits.event, 'pending');
    const waiting = till.events.filter(({ event, stage }) => event === 'progress' && stage === 'WAITING');
    assert.deepEqual(waiting.map((one) => [one.number, one.i]), [[number, 1]]);
    const { text } = await till.run('show', { number, as: 'json' });
    const read = await must(phone, 'read', 'read', { bill: text });
    const { tip, hold, content, ask } = read;
    const same = b64(new Uint8Array(32).fill(0xab));
    assert.deepEqual({ tip, hold, content, ask }, { tip: 100, hold: asks.hold, content: same, ask: 3 });
    const given = { tip: 50, consent: 1, loyalty: 'M-1', levels: { 2: '22' } };
    await must(phone, 'sealed', 'approve', { bill: text, pin: '1234', ...given });
    await must(phone, 'accepted', 'send', { number });
    const [payer, payee] = await finished(number);
    for (const told of [payer, payee]) {
      assert.deepEqual([told.tip, told.consent, told.loyalty, told.content], [50, 1, 'M-1', same]);
    }
    assert.deepEqual([payer.levels, payee.levels], [2, undefined]);
    assert.equal((await must(till, 'authorities', 'authorities')).authorities[0].number, number);
    assert.match((await phone.run('end-authority', { number })).type, /:not-permitted$/);
    await must(till, 'accepted', 'complete', { number, amount: 700 });
    await finished(number, 'complete');
    const { notices } = await phone.run('notices', { timeoutSeconds: 0 });
    const { kind, purpose, amount, number: of } = notices[0];
    assert.deepEqual([kind, purpose, amount, of], ['authority', 'complete', 700, number]);

    const recurring = { each: 500, count: 2, interval: 3_600_000, until };
    const rent = await must(till, 'bill', 'bill', { ...ITEMS, recurring });
    await must(till, 'accepted', 'send', { number: rent.number });
    const shown = await till.run('show', { number: rent.number, as: 'json' });
    await must(phone, 'sealed', 'approve', { bill: shown.text, pin: '1234' });
    await must(phone, 'accepted', 'send', { number: rent.number });
    await finished(rent.number);
    bank.authorities.all[0].last = 0;
    await must(till, 'accepted', 'charge', { number: rent.number, amount: 500 });
    await finished(rent.number, 'charge');
    await must(phone, 'authorityEnded', 'end-authority', { number: rent.number });

    const terms = await must(till, 'terms', 'terms-bill', { amount: 300, currency: 'CHF' });
    await must(till, 'accepted', 'send', { number: terms.number });
    const typed = { number: terms.typable, amount: 300, currency: 'CHF', pin: '1234', compact: true };
    assert.equal((await must(phone, 'sealed', 'pay-terms', typed)).terms, true);
    await must(phone, 'accepted', 'send', { number: terms.number });
    assert.deepEqual((await finished(terms.number)).map((told) => told.terms), [true, true]);

    const offered = await must(phone, 'offer', 'offer', { amount: 300, currency: 'CHF', text: 'Tea' });
    const lodged = await must(till, 'bill', 'accept-offer', { offer: offered.text });
    await must(till, 'accepted', 'send', { number: lodged.number });
    const seen = await must(phone, 'read', 'look-offer', { offer: offered.offer });
    assert.deepEqual([seen.number, seen.provider, seen.total], [lodged.number, 'PROVIDER', 300]);
    await must(phone, 'sealed', 'approve', { bill: seen.text, pin: '1234' });
    await must(phone, 'accepted', 'send', { number: lodged.number });
    await finished(lodged.number);
    const open = await must(phone, 'offer', 'offer', {});
    await must(till, 'bill', 'accept-offer', { offer: open.text, ...ITEMS, tip: 5 });
    await must(phone, 'levelPin', 'level-pin', { level: 2, pin: '1234', remove: true });
    for (const [command, members] of [
      ['level-pin', { level: 2, pin: '1234' }],
      ['level-pin', { level: 2, pin: '1234', newPin: '1', remove: true }],
      ['bill', { ...ITEMS, hold: { limit: 1 } }],
      ['bill', { ...ITEMS, hold: { limit: 1, till: 2 } }],
      ['bill', { ...ITEMS, recurring: 1 }],
      ['bill', { ...ITEMS, tip: 'x' }],
      ['bill', { ...ITEMS, content: 'zz'.repeat(32) }],
      ['approve', { bill: text, pin: '1234', levels: { 8: '1' } }],
      ['approve', { bill: text, pin: '1234', compact: 1 }],
      ['await', { number, timeoutSeconds: 0, purpose: 'other' }],
      ['offer', { amount: 'x' }],
      ['complete', { number }],
    ]) {
      assert.match((await phone.run(command, members)).type, /:bad-command$/, command);
    }
  }));

test('process: a life with all commands of format 1', () =>
  withProcesses(async (bank, start) => {
    const account = random(16);
    const [till, phone, second] = [await start('till'), await start('phone'), await start('second')];
    const enrol = async (device, role, pin, owner) => {
      const activation = await bank.activate(role, role, owner);
      const enrolled = await device.run('enrol', { activation, pin, serial: '1' });
      assert.equal(enrolled.event, 'enrolled', JSON.stringify(enrolled));
      return enrolled.device;
    };
    await enrol(till, 'PROVIDER', null);
    await enrol(phone, 'USER', '1234', account);
    const other = await enrol(second, 'USER', '1234', account);

    const { taken, notices } = await phone.run('notices', { timeoutSeconds: 0 });
    assert.equal(taken, 1);
    assert.deepEqual([notices[0].kind, notices[0].device, notices[0].role], ['bound', other, 'USER']);
    assert.ok(phone.events.some(({ event }) => event === 'notice'));
    assert.equal((await phone.run('countersign', { device: other })).event, 'countersigned');

    assert.equal((await phone.run('agreement')).waiting, undefined);
    await bank.agreements.publish('We agree anew.\n', 2, Date.now() + 1000);
    const { waiting, agreed: before } = await phone.run('agreement');
    assert.deepEqual([waiting.version, waiting.text, before], [2, 'We agree anew.\n', 1]);
    assert.equal((await phone.run('agree', { version: 3 })).event, 'refused');
    const agreed = await phone.run('agree', { version: 2 });
    assert.deepEqual([agreed.event, agreed.version, agreed.sha256], ['agreed', 2, waiting.sha256]);
    assert.equal((await phone.run('agreement')).waiting, undefined);
    const heard = await second.run('notices', { timeoutSeconds: 0 });
    assert.equal((await phone.run('notices', { timeoutSeconds: 0 })).taken, 1);
    const signed = heard.notices.find(({ kind }) => kind === 'agreed');
    assert.deepEqual([signed.version, signed.sha256], [2, waiting.sha256]);
    assert.equal((await till.run('agree', { version: 2 })).event, 'agreed');

    const { number, typable, label } = await till.run('number');
    assert.equal(typable.replaceAll('-', '').length, 17);
    assert.equal(label, 'ROUTE-7');
    const bill = await till.run('bill', { ...ITEMS, number, presence: true });
    assert.deepEqual([bill.event, bill.number, bill.typable], ['bill', number, typable]);
    await till.run('send', { number });
    assert.equal((await till.run('lodge', { number })).event, 'lodged');
    const fetched = await phone.run('fetch-bill', { number: typable });
    assert.deepEqual([fetched.event, fetched.number, fetched.total], ['read', number, 300]);
    const { ndef } = await till.run('show', { number, as: 'nfc' });
    assert.equal((await phone.run('read', { ndef })).number, number);
    const { text } = await till.run('show', { number, as: 'link' });
    assert.equal((await phone.run('read', { bill: text })).number, number);
    assert.equal((await phone.run('rekey')).epoch, 1);
    assert.deepEqual(
      phone.events.filter(({ event }) => event === 'epoch').map(({ epoch }) => epoch),
      [1],
    );
    await phone.run('approve', { bill: fetched.text, pin: '1234' });
    await phone.run('send', { number });
    const answer = await phone.run('await', { number, timeoutSeconds: 10 });
    assert.deepEqual([answer.event, answer.ending, answer.presence], ['answer', 'APPROVED', 7]);
    assert.ok(phone.events.some(({ event, presence }) => event === 'presence' && presence === 7));
    assert.equal((await till.run('await', { number, timeoutSeconds: 10 })).presence, 7);

    assert.equal((await phone.run('change-pin', { pin: '9', newPin: '8' })).type.split(':').at(-1), 'wrong-pin');
    assert.equal((await phone.run('change-pin', { pin: '1234', newPin: '88' })).event, 'pinChanged');
    const status = await phone.run('status', { ask: true });
    assert.deepEqual([status.suite, status.epoch, status.rekeyDue, status.pending], [1, 1, false, []]);
    assert.deepEqual([status.bank.state, status.bank.epoch, status.bank.halves], ['active', 1, []]);
    assert.deepEqual(status.bank.devices[0].device, other);
    assert.equal('bank' in (await phone.run('status')), false);
    const log = await phone.run('log', { from: 1, to: 16 });
    assert.deepEqual(log.lines.map(({ kind }) => kind), ['notice', 'notice', 'decision']);
    assert.deepEqual((await phone.run('log')).lines, []);
    const denied = await phone.run('not-me', { device: other });
    assert.deepEqual([denied.event, denied.deviceSuspended, denied.halvesEnded], ['notMe', true, false]);
    assert.equal((await second.run('status', { ask: true })).bank.state, 'suspended');
    for (const [command, members] of [
      ['not-me', { device: 'AA' }],
      ['rekey', { more: 1 }],
      ['notices', {}],
      ['log', { from: 1 }],
      ['bill', { ...ITEMS, presence: 1 }],
      ['bill', { ...ITEMS, expiresInSeconds: 901 }],
      ['nonsense', {}],
    ]) {
      assert.match((await phone.run(command, members)).type, /:bad-command$/, command);
    }
    assert.equal((await phone.run('quit')).event, 'stopped');
    const again = await start('phone');
    const resumed = again.events.at(-1);
    const { resent, answered, notAccepted, rekeyed, open } = resumed;
    assert.deepEqual([resent, answered, notAccepted, rekeyed, open], [0, 0, 0, false, 0]);
    assert.equal(resumed.notices, 1, 'of the suspension');
  }));
