/** Vectors of requests, rekeys and notices, against this implementation. */
import assert from 'node:assert/strict';
import * as bytes from '../src/bytes.js';
import * as cbor from '../src/cbor.js';
import * as cose from '../src/cose.js';
import * as crypto from '../src/crypto.js';
import * as epoch from '../src/epoch.js';
import * as format from '../src/format.js';
import * as log from '../src/log.js';
import * as notice from '../src/notice.js';
import * as request from '../src/request.js';
import * as results from '../src/results.js';
import { MalformedInput, StepRefused } from '../src/refusal.js';
import { aliasText } from '../src/alias.js';
import { decapsulate } from '../src/pq.js';
import { has, privateKey, same, un } from './vector-values.js';
import {
  isFresh,
  makeChallenge,
  openRequest,
  parseRequest,
  readArguments,
} from './bank-requests.js';

/** A bank of one answer key that is always valid. */
const bankOf = ({ answerPublic, consortium }) => ({
  signed: (sign1, use, context) => {
    assert.equal(use, 'answer');
    return cose.payload(sign1, un(answerPublic), { ...context, consortium });
  },
});

const askerOf = (v) => ({
  suite: v.suite,
  consortium: v.consortium,
  deviceId: un(v.deviceId),
  epoch: v.epoch,
  root: un(v.root ?? null),
});

/** What opens the reply to a published request. */
const sentOf = async (v) => ({
  kind: v.requestKind,
  epoch: v.epoch,
  text: v.request,
  id: await request.requestId(v.request),
  replyRoot: un(v.reply),
  blocks: parseRequest(v.request).blocks,
});

async function checkRequest(v) {
  const keys = await request.RequestKeys.derive(askerOf(v), un(v.challenge), un(v.nonce));
  same(v, 'q', keys.prk);
  const names = { requestKey: 'request key', requestIv: 'request iv', requestPin: 'request pin' };
  for (const [member, name] of Object.entries({ ...names, reply: 'reply' })) {
    same(v, member, await keys.out(name));
  }
  same(v, 'hash', await request.requestId(v.request));
  const device = { ...askerOf(v), publicKey: un(v.devicePublic) };
  const published = parseRequest(v.request);
  same(v, 'iv', published.sealed.iv);
  same(v, 'protected', published.sealed.header);
  same(v, 'ciphertext', published.sealed.ciphertext);
  const account = aliasText(un(v.alias));
  assert.equal(published.account, account);
  same(v, 'externalAad', format.aad('request', v.suite, v.consortium, '', account));
  const { key } = await privateKey(v.deviceScalar, 'sign');
  const own = await request.sealRequest(keys, key, {
    kind: v.requestKind,
    arguments: un(v.arguments),
    time: v.time,
    alias: un(v.alias),
    blocks: v.blocks,
  });
  same(v, 'reply', own.replyRoot);
  for (const text of [v.request, own.text]) {
    const parsed = parseRequest(text);
    assert.equal(parsed.blocks, v.blocks);
    const opened = await openRequest(parsed, device, { epoch: v.epoch, root: un(v.root) });
    const message = cose.decodeSign1(opened.signed);
    same(v, 'body', message.payload);
    same(v, 'arguments', opened.arguments);
    assert.equal(opened.kind, v.requestKind);
    if (text === v.request) {
      same(v, 'signed', opened.signed);
      const structure = cose.sigStructure(message.header, un(v.externalAad), message.payload);
      same(v, 'sigStructure', structure);
      same(v, 'encStructure', cose.encStructure(parsed.sealed.header, un(v.externalAad)));
    }
  }
}

/** Results by kind. */
const RESULTS = {
  1: results.statusResult,
  2: results.rekeyResult,
  3: results.logResult,
  4: results.emptyResult,
  5: results.lodgeResult,
  6: results.billResult,
  7: results.numberResult,
  8: results.notMeResult,
  9: results.emptyResult,
  10: results.emptyResult,
  11: results.emptyResult,
  12: results.emptyResult,
};

async function checkReplyBody(v) {
  const sent = await sentOf(v);
  const body = await request.openReply(un(v.sealed), sent, askerOf(v), bankOf(v));
  same(v, 'result', body.result);
  same(v, 'alias', body.alias);
  same(v, 'challenge', body.challenge);
  same(v, 'hash', body.id);
  assert.deepEqual([body.time, body.status, sent.blocks], [v.time, v.status, v.blocks]);
  assert.deepEqual(request.decodeReplyBody(un(v.body)), body);
  const outer = cose.decodeEncrypt0(un(v.sealed));
  same(v, 'iv', outer.iv);
  same(v, 'encStructure', cose.encStructure(outer.header, un(v.externalAad)));
  if (v.status === 0) {
    assert.ok(RESULTS[v.requestKind](body.result, v.suite) !== null);
  }
}

