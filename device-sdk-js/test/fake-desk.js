/** What the bank in memory does on sealed requests, and what it says by itself; sections R and N. */
import { BankRefused, MalformedInput, StepRefused } from '../src/refusal.js';
import { decode, encode, map } from '../src/cbor.js';
import { label } from '../src/format.js';
import { agree, expand, extract, generateEcdh, hmac, random, sha256, compressed, uncompressed } from '../src/crypto.js';
import { concat, equal, hex, ofBase64Url, ofText, toBigInt } from '../src/bytes.js';
import { decodeSign1, holds, seal } from '../src/cose.js';
import { encapsulate } from '../src/pq.js';
import { numberText } from '../src/crockford.js';
import { CONSORTIUM, padded, sign } from './fake-teller.js';
import { isFresh, makeChallenge, openRequest, parseRequest, readArguments } from './bank-requests.js';

/** Members of a device that a back-up holds. */
export const PUT_BACK = ['state', 'epochs', 'consumed', 'lines', 'head', 'heads', 'rekeys', 'notDue', 'stored'];

const DAY = 86_400_000;

export class FakeDesk {
  /** Requests that came, as text. */
  texts = [];
  /** Changes a reply's body before it is signed; for tests of what a device must refuse. */
  spoil = (body) => body;
  /** Gives random bytes to all. */
  strange = false;
  /** Loses the replies to requests of these kinds, once each. */
  loses = new Set();
  /** Loses requests before they are handled. */
  drops = 0;
  bills = new Map();
  issued = new Map();
  challengeKey = random(32);

  constructor(bank) {
    this.bank = bank;
  }

  challenge() {
    this.bank.reach();
    return makeChallenge(this.challengeKey, this.bank.clock(), random(8));
  }

  /** R1 to R7. */
  async request(text) {
    this.bank.reach();
    if (this.drops > 0) {
      this.drops--;
      throw new BankRefused('urn:tallystick:problem:unreachable', 'the request was lost', 0);
    }
    this.texts.push(text);
    const header = parsed(text);
    const { suite, account, blocks } = header;
    const noise = random(23 + blocks * 1024 + 16);
    const id = await sha256(ofText(text));
    const device = this.bank.devices.get(hex(ofBase64Url(account)));
    if (this.strange || !device || device.state === 0 || device.suite !== suite) {
      return this.bank.reply(noise);
    }
    const reply = device.stored.get(hex(id)) ?? (await this.handled(device, header, id));
    if (reply === null) {
      return this.bank.reply(noise);
    }
    const lost = this.loses.delete(this.lastKind);
    if (lost) {
      throw new BankRefused('urn:tallystick:problem:unreachable', 'the reply was lost', 0);
    }
    return this.bank.reply(reply);
  }

  /** R4 and R5; null for what is not authentic. */
  async handled(device, header, id) {
    for (const epoch of device.epochs.slice(-2).reverse()) {
      const asked = await opened(header, device, epoch);
      if (asked) {
        if (device.state === 2 && ![1, 3].includes(asked.kind)) {
          return null;
        }
        this.lastKind = asked.kind;
        return this.answered(device, epoch, header, asked, id);
      }
    }
    return null;
  }

  /** R6 and R7, and the reply. */
  async answered(device, epoch, { suite, blocks, challenge }, asked, id) {
    const fresh = await isFresh(this.challengeKey, challenge, this.bank.clock());
    const [status, result] = fresh ? await this.done(device, epoch, asked, id) : [1, {}];
    const body = this.spoil({
      1: 1,
      2: device.deviceId,
      3: asked.kind,
      4: id,
      5: this.bank.clock(),
      6: status,
      7: encode(map(status === 0 ? result : {})),
      8: this.bank.alias(device),
      9: await this.challenge(),
    });
    const reply = await sign(this.bank.answerKey, 'reply', encode(map(body)), suite);
    const replyRoot = await asked.out('reply');
    const rout = (name) => expand(replyRoot, encode([name, id]), 32);
    const context = ['tallystick', 'reply', 1, suite, CONSORTIUM, device.deviceId, asked.epoch, id];
    const sealed = await seal(
      await rout('reply key'),
      await rout('reply iv'),
      new Map(),
      encode(context),
      padded(reply, blocks * 1024),
    );
    if (fresh && [2, 4, 5, 6, 7, 8, 9, 10, 11].includes(asked.kind)) {
      device.stored.set(hex(id), sealed);
    }
    return sealed;
  }

