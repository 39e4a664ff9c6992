/**
 * A bank in memory, for tests of devices: enrols, opens halves, pairs them, answers. What it does on
 * requests and by itself is in fake-desk.js.
 */
import { BankRefused, StepRefused, UNREACHABLE } from '../src/refusal.js';
import { EXPORTER, EnrolmentSecrets, activationPsk, activationText, hybridPsk } from '../src/enrolment.js';
import { MapReader, decode, encode, map } from '../src/cbor.js';
import { OneTimeKeys } from '../src/sequencer.js';
import {
  compressed,
  expand,
  gcmSeal,
  generateSigning,
  random,
  sha256,
  uncompressed,
} from '../src/crypto.js';
import { counterpartyCommitment } from '../src/receipt.js';
import { decapsulate, generateKem } from '../src/pq.js';
import { decodeOffer, offerFingerprint, offerInfo } from '../src/enrolment.js';
import { decodeSign1, holds, payload, seal, sigStructure, signed } from '../src/cose.js';
import { equal, hex } from '../src/bytes.js';
import { FakeDesk, PUT_BACK } from './fake-desk.js';
import { aad, label } from '../src/format.js';
import { lineAfter, lineHead, logCommitment, logSeed } from '../src/log.js';
import { openCode, parseCode } from '../src/code.js';
import { openPsk } from '../src/hpke.js';
import { pickupToken } from '../src/answer.js';
import { pinProof } from '../src/pin.js';

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

const BLOCKS = [0, 0, 30_000, 120_000, 600_000];

export class FakeBank {
  /** Halves that came, as text. */
  codes = [];
  messages = [];
  offline = false;
  losesReplies = false;
  /** Changes an answer's body before it is signed; for tests of what a device must refuse. */
  spoil = (body) => body;
  /** Changes a binding record before it is signed. */
  spoilRecord = (record) => record;
  version = 1;
  recoveryEpoch = 0;
  minimumSuite = 1;
  suites = [1];
  accounts = new Map();
  /** Limit of a new device, minor units. */
  newDeviceLimit = 0;
  enrolments = new Map();
  devices = new Map();
  slots = new Map();
  answered = new Map();
  /** Answers that are not given out yet. */
  held = new Set();
  moreKeys = [];

  static async make(clock = Date.now) {
    const bank = new FakeBank();
    bank.clock = clock;
    for (const name of ['root', 'answer', 'receipt', 'certificate']) {
      bank[`${name}Key`] = await generateSigning(false);
    }
    bank.receiptKey2 = await mlDsaKey();
    bank.desk = new FakeDesk(bank);
    bank.rootFingerprint = await sha256(bank.rootKey.publicKey);
    return bank;
  }

  async keySet() {
    const keys = [];
    for (const use of ['answer', 'receipt', 'certificate']) {
      const { publicKey } = this[`${use}Key`];
      const kid = (await sha256(publicKey)).slice(0, 8);
      keys.push(map({ 1: kid, 2: use, 3: publicKey, 4: 0, 5: this.clock() + 365 * DAY, 6: -7 }));
    }
    if (this.receiptKey2) {
      const { publicKey } = this.receiptKey2;
      const kid = (await sha256(publicKey)).slice(0, 8);
      keys.push(map({ 1: kid, 2: 'receipt', 3: publicKey, 4: 0, 5: this.clock() + 365 * DAY, 6: -49 }));
    }
    keys.push(...this.moreKeys);
    const content = {
      1: 1,
      2: CONSORTIUM,
      3: 'Bank',
      4: this.version,
      5: keys,
      6: this.clock(),
      7: this.recoveryEpoch,
      8: this.minimumSuite,
    };
    return sign(this.rootKey, 'keys', encode(map(content)));
  }

  /** Gives the text of an activation. */
  async activate(role, name, account = random(16)) {
    const subtle = globalThis.crypto.subtle;
    const curve = { name: 'ECDH', namedCurve: 'P-256' };
    const pair = await subtle.generateKey(curve, false, ['deriveBits']);
    const point = new Uint8Array(await subtle.exportKey('raw', pair.publicKey));
    const text = 'We agree.';
    const [enrolmentId, code] = [random(16), random(16)];
    const hash = await sha256(new TextEncoder().encode(text));
    const hybrid = this.suites.includes(2);
    const kem = hybrid && globalThis.crypto.subtle.encapsulateBits ? await generateKem() : null;
    const encapsulationKey = hybrid ? (kem?.encapsulationKey ?? random(1184)) : null;
    const content = {
      1: 1,
      2: CONSORTIUM,
      3: 'Bank',
      4: enrolmentId,
      5: role,
      6: 1,
      7: hash,
      8: text,
      9: point,
      10: this.suites,
      11: this.version,
      12: this.clock() + 900_000,
      13: encapsulationKey,
    };
    const offer = encode(map(content));
    this.enrolments.set(hex(enrolmentId), { offer, code, pair, point, role, name, account, kem });
    const fingerprint = await offerFingerprint({ hpkePoint: point, encapsulationKey });
    return activationText({ enrolmentId, code, fingerprint });
  }

