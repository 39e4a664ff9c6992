/**
 * Recomputes every value of the worked examples, testdata/protocol/worked-example*.json, from their
 * inputs with Node's cryptographic primitives alone: none of the project's code is used here, only
 * what docs/PROTOCOL.md says. Exits with 1 where a value differs.
 */
import { createCipheriv, createECDH, pbkdf2Sync } from 'node:crypto';
import { dsaPublic, dsaVerifies, kemEncapsulate, kemPublic } from './lattice.mjs';
import { readFileSync, readdirSync } from 'node:fs';
import {
  H,
  b64,
  big,
  cbor,
  expand,
  extract,
  gcmOpen,
  gcmSeal,
  hmac,
  map,
  point,
  sign,
  un,
  uncbor,
  verifies,
} from './primitives.mjs';

const FOLDER = new URL('../../testdata/protocol/', import.meta.url);
const CONSORTIUM = 'TL';
const format = 1;

let compared = 0;
const failures = [];

/** The example that is being checked. */
let vectors = [];
let bank = {};
let devices = new Map();
let requests = new Map();

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

const aad = (type, suite, number = '', account = '') =>
  cbor(['tallystick', type, format, suite, CONSORTIUM, CONSORTIUM, number, account]);
const sigStructure = (type, external, payload, alg = -7) =>
  cbor(['Signature1', cbor(map({ 1: alg, 16: `ts/${type}` })), external, payload]);
const label = (name) => cbor([name]);

/** COSE_Sign1 made anew from its payload. */
function sign1(scalar, type, suite, payload, number = '', account = '') {
  const header = cbor(map({ 1: -7, 16: `ts/${type}` }));
  const external = aad(type, suite, number, account);
  const signature = sign(scalar, sigStructure(type, external, payload));
  return cbor([header, new Map(), payload, signature]);
}

/** The payload of a message whose signature is checked, where the signer's key is not published. */
function checked(where, message, publicKey, type, suite, number = '', account = '') {
  const [header, , payload, signature] = uncbor(message);
  same(`${where}: header`, cbor(map({ 1: -7, 16: `ts/${type}` })).toString('hex'), header);
  const structure = sigStructure(type, aad(type, suite, number, account), payload);
  same(`${where}: signature holds`, true, verifies(publicKey, structure, signature));
  return payload;
}

/** The same by ML-DSA-65. */
function checkedTwice(where, message, publicKey, type, suite, number) {
  const [header, , payload, signature] = uncbor(message);
  same(`${where}: header`, cbor(map({ 1: -49, 16: `ts/${type}` })).toString('hex'), header);
  const structure = sigStructure(type, aad(type, suite, number), payload, -49);
  same(`${where}: signature holds`, true, dsaVerifies(publicKey, structure, signature));
  return payload;
}

const deviceOf = (id) => [...devices.values()].find((one) => one.deviceId.toString('hex') === id);

const pick = (bytes, keys) => Object.fromEntries(keys.map((key) => [key, uncbor(bytes).get(key)]));

