/** What the bank in memory does with codes: opens them, pairs halves, answers, keeps logs. */
import { StepRefused } from '../src/refusal.js';
import { aad, label } from '../src/format.js';
import { counterpartyCommitment } from '../src/receipt.js';
import { encode, map } from '../src/cbor.js';
import { equal, hex } from '../src/bytes.js';
import { expand, random, sha256 } from '../src/crypto.js';
import { TERMS_LIMIT, agree, progressMessage, provenLevels, receiptBeside } from './fake-purchases.js';
import { goesWith, openCode } from './bank-codes.js';
import { lineAfter, lineHead, logCommitment } from '../src/log.js';
import { pickupToken } from '../src/answer.js';
import { pinProof } from '../src/pin.js';
import { seal, sigStructure, signed } from '../src/cose.js';

export const CONSORTIUM = 'TL';
const DAY = 86_400_000;

export const sign = (key, type, content, suite = 1, number = '') =>
  signed(key.privateKey, { type, suite, consortium: CONSORTIUM, number }, content);

/** Padded as section 8 says. */
export function padded(sign1, length) {
  for (let zeros = length - sign1.length; zeros >= 0; zeros--) {
    const plaintext = encode([sign1, new Uint8Array(zeros)]);
    if (plaintext.length === length) {
      return plaintext;
    }
  }
  throw new RangeError('too long to be padded');
}

/** How long a device is blocked after so many wrong PINs in a row. */
const BLOCKS = [0, 0, 30_000, 120_000, 600_000];

export class FakeTeller {
  /** Epochs as far as their numbers are waited for. */
  epochsOf({ suite, deviceId, epochs, consumed }) {
    return epochs.map((one) => ({
      ...one,
      suite,
      deviceId,
      n: one.first,
      end: Math.min(one.end, one.next + 64),
      isUsed: (n) => consumed.some((used) => used.epoch === one.epoch && used.n === n),
    }));
  }

  async opened(text) {
    const alias = Buffer.from(text.split('::')[2], 'base64url').toString('hex');
    const device = this.devices.get(alias);
    if (device?.state !== 1) {
      return; // dropped
    }
    let opened;
    try {
      opened = await openCode(text, {
        publicKey: device.publicKey,
        epochs: this.epochsOf(device),
        isIssued: () => true, // looked at later, O10
      });
    } catch (fault) {
      if (fault instanceof StepRefused) {
        return; // dropped
      }
      throw fault;
    }
    const { signedMap, code, codeHash } = opened;
    const epoch = device.epochs.find((one) => one.epoch === signedMap.epoch);
    const recovering = epoch.recoveryEpoch < this.recoveryEpoch;
    const fork = this.isFork(device, epoch, opened, recovering);
    epoch.next = Math.max(epoch.next, signedMap.n + 1);
    epoch.used++;
    const { prev, closed } = signedMap;
    const at = { epoch: epoch.epoch, n: signedMap.n };
    device.consumed.push({ ...at, codeHash, prev, closed, number: code.number });
    if (epoch.epoch > 0 && !epoch.current) {
      epoch.current = true;
      const older = device.epochs.filter((one) => one.epoch < epoch.epoch).at(-1);
      older.end = Math.min(older.end, closed); // skipped keys only
    }
    const half = { ...opened, device, epoch };
    if (fork) {
      await this.suspend(device, fork);
      await this.answer(half, 3, 6);
      return;
    }
    if (recovering) {
      await this.answer(half, 2, 7);
      return;
    }
    await this.pair(half);
  }

  /** O9, O9b, S6, S7; says what is wrong. */
  isFork({ epochs, consumed, heads }, epoch, opened, recovering) {
    const { closed, logIndex, logHead } = opened.signedMap;
    const before = epochs.filter((one) => one.epoch < epoch.epoch).at(-1) ?? null;
    const first = before && !epoch.current;
    if (first && (closed < before.next || closed > before.next + 63)) {
      return 'closed';
    }
    const older = before && { ...before, end: first ? closed : null, next: closed };
    const newer = epochs.find((one) => one.epoch > epoch.epoch) ?? null;
    if (!goesWith(opened, { older, first: epoch.first, newer, consumed })) {
      return 'prev';
    }
    const head = heads[logIndex];
    return !recovering && !(head && equal(head.slice(0, logHead.length), logHead)) ? 'log' : null;
  }