  /** The way to the bank. */
  reach(answer) {
    if (this.offline) {
      throw new BankRefused(UNREACHABLE, 'the bank cannot be reached', 0);
    }
    return answer;
  }

  reply(answer) {
    if (this.losesReplies) {
      throw new BankRefused(UNREACHABLE, 'the reply was lost', 0);
    }
    return answer;
  }

  async keys() {
    return this.reach({ root: this.rootKey.publicKey, sign1: await this.keySet() });
  }

  async offer(enrolmentId) {
    const found = this.enrolments.get(hex(this.reach(enrolmentId)));
    if (!found) {
      throw new BankRefused('about:blank', 'no such enrolment', 404);
    }
    return { offer: found.offer, keys: await this.keys() };
  }

  async bind(enrolmentId, message1) {
    this.reach();
    this.messages.push(hex(message1));
    const found = this.enrolments.get(hex(enrolmentId));
    if (!found.message2) {
      await this.bound(found, message1);
    } else if (!equal(found.message1, message1)) {
      throw new BankRefused('about:blank', 'cancelled', 409);
    }
    return this.reply(found.message2);
  }

  async bound(found, message1) {
    const offer = await decodeOffer(found.offer);
    const [enc, ciphertext, ct] = decode(message1);
    const suite = ct === undefined ? 1 : 2;
    const { minimumSuite } = this;
    const { encapsulationKey, enrolmentId } = offer;
    const kem = ct && { secret: await decapsulate(found.kem.seed, ct), encapsulationKey, ciphertext: ct };
    const context = {
      info: offerInfo(offer, { chosen: suite, minimumSuite }),
      psk: kem
        ? await hybridPsk(enrolmentId, found.code, kem)
        : await activationPsk(enrolmentId, found.code),
      pskId: offer.enrolmentId,
      exporter: EXPORTER,
    };
    const opened = await openPsk(found.pair.privateKey, found.point, enc, context, ciphertext);
    if (!opened) {
      throw new BankRefused('about:blank', 'refused', 403);
    }
    const message = decodeSign1(opened.plaintext);
    const bind = new MapReader(decode(message.payload));
    const publicKey = bind.bytes(3, 33);
    const [known, asked, chosen] = [offer.suites, bind.value(9), bind.integer(10)];
    const highest = asked.filter((one) => known.includes(one)).at(-1);
    if (
      chosen !== suite ||
      chosen !== highest ||
      chosen < minimumSuite ||
      !equal(bind.bytes(2, 32), await sha256(context.info)) ||
      !(await holds(message, publicKey, { type: 'bind', suite, consortium: CONSORTIUM }))
    ) {
      throw new BankRefused('about:blank', 'refused', 403);
    }
    const nonce = random(32);
    const secrets = await EnrolmentSecrets.derive(opened.exported, message1, nonce, suite);
    const first = await secrets.first();
    const device = {
      suite,
      deviceId: random(16),
      account: found.account,
      contract: random(16),
      bindingValue: random(16),
      publicKey,
      name: found.name,
      role: found.role,
      verifier: bind.bytesOrNull(5, 32),
      state: 0,
      boundAt: this.clock(),
      countersigned: false,
      limit: this.newDeviceLimit,
      epochs: [
        {
          epoch: 0,
          first,
          next: first,
          end: first + 256,
          used: 0,
          since: this.clock(),
          recoveryEpoch: this.recoveryEpoch,
          chain: await secrets.out('string1'),
          string2: await secrets.out('string2'),
          root: await secrets.out('root'),
          down: { k: 1, chain: await secrets.out('down') },
        },
      ],
      consumed: [],
      lines: [],
      rekeys: [],
      notDue: [],
      stored: new Map(),
      wrong: 0,
      blockedUntil: 0,
      newVerifier: null,
    };
    const content = this.spoilRecord({
      1: 1,
      2: CONSORTIUM,
      3: device.deviceId,
      4: device.account,
      5: device.contract,
      6: publicKey,
      7: offer.contractHash,
      8: found.role,
      9: this.clock(),
      10: await sha256(opened.plaintext),
      11: suite,
    });
    const record = encode(map(content));
    const bindingRecord = await sign(this.certificateKey, 'binding', record, suite);
    device.head = await logSeed(suite, device.deviceId, bindingRecord);
    device.heads = [device.head];
    device.bindingRecord = bindingRecord;
    const aliases = Array.from({ length: 32 }, () => this.alias(device));
    const certificate =
      found.role === 'PROVIDER' ? await this.certificateOf(device, 3_600_000 * 20) : null;
    const plaintext = encode(
      map({
        1: device.deviceId,
        2: device.account,
        3: device.contract,
        4: device.bindingValue,
        5: aliases,
        6: 1,
        7: bindingRecord,
        8: this.clock(),
        9: await secrets.bankConfirmation(),
        10: certificate,
        11: suite,
        12: this.recoveryEpoch,
      }),
    );
    const [key, iv] = [await secrets.out('reply key'), await secrets.out('reply iv', 12)];
    found.message1 = message1;
    found.message2 = encode([nonce, await gcmSeal(key, iv, secrets.transcript, plaintext)]);
    found.confirmation = await secrets.deviceConfirmation(message1, found.message2);
    found.device = device;
  }

