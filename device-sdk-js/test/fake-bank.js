/**
 * A bank in memory, for tests of devices: keys, enrolment, back-ups. What it does with codes is in
 * fake-teller.js, on requests and by itself in fake-desk.js.
 */
import { FakeAgreements } from './fake-agreements.js';
import { BankRefused, UNREACHABLE } from '../src/refusal.js';
import { CONSORTIUM, FakeTeller, sign } from './fake-teller.js';
import { EXPORTER, EnrolmentSecrets, activationPsk, activationText, hybridPsk } from '../src/enrolment.js';
import { FakeAuthorities } from './fake-purchases.js';
import { FakeDesk, PUT_BACK } from './fake-desk.js';
import { MapReader, decode, encode, map } from '../src/cbor.js';
import { compressed, gcmSeal, generateSigning, random, sha256, uncompressed } from '../src/crypto.js';
import { decapsulate, generateKem } from '../src/pq.js';
import { decodeOffer, offerFingerprint, offerInfo } from '../src/enrolment.js';
import { decodeSign1, holds, payload } from '../src/cose.js';
import { equal, hex } from '../src/bytes.js';
import { logSeed } from '../src/log.js';
import { openPsk } from '../src/hpke.js';

const DAY = 86_400_000;

export class FakeBank extends FakeTeller {
  /** Halves that came, as text. */
  codes = [];
  messages = [];
  offline = false;
  losesReplies = false;
  /** Changes an answer's body before it is signed; for tests of what a device must refuse. */
  spoil = (body) => body;
  /** Changes what a receipt says beside, and a progress message, before they are signed. */
  spoilReceipt = (beside) => beside;
  spoilProgress = (body) => body;
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
  authorities = new FakeAuthorities(this);
  agreements = new FakeAgreements(this);
  /** Progress messages by pickup token. */
  told = new Map();
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
      levels: new Map(),
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

  async answers(pickups, wait, hear) {
    this.reach();
    await new Promise((done) => setTimeout(done, 5));
    for (const pickup of pickups) {
      for (const sealed of this.told.get(hex(pickup)) ?? []) {
        await hear({ pickup, sealed });
      }
    }
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
