/** Every published vector, testdata/protocol, against this implementation. */
import assert from 'node:assert/strict';
import { createCipheriv } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import * as answer from '../src/answer.js';
import * as billOf from '../src/bill.js';
import * as bytes from '../src/bytes.js';
import * as cbor from '../src/cbor.js';
import * as code from '../src/code.js';
import * as cose from '../src/cose.js';
import * as crockford from '../src/crockford.js';
import * as crypto from '../src/crypto.js';
import * as enrolment from '../src/enrolment.js';
import * as evidence from '../src/evidence.js';
import * as format from '../src/format.js';
import * as half from '../src/half.js';
import * as hpke from '../src/hpke.js';
import * as log from '../src/log.js';
import * as pin from '../src/pin.js';
import * as receipt from '../src/receipt.js';
import { BankKeys } from '../src/keys.js';
import { MalformedInput, PlatformLacks, SignatureRefused, StepRefused } from '../src/refusal.js';
import { OneTimeKeys } from '../src/sequencer.js';
import { aliasBytes, aliasText } from '../src/alias.js';
import { decapsulate } from '../src/pq.js';
import { has, privateKey, same, un } from './vector-values.js';
import * as CHECKPOINTS from './vectors-checkpoints.js';
import * as REQUESTS from './vectors-requests.js';
import { goesWith, openCode } from './bank-codes.js';

const FOLDER = new URL('../../testdata/protocol/', import.meta.url);
function value(typed) {
  const [type, content] = Object.entries(typed)[0];
  switch (type) {
    case 'int':
      return Number.isSafeInteger(Number(content)) ? Number(content) : BigInt(content);
    case 'bytes':
      return un(content);
    case 'array':
      return content.map(value);
    case 'map':
      return new Map(content.map(([key, member]) => [value(key), value(member)]));
    case 'null':
      return null;
    default:
      return content;
  }
}

const sequence = (v) => ({
  suite: v.suite,
  deviceId: un(v.deviceId),
  epoch: v.epoch,
  n: v.n,
  chain: un(v.chain),
  string2: un(v.string2),
});

const signedContext = ({ type, suite, consortium, number, account }) => ({
  type,
  suite,
  consortium,
  number,
  account,
});

const answerContext = (v) => ({
  suite: v.suite,
  consortium: v.consortium,
  deviceId: un(v.deviceId),
  epoch: v.epoch,
  n: v.n,
  number: v.number,
  replyRoot: un(v.reply),
});

async function checkSequence(v) {
  const keys = await OneTimeKeys.derive(sequence(v));
  same(v, 'P', keys.prk);
  same(v, 'key', await keys.key());
  same(v, 'iv', await keys.ivKey());
  same(v, 'hint', await keys.hint());
  same(v, 'pin', await keys.pinKey());
  same(v, 'reply', await keys.replyRoot());
  same(v, 'number', await keys.numberBytes());
  same(v, 'next', await keys.nextChain());
}

const extensions = (members) =>
  Object.fromEntries(Object.entries(members ?? {}).map(([name, content]) => [name, un(content)]));

async function checkCode(v) {
  await checkSequence(v.sequence);
  const t = v.terms;
  const { suite } = v.sequence;
  const binding = {
    suite,
    consortium: t.consortium,
    deviceId: un(v.sequence.deviceId),
    accountIdentifier: un(t.accountIdentifier),
    contractId: un(t.contractId),
    bindingValue: un(t.bindingValue),
  };
  const terms = {
    ...t,
    billHash: un(t.billHash),
    counterparty: un(t.counterparty),
    verifier: un(t.v),
    prev: un(t.prev),
    logHead: un(t.logHead),
    closed: t.closed ?? null,
    critical: extensions(t.critical),
    extensions: extensions(t.other),
  };
  const keys = await OneTimeKeys.derive(sequence(v.sequence));
  const maps = await code.halfMaps(binding, keys, terms, un(t.salt));
  same(v, 'privateMap', maps.privateMap);
  same(v, 'signedMap', maps.signedMap);
  const clear = { consortium: t.consortium, number: t.number, account: aliasText(un(v.alias)) };
  assert.equal(await code.sealCode(keys, clear, un(v.half), maps.privateMap), v.code);
  same(v, 'codeHash', await code.codeHash(v.code));
  same(v, 'halfAad', format.aad('half', suite, t.consortium, t.number, clear.account));
  same(v, 'externalAad', format.aad('code', suite, t.consortium, t.number, clear.account));
  await opens(v, v.code);
  // another half by this implementation, since WebCrypto does not sign the same twice
  const { key } = await privateKey(v.deviceScalar, 'sign');
  const made = await code.sealHalf(binding, key, sequence(v.sequence), terms, un(v.alias));
  await opens(v, made.text, false);
}