  async suspend(device, reason) {
    if (device.state !== 1) {
      return;
    }
    device.state = 2;
    device.reason = reason;
    for (const other of this.accounts.get(hex(device.account)) ?? []) {
      if (other !== device && other.state === 1) {
        await this.desk.notify(other, 2, encode([device.deviceId, reason]));
      }
    }
  }

  /** A wrong PIN, of a half or of a change. */
  async wrongPin(device) {
    device.wrong++;
    device.blockedUntil = this.clock() + (BLOCKS[device.wrong] ?? 0);
    if (device.wrong === 5) {
      await this.suspend(device, 'PIN');
    }
  }

  /** O10 to O13; gives outcome and reason of a half that ends alone. */
  async refused(half) {
    const { device, signedMap, privateMap, code, keys } = half;
    if (this.agreements.refuses(device)) {
      return [2, 10];
    }
    if (Object.keys(signedMap.critical).length > 0) {
      return [2, 1];
    }
    if (signedMap.role === 2) {
      const own = await keys.number();
      const issued = this.desk.issued.get(code.number);
      const reserved = issued && equal(issued.account, device.account) && issued.expires > this.clock();
      return signedMap.purpose === 2 || own === code.number || reserved ? null : [2, 1];
    }
    if (this.clock() < device.blockedUntil) {
      return [2, 8];
    }
    const proofs = [device.newVerifier, device.verifier].map(
      (verifier) =>
        verifier && keys.pinKey().then((key) => pinProof(verifier, key, keys, 1, signedMap.billHash)),
    );
    const [fresh, old] = await Promise.all(proofs);
    const isFresh = fresh && equal(fresh, privateMap.pinProof);
    half.levels = await provenLevels(half);
    if ((!isFresh && !equal(old, privateMap.pinProof)) || half.levels === null) {
      await this.wrongPin(device);
      return [2, 1];
    }
    if (isFresh) {
      device.verifier = device.newVerifier;
      device.newVerifier = null;
    }
    device.wrong = 0;
    device.blockedUntil = 0;
    if (signedMap.conditions.terms && signedMap.amount > TERMS_LIMIT) {
      return [2, 9];
    }
    const young = this.clock() - device.boundAt < DAY && !device.countersigned;
    return young && device.limit > 0 && signedMap.amount > device.limit ? [2, 9] : null;
  }

  async pair(half) {
    const { device, signedMap } = half;
    const key = hex(signedMap.billHash);
    if (signedMap.purpose === 2) {
      const slot = this.slots.get(key);
      this.slots.delete(key);
      for (const one of [...(slot ?? []), half]) {
        await this.answer(one, 5, 5);
      }
      return;
    }
    if (signedMap.purpose > 2) {
      await this.answer(half, ...(await this.authorities.take(half)));
      return;
    }
    const refused = await this.refused(half);
    if (refused) {
      await this.answer(half, ...refused);
      return;
    }
    const waiting = this.slots.get(key) ?? [];
    const other = waiting.find((one) => one.signedMap.role !== signedMap.role);
    if (!other) {
      this.slots.set(key, [...waiting, half]);
      await this.tell(half, 1);
      return;
    }
    const [payer, payee] = signedMap.role === 1 ? [half, other] : [other, half];
    if (!agree(payer, payee)) {
      this.slots.set(key, [payee]);
      await this.answer(payer, 2, 2);
      return;
    }
    this.slots.delete(key);
    const both = [payer, payee].every((one) => one.signedMap.extensions.presence?.[0] === 1);
    const presence = both ? 7 : undefined;
    this.authorities.leave(payer, payee);
    await this.answer(other, 1, 0, half.device, presence, payer);
    await this.answer(half, 1, 0, other.device, presence, payer);
  }

