/**
 * Recomputes every value of the worked example, testdata/protocol/worked-example.json, from its
 * inputs with Node's cryptographic primitives alone: none of the project's code is used here, only
 * what docs/PROTOCOL.md says. Exits with 1 where a value differs.
 */
import {
  createCipheriv,
  createDecipheriv,
  createECDH,
  createHash,
  createHmac,
  pbkdf2Sync,
} from 'node:crypto';
import { readFileSync } from 'node:fs';

const FILE = new URL('../../testdata/protocol/worked-example.json', import.meta.url);
const { format, suite, vectors } = JSON.parse(readFileSync(FILE, 'utf8'));
const CONSORTIUM = 'TL';

let compared = 0;
const failures = [];

/** The computed value must be the published one. */
function same(where, published, computed) {
  compared++;
  const shown = Buffer.isBuffer(computed) ? computed.toString('hex') : computed;
  if (shown !== published) {
    failures.push(`${where}: published ${published}, computed ${shown}`);
  }
}

/** Every member of a vector that this check has looked at; the others are reported at the end. */
function tracked(vector, path) {
  const left = new Set(Object.keys(vector).filter((key) => !['kind', 'name'].includes(key)));
  const view = new Proxy(vector, {
    get(target, key) {
      left.delete(key);
      return target[key];
    },
  });
  return { view, done: () => left.size > 0 && failures.push(`${path}: unused: ${[...left]}`) };
}

// primitives

const un = (hex) => (hex === null ? null : Buffer.from(hex, 'hex'));
const H = (...parts) => createHash('sha256').update(Buffer.concat(parts)).digest();
const hmac = (key, ...parts) => createHmac('sha256', key).update(Buffer.concat(parts)).digest();
const extract = (salt, ikm) => hmac(salt.length ? salt : Buffer.alloc(32), ikm);
const b64 = (bytes) => bytes.toString('base64url');

function expand(prk, info, length) {
  let block = Buffer.alloc(0);
  const blocks = [];
  for (let i = 1; blocks.length * 32 < length; i++) {
    block = hmac(prk, block, info, Buffer.from([i]));
    blocks.push(block);
  }
  return Buffer.concat(blocks).subarray(0, length);
}