async function opens(v, text, published = true) {
  const epochs = [sequence(v.sequence)];
  const opened = await openCode(text, { publicKey: un(v.devicePublic), epochs });
  assert.equal(opened.signedMap.n, v.sequence.n);
  if (published) {
    same(v, 'half', opened.half);
    same(v, 'plaintext', opened.plaintext);
    same(v, 'iv', opened.code.sealed.iv);
    same(v, 'protected', opened.code.sealed.header);
    same(v, 'ciphertext', opened.code.sealed.ciphertext);
    same(v, 'signedMap', half.encodeSignedMap(opened.signedMap));
  }
}

async function checkEnrolment(v) {
  const offer = await enrolment.decodeOffer(un(v.offer));
  const { suite: chosen, minimumSuite } = v;
  const info = enrolment.offerInfo(offer, { chosen, minimumSuite });
  same(v, 'info', info);
  same(v, 'fingerprint', await enrolment.offerFingerprint(offer));
  const psk = await pskOf(offer, v);
  same(v, 'psk', psk);
  if (v.pin !== null) {
    same(v, 'v', await pin.pinVerifier(v.pin, un(v.pinSecret), un(v.pinSalt)));
  }
  const [enc, ciphertext, ct] = cbor.decode(un(v.message1));
  assert.equal(ct === undefined ? null : bytes.hex(ct), v.kemCiphertext);
  const bank = await privateKey(v.hpkeScalar, 'deriveBits');
  const context = {
    info,
    psk,
    pskId: offer.enrolmentId,
    exporter: enrolment.EXPORTER,
  };
  const opened = await hpke.openPsk(bank.key, bank.point, enc, context, ciphertext);
  same(v, 'bind', opened.plaintext);
  same(v.hpke, 'exported', opened.exported);
  const bind = cose.decodeSign1(opened.plaintext);
  assert.ok(
    await cose.holds(bind, un(v.devicePublic), { type: 'bind', suite: chosen, consortium: v.consortium }),
  );
  const own = new cbor.MapReader(cbor.decode(bind.payload));
  const print = new cbor.MapReader(own.value(4));
  const payload = await enrolment.bindPayload(offer, {
    devicePublic: own.bytes(3, 33),
    footprint: {
      manufacturer: print.text(1, 64),
      model: print.text(2, 64),
      serial: print.text(3, 64),
      platform: print.text(4, 64),
      appVersion: print.text(5, 64),
    },
    verifier: own.bytesOrNull(5, 32),
    nonce: own.bytes(6, 32),
    time: own.integer(8),
    suites: own.value(9),
    chosen: own.integer(10),
    minimumSuite,
  });
  assert.equal(bytes.hex(payload), bytes.hex(bind.payload), 'bind payload');
  await checkReply(v, un(v.message1), opened.exported);
  const activation = enrolment.parseActivation(v.activation);
  if (chosen === 2 && !has) {
    return; // this platform cannot make one
  }
  const device = await crypto.generateSigning(false);
  const fresh = await enrolment.sealBind(offer, activation, device.privateKey, {
    devicePublic: device.publicKey,
    footprint: { manufacturer: '', model: '', serial: '', platform: '', appVersion: '' },
    verifier: null,
    nonce: crypto.random(32),
    time: 0,
    suites: [1, 2],
    chosen,
    minimumSuite,
  });
  const [enc2, ciphertext2, ct2] = cbor.decode(fresh.message1);
  const psk2 = ct2
    ? await pskOf(offer, { ...v, kemCiphertext: bytes.hex(ct2), kemSecret: null })
    : psk;
  const fits = { ...context, psk: psk2 };
  const again = await hpke.openPsk(bank.key, bank.point, enc2, fits, ciphertext2);
  assert.equal(bytes.hex(again.exported), bytes.hex(fresh.exported));
}