const CHECKS = {
  keys(v, w) {
    const root = un(v.rootScalar);
    same(`${w}: root`, v.rootPublic, point(root));
    same(`${w}: fingerprint`, v.fingerprint, H(point(root)));
    const payload = uncbor(un(v.keySet))[2];
    same(`${w}: key set`, v.keySet, sign1(root, 'keys', 1, payload));
    same(`${w}: consortium`, v.consortium, uncbor(payload).get(2));
    const keys = uncbor(payload).get(5);
    for (const key of keys) {
      same(`${w}: kid`, key.get(1).toString('hex'), H(key.get(3)).subarray(0, 8));
      const name = key.get(6) === -7 ? key.get(2) : `second ${key.get(2)}`;
      bank[name] = key.get(3);
      same(`${w}: ${key.get(2)} key is valid`, true, key.get(4) <= v.at && v.at <= key.get(5));
    }
    same(`${w}: answer key`, v.answerPublic, bank.answer);
    same(`${w}: receipt key`, v.receiptPublic, bank.receipt);
    same(`${w}: certificate key`, v.certificatePublic, bank.certificate);
    const { 7: recovery, 8: minimum } = pick(payload, [7, 8]);
    Object.assign(bank, { keySet: un(v.keySet), recovery, minimum });
  },

  agreement(v, w) {
    const device = devices.get(v.devicePublic);
    same(`${w}: suite`, v.suite, device.suite);
    same(`${w}: account`, v.accountIdentifier, device.account.toString("hex"));
    same(`${w}: contract`, v.contractId, device.contract.toString("hex"));
    same(`${w}: device key`, v.devicePublic, point(un(v.scalar)));
    same(`${w}: hash of the text`, v.agreementHash, H(Buffer.from(v.text, 'utf8')));
    const payload = map({
      1: format,
      2: v.consortium,
      3: un(v.accountIdentifier),
      4: un(v.contractId),
      5: v.version,
      6: un(v.agreementHash),
      7: v.time,
    });
    same(`${w}: payload`, v.payload, cbor(payload));
    same(`${w}: signature`, v.sign1, sign1(un(v.scalar), 'agreement', v.suite, un(v.payload)));
  },

  enrolment(v, w) {
    const offer = uncbor(un(v.offer));
    same(`${w}: HPKE key`, v.hpkePublic, point(un(v.hpkeScalar), 'uncompressed'));
    same(`${w}: offer's key`, v.hpkePublic, offer.get(9));
    same(`${w}: fingerprint`, v.fingerprint, H(un(v.hpkePublic), un(v.encapsulationKey) ?? NONE).subarray(0, 16));
    same(`${w}: ML-KEM key of the offer`, v.encapsulationKey, offer.get(13));
    same(`${w}: ML-KEM key`, v.encapsulationKey, v.kemSeed && kemPublic(un(v.kemSeed)));
    same(`${w}: suite`, v.suite, v.kemRandom === null ? 1 : 2);
    const activation = Buffer.concat([un(v.enrolmentId), un(v.activationCode), un(v.fingerprint)]);
    const symbol = `${SYMBOLS}*+$%U`[Number(big(activation) % 37n)];
    same(`${w}: activation`, v.activation, c32(activation) + symbol);
    same(`${w}: contract hash`, offer.get(7).toString('hex'), H(Buffer.from(v.contract, 'utf8')));
    const names = [2, 4, 5, 6, 7, 3, 11].map((key) => offer.get(key));
    const said = [...names, v.minimumSuite, offer.get(12)];
    const info = cbor(['tallystick', 'enrolment', format, offer.get(10), v.suite, ...said]);
    same(`${w}: minimum suite`, v.minimumSuite, bank.minimum);
    same(`${w}: info`, v.info, info);
    same(`${w}: H(info)`, v.infoHash, H(info));
    const id = un(v.enrolmentId);
    const kem = kemOf(v, w);
    const prk = extract(kem ? kem.secret : NONE, un(v.activationCode));
    const hashes = kem ? [H(un(v.encapsulationKey)), H(kem.ciphertext)] : [];
    const psk = expand(prk, cbor([kem ? 'tallystick psk 2' : 'tallystick psk', id, ...hashes]), 32);
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
        9: own.get(9),
        10: v.suite,
      }),
    );
    const both = own.get(9).filter((one) => offer.get(10).includes(one));
    same(`${w}: the highest suite in common`, v.suite, Math.max(...both));
    const bind = sign1(un(v.deviceScalar), 'bind', v.suite, payload);
    same(`${w}: bind`, v.bind, bind);
    const hpke = sealHpke(v, w, info, psk, id, bind);
    const message1 = cbor([hpke.enc, hpke.ciphertext, ...(kem ? [kem.ciphertext] : [])]);
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
    const signer = checked(`${w}: certificate`, certificate, bank.certificate, 'certificate', 1);
    const named = pick(signer, [5, 6, 8, 9]);
    same(`${w}: certified key`, v.devicePublic, named[5]);
    same(`${w}: provider`, v.provider, named[6]);
    same(`${w}: certificate is valid`, true, named[8] <= v.at && v.at <= named[9]);
    const body = uncbor(un(v.body));
    const device = devices.get(v.devicePublic);
    same(`${w}: number comes from n0`, v.number, c32(outputs(device, 0, device.epochs.get(0).first).number));
    same(`${w}: number in the body`, v.number, c32(body.get(3)));
    const sum = body.get(5).reduce((all, [, amount]) => all + amount, 0);
    same(`${w}: subtotal`, body.get(6), sum);
    same(`${w}: total`, v.total, sum + body.get(7));
    same(`${w}: total in the body`, v.total, body.get(8));
    same(`${w}: aad`, v.aad, aad('bill', 1, v.number));
    same(`${w}: body`, v.body, cbor(body));
    const signed = sign1(payee, 'bill', 1, un(v.body), v.number);
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
    const device = deviceOf(v.deviceId);
    same(`${w}: pin key`, v.pinKey, outputs(device, v.epoch, v.n).pin);
    same(`${w}: bill hash`, v.billHash, bank.billHash);
    const at = [un(v.deviceId), v.epoch, v.n, v.role, bank.billHash];
    sameProof(v, w, pinProof(verifier, un(v.pinKey), at));
  },

  'level-pin'(v, w) {
    const device = deviceOf(v.deviceId);
    same(`${w}: pin key`, v.pinKey, outputs(device, v.epoch, v.n).pin);
    const at = [un(v.deviceId), v.epoch, v.n, v.role, un(v.billHash)];
    sameProof(v, w, pinProof(un(v.v), un(v.pinKey), at, ['level pin proof', v.level]));
    const sent = device.sent.get(v.n);
    same(`${w}: V`, v.v, sent.levels[v.level]);
    same(`${w}: bill hash`, v.billHash, sent.billHash);
  },

  progress(v, w) {
    const device = deviceOf(v.deviceId);
    const sent = device.sent.get(v.n);
    same(`${w}: suite`, v.suite, device.suite);
    same(`${w}: consortium`, v.consortium, CONSORTIUM);
    same(`${w}: key`, v.answerPublic, bank.answer);
    same(`${w}: reply root`, v.reply, outputs(device, v.epoch, v.n).reply);
    same(`${w}: number`, v.number, sent.number);
    same(`${w}: code hash`, v.codeHash, sent.hash);
    same(`${w}: notAfter`, v.notAfter, sent.notAfter);
    same(`${w}: asked for`, '01', sent.asked);
    const [key, ivKey] = ['progress key', 'progress iv'].map((name) => expand(un(v.reply), cbor([name, v.i]), 32));
    same(`${w}: progress key`, v.progressKey, key);
    same(`${w}: progress iv`, v.progressIv, ivKey);
    const said = [device.deviceId, v.epoch, v.n, sent.hash, v.i, v.stage, v.time, v.notAfter];
    same(`${w}: body`, v.body, cbor(numbered(said)));
    same(`${w}: signed body`, v.body, checked(w, un(v.signed), bank.answer, 'progress', v.suite, v.number));
    const context = [format, v.suite, CONSORTIUM, device.deviceId, v.epoch, v.n, v.i];
    sealPadded(v, w, { external: cbor(['tallystick', 'progress', ...context]), key, ivKey, length: 512 });
  },

  code(v, w) {
    const { view: s, done } = tracked(v.sequence, `${w}: sequence`);
    const device = devices.get(v.devicePublic);
    same(`${w}: suite`, s.suite, device.suite);
    same(`${w}: device id`, s.deviceId, device.deviceId);
    const epoch = device.epochs.get(s.epoch);
    same(`${w}: n`, s.n, device.sent.has(s.n - 1) ? s.n : epoch.first);
    same(`${w}: chain`, s.chain, outputs(device, s.epoch, s.n).chain);
    same(`${w}: string2`, s.string2, epoch.string2);
    const keys = outputs(device, s.epoch, s.n);
    for (const name of ['P', 'key', 'iv', 'hint', 'pin', 'reply', 'number', 'next']) {
      same(`${w}: ${name}`, s[name], keys[name]);
    }
    done();
    sealCode(v, w, device, { keys, epoch: s.epoch, n: s.n });
  },

  log(v, w) {
    same(`${w}: suite`, v.suite, deviceOf(v.deviceId).suite);
    const seed = cbor(['tallystick log', v.suite, un(v.deviceId), H(un(v.bindingRecord))]);
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
    const head = H(LINE, un(v.column1), H(column3));
    same(`${w}: head`, v.head, head);
    deviceOf(v.deviceId).log = { index: v.index, head };
  },

  receipt(v, w) {
    same(`${w}: key`, v.receiptPublic, bank.receipt);
    same(`${w}: consortium`, v.consortium, CONSORTIUM);
    same(`${w}: number`, v.number, bank.number);
    const payload = checked(w, un(v.receipt), bank.receipt, 'receipt', v.suite, v.number);
    same(`${w}: payload`, v.payload, payload);
    same(`${w}: second key`, v.secondPublic, v.suite === 2 ? bank['second receipt'] : null);
    same(`${w}: second key of its seed`, v.secondPublic, v.secondSeed && dsaPublic(un(v.secondSeed)));
    same(`${w}: twice in suite 2`, v.suite === 2, v.secondReceipt !== null);
    if (v.secondReceipt !== null) {
      const second = un(v.secondReceipt);
      const key = un(v.secondPublic);
      same(`${w}: same payload`, v.payload, checkedTwice(w, second, key, 'receipt', v.suite, v.number));
    }
    const receipt = uncbor(payload);
    same(`${w}: suite`, v.suite, deviceOf(receipt.get(8).toString('hex')).suite);
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
    const device = deviceOf(v.deviceId);
    same(`${w}: reply root`, v.reply, outputs(device, v.epoch, v.n).reply);
    same(`${w}: key`, v.answerPublic, bank.answer);
    same(`${w}: consortium`, v.consortium, CONSORTIUM);
    const key = expand(root, label('answer key'), 32);
    const ivKey = expand(root, label('answer iv'), 32);
    same(`${w}: answer key`, v.answerKey, key);
    same(`${w}: answer iv`, v.answerIv, ivKey);
    same(`${w}: pickup`, v.pickup, expand(root, label('pickup'), 16));
    same(`${w}: receipt token`, v.receiptToken, expand(root, label('receipt'), 16));
    same(`${w}: suite`, v.suite, device.suite);
    const fields = [format, v.suite, CONSORTIUM, un(v.deviceId), v.epoch, v.n];
    const external = cbor(['tallystick', 'answer', ...fields]);
    same(`${w}: external AAD`, v.externalAad, external);
    const signed = uncbor(un(v.plaintext))[0];
    same(`${w}: body`, v.body, checked(w, signed, bank.answer, 'answer', v.suite, v.number));
    same(`${w}: number`, v.number, uncbor(un(v.body)).get(9));
    const plaintext = padded(signed, v.suite === 2 ? 8192 : 2048);
    same(`${w}: plaintext`, v.plaintext, plaintext);
    const iv = hmac(ivKey, cbor([external, plaintext])).subarray(0, 12);
    same(`${w}: IV`, v.iv, iv);
    const header = cbor(map({ 1: 3, 5: iv }));
    const structure = cbor(['Encrypt0', header, external]);
    same(`${w}: Enc_structure`, v.encStructure, structure);
    same(`${w}: sealed`, v.sealed, cbor([header, new Map(), gcmSeal(key, iv, structure, plaintext)]));
  },

  request(v, w) {
    const device = deviceOf(v.deviceId);
    const { root } = device.epochs.get(v.epoch);
    const account = b64(un(v.alias));
    same(`${w}: suite`, v.suite, device.suite);
    same(`${w}: consortium`, v.consortium, CONSORTIUM);
    same(`${w}: device key`, v.devicePublic, point(un(v.deviceScalar)));
    same(`${w}: root`, v.root, root);
    same(`${w}: alias`, true, device.aliases.some((alias) => alias.equals(un(v.alias))));
    const q = extract(un(v.challenge), root);
    same(`${w}: Q`, v.q, q);
    const context = [v.suite, device.deviceId, v.epoch, un(v.nonce)];
    const out = (name) => expand(q, cbor([name, ...context]), 32);
    same(`${w}: request key`, v.requestKey, out('request key'));
    same(`${w}: request iv`, v.requestIv, out('request iv'));
    same(`${w}: request pin`, v.requestPin, out('request pin'));
    same(`${w}: reply root`, v.reply, out('reply'));
    const said = [format, device.deviceId, v.epoch, v.requestKind, un(v.challenge), v.time];
    const body = cbor(numbered([...said, un(v.arguments)]));
    same(`${w}: body`, v.body, body);
    const external = aad('request', v.suite, '', account);
    same(`${w}: external AAD`, v.externalAad, external);
    same(`${w}: Sig_structure`, v.sigStructure, sigStructure('request', external, body));
    const signed = sign1(un(v.deviceScalar), 'request', v.suite, body, '', account);
    same(`${w}: signed`, v.signed, signed);
    const iv = hmac(out('request iv'), cbor([external, signed])).subarray(0, 12);
    same(`${w}: IV`, v.iv, iv);
    const more = { [-70001]: v.suite, [-70003]: un(v.nonce), [-70004]: un(v.challenge) };
    const header = cbor(map({ 1: 3, 5: iv, ...more, [-70005]: v.blocks }));
    same(`${w}: protected header`, v.protected, header);
    const structure = cbor(['Encrypt0', header, external]);
    same(`${w}: Enc_structure`, v.encStructure, structure);
    const ciphertext = gcmSeal(out('request key'), iv, structure, signed);
    same(`${w}: ciphertext`, v.ciphertext, ciphertext);
    const text = `TL::REQUEST::${account}::${b64(cbor([header, new Map(), ciphertext]))}`;
    same(`${w}: request`, v.request, text);
    same(`${w}: T`, v.hash, H(Buffer.from(text, 'ascii')));
    requests.set(text, { device, epoch: v.epoch, reply: out('reply'), arguments: un(v.arguments) });
    requests.get(text).blocks = v.blocks;
  },

  reply(v, w) {
    const sent = requests.get(v.request);
    const { device } = sent;
    const T = H(Buffer.from(v.request, 'ascii'));
    same(`${w}: suite`, v.suite, device.suite);
    same(`${w}: consortium`, v.consortium, CONSORTIUM);
    same(`${w}: device`, v.deviceId, device.deviceId);
    same(`${w}: epoch`, v.epoch, sent.epoch);
    same(`${w}: T`, v.hash, T);
    same(`${w}: blocks`, v.blocks, sent.blocks);
    same(`${w}: reply root`, v.reply, sent.reply);
    same(`${w}: key`, v.answerPublic, bank.answer);
    const [key, ivKey] = ['reply key', 'reply iv'].map((name) => expand(sent.reply, cbor([name, T]), 32));
    same(`${w}: reply key`, v.replyKey, key);
    same(`${w}: reply iv`, v.replyIv, ivKey);
    const said = [format, device.deviceId, v.requestKind, T, v.time, v.status, un(v.result)];
    same(`${w}: body`, v.body, cbor(numbered([...said, un(v.alias), un(v.challenge)])));
    same(`${w}: signed body`, v.body, checked(w, un(v.signed), bank.answer, 'reply', v.suite));
    const context = [format, v.suite, CONSORTIUM, device.deviceId, v.epoch, T];
    const external = cbor(['tallystick', 'reply', ...context]);
    sealPadded(v, w, { external, key, ivKey, length: 1024 * v.blocks });
  },

  rekey(v, w) {
    const device = deviceOf(v.deviceId);
    const sent = requests.get(v.request);
    const { root } = device.epochs.get(v.baseEpoch);
    same(`${w}: suite`, v.suite, device.suite);
    same(`${w}: base epoch`, v.baseEpoch, sent.epoch);
    same(`${w}: root`, v.root, root);
    same(`${w}: T`, v.hash, H(Buffer.from(v.request, 'ascii')));
    same(`${w}: device's key`, v.ephemeralPublic, point(un(v.ephemeralScalar)));
    same(`${w}: bank's key`, v.bankPublic, point(un(v.bankScalar)));
    same(`${w}: ML-KEM key`, v.encapsulationKey, v.kemSeed && kemPublic(un(v.kemSeed)));
    same(`${w}: next`, v.next, device.next);
    const asked = [un(v.ephemeralPublic), un(v.encapsulationKey), v.epoch, v.next];
    same(`${w}: arguments`, sent.arguments.toString('hex'), cbor(numbered(asked)));
    const own = createECDH('prime256v1');
    own.setPrivateKey(un(v.ephemeralScalar));
    const agreed = own.computeSecret(un(v.bankPublic));
    same(`${w}: agreed`, v.agreed, agreed);
    const kem = v.kemRandom && kemEncapsulate(un(v.encapsulationKey), un(v.kemRandom));
    same(`${w}: ML-KEM secret`, v.kemSecret, kem && kem.secret);
    same(`${w}: ML-KEM ciphertext`, v.ciphertext, kem && kem.ciphertext);
    const z = Buffer.concat([agreed, kem ? kem.secret : NONE]);
    same(`${w}: z`, v.z, z);
    const result = uncbor(un(v.result));
    const said = [un(v.bankPublic), kem && kem.ciphertext, v.epoch, bank.recovery];
    same(`${w}: result`, v.result, cbor(numbered([...said, result.get(5), result.get(6)])));
    const prk = extract(root, z);
    same(`${w}: P'`, v.P, prk);
    const transcript = H(un(v.bankPublic), kem ? kem.ciphertext : NONE);
    same(`${w}: transcript`, v.transcript, transcript);
    const { view: o, done } = tracked(v.outputs, `${w}: outputs`);
    const context = [v.suite, device.deviceId, v.epoch, un(v.hash), transcript];
    const out = (name, length) => expand(prk, cbor([name, ...context]), length);
    const made = { first: out('first', 6) };
    for (const name of ['string1', 'string2', 'root', 'down']) {
      made[name] = out(name, 32);
    }
    Object.entries(made).forEach(([name, value]) => same(`${w}: ${name}`, o[name], value));
    done();
    same(`${w}: first`, v.n0, Number(big(made.first)));
    same(`${w}: closed`, v.closed, device.next);
    device.epochs.set(v.epoch, { ...made, first: v.n0, closed: v.closed });
    device.aliases = result.get(5);
  },

  notice(v, w) {
    const device = deviceOf(v.deviceId);
    same(`${w}: suite`, v.suite, device.suite);
    same(`${w}: consortium`, v.consortium, CONSORTIUM);
    same(`${w}: key`, v.answerPublic, bank.answer);
    const chains = device.epochs.get(v.epoch);
    chains.k ??= 1;
    same(`${w}: k`, v.k, chains.k);
    same(`${w}: down`, v.down, chains.down);
    const context = [v.suite, device.deviceId, v.epoch, v.k];
    const out = (name, length = 32) => expand(un(v.down), cbor([name, ...context]), length);
    const [key, ivKey] = [out('notice key'), out('notice iv')];
    same(`${w}: notice key`, v.noticeKey, key);
    same(`${w}: notice iv`, v.noticeIv, ivKey);
    same(`${w}: pickup`, v.pickup, out('notice pickup', 16));
    same(`${w}: next`, v.next, out('next'));
    Object.assign(chains, { k: v.k + 1, down: out('next') });
    same(`${w}: subject hash`, v.subjectHash, H(un(v.subject)));
    const details = cbor(map({ 1: v.noticeKind, 2: H(un(v.subject)) }));
    same(`${w}: details`, v.details, details);
    const commitment = H(cbor(['tallystick commitment', un(v.lineSalt), details]));
    const column3 = cbor(map({ 1: v.index, 2: v.time, 3: 'notice', 4: commitment }));
    same(`${w}: index`, v.index, device.log.index + 1);
    same(`${w}: column 1`, v.column1, device.log.head);
    same(`${w}: column 2`, v.column2, H(column3));
    same(`${w}: column 3`, v.column3, column3);
    const head = H(LINE, device.log.head, H(column3));
    same(`${w}: head`, v.head, head);
    device.log = { index: v.index, head };
    const line = [v.index, un(v.column1), un(v.column2), un(v.column3)];
    const said = [device.deviceId, v.epoch, v.k, v.noticeKind, v.time, un(v.subject), line];
    same(`${w}: body`, v.body, cbor(numbered(said)));
    same(`${w}: signed body`, v.body, checked(w, un(v.signed), bank.answer, 'notice', v.suite));
    const external = cbor(['tallystick', 'notice', format, v.suite, CONSORTIUM, ...context.slice(1)]);
    sealPadded(v, w, { external, key, ivKey, length: 2048 });
  },

  evidence(v, w) {
    const bundle = uncbor(un(v.bundle));
    same(`${w}: encoding`, v.bundle, cbor(bundle));
    same(`${w}: root`, v.rootPublic, bank.root);
    same(`${w}: key set`, bundle.get(3).toString('hex'), bank.keySet);
    checked(`${w}: V1`, bundle.get(3), un(v.rootPublic), 'keys', 1);
    same(`${w}: V7 bill`, bundle.get(6).toString('hex'), bank.bill);
    const parties = bundle.get(5).map((side) => {
      const suite = uncbor(uncbor(side.get(5))[2]).get(11);
      const binding = checked(`${w}: V2`, side.get(5), bank.certificate, 'binding', suite);
      const { 3: device, 4: account, 6: key } = pick(binding, [3, 4, 6]);
      const half = checked(`${w}: V3`, side.get(2), key, 'half', suite, bank.number, side.get(3));
      const receipt = checked(`${w}: V4`, side.get(1), bank.receipt, 'receipt', suite, bank.number);
      same(`${w}: V4 twice in suite 2`, suite === 2, side.has(10));
      if (side.has(10)) {
        const of = ['receipt', suite, bank.number];
        const second = checkedTwice(`${w}: V4`, side.get(10), bank['second receipt'], ...of);
        same(`${w}: V4 same payload`, receipt.toString('hex'), second);
      }
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

const NONE = Buffer.alloc(0);
const LINE = Buffer.from('tallystick line', 'ascii');

/** Section 8: zeros up to a length. */
function padded(signed, length) {
  for (let zeros = length - signed.length; zeros >= 0; zeros--) {
    const plaintext = cbor([signed, Buffer.alloc(zeros)]);
    if (plaintext.length === length) {
      return plaintext;
    }
  }
  return NONE;
}

/** A map with keys 1, 2, 3 … */
const numbered = (values) => new Map(values.map((value, i) => [i + 1, value]));

/** What the bank signed, padded and sealed under its synthetic IV. */
function sealPadded(v, w, { external, key, ivKey, length }) {
  same(`${w}: external AAD`, v.externalAad, external);
  const plaintext = padded(un(v.signed), length);
  same(`${w}: plaintext`, v.plaintext, plaintext);
  const iv = hmac(ivKey, cbor([external, plaintext])).subarray(0, 12);
  same(`${w}: IV`, v.iv, iv);
  const header = cbor(map({ 1: 3, 5: iv }));
  const structure = cbor(['Encrypt0', header, external]);
  same(`${w}: Enc_structure`, v.encStructure, structure);
  same(`${w}: sealed`, v.sealed, cbor([header, new Map(), gcmSeal(key, iv, structure, plaintext)]));
}

/** The ML-KEM half of E3, by the published random bytes. */
function kemOf(v, w) {
  if (v.kemRandom === null) {
    same(`${w}: no ML-KEM in suite 1`, v.kemSecret, v.kemCiphertext);
    return null;
  }
  const kem = kemEncapsulate(un(v.encapsulationKey), un(v.kemRandom));
  same(`${w}: ML-KEM secret`, v.kemSecret, kem.secret);
  same(`${w}: ML-KEM ciphertext`, v.kemCiphertext, kem.ciphertext);
  return kem;
}

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
  const names = ['string1', 'string2', 'first', 'root', 'down', 'bank confirm', 'device confirm'];
  for (const name of [...names, 'reply key', 'reply iv']) {
    out[name] = expand(prk, cbor([name, v.suite]), lengths[name] ?? 32);
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
  const record = uncbor(checked(`${w}: record`, reply.get(7), bank.certificate, 'binding', v.suite));
  const expected = [format, CONSORTIUM, reply.get(1), reply.get(2), reply.get(3)];
  same(`${w}: suite in the reply`, v.suite, reply.get(11));
  same(`${w}: recovery epoch`, bank.recovery, reply.get(12));
  const rest = [un(v.devicePublic), offer.get(7), offer.get(5), record.get(9), H(bind), v.suite];
  const whole = map(Object.fromEntries([...expected, ...rest].map((value, i) => [i + 1, value])));
  same(`${w}: record's content`, cbor(record).toString('hex'), cbor(whole));
  const { string1, string2, root, down } = out;
  const [deviceId, account, contract, bindingValue] = [1, 2, 3, 4].map((key) => reply.get(key));
  const ids = { deviceId, account, contract, bindingValue };
  const aliases = reply.get(5);
  same(`${w}: 32 aliases of 17 bytes`, true, aliases.length === 32 && aliases[0].length === 17);
  const seed = cbor(['tallystick log', v.suite, deviceId, H(reply.get(7))]);
  devices.set(v.devicePublic, {
    suite: v.suite,
    ...ids,
    aliases,
    epochs: new Map([[0, { string1, string2, root, down, first: v.n0, closed: null }]]),
    prev: Buffer.alloc(16),
    sent: new Map(),
    log: { index: 0, head: H(seed) },
  });
}

/** Section 4, from the first number of an epoch on. */
function outputs(device, epoch, n) {
  const { suite, deviceId, epochs } = device;
  const { first, string1, string2 } = epochs.get(epoch);
  const chain = n === first ? string1 : outputs(device, epoch, n - 1).next;
  const prk = extract(string2, chain);
  const out = { P: prk, chain };
  const lengths = { hint: 8, number: 10 };
  for (const name of ['key', 'iv', 'hint', 'pin', 'reply', 'number', 'next']) {
    out[name] = expand(prk, cbor([name, suite, deviceId, epoch, n]), lengths[name] ?? 32);
  }
  return out;
}

function pinProof(verifier, pinKey, at, of = ['pin proof']) {
  const key = expand(extract(pinKey, verifier), cbor(of), 32);
  const context = cbor(['pin', ...at]);
  return { key, context, proof: hmac(key, context) };
}

function sameProof(v, w, proof) {
  same(`${w}: proof key`, v.proofKey, proof.key);
  same(`${w}: context`, v.context, proof.context);
  same(`${w}: proof`, v.proof, proof.proof);
}

/** Limits as in the signed map. */
const limitsOf = ({ tip, hold, charges }) =>
  new Map([[1, tip], [2, hold], [3, charges]].filter(([, value]) => value !== undefined));

/** Section 5. */
function sealCode(v, w, device, { keys, epoch, n }) {
  const { view: t, done } = tracked(v.terms, `${w}: terms`);
  const account = b64(un(v.alias));
  same(`${w}: device key`, v.devicePublic, point(un(v.deviceScalar)));
  same(`${w}: alias`, v.alias, device.aliases.shift());
  same(`${w}: account identifier`, t.accountIdentifier, device.account);
  same(`${w}: contract id`, t.contractId, device.contract);
  same(`${w}: binding value`, t.bindingValue, device.bindingValue);
  if (epoch === 0) {
    same(`${w}: number`, t.number, bank.number);
    same(`${w}: bill hash`, t.billHash, bank.billHash);
  }
  const { suite } = device;
  const { number } = t;
  same(`${w}: log index`, t.logIndex, device.log.index);
  same(`${w}: log head`, t.logHead, device.log.head);
  same(`${w}: prev`, t.prev, device.prev);
  same(`${w}: consortium`, t.consortium, CONSORTIUM);
  const at = [device.deviceId, epoch, n, t.role, un(t.billHash)];
  const proof = t.v && pinProof(un(t.v), keys.pin, at).proof;
  const secrets = map({ 1: un(t.salt), 2: proof, 3: t.shorthand, 4: un(t.bindingValue) });
  if (t.loyaltyId !== undefined) {
    secrets.set(5, t.loyaltyId);
  }
  const levels = Object.entries(t.levels ?? {}).map(([level, verifier]) => [Number(level), un(verifier)]);
  if (levels.length > 0) {
    const proofs = levels.map(([level, verifier]) => [
      level,
      pinProof(verifier, keys.pin, at, ['level pin proof', level]).proof,
    ]);
    secrets.set(6, new Map(proofs));
  }
  const privateMap = cbor(secrets);
  same(`${w}: private map`, v.privateMap, privateMap);
  const signed = map({
    1: format,
    2: t.role,
    3: t.purpose,
    4: device.deviceId,
    5: un(t.accountIdentifier),
    6: un(t.contractId),
    7: epoch,
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
  const { closed } = device.epochs.get(epoch);
  same(`${w}: closed`, t.closed ?? null, closed);
  for (const [key, value] of [[22, closed], [23, extensions(t.critical)], [24, extensions(t.other)]]) {
    if (value !== null) {
      signed.set(key, value);
    }
  }
  if (t.limits !== undefined) {
    signed.set(25, limitsOf(t.limits)).set(26, un(t.contentHash)).set(27, t.consent);
  }
  if (t.compact) {
    [4, 5, 6, 9].forEach((key) => signed.delete(key));
    [19, 20].forEach((key) => signed.set(key, signed.get(key).subarray(0, 16)));
    signed.set(30, 1);
  }
  same(`${w}: nothing is cancelled`, t.cancelledN, null);
  const { billHash, notAfter } = t;
  const sent = { number, billHash, notAfter, levels: t.levels, asked: t.other.progress };
  done();
  const payload = cbor(signed);
  same(`${w}: signed map`, v.signedMap, payload);
  same(`${w}: half's AAD`, v.halfAad, aad('half', suite, number, account));
  const structure = sigStructure('half', un(v.halfAad), payload);
  same(`${w}: half's Sig_structure`, v.halfSigStructure, structure);
  const half = sign1(un(v.deviceScalar), 'half', suite, payload, number, account);
  same(`${w}: half`, v.half, half);
  const external = aad('code', suite, number, account);
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
  const code = [CONSORTIUM, number, account, sealed].join('::');
  same(`${w}: code`, v.code, code);
  const hash = H(Buffer.from(code, 'ascii'));
  same(`${w}: code hash`, v.codeHash, hash);
  if (t.compact) {
    same(`${w}: length`, v.length, code.length);
    same(`${w}: fits into four text messages`, true, code.length <= 612);
  }
  Object.assign(device, { prev: hash.subarray(0, 16), next: n + 1 });
  device.sent.set(n, { ...sent, hash });
}

/** A map of texts, or null where there are none. */
const extensions = (members) =>
  Object.keys(members ?? {}).length === 0
    ? null
    : new Map(Object.entries(members).map(([name, content]) => [name, un(content)]));

function checkExample(file) {
  const example = JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8'));
  ({ vectors } = example);
  [bank, devices, requests] = [{}, new Map(), new Map()];
  same(`${file}: format`, example.format, format);
  const wanted = new Set(Object.keys(CHECKS));
  for (const vector of vectors) {
    const check = CHECKS[vector.kind];
    wanted.delete(vector.kind);
    if (!check) {
      failures.push(`${file}: no check for ${vector.kind}`);
      continue;
    }
    if (vector.kind === 'keys') {
      bank.root = un(vector.rootPublic);
    }
    const { view, done } = tracked(vector, `${file}: ${vector.name}`);
    check(view, `${file}: ${vector.name}`);
    done();
  }
  if (wanted.size > 0) {
    failures.push(`${file}: not in the example: ${[...wanted]}`);
  }
}

const files = readdirSync(FOLDER).filter((file) => file.startsWith('worked-example'));
files.forEach(checkExample);
failures.forEach((failure) => console.error(failure));
console.log(`${files.length} worked examples: ${compared} values compared, ${failures.length} differ`);
process.exitCode = failures.length > 0 || files.length < 2 || compared < 1150 ? 1 : 0;
