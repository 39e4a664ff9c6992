/** HTTP, long poll and web socket, against a server on this machine. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { test } from 'node:test';
import { HttpBank, bankAddress } from '../src/transport.js';
import { BankRefused, MALFORMED, UNREACHABLE } from '../src/refusal.js';
import { ofBase64Url, toBase64Url } from '../src/bytes.js';

const BACKOFF = { attempts: 3, firstMillis: 1, capMillis: 2 };
const TOKEN = new Uint8Array(16).fill(7);
const OTHER = new Uint8Array(16).fill(8);

/** Runs with a server whose replies are given; a reply is [status, body] or nothing: hang up. */
async function withServer(replies, work, onUpgrade) {
  const requests = [];
  const server = createServer(async (request, response) => {
    const chunks = await request.toArray();
    requests.push(`${request.method} ${request.url} ${Buffer.concat(chunks)}`);
    const [status, body, headers] = replies(requests.length, request) ?? [];
    if (!status) {
      request.socket.destroy();
      return;
    }
    response.writeHead(status, headers);
    response.end(typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body));
  });
  const sockets = new Set();
  server.on('connection', (socket) => sockets.add(socket));
  server.on('upgrade', (request, socket) =>
    onUpgrade ? onUpgrade(request, socket) : socket.destroy(),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const base = `http://127.0.0.1:${server.address().port}`;
  const bank = new HttpBank(base, { backoff: BACKOFF, ...(onUpgrade ? {} : { WebSocket: null }) });
  try {
    await work(bank, requests, base);
  } finally {
    bank.close();
    sockets.forEach((socket) => socket.destroy());
    server.close();
  }
}

const refusedAs = (type, status) => (fault) => {
  assert.ok(fault instanceof BankRefused, String(fault));
  assert.equal(fault.type, type);
  assert.equal(fault.status, status);
  return true;
};

test('address: TLS, or this machine by its literal name', () => {
  assert.equal(bankAddress('https://bank.example/'), 'https://bank.example');
  assert.equal(bankAddress('https://bank.example/x'), 'https://bank.example/x');
  assert.equal(bankAddress('http://127.0.0.1:80'), 'http://127.0.0.1:80');
  assert.equal(bankAddress('http://[::1]:80'), 'http://[::1]:80');
  for (const bad of [
    'http://bank.example',
    'http://127.0.0.1.example',
    'ftp://localhost',
    'https://a:b@bank.example',
    'https://bank.example/?q',
    'https://bank.example/#f',
    'bank.example',
    `https://${'a'.repeat(600)}.example`,
  ]) {
    assert.throws(() => bankAddress(bad), TypeError, bad);
  }
});

test('retry: passing failures are repeated with the same bytes', () =>
  withServer(
    (count) => [null, [503, '{}'], [202, { state: 'ACCEPTED' }]][count - 1],
    async (bank, requests) => {
      assert.equal(await bank.send('TL::CODE'), 'ACCEPTED');
      assert.deepEqual(requests, Array(3).fill('POST /api/v1/codes {"code":"TL::CODE"}'));
    },
  ));

test('retry: a bounded number of times, and not where the bank refuses', () =>
  withServer(
    (count) => (count <= 3 ? [429, { type: 'urn:busy', title: 'Busy' }] : [400, 'no JSON']),
    async (bank, requests) => {
      await assert.rejects(bank.send('x'), refusedAs('urn:busy', 429));
      assert.equal(requests.length, 3);
      await assert.rejects(bank.send('x'), refusedAs('about:blank', 400));
      assert.equal(requests.length, 4);
    },
  ));

test('retry: where the request came too slowly', () =>
  withServer(
    (count) => (count === 1 ? [408, { type: 'urn:slow', title: 'Slow' }] : [202, { state: 'ACCEPTED' }]),
    async (bank, requests) => {
      assert.equal(await bank.send('TL::CODE'), 'ACCEPTED');
      assert.equal(requests.length, 2);
    },
  ));

test('no bank: unreachable', () =>
  withServer(
    () => null,
    (bank) => assert.rejects(bank.keys(), refusedAs(UNREACHABLE, 0)),
  ));

const MALFORMED_REPLIES = {
  'no JSON': 'nonsense',
  'not an object': '[]',
  'a member missing': '{}',
  'a member too many': '{"state":"ACCEPTED","more":1}',
  'a member twice': '{"state":"ACCEPTED","state":"ACCEPTED"}',
  'a number for a text': '{"state":1}',
  'too long': `{"state":"${'A'.repeat(70_000)}"}`,
  'not UTF-8': Buffer.from([0x7b, 0xff, 0x7d]),
};

for (const [name, body] of Object.entries(MALFORMED_REPLIES)) {
  test(`reply: ${name} is malformed`, () =>
    withServer(
      () => [202, body],
      async (bank) => {
        const type = (fault) => fault instanceof BankRefused && fault.type === MALFORMED;
        await assert.rejects(bank.send('x'), type);
      },
    ));
}

test('reply: bytes that are not canonical base64url are malformed', () =>
  withServer(
    () => [200, { root: 'AB', keys: 'AA' }],
    (bank) => assert.rejects(bank.keys(), refusedAs(MALFORMED, 200)),
  ));

test('redirection is not followed', () =>
  withServer(
    (count, request) => [307, '{}', { Location: `http://${request.headers.host}/elsewhere` }],
    async (bank, requests) => {
      await assert.rejects(bank.keys(), BankRefused);
      assert.deepEqual(requests, ['GET /api/v1/keys ']);
    },
  ));