/** Of suite 2 where there is an ML-KEM ciphertext; its secret by the platform, where it can. */
async function pskOf(offer, { activationCode, encapsulationKey, kemSeed, kemSecret, kemCiphertext }) {
  const { enrolmentId } = offer;
  if (kemCiphertext === null) {
    return enrolment.activationPsk(enrolmentId, un(activationCode));
  }
  const ciphertext = un(kemCiphertext);
  if (has || kemSecret === null) {
    const secret = bytes.hex(await decapsulate(un(kemSeed), ciphertext));
    assert.equal(secret, kemSecret ?? secret);
    return enrolment.hybridPsk(enrolmentId, un(activationCode), {
      secret: un(secret),
      encapsulationKey: un(encapsulationKey),
      ciphertext,
    });
  }
  const kem = { secret: un(kemSecret), encapsulationKey: un(encapsulationKey), ciphertext };
  return enrolment.hybridPsk(enrolmentId, un(activationCode), kem);
}

async function checkReply(v, message1, exported) {
  const message2 = un(v.message2);
  same(v, 'bankNonce', enrolment.bankNonceOf(message2));
  const secrets = await enrolment.EnrolmentSecrets.derive(
    exported,
    message1,
    un(v.bankNonce),
    v.suite,
  );
  same(v.outputs, 'P', secrets.prk);
  for (const [name, published] of Object.entries(v.outputs)) {
    if (name !== 'P') {
      assert.equal(bytes.hex(await secrets.out(name, published.length / 2)), published, name);
    }
  }
  assert.equal(await secrets.first(), v.n0);
  same(v, 'deviceConfirmation', await secrets.deviceConfirmation(message1, message2));
  const reply = await enrolment.openReply(message2, secrets);
  same(v, 'bindingRecord', reply.bindingRecord);
  assert.equal(reply.aliases.length, 32);
  const record = enrolment.decodeBindingRecord(
    await cose.payload(reply.bindingRecord, un(v.certificatePublic), {
      type: 'binding',
      suite: v.suite,
      consortium: v.consortium,
    }),
  );
  same(v, 'devicePublic', record.deviceKey);
  assert.deepEqual([record.suite, reply.suite], [v.suite, v.suite]);
  assert.equal(bytes.hex(record.bindHash), bytes.hex(await crypto.sha256(un(v.bind))));
}

async function checkBill(v) {
  const root = un(v.rootPublic);
  const bank = await BankKeys.verify(
    un(v.keySet),
    root,
    await crypto.sha256(root),
    v.consortium,
  );
  for (const text of [v.qr, v.json, `  ${v.qr}\n`]) {
    const { bill, body, provider, hash } = await billOf.checkedBill(text, bank, v.at);
    same(v, 'bill', bill.encode());
    same(v, 'billHash', hash);
    same(v, 'body', billOf.encodeBody(body));
    assert.equal(bill.qrText(), v.qr);
    assert.equal(bill.json(), v.json);
    assert.equal(body.number, v.number);
    assert.equal(body.total, v.total);
    assert.equal(provider.displayName, v.provider);
    const { key } = await privateKey(v.deviceScalar, 'sign');
    const own = await billOf.Bill.sign(key, body, bill.certificate);
    await own.check(bank, v.at);
  }
}

