/** A bank in memory, for tests of devices: enrols, opens halves, pairs them, answers. */
import { MapReader, decode, encode, map } from '../src/cbor.js';
import { EXPORTER, EnrolmentSecrets, activationPsk, activationText } from '../src/enrolment.js';
import { equal, hex } from '../src/bytes.js';
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
import { decodeOffer, hpkeFingerprint, offerInfo } from '../src/enrolment.js';
import { decodeSign1, holds, payload, seal, signed } from '../src/cose.js';
import { label } from '../src/format.js';
import { lineAfter, lineHead, logCommitment, logSeed } from '../src/log.js';
import { openCode } from '../src/code.js';
import { openPsk } from '../src/hpke.js';
import { pickupToken } from '../src/answer.js';
import { pinProof } from '../src/pin.js';
import { BankRefused, StepRefused, UNREACHABLE } from '../src/refusal.js';

export const CONSORTIUM = 'TL';
const DAY = 86_400_000;

const sign = (key, type, content, number = '') =>
  signed(key.privateKey, { type, consortium: CONSORTIUM, number }, content);

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
  enrolments = new Map();
  devices = new Map();
  slots = new Map();
  answered = new Map();
  /** Answers that are not given out yet. */
  held = new Set();

  static async make(clock = Date.now) {
    const bank = new FakeBank();
    bank.clock = clock;
    for (const name of ['root', 'answer', 'receipt', 'certificate']) {
      bank[`${name}Key`] = await generateSigning(false);
    }
    bank.rootFingerprint = await sha256(bank.rootKey.publicKey);
    return bank;
  }

  async keySet() {
    const keys = [];
    for (const use of ['answer', 'receipt', 'certificate']) {
      const { publicKey } = this[`${use}Key`];
      const kid = (await sha256(publicKey)).slice(0, 8);
      keys.push(map({ 1: kid, 2: use, 3: publicKey, 4: 0, 5: this.clock() + DAY }));
    }
    const content = { 1: 0, 2: CONSORTIUM, 3: 'Bank', 4: this.version, 5: keys, 6: this.clock() };
    return sign(this.rootKey, 'keys', encode(map(content)));
  }

  /** Gives the text of an activation. */
  async activate(role, name) {
    const subtle = globalThis.crypto.subtle;
    const curve = { name: 'ECDH', namedCurve: 'P-256' };
    const pair = await subtle.generateKey(curve, false, ['deriveBits']);
    const point = new Uint8Array(await subtle.exportKey('raw', pair.publicKey));
    const text = 'We agree.';
    const [enrolmentId, code] = [random(16), random(16)];
    const hash = await sha256(new TextEncoder().encode(text));
    const content = {
      1: 0,
      2: CONSORTIUM,
      3: 'Bank',
      4: enrolmentId,
      5: role,
      6: 1,
      7: hash,
      8: text,
      9: point,
      10: [1],
      11: this.version,
      12: this.clock() + 900_000,
    };
    const offer = encode(map(content));
    this.enrolments.set(hex(enrolmentId), { offer, code, pair, point, role, name });
    const fingerprint = await hpkeFingerprint(point);
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
    const [enc, ciphertext] = decode(message1);
    const context = {
      info: offerInfo(offer),
      psk: await activationPsk(offer.enrolmentId, found.code),
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
    if (!(await holds(message, publicKey, { type: 'bind', consortium: CONSORTIUM }))) {
      throw new BankRefused('about:blank', 'refused', 403);
    }
    const nonce = random(32);
    const secrets = await EnrolmentSecrets.derive(opened.exported, message1, nonce);
    const device = {
      deviceId: random(16),
      account: random(16),
      contract: random(16),
      bindingValue: random(16),
      publicKey,
      name: found.name,
      role: found.role,
      verifier: bind.bytesOrNull(5, 32),
      active: false,
      next: await secrets.first(),
      chain: await secrets.out('string1'),
      string2: await secrets.out('string2'),
      consumed: [],
      lines: 0,
    };
    const content = this.spoilRecord({
      1: 0,
      2: CONSORTIUM,
      3: device.deviceId,
      4: device.account,
      5: device.contract,
      6: publicKey,
      7: offer.contractHash,
      8: found.role,
      9: this.clock(),
      10: await sha256(opened.plaintext),
    });
    const record = encode(map(content));
    const bindingRecord = await sign(this.certificateKey, 'binding', record);
    device.head = await logSeed(device.deviceId, bindingRecord);
    device.origin = { deviceId: device.deviceId, epoch: 0, n: device.next, chain: device.chain };
    device.origin.string2 = device.string2;
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
      1: 0,
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
    const context = { type: 'certificate-request', consortium: CONSORTIUM };
    await payload(request, device.publicKey, context);
    return this.certificateOf(device, 3_600_000 * 20);
  }

  async confirm(enrolmentId, confirmation) {
    const found = this.enrolments.get(hex(this.reach(enrolmentId)));
    if (!equal(found.confirmation, confirmation)) {
      throw new BankRefused('about:blank', 'refused', 403);
    }
    found.device.active = true;
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

  async opened(text) {
    const alias = Buffer.from(text.split('::')[2], 'base64url').toString('hex');
    const device = this.devices.get(alias);
    this.devices.delete(alias);
    this.devices.set(`device ${hex(device.deviceId)}`, device);
    let opened;
    try {
      opened = await openCode(text, device.publicKey, device.origin, device.consumed);
    } catch (fault) {
      if (fault instanceof StepRefused) {
        return; // dropped
      }
      throw fault;
    }
    const { signedMap, keys, code, codeHash } = opened;
    device.consumed.push({ n: signedMap.n, codeHash, prev: signedMap.prev, number: code.number });
    const half = { ...opened, device };
    if (signedMap.purpose === 2) {
      const slot = this.slots.get(hex(signedMap.billHash));
      this.slots.delete(hex(signedMap.billHash));
      for (const one of [...(slot ?? []), half]) {
        await this.answer(one, 5, 5);
      }
      return;
    }
    if (signedMap.role === 1) {
      const at = { deviceId: device.deviceId, epoch: 0, n: signedMap.n };
      const pinKey = await keys.pinKey();
      const proof = await pinProof(device.verifier, pinKey, at, 1, signedMap.billHash);
      if (!equal(proof, opened.privateMap.pinProof)) {
        await this.answer(half, 2, 1);
        return;
      }
    }
    const slot = this.slots.get(hex(signedMap.billHash)) ?? [];
    this.slots.set(hex(signedMap.billHash), [...slot, half]);
    if (slot.length === 1) {
      await this.answer(slot[0], 1, 0, half.device);
      await this.answer(half, 1, 0, slot[0].device);
    }
  }

  async answer(half, outcome, reason, other) {
    const { device, signedMap, code, codeHash, keys } = half;
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
    const commitment = await logCommitment(random(16), details);
    const line = await lineAfter(++device.lines, device.head, this.clock(), 'decision', commitment);
    device.head = await lineHead(line);
    const [account, deviceId] = other ? [other.account, other.deviceId] : [new Uint8Array(0), new Uint8Array(0)];
    const receipt = encode(
      map({
        1: 0,
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
        18: line.index,
        19: line.column1,
        20: line.column2,
      }),
    );
    const body = this.spoil({
      1: device.deviceId,
      2: 0,
      3: signedMap.n,
      4: codeHash,
      5: signedMap.billHash,
      6: outcome,
      7: reason,
      8: this.clock(),
      9: number,
      10: await sign(this.receiptKey, 'receipt', receipt, number),
      11: [line.index, line.column1, line.column2, line.column3],
      12: [this.alias(device)],
    });
    const replyRoot = await keys.replyRoot();
    const answer = await sign(this.answerKey, 'answer', encode(map(body)), number);
    const plaintext = encode([answer, new Uint8Array(2048 - 7 - answer.length)]);
    const context = ['tallystick', 'answer', 0, 1, CONSORTIUM, device.deviceId, 0, signedMap.n];
    const [key, ivKey] = [
      await expand(replyRoot, label('answer key'), 32),
      await expand(replyRoot, label('answer iv'), 32),
    ];
    const sealed = await seal(key, ivKey, new Map(), encode(context), plaintext);
    this.answered.set(hex(await pickupToken(replyRoot)), { sealed, number });
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