test('long poll: the wanted answer is waited for last, at the bank', () =>
  withServer(
    (count, request) =>
      count === 4 && request.url.includes(toBase64Url(TOKEN))
        ? [200, { state: 'FINAL', answer: 'AAAA' }]
        : [200, { state: 'PENDING' }],
    async (bank, requests) => {
      const found = await bank.answers([TOKEN, OTHER], 5_000);
      assert.deepEqual(found, [{ pickup: TOKEN, sealed: new Uint8Array(3) }]);
      assert.match(requests[0], new RegExp(`${toBase64Url(OTHER)}.wait=0`));
      assert.match(requests[1], new RegExp(`${toBase64Url(TOKEN)}.wait=2`));
      await assert.rejects(bank.answers([], 0), RangeError);
    },
  ));

test('long poll: progress messages are heard in their order, and end no wait', () =>
  withServer(
    (count) =>
      count < 3
        ? [200, { state: 'PENDING', progress: ['AAAA', 'AAAB'] }]
        : [200, { state: 'FINAL', answer: 'AAAC' }],
    async (bank) => {
      const heard = [];
      const begun = performance.now();
      const hear = async ({ pickup, sealed }) => heard.push([pickup, toBase64Url(sealed)]);
      const found = await bank.answers([TOKEN], 5_000, hear);
      assert.deepEqual(found, [{ pickup: TOKEN, sealed: ofBase64Url('AAAC') }]);
      const both = [[TOKEN, 'AAAA'], [TOKEN, 'AAAB']];
      assert.deepEqual(heard, [...both, ...both]);
      assert.ok(performance.now() - begun >= 500, 'a bank that answers at once is not asked at once');
    },
  ));

for (const reply of [
  { state: 'FINAL' },
  { state: 'PENDING', answer: 'AAAA' },
  { state: 'X' },
  { state: 'FINAL', answer: 'AAAA', progress: ['AAAA'] },
  { state: 'PENDING', progress: [] },
  { state: 'PENDING', progress: 'AAAA' },
  { state: 'PENDING', progress: [1] },
  { state: 'PENDING', progress: Array(9).fill('AAAA') },
]) {
  test(`long poll: ${JSON.stringify(reply)} is malformed`, () =>
    withServer(
      () => [200, reply],
      (bank) => assert.rejects(bank.answers([TOKEN], 0), refusedAs(MALFORMED, 200)),
    ));
}

const hasSocket = { skip: globalThis.WebSocket ? false : 'this Node has no WebSocket' };

/** A web socket that sends these texts after the first message that comes. */
function pushing(texts, seen) {
  return (request, socket) => {
    const key = `${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
    const accept = createHash('sha1').update(key).digest('base64');
    socket.write(
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
        `Sec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    socket.on('error', () => socket.destroy());
    socket.once('data', (frame) => {
      const length = frame[1] & 127;
      const start = length === 126 ? 4 : 2;
      const mask = frame.subarray(start, start + 4);
      const body = frame.subarray(start + 4).map((byte, i) => byte ^ mask[i % 4]);
      seen.push(body.toString().slice(0, body.toString().indexOf('}') + 1));
      for (const text of texts) {
        const content = Buffer.from(text);
        const head = Buffer.from([0x81, 126, content.length >> 8, content.length & 255]);
        socket.write(content.length < 126 ? Buffer.from([0x81, content.length]) : head);
        socket.write(content);
      }
    });
  };
}

test('push: an answer comes on the socket, and nothing is asked for', hasSocket, async () => {
  const seen = [];
  const text = JSON.stringify({ pickup: toBase64Url(TOKEN), answer: 'AAAA' });
  await withServer(
    () => [200, { state: 'PENDING' }],
    async (bank, requests) => {
      const found = await bank.answers([TOKEN, OTHER], 5_000);
      assert.deepEqual(found, [{ pickup: TOKEN, sealed: ofBase64Url('AAAA') }]);
      assert.deepEqual(requests, []);
      assert.deepEqual(JSON.parse(seen[0]).subscribe, [TOKEN, OTHER].map(toBase64Url));
    },
    pushing([text], seen),
  );
});

test('push: progress is heard, and the answer is still waited for', hasSocket, async () => {
  const messages = [{ progress: 'AAAB' }, { answer: 'AAAA' }].map((one) =>
    JSON.stringify({ pickup: toBase64Url(TOKEN), ...one }),
  );
  const heard = [];
  await withServer(
    () => [200, { state: 'PENDING' }],
    async (bank) => {
      const found = await bank.answers([TOKEN], 5_000, async ({ sealed }) => heard.push(toBase64Url(sealed)));
      assert.deepEqual(found, [{ pickup: TOKEN, sealed: ofBase64Url('AAAA') }]);
      assert.deepEqual(heard, ['AAAB']);
    },
    pushing(messages, []),
  );
});

for (const bad of ['nonsense', '{"pickup":"AA"}', '{"pickup":"AA","answer":"AA","progress":"AA"}', `{"pickup":"AA","answer":"${'A'.repeat(17_000)}"}`]) {
  test(`push: ${bad.slice(0, 20)} breaks the socket, the device asks`, hasSocket, () =>
    withServer(
      () => [200, { state: 'FINAL', answer: 'AAAA' }],
      async (bank, requests) => {
        const found = await bank.answers([TOKEN], 5_000);
        assert.equal(found.length, 1);
        assert.equal(requests.length, 1);
      },
      pushing([bad], []),
    ));
}

test('push: where there is no socket the device asks', hasSocket, () =>
  withServer(
    () => [200, { state: 'FINAL', answer: 'AAAA' }],
    async (bank, requests) => {
      assert.equal((await bank.answers([TOKEN], 5_000)).length, 1);
      assert.equal(requests.length, 1);
    },
    (request, socket) => socket.end('HTTP/1.1 404 Not Found\r\n\r\n'),
  ));