async function checkEvidence(v) {
  const bundle = evidence.decodeBundle(un(v.bundle));
  const root = un(v.rootPublic);
  const { consortium, number } = bundle;
  const bank = await BankKeys.verify(bundle.keySet, root, await crypto.sha256(root), consortium);
  assert.equal(bundle.sides.length, 2);
  for (const side of bundle.sides) {
    const record = enrolment.decodeBindingRecord(
      cose.decodeSign1(side.bindingRecord).payload,
    );
    const { suite } = record;
    const binding = { type: 'binding', suite };
    await bank.signed(side.bindingRecord, 'certificate', binding, bankTime(bank));
    const { account } = side;
    const context = { type: 'half', suite, consortium, number, account };
    const signed = half.decodeSignedMap(
      await cose.payload(side.half, record.deviceKey, context),
    );
    const receiptContext = { type: 'receipt', suite, number };
    const once = await bank.signed(side.receipt, 'receipt', receiptContext, bankTime(bank));
    const read = receipt.decodeReceipt(once);
    assert.equal(side.receipt2 !== null, suite === 2);
    if (suite === 2 && has) {
      const second = [side.receipt2, 'receipt', receiptContext, bankTime(bank), -49];
      assert.deepEqual(await bank.signed(...second), once);
    }
    assert.deepEqual(read.billHash, signed.billHash);
    assert.deepEqual(read.halfHash, await crypto.sha256(side.half));
    const commitment = await log.logCommitment(side.lineSalt, side.details);
    assert.deepEqual(log.lineContent(side.line).commitment, commitment);
    assert.equal(log.decodeDetails(side.details).number, number);
  }
}

const bankTime = (bank) => bank.keys[0].notBefore;