async function checkRekey(v) {
  const { key, point } = await privateKey(v.ephemeralScalar, 'deriveBits');
  same(v, 'ephemeralPublic', crypto.compressed(point));
  const result = results.rekeyResult(un(v.result), v.suite);
  same(v, 'bankPublic', result.bankKey);
  assert.equal(result.epoch, v.epoch);
  const agreed = await crypto.agree(key, crypto.uncompressed(result.bankKey));
  same(v, 'agreed', agreed);
  const { ciphertext } = result;
  if (ciphertext && has) {
    same(v, 'kemSecret', await decapsulate(un(v.kemSeed), ciphertext));
  }
  const z = ciphertext ? bytes.concat(agreed, un(v.kemSecret)) : agreed;
  same(v, 'z', z);
  const id = await request.requestId(v.request);
  same(v, 'hash', id);
  const made = { ...askerOf(v), id, bankKey: result.bankKey, ciphertext };
  const secrets = await epoch.epochSecrets(un(v.root), z, made);
  same(v, 'P', secrets.prk);
  for (const name of ['string1', 'string2', 'root', 'down']) {
    same(v.outputs, name, secrets[name]);
  }
  assert.equal(secrets.first, v.n0);
  assert.equal(bytes.hex(bytes.ofBigInt(BigInt(secrets.first), 6)), v.outputs.first);
}

const downOf = (v) => ({ ...askerOf(v), k: v.k, chain: un(v.down) });

async function checkNotice(v) {
  const at = downOf(v);
  same(v, 'noticeKey', await notice.noticeOut(at, 'notice key'));
  same(v, 'noticeIv', await notice.noticeOut(at, 'notice iv'));
  same(v, 'pickup', await notice.noticePickup(at));
  same(v, 'next', await notice.nextDown(at));
  const opened = await notice.openNotice(un(v.sealed), at, bankOf(v));
  assert.deepEqual(opened, notice.decodeNotice(un(v.body)));
  same(v, 'subject', opened.subject);
  assert.deepEqual([opened.kind, opened.time], [v.noticeKind, v.time]);
  const { line } = opened;
  for (const column of ['column1', 'column2', 'column3']) {
    same(v, column, line[column]);
  }
  same(v, 'head', await log.lineHead(line));
  const content = log.lineContent(line);
  assert.deepEqual([line.index, content.kind], [v.index, log.NOTIFIED]);
  const details = cbor.encode(cbor.map({ 1: v.noticeKind, 2: await crypto.sha256(un(v.subject)) }));
  same(v, 'details', details);
  assert.deepEqual(content.commitment, await log.logCommitment(un(v.lineSalt), details));
}

async function checkPinChange(v) {
  const keys = { asker: askerOf(v), nonce: un(v.nonce), out: async () => un(v.pinKey) };
  same(v, 'proof', await request.pinChangeProof(keys, un(v.v), un(v.newV)));
}

export const GOOD = {
  challenge: async (v) => {
    const made = await makeChallenge(un(v.key), v.time, un(v.random));
    same(v, 'challenge', made);
    same(v, 'tag', made.slice(16));
    assert.ok(await isFresh(un(v.key), made, v.at));
  },
  'pin-change': checkPinChange,
  request: checkRequest,
  reply: checkReplyBody,
  rekey: checkRekey,
  notice: checkNotice,
};

/** R1, R4 and R5, under the newest root or one before it. */
async function checkBadRequest(v) {
  let parsed;
  try {
    parsed = parseRequest(v.request);
  } catch (fault) {
    throw fault instanceof MalformedInput ? new StepRefused('R1', '') : fault;
  }
  const device = { ...askerOf(v), publicKey: un(v.devicePublic) };
  let refused;
  for (const { epoch: number, root } of [v, ...(v.before ?? [])]) {
    refused = await openRequest(parsed, device, { epoch: number, root: un(root) }).catch((fault) => fault);
    if (!(refused instanceof StepRefused)) {
      return;
    }
  }
  throw refused;
}

/** What refuses all, without a step. */
const REFUSED = new StepRefused('refused', '');

export const BAD = {
  'challenge-bad': async (v) => {
    if (!(await isFresh(un(v.key), un(v.challenge), v.at))) {
      throw new StepRefused('R6', '');
    }
  },
  'request-bad': checkBadRequest,
  'arguments-bad': (v) => {
    try {
      readArguments(v.requestKind, un(v.arguments));
    } catch (fault) {
      throw fault instanceof MalformedInput ? new StepRefused('status 7', '') : fault;
    }
  },
  'reply-bad': async (v) =>
    request.openReply(un(v.sealed), await sentOf(v), askerOf(v), bankOf(v)),
  'rekey-bad': async (v) => {
    let result;
    try {
      result = results.rekeyResult(un(v.result), v.suite);
    } catch (fault) {
      throw fault instanceof MalformedInput ? REFUSED : fault;
    }
    if (result.epoch !== v.epoch) {
      throw REFUSED;
    }
  },
  'notice-bad': async (v) => {
    const at = downOf(v);
    const { deviceId, epoch: number, k } = await notice.openNotice(un(v.sealed), at, bankOf(v));
    if (!bytes.equal(deviceId, at.deviceId) || number !== at.epoch || k !== at.k) {
      throw new StepRefused('N3', '');
    }
  },
};