  async done(device, epoch, asked, id) {
    let said;
    try {
      said = readArguments(asked.kind, asked.arguments);
    } catch (fault) {
      if (fault instanceof MalformedInput) {
        return [7, {}];
      }
      throw fault;
    }
    const kinds = {
      1: () => this.status(device, said),
      2: () => this.rekey(device, epoch, said, id),
      3: () => this.log(device, said),
      4: () => this.pin(device, asked, said),
      5: () => this.lodge(said),
      6: () => this.bill(said),
      7: () => this.number(device),
      8: () => this.notMe(device, said),
      9: () => this.countersign(device, said),
      10: () => this.levelPin(device, asked, said),
      11: () => this.bank.authorities.end(device, numberText(said.number), said.billHash),
      12: () => this.bank.agreements.agree(device, said),
    };
    return kinds[asked.kind]();
  }

  status(device, { numbers }) {
    const newest = device.epochs.at(-1);
    const halves = numbers.map(([epoch, n]) => {
      const used = device.consumed.find((one) => one.epoch === epoch && one.n === n);
      return [epoch, n, used ? (used.answered ? 2 : 1) : 0];
    });
    const account = this.bank.accounts.get(hex(device.account)) ?? [];
    const devices = account.map((one) => [
      one.deviceId,
      one.state,
      one.boundAt,
      one.countersigned ? 1 : 0,
      one.limit,
    ]);
    const result = {
      1: device.state,
      2: newest.epoch,
      3: newest.next,
      4: device.lines.length,
      5: device.head,
      6: this.bank.recoveryEpoch,
      7: this.bank.version,
      8: halves,
      9: device.blockedUntil,
      10: devices.reverse(),
      11: newest.down.k - 1,
      12: this.bank.agreements.told(device),
    };
    return [0, result];
  }

  /** R.2, the bank's side. */
  async rekey(device, base, { ephemeral, encapsulationKey, epoch }, id) {
    if (device.rekeys.some((one) => one.base === base.epoch)) {
      await this.bank.suspend(device, 'REKEY');
      return [2, {}];
    }
    if (epoch <= device.epochs.at(-1).epoch) {
      return [2, {}];
    }
    const due =
      base.used >= 100 ||
      this.bank.clock() - base.since >= DAY ||
      base.recoveryEpoch < this.bank.recoveryEpoch;
    device.notDue = device.notDue.filter((at) => this.bank.clock() - at < DAY);
    if (!due && device.notDue.push(this.bank.clock()) > 3) {
      await this.bank.suspend(device, 'REKEY');
      return [2, {}];
    }
    device.rekeys.push({ base: base.epoch, id });
    const own = await generateEcdh();
    const bankKey = compressed(own.publicPoint);
    const dh = await agree(own.privateKey, uncompressed(ephemeral));
    const kem = encapsulationKey && (await encapsulate(encapsulationKey));
    const prk = await extract(base.root, kem ? concat(dh, kem.secret) : dh);
    const hash = await sha256(bankKey, kem ? kem.ciphertext : new Uint8Array(0));
    const context = [device.suite, device.deviceId, epoch, id, hash];
    const out = (name, length = 32) => expand(prk, encode([name, ...context]), length);
    const first = Number(toBigInt(await out('first', 6)));
    const older = device.epochs.at(-2);
    if (older) {
      older.end = Math.min(older.end, older.next + 64); // skipped keys only
    }
    device.epochs.push({
      epoch,
      first,
      next: first,
      end: first + 256,
      used: 0,
      since: this.bank.clock(),
      recoveryEpoch: this.bank.recoveryEpoch,
      chain: await out('string1'),
      string2: await out('string2'),
      root: await out('root'),
      down: { k: 1, chain: await out('down') },
    });
    const result = {
      1: bankKey,
      2: kem ? kem.ciphertext : null,
      3: epoch,
      4: this.bank.recoveryEpoch,
      5: Array.from({ length: 32 }, () => this.bank.alias(device)),
      6: base.down.k - 1,
    };
    return [0, result];
  }

  log(device, { from, to }) {
    const lines = device.lines.filter(({ index }) => from <= index && index <= to);
    return [0, { 1: lines.map(({ index, column1, column2, column3 }) => [index, column1, column2, column3]) }];
  }

  pin(device, asked, { verifier, proof }) {
    return this.proven(device, asked, proof, ['pin change'], verifier, () => {
      device.newVerifier = verifier;
    });
  }

  levelPin(device, asked, { level, verifier, proof }) {
    return this.proven(device, asked, proof, ['level pin', level], verifier, () => {
      device.levels.delete(level);
      if (verifier) {
        device.levels.set(level, verifier);
      }
    });
  }