const GOOD = {
  ...REQUESTS.GOOD,
  cbor: (v) => {
    same(v, 'hex', cbor.encode(value(v.value)));
    assert.deepEqual(cbor.decode(un(v.hex)), value(v.value));
  },
  base64url: (v) => {
    assert.equal(bytes.toBase64Url(un(v.bytes)), v.text);
    same(v, 'bytes', bytes.ofBase64Url(v.text));
  },
  number: (v) => {
    assert.equal(crockford.numberText(un(v.bytes)), v.text);
    same(v, 'bytes', crockford.numberBytes(v.text));
    assert.equal(crockford.typedNumber(crockford.typableNumber(v.text)), v.text);
    assert.equal(crockford.canonicalNumber(v.text), v.text);
  },
  'number-typed': (v) => {
    assert.equal(crockford.typedNumber(v.text), v.number);
    assert.equal(crockford.canonicalNumber(v.text), v.number);
  },
  activation: (v) => {
    for (const text of [v.text, ...v.typed]) {
      const read = enrolment.parseActivation(text);
      same(v, 'enrolmentId', read.enrolmentId);
      same(v, 'activationCode', read.code);
      same(v, 'fingerprint', read.fingerprint);
      assert.equal(enrolment.activationText(read), v.text);
    }
  },
  aad: (v) => same(v, 'aad', format.aad(v.type, v.suite, v.consortium, v.number, v.account)),
  sign1: async (v) => {
    same(v, 'aad', format.aad(v.type, v.suite, v.consortium, v.number, v.account));
    same(v, 'payload', await cose.payload(un(v.sign1), un(v.public), signedContext(v)));
    const message = cose.decodeSign1(un(v.sign1));
    same(v, 'protected', message.header);
    same(v, 'signature', message.signature);
    same(v, 'sigStructure', cose.sigStructure(message.header, un(v.aad), message.payload));
    const { key, point } = await privateKey(v.scalar, 'sign');
    same(v, 'public', crypto.compressed(point));
    assert.equal(bytes.hex(crypto.uncompressed(un(v.public))), bytes.hex(point));
    const own = await cose.signed(key, signedContext(v), un(v.payload));
    same(v, 'payload', await cose.payload(own, un(v.public), signedContext(v)));
  },
  sequence: checkSequence,
  alias: (v) => {
    // the bank's own step, with Node's cipher: WebCrypto has no bare block
    const cipher = createCipheriv('aes-256-ecb', un(v.key), null).setAutoPadding(false);
    const index = bytes.ofBigInt(BigInt(v.deviceIndex), 8);
    const block = cipher.update(bytes.concat(index, un(v.random)));
    same(v, 'alias', bytes.concat(Uint8Array.of(v.keyId), block));
    assert.equal(aliasText(un(v.alias)), v.text);
    same(v, 'alias', aliasBytes(v.text));
  },
  pin: async (v) => {
    same(v, 'stretched', await crypto.pbkdf2(v.pin, un(v.salt), v.iterations));
    const verifier = await pin.pinVerifier(v.pin, un(v.pinSecret), un(v.salt), v.iterations);
    same(v, 'v', verifier);
    const at = { deviceId: un(v.deviceId), epoch: v.epoch, n: v.n };
    same(v, 'proof', await pin.pinProof(verifier, un(v.pinKey), at, v.role, un(v.billHash)));
  },
  code: checkCode,
  bill: checkBill,
  keys: async (v) => {
    const bank = await keysOf(v);
    for (const use of ['answer', 'receipt', 'certificate']) {
      same(v, `${use}Public`, bank.valid(use, v.at)[0].key);
    }
  },
  enrolment: checkEnrolment,
  log: async (v) => {
    same(v, 'head0', await log.logSeed(v.suite, un(v.deviceId), un(v.bindingRecord)));
    same(v, 'commitment', await log.logCommitment(un(v.salt), un(v.details)));
    const commitment = un(v.commitment);
    const line = await log.lineAfter(v.index, un(v.column1), v.time, v.lineKind, commitment);
    same(v, 'column2', line.column2);
    same(v, 'column3', line.column3);
    same(v, 'head', await log.lineHead(line));
    assert.ok(await log.extendsHead(line, 1, un(v.head0)));
  },
  receipt: async (v) => {
    same(v, 'payload', await receiptPayload(v, has));
    const read = receipt.decodeReceipt(un(v.payload));
    same(v, 'halfHash', read.halfHash);
    same(v, 'halfHash', await crypto.sha256(un(v.half)));
    same(v, 'commitment', read.counterpartyCommitment);
    const [salt, account] = [un(v.counterpartySalt), un(v.counterpartyAccount)];
    const commitment = receipt.counterpartyCommitment(salt, account, un(v.counterpartyDevice));
    same(v, 'commitment', await commitment);
  },
  answer: async (v) => {
    same(v, 'pickup', await answer.pickupToken(un(v.reply)));
    same(v, 'receiptToken', await answer.receiptToken(un(v.reply)));
    const keys = [un(v.answerPublic)];
    const opened = await answer.openAnswer(un(v.sealed), answerContext(v), keys);
    assert.deepEqual(opened.answer, answer.decodeAnswer(un(v.body)));
  },
  evidence: checkEvidence,
  ...CHECKPOINTS.GOOD,
};

/** A4: in suite 2 the same payload twice, in suite 1 once. */
async function receiptPayload(v, verifies = true) {
  const { suite, consortium, number } = v;
  const context = { type: 'receipt', suite, consortium, number };
  const signedOnce = cose.decodeSign1(un(v.receipt), algOf(un(v.receipt)));
  const once = await cose.payload(un(v.receipt), un(v.receiptPublic), context).catch((fault) => {
    throw signedOnce.alg === -7 ? fault : new SignatureRefused('receipt');
  });
  if ((v.secondReceipt !== null) !== (suite === 2)) {
    throw new SignatureRefused('receipt');
  }
  if (v.secondReceipt !== null) {
    const second = cose.decodeSign1(un(v.secondReceipt), algOf(un(v.secondReceipt)));
    const same = second.alg === -49 && bytes.equal(second.payload, once);
    if (!same || (verifies && !(await cose.holds(second, un(v.secondPublic), context)))) {
      throw new SignatureRefused('receipt');
    }
  }
  return once;
}