  /** G1, where the half asks for it. */
  async tell(half, i) {
    if (half.signedMap.extensions.progress?.[0] !== 1) {
      return;
    }
    const { answerKey, clock, spoilProgress: spoil } = this;
    const { pickup, sealed } = await progressMessage({ sign, padded, answerKey, clock, spoil }, half, i);
    this.told.set(pickup, [...(this.told.get(pickup) ?? []), sealed]);
  }

  /** The next line of a device's log. */
  async line(device, kind, details) {
    const commitment = await logCommitment(random(16), details);
    const index = device.lines.length + 1;
    const line = await lineAfter(index, device.head, this.clock(), kind, commitment);
    device.head = await lineHead(line);
    device.heads.push(device.head);
    device.lines.push(line);
    return [line.index, line.column1, line.column2, line.column3];
  }

  async answer(half, outcome, reason, other, presence, payer = null) {
    const { device, signedMap, code, codeHash, keys } = half;
    const { suite } = device;
    const used = device.consumed.find((one) => equal(one.codeHash, codeHash));
    used.answered = true;
    const number = code.number;
    const { amount } = (payer ?? half).signedMap;
    const details = encode(
      map({
        1: number,
        2: signedMap.billHash,
        3: codeHash,
        4: outcome,
        5: 'why',
        6: amount,
        7: signedMap.currency,
      }),
    );
    const line = await this.line(device, 'decision', details);
    const [account, deviceId] = other ? [other.account, other.deviceId] : [new Uint8Array(0), new Uint8Array(0)];
    const receipt = encode(
      map({
        1: 1,
        2: CONSORTIUM,
        3: random(10),
        4: number,
        5: signedMap.role,
        6: device.account,
        7: device.contract,
        8: device.deviceId,
        9: await counterpartyCommitment(random(16), account, deviceId),
        10: signedMap.purpose,
        11: signedMap.billHash,
        12: amount,
        13: signedMap.currency,
        14: outcome,
        15: this.clock(),
        16: codeHash,
        17: await sha256(half.half),
        18: line[0],
        19: line[1],
        20: line[2],
        ...this.spoilReceipt(receiptBeside(half, payer)),
      }),
    );
    const body = this.spoil({
      1: device.deviceId,
      2: signedMap.epoch,
      3: signedMap.n,
      4: codeHash,
      5: signedMap.billHash,
      6: outcome,
      7: reason,
      8: this.clock(),
      9: number,
      10: await sign(this.receiptKey, 'receipt', receipt, suite, number),
      11: line,
      12: [this.alias(device)],
      13: presence,
      14: reason === 8 ? device.blockedUntil : undefined,
      15: suite === 2 ? await this.receipt2(receipt, number) : undefined,
    });
    const replyRoot = await keys.replyRoot();
    const answer = await sign(this.answerKey, 'answer', encode(map(body)), suite, number);
    const plaintext = padded(answer, suite === 2 ? 8192 : 2048);
    const at = [device.deviceId, signedMap.epoch, signedMap.n];
    const context = ['tallystick', 'answer', 1, suite, CONSORTIUM, ...at];
    const [key, ivKey] = [
      await expand(replyRoot, label('answer key'), 32),
      await expand(replyRoot, label('answer iv'), 32),
    ];
    const sealed = await seal(key, ivKey, new Map(), encode(context), plaintext);
    const pickup = hex(await pickupToken(replyRoot));
    this.told.delete(pickup);
    this.answered.set(pickup, { sealed, number });
  }

  /** The same payload by ML-DSA-65. */
  async receipt2(content, number) {
    const header = encode(new Map([[1, -49], [16, 'ts/receipt']]));
    const structure = sigStructure(header, aad('receipt', 2, CONSORTIUM, number), content);
    const { privateKey } = this.receiptKey2;
    const { subtle } = globalThis.crypto;
    const signature = new Uint8Array(await subtle.sign({ name: 'ML-DSA-65' }, privateKey, structure));
    return encode([header, new Map(), content, signature]);
  }
}