  /** A change that the PIN proves. */
  async proven(device, asked, proof, [name, ...more], verifier, change) {
    if (this.bank.clock() < device.blockedUntil) {
      return [6, {}];
    }
    const prk = await extract(await asked.out('request pin'), device.verifier);
    const key = await expand(prk, label('pin proof'), 32);
    const hash = await sha256(verifier ?? new Uint8Array(0));
    const context = [name, device.deviceId, asked.epoch, asked.nonce, ...more, hash];
    if (!equal(proof, await hmac(key, encode(context)))) {
      await this.bank.wrongPin(device);
      return [5, {}];
    }
    change();
    return [0, {}];
  }

  lodge({ bill, offerId }) {
    const signed = decodeSign1(decode(bill)[0]);
    const body = decode(signed.payload);
    const there = offerId && this.bills.get(hex(offerId));
    if (there && !equal(there, bill)) {
      return [4, {}];
    }
    this.bills.set(offerId ? hex(offerId) : numberText(body.get(3)), bill);
    return [0, { 1: body.get(11) }];
  }

  bill({ number, offerId }) {
    const found = this.bills.get(offerId ? hex(offerId) : numberText(number));
    return found ? [0, { 1: found }] : [3, {}];
  }

  number(device) {
    const own = [...this.issued.values()].filter(({ account }) => equal(account, device.account));
    if (own.length >= 8) {
      return [4, {}];
    }
    const number = random(10);
    const expires = this.bank.clock() + 900_000;
    this.issued.set(numberText(number), { account: device.account, expires });
    return [0, { 1: number, 2: 'ROUTE-7', 3: expires }];
  }

  async notMe(device, { deviceId, number }) {
    const account = this.bank.accounts.get(hex(device.account));
    const meant = deviceId && account.find((one) => equal(one.deviceId, deviceId));
    if (deviceId && !meant) {
      return [3, {}];
    }
    let done = 0;
    if (meant) {
      await this.bank.suspend(meant, 'OWNER');
      done |= 1;
    }
    const text = number && numberText(number);
    for (const [key, slot] of this.bank.slots) {
      const own = slot.filter((half) => half.code.number === text && account.includes(half.device));
      if (own.length > 0) {
        this.bank.slots.delete(key);
        for (const half of own) {
          await this.bank.answer(half, 2, 6);
        }
        done |= 2;
      }
    }
    for (const other of account.filter((one) => one !== device && one.state === 1)) {
      await this.notify(other, 3, encode([deviceId, text]));
    }
    return [0, { 1: done }];
  }

  async countersign(device, { sign1 }) {
    const message = decodeSign1(sign1);
    const { suite } = device;
    const context = { type: 'countersign', suite, consortium: CONSORTIUM };
    const said = decode(message.payload);
    const account = this.bank.accounts.get(hex(device.account));
    const meant = account.find((one) => equal(one.deviceId, said.get(3)));
    const good =
      meant &&
      equal(said.get(4), device.deviceId) &&
      equal(said.get(2), await sha256(meant.bindingRecord)) &&
      (await holds(message, device.publicKey, context));
    if (!good) {
      return [3, {}];
    }
    meant.countersigned = true;
    return [0, {}];
  }

  /** Section N: one notice, by the down chain of the newest epoch. */
  async notify(device, kind, subject) {
    const { epoch, down } = device.epochs.at(-1);
    const { suite, deviceId } = device;
    const { k } = down;
    const nout = (name, length = 32) =>
      expand(down.chain, encode([name, suite, deviceId, epoch, k]), length);
    const details = encode(map({ 1: kind, 2: await sha256(subject) }));
    const body = this.spoilNotice({
      1: deviceId,
      2: epoch,
      3: k,
      4: kind,
      5: this.bank.clock(),
      6: subject,
      7: await this.bank.line(device, 'notice', details),
    });
    const notice = await sign(this.bank.answerKey, 'notice', encode(map(body)), suite);
    const context = ['tallystick', 'notice', 1, suite, CONSORTIUM, deviceId, epoch, k];
    const sealed = await seal(
      await nout('notice key'),
      await nout('notice iv'),
      new Map(),
      encode(context),
      padded(notice, 2048),
    );
    const pickup = hex(await nout('notice pickup', 16));
    this.bank.answered.set(pickup, { sealed, number: `notice ${k}` });
    down.chain = await nout('next');
    down.k++;
  }

  spoilNotice = (body) => body;
}

/** R1. */
function parsed(text) {
  try {
    return parseRequest(text);
  } catch (fault) {
    throw fault instanceof MalformedInput ? new BankRefused('about:blank', 'shape', 400) : fault;
  }
}

/** R4 and R5; null for what is not this device's. */
async function opened(header, device, epoch) {
  try {
    return await openRequest(header, { consortium: CONSORTIUM, ...device }, epoch);
  } catch (fault) {
    if (fault instanceof StepRefused) {
      return null;
    }
    throw fault;
  }
}
