/** Vectors of conditions, terms mode, offers, level PINs and progress, against this implementation. */
import assert from 'node:assert/strict';
import * as agreement from '../src/agreement.js';
import * as bytes from '../src/bytes.js';
import * as cose from '../src/cose.js';
import * as offer from '../src/offer.js';
import * as pin from '../src/pin.js';
import * as progress from '../src/progress.js';
import * as request from '../src/request.js';
import { Bill, decodeBody } from '../src/bill.js';
import { NOTHING_BESIDE } from '../src/code.js';
import { StepRefused } from '../src/refusal.js';
import { decodeBindingRecord } from '../src/enrolment.js';
import { decodeBundle } from '../src/evidence.js';
import { privateKey, same, un } from './vector-values.js';
import { sha256 } from '../src/crypto.js';
import { termsHash } from '../src/terms-mode.js';

const limitsOf = ({ tip = null, hold, charges }) => ({
  tip,
  hold: hold ? { limit: hold[0], until: hold[1] } : null,
  recurring: charges
    ? { each: charges[0], count: charges[1], interval: charges[2], until: charges[3] }
    : null,
});

/** What terms of a published code say beside. */
export const conditionsOf = ({ limits, contentHash, consent = 0, termsMode = false }) => ({
  limits: limits ? limitsOf(limits) : null,
  contentHash: un(contentHash ?? null),
  consent,
  terms: termsMode,
});

export const besideOf = ({ belongsTo, loyaltyId = null, levels = {}, compact = false }) => ({
  ...NOTHING_BESIDE,
  belongsTo: un(belongsTo ?? null),
  loyaltyId,
  levels: new Map(Object.entries(levels).map(([level, v]) => [Number(level), un(v)])),
  compact,
});

/** A bank of one answer key that is always valid. */
const bankOf = ({ answerPublic, consortium }) => ({
  signed: (sign1, use, context) => {
    assert.equal(use, 'answer');
    return cose.payload(sign1, un(answerPublic), { ...context, consortium });
  },
});

const opened = (v) =>
  progress.openProgress(
    un(v.sealed),
    {
      suite: v.suite,
      consortium: v.consortium,
      deviceId: un(v.deviceId),
      epoch: v.epoch,
      n: v.n,
      i: v.i,
      number: v.number,
      codeHash: un(v.codeHash),
      replyRoot: un(v.reply),
    },
    bankOf(v),
  );

const bodyOf = (v) => decodeBody(cose.decodeSign1(Bill.decode(un(v.bill)).signed).payload);

const verified = (v) =>
  agreement.verifyAgreement(un(v.sign1), un(v.devicePublic), v.suite, v.consortium);

const recordOf = (sign1) => decodeBindingRecord(cose.decodeSign1(sign1).payload);

export const GOOD = {
  agreement: async (v) => {
    const read = await verified(v);
    assert.deepEqual([read.consortium, read.version, read.time], [v.consortium, v.version, v.time]);
    same(v, 'accountIdentifier', read.accountIdentifier);
    same(v, 'contractId', read.contractId);
    same(v, 'agreementHash', read.hash);
    same(v, 'agreementHash', await sha256(new TextEncoder().encode(v.text)));
    const { key } = await privateKey(v.scalar, 'sign');
    const made = await agreement.signAgreement(key, v.suite, read);
    same(v, 'payload', cose.decodeSign1(made).payload);
    const again = await agreement.verifyAgreement(made, un(v.devicePublic), v.suite, v.consortium);
    assert.deepEqual(again, read);
  },
  'evidence-agreed': async (v) => {
    const { consortium, sides } = decodeBundle(un(v.bundle));
    const [{ agreement: signed, bindingRecord }, { agreement: bound }] = sides;
    const { deviceKey, suite } = recordOf(bindingRecord);
    const word = await agreement.verifyAgreement(signed.sign1, deviceKey, suite, consortium);
    assert.deepEqual([word.version, word.hash], [signed.version, signed.hash]);
    assert.equal(signed.bindingRecord, null);
    assert.equal(bound.sign1, null);
    assert.deepEqual(recordOf(bound.bindingRecord).contractHash, bound.hash);
  },
  'terms-hash': async (v) =>
    same(v, 'billHash', await termsHash(v.consortium, v.number, v.amount, v.currency)),
  'payment-offer': (v) => {
    const read = offer.ofOfferText(v.qr);
    same(v, 'offer', offer.encodeOffer(read));
    assert.equal(offer.offerText(read), v.qr);
    same(v, 'id', read.id);
    const { amount, currency, expires, text } = read;
    assert.deepEqual([amount, currency, expires, text], [v.amount, v.currency, v.expires, v.text]);
    assert.ok(offer.isOpen(read, v.consortium, v.at));
    assert.ok(offer.isOffered(read, bodyOf(v)));
  },
  'level-pin': async (v) => {
    const at = { deviceId: un(v.deviceId), epoch: v.epoch, n: v.n };
    const key = un(v.pinKey);
    same(v, 'proof', await pin.pinProof(un(v.v), key, at, v.role, un(v.billHash), v.level));
  },
  'level-pin-change': async (v) => {
    const asker = { deviceId: un(v.deviceId), epoch: v.epoch };
    const keys = { asker, nonce: un(v.nonce), out: async () => un(v.pinKey) };
    same(v, 'proof', await request.levelPinProof(keys, un(v.v), v.level, un(v.newV)));
  },
  progress: async (v) => {
    const told = await opened(v);
    assert.deepEqual(told, progress.decodeProgress(un(v.body)));
    same(v, 'codeHash', told.codeHash);
    assert.deepEqual([told.stage, told.time, told.notAfter], [v.stage, v.time, v.notAfter]);
    const outer = cose.decodeEncrypt0(un(v.sealed));
    assert.equal(bytes.hex(outer.iv), v.iv);
  },
};

export const BAD = {
  'agreement-bad': verified,
  'payment-offer-bad': (v) => {
    const read = offer.ofOfferText(v.qr);
    if (!offer.isOpen(read, v.consortium, v.at)) {
      throw new StepRefused('F1', '');
    }
    if (!offer.isOffered(read, bodyOf(v))) {
      throw new StepRefused('F2', '');
    }
  },
  'progress-bad': opened,
};