  alias(device) {
    const alias = random(17);
    this.devices.set(hex(alias), device);
    return alias;
  }

  certificateOf(device, life) {
    const content = {
      1: 1,
      2: CONSORTIUM,
      3: device.account,
      4: device.deviceId,
      5: compressed(uncompressed(device.publicKey)),
      6: device.name,
      7: 'Zürich',
      8: this.clock() - 1000,
      9: this.clock() + life,
    };
    return sign(this.certificateKey, 'certificate', encode(map(content)));
  }

  async certificate(request) {
    this.reach();
    const { payload: content } = decodeSign1(request);
    const deviceId = decode(content).get(2);
    const device = [...this.devices.values()].find((one) => equal(one.deviceId, deviceId));
    const { suite } = device;
    const context = { type: 'certificate-request', suite, consortium: CONSORTIUM };
    await payload(request, device.publicKey, context);
    return this.certificateOf(device, 3_600_000 * 20);
  }

  async confirm(enrolmentId, confirmation) {
    const found = this.enrolments.get(hex(this.reach(enrolmentId)));
    if (!equal(found.confirmation, confirmation)) {
      throw new BankRefused('about:blank', 'refused', 403);
    }
    if (found.device.state === 0) {
      await this.activated(found.device);
    }
    return this.reply('ACTIVE');
  }

  async send(code) {
    this.reach();
    if (!this.codes.includes(code)) {
      this.codes.push(code);
      await this.opened(code);
    } else {
      this.repeated = (this.repeated ?? 0) + 1;
    }
    return this.reply('ACCEPTED');
  }

  /** Other devices of the account hear of a new one in the act that makes it active. */
  async activated(device) {
    const account = this.accounts.get(hex(device.account)) ?? [];
    device.state = 1;
    for (const other of account.filter(({ state }) => state === 1)) {
      await this.desk.notify(other, 1, device.bindingRecord);
    }
    this.accounts.set(hex(device.account), [...account, device]);
  }

  challenge() {
    return this.desk.challenge();
  }

  request(text) {
    return this.desk.request(text);
  }

  /**
   * Hints are looked for in what is left of older epochs, then in the newer one's window.
   */
  async find(device, hint) {
    for (const epoch of device.epochs) {
      const { deviceId, suite } = device;
      let at = { suite, deviceId, epoch: epoch.epoch, n: epoch.first, ...epoch };
      at.n = epoch.first;
      for (const end = Math.min(epoch.end, epoch.next + 64); at.n < end; ) {
        const keys = await OneTimeKeys.derive(at);
        const used = device.consumed.some((one) => one.epoch === epoch.epoch && one.n === at.n);
        if (!used && equal(await keys.hint(), hint)) {
          return { epoch, at };
        }
        at = { ...at, n: at.n + 1, chain: await keys.nextChain() };
      }
    }
    return null;
  }