/** Which algorithm a message names; which it must be is said by who knows. */
const algOf = (sign1) => cbor.decode(cbor.decode(sign1)[0]).get(1) ?? -7;

const keysOf = ({ keySet, rootPublic, fingerprint, consortium }) =>
  BankKeys.verify(un(keySet), un(rootPublic), un(fingerprint), consortium);

const DROPPED = new StepRefused('dropped', '');

/** What the bank knows before a code: an epoch, perhaps one before it that is open or closed. */
async function checkBadCode({ bank, code: text, consumed = [] }) {
  const { suite, older, skipped, recoveryEpoch = 0 } = bank;
  const deviceId = un(bank.deviceId);
  const epochs = [older, { ...bank, first: bank.next }]
    .filter((one) => one !== undefined)
    .map((one) => ({
      suite,
      deviceId,
      epoch: one.epoch,
      first: one.first,
      next: one.next,
      n: one.next,
      chain: un(one.chain),
      string2: un(one.string2),
    }));
  const keys = skipped ? [{ ...skipped, prk: un(skipped.P) }] : [];
  const opened = await openCode(text, { publicKey: un(bank.devicePublic), epochs, skipped: keys });
  const { epoch, logIndex, logHead } = opened.signedMap;
  const own = epochs.find((one) => one.epoch === epoch);
  const before = epochs.find((one) => one.epoch < epoch);
  const known = {
    older: before ? { ...before, end: before.chain === null ? null : before.first + 256 } : null,
    first: own.first,
    newer: epochs.find((one) => one.epoch > epoch) ?? null,
    consumed: consumed.map((one) => ({
      epoch: 0,
      ...one,
      codeHash: un(one.codeHash),
      prev: un(one.prev),
      closed: older?.next,
    })),
  };
  if (!goesWith(opened, known)) {
    throw new StepRefused('O9', '');
  }
  if (recoveryEpoch > 0) {
    throw new StepRefused('O9c', '');
  }
  // the one line of which the vector tells
  if (logIndex !== bank.logIndex || !bytes.equal(logHead, un(bank.logHead))) {
    throw new StepRefused('O9b', '');
  }
}