function gcmSeal(key, iv, aad, plaintext) {
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(aad);
  return Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

function gcmOpen(key, iv, aad, sealed) {
  const opener = createDecipheriv('aes-256-gcm', key, iv).setAAD(aad);
  opener.setAuthTag(sealed.subarray(-16));
  return Buffer.concat([opener.update(sealed.subarray(0, -16)), opener.final()]);
}

function head(major, value) {
  const type = major << 5;
  if (value < 24) {
    return Buffer.from([type | value]);
  }
  const size = value < 256 ? 1 : value < 65536 ? 2 : value < 2 ** 32 ? 4 : 8;
  const bytes = Buffer.alloc(1 + size);
  bytes[0] = type | (24 + Math.log2(size));
  if (size === 8) {
    bytes.writeBigUInt64BE(BigInt(value), 1);
  } else {
    bytes.writeUIntBE(value, 1, size);
  }
  return bytes;
}

/** Deterministic CBOR; a Map is a map, its keys are integers. */
function cbor(value) {
  if (value === null) {
    return Buffer.from([0xf6]);
  }
  if (typeof value === 'number') {
    return value < 0 ? head(1, -1 - value) : head(0, value);
  }
  if (typeof value === 'string') {
    const bytes = Buffer.from(value, 'utf8');
    return Buffer.concat([head(3, bytes.length), bytes]);
  }
  if (Buffer.isBuffer(value)) {
    return Buffer.concat([head(2, value.length), value]);
  }
  if (Array.isArray(value)) {
    return Buffer.concat([head(4, value.length), ...value.map(cbor)]);
  }
  const members = [...value].map(([key, member]) => [cbor(key), cbor(member)]);
  members.sort(([a], [b]) => Buffer.compare(a, b));
  return Buffer.concat([head(5, members.length), ...members.flat()]);
}

const map = (members) => new Map(Object.entries(members).map(([key, v]) => [Number(key), v]));

/** What CBOR holds; the check's own inputs are good, so nothing is refused here. */
function uncbor(bytes) {
  let at = 0;
  const argument = (first) => {
    const info = first & 31;
    if (info < 24) {
      return info;
    }
    const size = 1 << (info - 24);
    at += size;
    return Number(BigInt(`0x${bytes.subarray(at - size, at).toString('hex')}`));
  };
  const item = () => {
    const first = bytes[at++];
    const count = first >> 5 === 7 ? 0 : argument(first);
    switch (first >> 5) {
      case 0:
        return count;
      case 1:
        return -1 - count;
      case 2:
        return bytes.subarray((at += count) - count, at);
      case 3:
        return bytes.subarray((at += count) - count, at).toString('utf8');
      case 4:
        return Array.from({ length: count }, item);
      case 5:
        return new Map(Array.from({ length: count }, () => [item(), item()]));
      default:
        return first === 0xf6 ? null : first === 0xf5;
    }
  };
  return item();
}

// P-256 and RFC 6979

const P = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn;
const N = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const big = (bytes) => BigInt(`0x${bytes.toString('hex')}`);
const bytes32 = (value) => Buffer.from(value.toString(16).padStart(64, '0'), 'hex');
const mod = (value, m) => ((value % m) + m) % m;

function power(base, exponent, m) {
  let result = 1n;
  for (let square = mod(base, m), e = exponent; e > 0n; e >>= 1n) {
    result = e & 1n ? (result * square) % m : result;
    square = (square * square) % m;
  }
  return result;
}

/** k·G, by the platform. */
function point(scalar, form = 'compressed') {
  const ecdh = createECDH('prime256v1');
  ecdh.setPrivateKey(scalar);
  return ecdh.getPublicKey(null, form);
}

/** Deterministic ES256 with low s. */
function sign(scalar, message) {
  const z = H(message);
  const reduced = bytes32(mod(big(z), N));
  let K = Buffer.alloc(32);
  let V = Buffer.alloc(32, 1);
  for (const round of [0, 1]) {
    K = hmac(K, V, Buffer.from([round]), scalar, reduced);
    V = hmac(K, V);
  }
  for (;;) {
    V = hmac(K, V);
    const k = big(V);
    if (k > 0n && k < N) {
      const r = mod(big(point(V, 'uncompressed').subarray(1, 33)), N);
      const s = mod(power(k, N - 2n, N) * (big(z) + r * big(scalar)), N);
      if (r > 0n && s > 0n) {
        return Buffer.concat([bytes32(r), bytes32(s > N >> 1n ? N - s : s)]);
      }
    }
    K = hmac(K, V, Buffer.from([0]));
    V = hmac(K, V);
  }
}

function uncompressed(compressed) {
  const x = big(compressed.subarray(1));
  const square = mod(x ** 3n - 3n * x + curveB, P);
  const y = power(square, (P + 1n) / 4n, P);
  const even = (y & 1n) === BigInt(compressed[0] & 1) ? y : P - y;
  return Buffer.concat([Buffer.from([4]), bytes32(x), bytes32(even)]);
}
const curveB = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;

/** Adds points in affine coordinates; null is infinity. */
function add(a, b) {
  if (a === null || b === null) {
    return a ?? b;
  }
  const [[x1, y1], [x2, y2]] = [a, b];
  if (x1 === x2 && mod(y1 + y2, P) === 0n) {
    return null;
  }
  const slope =
    x1 === x2 ? (3n * x1 * x1 - 3n) * power(2n * y1, P - 2n, P) : (y2 - y1) * power(x2 - x1, P - 2n, P);
  const x = mod(slope * slope - x1 - x2, P);
  return [x, mod(slope * (x1 - x) - y1, P)];
}

function times(k, a) {
  let result = null;
  for (let e = k, doubled = a; e > 0n; e >>= 1n, doubled = add(doubled, doubled)) {
    result = e & 1n ? add(result, doubled) : result;
  }
  return result;
}

/** Whether r ‖ s is a signature with low s. */
function verifies(publicKey, message, signature) {
  const [r, s] = [big(signature.subarray(0, 32)), big(signature.subarray(32))];
  const full = publicKey.length === 65 ? publicKey : uncompressed(publicKey);
  const Q = [big(full.subarray(1, 33)), big(full.subarray(33))];
  const one = point(bytes32(1n), 'uncompressed');
  const G = [big(one.subarray(1, 33)), big(one.subarray(33))];
  const w = power(s, N - 2n, N);
  const sum = add(times(mod(big(H(message)) * w, N), G), times(mod(r * w, N), Q));
  return s <= N >> 1n && sum !== null && mod(sum[0], N) === r;
}

// the protocol's own forms

const SYMBOLS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

function c32(bytes) {
  const count = Math.ceil((bytes.length * 8) / 5);
  let value = big(bytes);
  let text = '';
  for (let i = 0; i < count; i++, value >>= 5n) {
    text = SYMBOLS[Number(value & 31n)] + text;
  }
  return text;
}

const aad = (type, number = '', account = '') =>
  cbor(['tallystick', type, format, suite, CONSORTIUM, CONSORTIUM, number, account]);
const sigStructure = (type, external, payload) =>
  cbor(['Signature1', cbor(map({ 1: -7, 16: `ts/${type}` })), external, payload]);
const label = (name) => cbor([name]);

/** COSE_Sign1 made anew from its payload. */
function sign1(scalar, type, payload, number = '', account = '') {
  const header = cbor(map({ 1: -7, 16: `ts/${type}` }));
  const external = aad(type, number, account);
  const signature = sign(scalar, sigStructure(type, external, payload));
  return cbor([header, new Map(), payload, signature]);
}

/** The payload of a message whose signature is checked, where the signer's key is not published. */
function checked(where, message, publicKey, type, number = '', account = '') {
  const [header, , payload, signature] = uncbor(message);
  same(`${where}: header`, cbor(map({ 1: -7, 16: `ts/${type}` })).toString('hex'), header);
  const structure = sigStructure(type, aad(type, number, account), payload);
  same(`${where}: signature holds`, true, verifies(publicKey, structure, signature));
  return payload;
}

const pick = (bytes, keys) => Object.fromEntries(keys.map((key) => [key, uncbor(bytes).get(key)]));

// what later steps take from earlier ones
const bank = {};
const devices = new Map();

const CHECKS = {
  keys(v, w) {
    const root = un(v.rootScalar);
    same(`${w}: root`, v.rootPublic, point(root));
    same(`${w}: fingerprint`, v.fingerprint, H(point(root)));
    const payload = uncbor(un(v.keySet))[2];
    same(`${w}: key set`, v.keySet, sign1(root, 'keys', payload));
    same(`${w}: consortium`, v.consortium, uncbor(payload).get(2));
    const keys = uncbor(payload).get(5);
    for (const key of keys) {
      same(`${w}: kid`, key.get(1).toString('hex'), H(key.get(3)).subarray(0, 8));
      bank[key.get(2)] = key.get(3);
      same(`${w}: ${key.get(2)} key is valid`, true, key.get(4) <= v.at && v.at <= key.get(5));
    }
    same(`${w}: answer key`, v.answerPublic, bank.answer);
    same(`${w}: receipt key`, v.receiptPublic, bank.receipt);
    same(`${w}: certificate key`, v.certificatePublic, bank.certificate);
    bank.keySet = un(v.keySet);
  },

  enrolment(v, w) {
    const offer = uncbor(un(v.offer));
    same(`${w}: HPKE key`, v.hpkePublic, point(un(v.hpkeScalar), 'uncompressed'));
    same(`${w}: offer's key`, v.hpkePublic, offer.get(9));
    same(`${w}: fingerprint`, v.fingerprint, H(un(v.hpkePublic)).subarray(0, 16));
    const activation = Buffer.concat([un(v.enrolmentId), un(v.activationCode), un(v.fingerprint)]);
    const symbol = `${SYMBOLS}*~$=U`[Number(big(activation) % 37n)];
    same(`${w}: activation`, v.activation, c32(activation) + symbol);
    same(`${w}: contract hash`, offer.get(7).toString('hex'), H(Buffer.from(v.contract, 'utf8')));
    const suites = [suite];
    const names = [2, 4, 5, 6, 7, 3, 11].map((key) => offer.get(key));
    const info = cbor(['tallystick', 'enrolment', format, suites, ...names]);
    same(`${w}: info`, v.info, info);
    same(`${w}: H(info)`, v.infoHash, H(info));
    const id = un(v.enrolmentId);
    const prk = extract(Buffer.alloc(0), un(v.activationCode));
    const psk = expand(prk, cbor(['tallystick psk', id]), 32);
    same(`${w}: psk`, v.psk, psk);
    const device = point(un(v.deviceScalar));
    same(`${w}: device key`, v.devicePublic, device);
    let verifier = null;
    if (v.pin !== null) {
      const stretched = pbkdf2Sync(v.pin, un(v.pinSalt), 600_000, 32, 'sha256');
      verifier = hmac(un(v.pinSecret), stretched);
    }
    same(`${w}: V`, v.v, verifier);
    same(`${w}: no PIN without material`, v.pinSecret === null, v.pinSalt === null);
    const own = uncbor(uncbor(un(v.bind))[2]);
    const payload = cbor(
      map({
        1: format,
        2: H(info),
        3: device,
        4: own.get(4),
        5: verifier,
        6: own.get(6),
        7: offer.get(7),
        8: own.get(8),
        9: suites,
      }),
    );
    const bind = sign1(un(v.deviceScalar), 'bind', payload);
    same(`${w}: bind`, v.bind, bind);
    const hpke = sealHpke(v, w, info, psk, id, bind);
    const message1 = cbor([hpke.enc, hpke.ciphertext]);
    same(`${w}: message1`, v.message1, message1);
    same(`${w}: H(message1)`, v.message1Hash, H(message1));
    finishEnrolment(v, w, message1, hpke.exported, bind, offer);
  },

  alias(v, w) {
    const cipher = createCipheriv('aes-256-ecb', un(v.key), null).setAutoPadding(false);
    const index = Buffer.alloc(8);
    index.writeBigUInt64BE(BigInt(v.deviceIndex));
    const block = cipher.update(Buffer.concat([index, un(v.random)]));
    same(`${w}: alias`, v.alias, Buffer.concat([Buffer.from([v.keyId]), block]));
    same(`${w}: text`, v.text, b64(un(v.alias)));
  },

  bill(v, w) {
    const payee = un(v.deviceScalar);
    same(`${w}: device key`, v.devicePublic, point(payee));
    same(`${w}: key set`, v.keySet, bank.keySet);
    same(`${w}: root`, v.rootPublic, bank.root);
    same(`${w}: consortium`, v.consortium, CONSORTIUM);
    const certificate = un(v.certificate);
    const signer = checked(`${w}: certificate`, certificate, bank.certificate, 'certificate');
    const named = pick(signer, [5, 6, 8, 9]);
    same(`${w}: certified key`, v.devicePublic, named[5]);
    same(`${w}: provider`, v.provider, named[6]);
    same(`${w}: certificate is valid`, true, named[8] <= v.at && v.at <= named[9]);
    const body = uncbor(un(v.body));
    const device = devices.get(v.devicePublic);
    same(`${w}: number comes from n0`, v.number, c32(outputs(device, device.n0, device.string1).number));
    same(`${w}: number in the body`, v.number, c32(body.get(3)));
    const sum = body.get(5).reduce((all, [, amount]) => all + amount, 0);
    same(`${w}: subtotal`, body.get(6), sum);
    same(`${w}: total`, v.total, sum + body.get(7));
    same(`${w}: total in the body`, v.total, body.get(8));
    same(`${w}: aad`, v.aad, aad('bill', v.number));
    same(`${w}: body`, v.body, cbor(body));
    const signed = sign1(payee, 'bill', un(v.body), v.number);
    same(`${w}: signed bill`, v.signedBill, signed);
    const bill = cbor([signed, certificate]);
    same(`${w}: bill`, v.bill, bill);
    bank.billHash = H(Buffer.from('tallystick bill', 'ascii'), signed);
    bank.number = v.number;
    bank.bill = bill;
    same(`${w}: bill hash`, v.billHash, bank.billHash);
    same(`${w}: QR`, v.qr, `TALLY${format}:${b64(bill)}`);
    same(`${w}: JSON`, v.json, JSON.stringify({ tallystick: 'bill', format, bill: b64(bill) }));
  },

  pin(v, w) {
    const stretched = pbkdf2Sync(v.pin, un(v.salt), v.iterations, 32, 'sha256');
    same(`${w}: PBKDF2`, v.stretched, stretched);
    const verifier = hmac(un(v.pinSecret), stretched);
    same(`${w}: V`, v.v, verifier);
    const device = [...devices.values()].find((one) => one.deviceId.toString('hex') === v.deviceId);
    same(`${w}: pin key`, v.pinKey, outputs(device, v.n, device.string1).pin);
    same(`${w}: bill hash`, v.billHash, bank.billHash);
    const proof = pinProof(verifier, un(v.pinKey), un(v.deviceId), v.epoch, v.n, v.role);
    same(`${w}: proof key`, v.proofKey, proof.key);
    same(`${w}: context`, v.context, proof.context);
    same(`${w}: proof`, v.proof, proof.proof);
  },

  code(v, w) {
    const { view: s, done } = tracked(v.sequence, `${w}: sequence`);
    const device = devices.get(v.devicePublic);
    same(`${w}: device id`, s.deviceId, device.deviceId);
    same(`${w}: n`, s.n, device.n0);
    same(`${w}: epoch`, s.epoch, 0);
    same(`${w}: chain(n0)`, s.chain, device.string1);
    same(`${w}: string2`, s.string2, device.string2);
    const keys = outputs(device, s.n, device.string1);
    for (const name of ['P', 'key', 'iv', 'hint', 'pin', 'reply', 'number', 'next']) {
      same(`${w}: ${name}`, s[name], keys[name]);
    }
    done();
    sealCode(v, w, device, keys);
  },

  log(v, w) {
    const seed = cbor(['tallystick log', suite, un(v.deviceId), H(un(v.bindingRecord))]);
    same(`${w}: head(0)`, v.head0, H(seed));
    const commitment = H(cbor(['tallystick commitment', un(v.salt), un(v.details)]));
    same(`${w}: commitment`, v.commitment, commitment);
    const details = uncbor(un(v.details));
    same(`${w}: number in the details`, bank.number, details.get(1));
    same(`${w}: bill hash in the details`, bank.billHash.toString('hex'), details.get(2));
    same(`${w}: details`, v.details, cbor(details));
    same(`${w}: column 1`, v.column1, un(v.head0));
    const column3 = cbor(map({ 1: v.index, 2: v.time, 3: v.lineKind, 4: commitment }));
    same(`${w}: column 3`, v.column3, column3);
    same(`${w}: column 2`, v.column2, H(column3));
    const line = Buffer.from('tallystick line', 'ascii');
    same(`${w}: head`, v.head, H(line, un(v.column1), H(column3)));
  },

  receipt(v, w) {
    same(`${w}: key`, v.receiptPublic, bank.receipt);
    same(`${w}: consortium`, v.consortium, CONSORTIUM);
    same(`${w}: number`, v.number, bank.number);
    const payload = checked(w, un(v.receipt), bank.receipt, 'receipt', v.number);
    same(`${w}: payload`, v.payload, payload);
    const receipt = uncbor(payload);
    const parties = [un(v.counterpartySalt), un(v.counterpartyAccount), un(v.counterpartyDevice)];
    const commitment = H(cbor(['tallystick counterparty', ...parties]));
    same(`${w}: commitment`, v.commitment, commitment);
    same(`${w}: commitment in the receipt`, v.commitment, receipt.get(9));
    same(`${w}: H(half)`, v.halfHash, H(un(v.half)));
    same(`${w}: H(half) in the receipt`, v.halfHash, receipt.get(17));
    same(`${w}: bill hash`, bank.billHash.toString('hex'), receipt.get(11));
    const log = vectors.find((one) => one.kind === 'log' && un(one.deviceId).equals(receipt.get(8)));
    same(`${w}: column 1`, log.column1, receipt.get(19));
    same(`${w}: column 2`, log.column2, receipt.get(20));
  },

  answer(v, w) {
    const root = un(v.reply);
    const device = [...devices.values()].find((one) => one.deviceId.toString('hex') === v.deviceId);
    same(`${w}: reply root`, v.reply, outputs(device, v.n, device.string1).reply);
    same(`${w}: key`, v.answerPublic, bank.answer);
    same(`${w}: consortium`, v.consortium, CONSORTIUM);
    const key = expand(root, label('answer key'), 32);
    const ivKey = expand(root, label('answer iv'), 32);
    same(`${w}: answer key`, v.answerKey, key);
    same(`${w}: answer iv`, v.answerIv, ivKey);
    same(`${w}: pickup`, v.pickup, expand(root, label('pickup'), 16));
    same(`${w}: receipt token`, v.receiptToken, expand(root, label('receipt'), 16));
    const fields = [format, suite, CONSORTIUM, un(v.deviceId), v.epoch, v.n];
    const external = cbor(['tallystick', 'answer', ...fields]);
    same(`${w}: external AAD`, v.externalAad, external);
    const signed = uncbor(un(v.plaintext))[0];
    same(`${w}: body`, v.body, checked(w, signed, bank.answer, 'answer', v.number));
    same(`${w}: number`, v.number, uncbor(un(v.body)).get(9));
    const plaintext = cbor([signed, Buffer.alloc(2048 - 7 - signed.length)]);
    same(`${w}: plaintext`, v.plaintext, plaintext);
    const iv = hmac(ivKey, cbor([external, plaintext])).subarray(0, 12);
    same(`${w}: IV`, v.iv, iv);
    const header = cbor(map({ 1: 3, 5: iv }));
    const structure = cbor(['Encrypt0', header, external]);
    same(`${w}: Enc_structure`, v.encStructure, structure);
    same(`${w}: sealed`, v.sealed, cbor([header, new Map(), gcmSeal(key, iv, structure, plaintext)]));
  },

  evidence(v, w) {
    const bundle = uncbor(un(v.bundle));
    same(`${w}: encoding`, v.bundle, cbor(bundle));
    same(`${w}: root`, v.rootPublic, bank.root);
    same(`${w}: key set`, bundle.get(3).toString('hex'), bank.keySet);
    checked(`${w}: V1`, bundle.get(3), un(v.rootPublic), 'keys');
    same(`${w}: V7 bill`, bundle.get(6).toString('hex'), bank.bill);
    const parties = bundle.get(5).map((side) => {
      const binding = checked(`${w}: V2`, side.get(5), bank.certificate, 'binding');
      const { 3: device, 4: account, 6: key } = pick(binding, [3, 4, 6]);
      const half = checked(`${w}: V3`, side.get(2), key, 'half', bank.number, side.get(3));
      const receipt = checked(`${w}: V4`, side.get(1), bank.receipt, 'receipt', bank.number);
      const said = { half: uncbor(half), receipt: uncbor(receipt) };
      // receipt key → half key
      for (const [r, h] of [[5, 2], [6, 5], [7, 6], [8, 4], [10, 3], [11, 11], [12, 12], [13, 13]]) {
        const shown = (value) => (Buffer.isBuffer(value) ? value.toString('hex') : value);
        same(`${w}: V4 field ${r}`, shown(said.half.get(h)), shown(said.receipt.get(r)));
      }
      same(`${w}: V4 code hash`, side.get(4).toString('hex'), said.receipt.get(16));
      const [, , column2, column3] = side.get(6);
      same(`${w}: V5 column 2`, column2.toString('hex'), H(column3));
      const commitment = H(cbor(['tallystick commitment', side.get(7), side.get(8)]));
      same(`${w}: V5 commitment`, commitment.toString('hex'), uncbor(column3).get(4));
      return { device, account, role: said.half.get(2), receipt: said.receipt, salt: side.get(9) };
    });
    const [a, b] = parties;
    same(`${w}: V6 roles`, true, a.role !== b.role && parties.length === 2);
    for (const [own, other] of [[a, b], [b, a]]) {
      const commitment = H(cbor(['tallystick counterparty', own.salt, other.account, other.device]));
      same(`${w}: V6 counterparty`, commitment.toString('hex'), own.receipt.get(9));
    }
  },
};

/** RFC 9180, mode_psk, with the published ephemeral key. */
function sealHpke(v, w, info, psk, pskId, plaintext) {
  const { view: h, done } = tracked(v.hpke, `${w}: HPKE`);
  const kem = Buffer.from('KEM\x00\x10', 'latin1');
  const suiteId = Buffer.from('HPKE\x00\x10\x00\x01\x00\x02', 'latin1');
  const version = Buffer.from('HPKE-v1', 'ascii');
  const lExtract = (id, salt, name, ikm) =>
    extract(salt, Buffer.concat([version, id, Buffer.from(name), ikm]));
  const lExpand = (id, prk, name, context, length) => {
    const size = Buffer.from([0, length]);
    return expand(prk, Buffer.concat([size, version, id, Buffer.from(name), context]), length);
  };
  const none = Buffer.alloc(0);
  const ephemeral = createECDH('prime256v1');
  ephemeral.setPrivateKey(un(v.ephemeralScalar));
  const enc = ephemeral.getPublicKey();
  same(`${w}: enc`, h.enc, enc);
  const recipient = un(v.hpkePublic);
  const dh = ephemeral.computeSecret(recipient);
  same(`${w}: dh`, h.dh, dh);
  const prk = lExtract(kem, none, 'eae_prk', dh);
  const shared = lExpand(kem, prk, 'shared_secret', Buffer.concat([enc, recipient]), 32);
  same(`${w}: shared secret`, h.sharedSecret, shared);
  const context = Buffer.concat([
    Buffer.from([1]),
    lExtract(suiteId, none, 'psk_id_hash', pskId),
    lExtract(suiteId, none, 'info_hash', info),
  ]);
  same(`${w}: key schedule context`, h.keyScheduleContext, context);
  const secret = lExtract(suiteId, shared, 'secret', psk);
  same(`${w}: secret`, h.secret, secret);
  const key = lExpand(suiteId, secret, 'key', context, 32);
  same(`${w}: key`, h.key, key);
  const nonce = lExpand(suiteId, secret, 'base_nonce', context, 12);
  same(`${w}: base nonce`, h.baseNonce, nonce);
  const exporter = lExpand(suiteId, secret, 'exp', context, 32);
  same(`${w}: exporter secret`, h.exporterSecret, exporter);
  const ciphertext = gcmSeal(key, nonce, none, plaintext);
  same(`${w}: ciphertext`, h.ciphertext, ciphertext);
  const exported = lExpand(suiteId, exporter, 'sec', Buffer.from('tallystick enrolment'), 32);
  same(`${w}: exported`, h.exported, exported);
  done();
  return { enc, ciphertext, exported };
}

/** E4 and E5. */
function finishEnrolment(v, w, message1, exported, bind, offer) {
  const { view: o, done } = tracked(v.outputs, `${w}: outputs`);
  const transcript = Buffer.concat([H(message1), un(v.bankNonce)]);
  const prk = extract(transcript, exported);
  same(`${w}: P`, o.P, prk);
  const out = {};
  const lengths = { first: 6, 'reply iv': 12 };
  const names = ['string1', 'string2', 'first', 'root', 'bank confirm', 'device confirm'];
  for (const name of [...names, 'reply key', 'reply iv']) {
    out[name] = expand(prk, label(name), lengths[name] ?? 32);
    same(`${w}: ${name}`, o[name], out[name]);
  }
  done();
  same(`${w}: n0`, v.n0, Number(big(out.first)));
  const [nonce, sealed] = uncbor(un(v.message2));
  same(`${w}: bank nonce`, v.bankNonce, nonce);
  const plaintext = gcmOpen(out['reply key'], out['reply iv'], transcript, sealed);
  const reply = uncbor(plaintext);
  same(`${w}: confirmation`, reply.get(9).toString('hex'), hmac(out['bank confirm'], transcript));
  const again = gcmSeal(out['reply key'], out['reply iv'], transcript, cbor(reply));
  same(`${w}: message2`, v.message2, cbor([nonce, again]));
  const hashes = [H(message1), H(un(v.message2))];
  same(`${w}: device confirmation`, v.deviceConfirmation, hmac(out['device confirm'], ...hashes));
  same(`${w}: certificate key`, v.certificatePublic, bank.certificate);
  same(`${w}: binding record`, v.bindingRecord, reply.get(7));
  same(`${w}: consortium`, v.consortium, CONSORTIUM);
  const record = uncbor(checked(`${w}: record`, reply.get(7), bank.certificate, 'binding'));
  const expected = [format, CONSORTIUM, reply.get(1), reply.get(2), reply.get(3)];
  const rest = [un(v.devicePublic), offer.get(7), offer.get(5), record.get(9), H(bind)];
  const whole = map(Object.fromEntries([...expected, ...rest].map((value, i) => [i + 1, value])));
  same(`${w}: record's content`, cbor(record).toString('hex'), cbor(whole));
  const { string1, string2 } = out;
  const [deviceId, account, contract, bindingValue] = [1, 2, 3, 4].map((key) => reply.get(key));
  const ids = { deviceId, account, contract, bindingValue };
  const aliases = reply.get(5);
  same(`${w}: 32 aliases of 17 bytes`, true, aliases.length === 32 && aliases[0].length === 17);
  devices.set(v.devicePublic, { string1, string2, n0: v.n0, ...ids, aliases, bindingRecord: reply.get(7) });
}

/** Section 4. */
function outputs({ deviceId, string2 }, n, chain) {
  const prk = extract(string2, chain);
  const out = { P: prk };
  const lengths = { hint: 8, number: 10 };
  for (const name of ['key', 'iv', 'hint', 'pin', 'reply', 'number', 'next']) {
    out[name] = expand(prk, cbor([name, suite, deviceId, 0, n]), lengths[name] ?? 32);
  }
  return out;
}

function pinProof(verifier, pinKey, deviceId, epoch, n, role) {
  const key = expand(extract(pinKey, verifier), label('pin proof'), 32);
  const context = cbor(['pin', deviceId, epoch, n, role, bank.billHash]);
  return { key, context, proof: hmac(key, context) };
}

/** Section 5. */
function sealCode(v, w, device, keys) {
  const { view: t, done } = tracked(v.terms, `${w}: terms`);
  const account = b64(un(v.alias));
  same(`${w}: device key`, v.devicePublic, point(un(v.deviceScalar)));
  same(`${w}: alias`, v.alias, device.aliases[0]);
  same(`${w}: account identifier`, t.accountIdentifier, device.account);
  same(`${w}: contract id`, t.contractId, device.contract);
  same(`${w}: binding value`, t.bindingValue, device.bindingValue);
  same(`${w}: number`, t.number, bank.number);
  same(`${w}: bill hash`, t.billHash, bank.billHash);
  const seed = cbor(['tallystick log', suite, device.deviceId, H(device.bindingRecord)]);
  same(`${w}: log head`, t.logHead, H(seed));
  same(`${w}: first prev`, t.prev, Buffer.alloc(16));
  same(`${w}: consortium`, t.consortium, CONSORTIUM);
  const n = device.n0;
  const proof = t.v && pinProof(un(t.v), keys.pin, device.deviceId, 0, n, t.role).proof;
  const privateMap = cbor(map({ 1: un(t.salt), 2: proof, 3: t.shorthand, 4: un(t.bindingValue) }));
  same(`${w}: private map`, v.privateMap, privateMap);
  const signed = map({
    1: format,
    2: t.role,
    3: t.purpose,
    4: device.deviceId,
    5: un(t.accountIdentifier),
    6: un(t.contractId),
    7: 0,
    8: n,
    9: n + 1,
    10: un(t.counterparty),
    11: un(t.billHash),
    12: t.amount,
    13: t.currency,
    14: t.time,
    15: t.notAfter,
    16: t.v === null ? 0 : 1,
    17: un(t.prev),
    18: t.logIndex,
    19: un(t.logHead),
    20: H(privateMap),
  });
  same(`${w}: nothing is cancelled`, t.cancelledN, null);
  done();
  const payload = cbor(signed);
  same(`${w}: signed map`, v.signedMap, payload);
  same(`${w}: half's AAD`, v.halfAad, aad('half', bank.number, account));
  const structure = sigStructure('half', un(v.halfAad), payload);
  same(`${w}: half's Sig_structure`, v.halfSigStructure, structure);
  const half = sign1(un(v.deviceScalar), 'half', payload, bank.number, account);
  same(`${w}: half`, v.half, half);
  const external = aad('code', bank.number, account);
  same(`${w}: external AAD`, v.externalAad, external);
  const plaintext = cbor([half, privateMap]);
  same(`${w}: plaintext`, v.plaintext, plaintext);
  const iv = hmac(keys.iv, cbor([external, plaintext])).subarray(0, 12);
  same(`${w}: IV`, v.iv, iv);
  const header = cbor(map({ 1: 3, 5: iv, [-70001]: suite, [-70002]: keys.hint }));
  same(`${w}: protected header`, v.protected, header);
  const enc = cbor(['Encrypt0', header, external]);
  same(`${w}: Enc_structure`, v.encStructure, enc);
  const ciphertext = gcmSeal(keys.key, iv, enc, plaintext);
  same(`${w}: ciphertext`, v.ciphertext, ciphertext);
  const sealed = b64(cbor([header, new Map(), ciphertext]));
  const code = [CONSORTIUM, bank.number, account, sealed].join('::');
  same(`${w}: code`, v.code, code);
  same(`${w}: code hash`, v.codeHash, H(Buffer.from(code, 'ascii')));
}

const wanted = new Set(Object.keys(CHECKS));
for (const vector of vectors) {
  const check = CHECKS[vector.kind];
  wanted.delete(vector.kind);
  if (!check) {
    failures.push(`no check for ${vector.kind}`);
    continue;
  }
  if (vector.kind === 'keys') {
    bank.root = un(vector.rootPublic);
  }
  const { view, done } = tracked(vector, vector.name);
  check(view, vector.name);
  done();
}
if (wanted.size > 0) {
  failures.push(`not in the example: ${[...wanted]}`);
}
failures.forEach((failure) => console.error(failure));
console.log(`worked example: ${compared} values compared, ${failures.length} differ`);
process.exitCode = failures.length > 0 || compared < 300 ? 1 : 0;