  async opened(text) {
    const alias = Buffer.from(text.split('::')[2], 'base64url').toString('hex');
    const device = this.devices.get(alias);
    const found = device?.state === 1 ? await this.find(device, parseCode(text).hint) : null;
    if (!found) {
      return; // dropped
    }
    let opened;
    try {
      opened = await openCode(text, device.publicKey, found.at, {
        isIssued: () => true, // looked at later, O10
      });
    } catch (fault) {
      if (fault instanceof StepRefused) {
        return; // dropped
      }
      throw fault;
    }
    const { signedMap, code, codeHash } = opened;
    const { epoch } = found;
    const recovering = epoch.recoveryEpoch < this.recoveryEpoch;
    const fork = this.isFork(device, epoch, signedMap, codeHash, recovering);
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
  isFork(device, epoch, signedMap, codeHash, recovering) {
    const { n, prev, closed, logIndex, logHead } = signedMap;
    const older = device.epochs.filter((one) => one.epoch < epoch.epoch).at(-1);
    const first = epoch.epoch > 0 && !epoch.current;
    if (first && (closed < older.next || closed > older.next + 63)) {
      return 'closed';
    }
    const consumed = (e, m) => device.consumed.find((one) => one.epoch === e && one.n === m);
    const before =
      n === epoch.first && older ? consumed(older.epoch, closed - 1) : consumed(epoch.epoch, n - 1);
    const after = consumed(epoch.epoch, n + 1);
    if (before && !equal(before.codeHash.subarray(0, 16), prev)) {
      return 'prev';
    }
    if (after && !equal(after.prev, codeHash.subarray(0, 16))) {
      return 'next';
    }
    const head = device.heads[logIndex];
    return !recovering && !(head && equal(head, logHead)) ? 'log' : null;
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
  async refused({ device, signedMap, privateMap, code, keys }) {
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
    if (!isFresh && !equal(old, privateMap.pinProof)) {
      await this.wrongPin(device);
      return [2, 1];
    }
    if (isFresh) {
      device.verifier = device.newVerifier;
      device.newVerifier = null;
    }
    device.wrong = 0;
    device.blockedUntil = 0;
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
    const refused = await this.refused(half);
    if (refused) {
      await this.answer(half, ...refused);
      return;
    }
    const slot = this.slots.get(key) ?? [];
    this.slots.set(key, [...slot, half]);
    if (slot.length === 1) {
      this.slots.delete(key);
      const both = [slot[0], half].every((one) => one.signedMap.extensions.presence?.[0] === 1);
      const presence = both ? 7 : undefined;
      await this.answer(slot[0], 1, 0, device, presence);
      await this.answer(half, 1, 0, slot[0].device, presence);
    }
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

  async answer(half, outcome, reason, other, presence) {
    const { device, signedMap, code, codeHash, keys } = half;
    const { suite } = device;
    const used = device.consumed.find((one) => equal(one.codeHash, codeHash));
    used.answered = true;
    const number = code.number;
    const details = encode(
      map({
        1: number,
        2: signedMap.billHash,
        3: codeHash,
        4: outcome,
        5: 'why',
        6: signedMap.amount,
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
        12: signedMap.amount,
        13: signedMap.currency,
        14: outcome,
        15: this.clock(),
        16: codeHash,
        17: await sha256(half.half),
        18: line[0],
        19: line[1],
        20: line[2],
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
    this.answered.set(hex(await pickupToken(replyRoot)), { sealed, number });
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

  /** What a back-up holds; given to {@link putBack} later. */
  backUp() {
    const devices = new Set(this.devices.values());
    return new Map([...devices].map((device) => [device, structuredClone(pick(device))]));
  }

  /** A restore that has lost what came after a back-up. */
  putBack(backUp) {
    for (const [device, content] of backUp) {
      Object.assign(device, structuredClone(content));
    }
    this.answered.clear();
    this.codes = [];
    this.slots.clear();
  }

  async answers(pickups) {
    this.reach();
    await new Promise((done) => setTimeout(done, 5));
    return pickups
      .map((pickup) => ({ pickup, ...this.answered.get(hex(pickup)) }))
      .filter(({ sealed, number }) => sealed && !this.held.has(number));
  }

  close() {}
}

const pick = (device) => Object.fromEntries(PUT_BACK.map((name) => [name, device[name]]));

/** Null where the platform has none. */
async function mlDsaKey() {
  const { subtle } = globalThis.crypto;
  if (!subtle.encapsulateBits) {
    return null;
  }
  const pair = await subtle.generateKey({ name: 'ML-DSA-65' }, false, ['sign', 'verify']);
  const publicKey = new Uint8Array(await subtle.exportKey('raw-public', pair.publicKey));
  return { privateKey: pair.privateKey, publicKey };
}