const BAD = {
  ...REQUESTS.BAD,
  ...CHECKPOINTS.BAD,
  'cbor-bad': (v) => cbor.decode(un(v.hex)),
  'base64url-bad': (v) => bytes.ofBase64Url(v.text),
  'number-typed-bad': (v) => crockford.typedNumber(v.text),
  'number-bad': (v) => crockford.numberBytes(v.text),
  'activation-bad': (v) => enrolment.parseActivation(v.text),
  'alias-bad': (v) => aliasBytes(v.text),
  'sign1-bad': (v) => cose.payload(un(v.sign1), un(v.public), signedContext(v)),
  'keys-bad': keysOf,
  'offer-bad': (v) => enrolment.decodeOffer(un(v.offer)),
  'receipt-bad': async (v) => receipt.decodeReceipt(await receiptPayload(v)),
  'evidence-bad': (v) => evidence.decodeBundle(un(v.bundle)),
  'code-bad': checkBadCode,
  'bill-bad': async (v) => {
    const fingerprint = bytes.hex(await crypto.sha256(un(v.rootPublic)));
    return billOf.checkedBill(v.text, await keysOf({ ...v, fingerprint }), v.at);
  },
  'message1-bad': async (v) => {
    const offer = await enrolment.decodeOffer(un(v.offer));
    const parts = cbor.decode(un(v.message1));
    const [enc, ciphertext, ct] = parts;
    const wrong = parts.length < 2 || parts.length > 3 || enc.length !== 65;
    if (wrong || (ct && ct.length !== 1088)) {
      throw new MalformedInput('parts of message1');
    }
    const chosen = ct ? 2 : 1;
    if (!offer.suites.includes(chosen)) {
      throw DROPPED;
    }
    const bank = await privateKey(v.hpkeScalar, 'deriveBits');
    const { encapsulationKey } = offer;
    const info = enrolment.offerInfo(offer, { chosen, minimumSuite: v.minimumSuite });
    const psk = await pskOf(offer, {
      ...v,
      encapsulationKey: encapsulationKey && bytes.hex(encapsulationKey),
      kemSecret: null,
      kemCiphertext: ct ? bytes.hex(ct) : null,
    });
    const context = { info, psk, pskId: offer.enrolmentId, exporter: enrolment.EXPORTER };
    const opened = await hpke.openPsk(bank.key, bank.point, enc, context, ciphertext);
    if (!opened) {
      throw DROPPED;
    }
    const bind = cbor.decode(cose.decodeSign1(opened.plaintext).payload);
    const highest = enrolment.chooseSuite(offer.suites, bind.get(9));
    const asked = bind.get(10) === chosen && chosen === highest && chosen >= v.minimumSuite;
    if (!asked) {
      throw new StepRefused('request', '');
    }
  },
  'message2-bad': async (v) => {
    const { message1, message2, exported } = v;
    const nonce = enrolment.bankNonceOf(un(message2));
    const derive = enrolment.EnrolmentSecrets.derive;
    const secrets = await derive(un(exported), un(message1), nonce, v.suite);
    if (!(await enrolment.openReply(un(message2), secrets))) {
      throw DROPPED;
    }
  },
  'answer-bad': (v) =>
    answer.openAnswer(un(v.sealed), answerContext(v), [un(v.answerPublic)]),
  'log-bad': async (v) => {
    const { index, column1, column2, column3 } = v;
    const columns = { column1: un(column1), column2: un(column2), column3: un(column3) };
    if (!(await log.extendsHead({ index, ...columns }, v.at, un(v.before)))) {
      throw new StepRefused('A5', '');
    }
  },
};

/** The class of what was thrown, as the vectors name it. */
function refusalOf(fault) {
  if (fault instanceof MalformedInput) {
    return 'malformed';
  }
  if (fault instanceof SignatureRefused) {
    return 'signature';
  }
  if (fault instanceof StepRefused) {
    return fault.step;
  }
  throw fault;
}

async function check(v, context) {
  if (GOOD[v.kind]) {
    await GOOD[v.kind](v);
    return;
  }
  assert.ok(BAD[v.kind], `kind that is known: ${v.kind}`);
  let refusal = 'accepted';
  try {
    await BAD[v.kind](v);
  } catch (fault) {
    if (fault instanceof PlatformLacks) {
      assert.equal(has, false);
      lacking++;
      context.skip(fault.message);
      return;
    }
    refusal = refusalOf(fault);
  }
  assert.equal(refusal, v.refusal);
}

/** Vectors that this platform cannot check. */
let lacking = 0;
const kinds = new Set();
let count = 0;
for (const file of readdirSync(FOLDER)) {
  const { vectors, format: number, suite } = JSON.parse(readFileSync(new URL(file, FOLDER)));
  test(`${file}: ${vectors.length} vectors`, async (t) => {
    assert.ok(vectors.length > 0);
    assert.equal(number, format.FORMAT);
    assert.equal(suite, 1, 'where a vector names none');
    for (const vector of vectors) {
      count++;
      kinds.add(vector.kind);
      await t.test(`${vector.kind}: ${vector.name}`, (u) => check(vector, u));
    }
  });
}

test('every kind that can be checked is published', () => {
  assert.deepEqual([...kinds].sort(), [...Object.keys(GOOD), ...Object.keys(BAD)].sort());
  assert.ok(count > 600, `${count} vectors`);
  assert.ok(lacking <= 12, `${lacking} vectors that this platform cannot check`);
  assert.ok(!has || lacking === 0);
});
