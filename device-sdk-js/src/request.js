/** Sealed requests and their replies, the device's side; docs/PROTOCOL.md section R. */
import {
  BLOCKS_LABEL,
  CHALLENGE_LABEL,
  FORMAT,
  LIMITS,
  NONCE_LABEL,
  SUITE_LABEL,
  aad,
  label,
} from './format.js';
import { MapReader, decode, encode, map } from './cbor.js';
import { MalformedInput, StepRefused, atStep } from './refusal.js';
import { aliasText } from './alias.js';
import { decodeEncrypt0, decodeSign1, open, seal, signed, unpadded } from './cose.js';
import { expand, extract, hmac, sha256 } from './crypto.js';
import { equal, ofText, toBase64Url } from './bytes.js';

/** @typedef {import('./bytes.js').Bytes} Bytes */

/** What stands in a request where a code has its number. */
export const REQUEST_FIELD = '::REQUEST::';

/**
 * Which device asks, under the root of which epoch.
 *
 * @typedef {object} Asker
 * @property {number} suite
 * @property {string} consortium
 * @property {Bytes} deviceId
 * @property {number} epoch
 * @property {Bytes} root
 */

/** Q of one request with its outputs. */
export class RequestKeys {
  /**
   * @param {Bytes} prk
   * @param {Asker} asker
   * @param {Bytes} challenge
   * @param {Bytes} nonce
   */
  constructor(prk, asker, challenge, nonce) {
    this.prk = prk;
    this.asker = asker;
    this.challenge = challenge;
    this.nonce = nonce;
  }

  /**
   * Q = extract(challenge, root).
   *
   * @param {Asker} asker
   * @param {Bytes} challenge 32 bytes
   * @param {Bytes} nonce 16 bytes
   */
  static async derive(asker, challenge, nonce) {
    return new RequestKeys(await extract(challenge, asker.root), asker, challenge, nonce);
  }

  /** @param {string} name */
  out(name) {
    const { suite, deviceId, epoch } = this.asker;
    return expand(this.prk, encode([name, suite, deviceId, epoch, this.nonce]), 32);
  }
}

/**
 * A request as sent, with what opens its reply.
 *
 * @typedef {object} SealedRequest
 * @property {number} kind
 * @property {number} epoch
 * @property {string} text
 * @property {Bytes} id T
 * @property {Bytes} replyRoot
 * @property {number} blocks
 */

/**
 * @param {RequestKeys} keys
 * @param {CryptoKey} privateKey of the device
 * @param {object} content
 * @param {number} content.kind
 * @param {Uint8Array} content.arguments a CBOR map
 * @param {number} content.time
 * @param {Uint8Array} content.alias 17 bytes
 * @param {number} content.blocks
 * @returns {Promise<SealedRequest>}
 */
export async function sealRequest(keys, privateKey, content) {
  const { suite, consortium, deviceId, epoch } = keys.asker;
  const { kind, time, blocks } = content;
  const account = aliasText(content.alias);
  const said = map({
    1: FORMAT,
    2: deviceId,
    3: epoch,
    4: kind,
    5: keys.challenge,
    6: time,
    7: content.arguments,
  });
  const context = { type: 'request', suite, consortium, account };
  const extra = map({
    [SUITE_LABEL]: suite,
    [NONCE_LABEL]: keys.nonce,
    [CHALLENGE_LABEL]: keys.challenge,
    [BLOCKS_LABEL]: blocks,
  });
  const sealed = await seal(
    await keys.out('request key'),
    await keys.out('request iv'),
    extra,
    aad('request', suite, consortium, '', account),
    await signed(privateKey, context, encode(said)),
  );
  const text = `${consortium}${REQUEST_FIELD}${account}::${toBase64Url(sealed)}`;
  const id = await requestId(text);
  return { kind, epoch, text, id, replyRoot: await keys.out('reply'), blocks };
}

/**
 * T, by which a request is known.
 *
 * @param {string} text
 */
export const requestId = (text) => sha256(ofText(text));

/**
 * rout(name) of one request.
 *
 * @param {Pick<SealedRequest, 'id' | 'replyRoot'>} request
 * @param {string} name
 */
const replyOut = ({ id, replyRoot }, name) => expand(replyRoot, encode([name, id]), 32);

/**
 * @param {Uint8Array} bytes
 */
export function decodeReplyBody(bytes) {
  const reader = new MapReader(decode(bytes));
  reader.integer(1, FORMAT, FORMAT);
  const body = {
    deviceId: reader.bytes(2, 16),
    kind: reader.integer(3, 0),
    id: reader.bytes(4, 32),
    time: reader.integer(5, 0),
    status: reader.integer(6, 0, 7),
    result: reader.bytes(7, 1, LIMITS.blocks * LIMITS.blockBytes),
    alias: reader.bytes(8, 17),
    challenge: reader.bytes(9, 32),
  };
  reader.end();
  const result = decode(body.result);
  if (!(result instanceof Map) || (body.status !== 0 && result.size > 0)) {
    throw new MalformedInput('a result is a map, and goes with status 0');
  }
  return body;
}

/** @typedef {ReturnType<typeof decodeReplyBody>} ReplyBody */

/**
 * R8 to R10. Whatever is no reply of the bank to this very request ends at R8: a stranger, or a bank
 * that does not know the root, sends random bytes.
 *
 * @param {Uint8Array} sealed
 * @param {SealedRequest} request
 * @param {Pick<Asker, 'suite' | 'consortium' | 'deviceId'>} asker
 * @param {import('./keys.js').BankKeys} bank
 * @returns {Promise<ReplyBody>}
 * @throws {StepRefused} `R8` to `R10`
 */
export async function openReply(sealed, request, asker, bank) {
  const { suite } = asker;
  let sign1;
  try {
    sign1 = await opened(sealed, request, asker);
  } catch (fault) {
    throw atStep(fault, 'R8', 'there is no authentic reply');
  }
  let body;
  try {
    body = decodeReplyBody(decodeSign1(sign1).payload);
    await bank.signed(sign1, 'answer', { type: 'reply', suite }, body.time);
  } catch (fault) {
    throw atStep(fault, 'R9', 'the bank has not signed the reply');
  }
  const own =
    equal(body.deviceId, asker.deviceId) &&
    body.kind === request.kind &&
    equal(body.id, request.id);
  if (!own) {
    throw new StepRefused('R10', 'the reply is to another request');
  }
  return body;
}

/**
 * R8.
 *
 * @param {Uint8Array} sealed
 * @param {SealedRequest} request
 * @param {Pick<Asker, 'suite' | 'consortium' | 'deviceId'>} asker
 */
async function opened(sealed, request, { suite, consortium, deviceId }) {
  const context = ['tallystick', 'reply', FORMAT, suite, consortium, deviceId];
  const plaintext = await open(
    decodeEncrypt0(sealed),
    await replyOut(request, 'reply key'),
    await replyOut(request, 'reply iv'),
    encode([...context, request.epoch, request.id]),
  );
  if (plaintext === null) {
    throw new StepRefused('R8', 'there is no authentic reply');
  }
  return unpadded(plaintext, request.blocks * LIMITS.blockBytes);
}

/**
 * Proof under the old PIN that the new one is the party's, R.4.
 *
 * @param {RequestKeys} keys
 * @param {Uint8Array} oldVerifier V
 * @param {Uint8Array} newVerifier V
 */
export async function pinChangeProof(keys, oldVerifier, newVerifier) {
  const { deviceId, epoch } = keys.asker;
  const hash = await sha256(newVerifier);
  return provenBy(keys, oldVerifier, ['pin change', deviceId, epoch, keys.nonce, hash]);
}

/**
 * Proof under the PIN that a level PIN is the party's, kind 10.
 *
 * @param {RequestKeys} keys
 * @param {Uint8Array} verifier V of the PIN
 * @param {number} level
 * @param {Uint8Array | null} levelVerifier V of the level PIN; null where it is removed
 */
export async function levelPinProof(keys, verifier, level, levelVerifier) {
  const { deviceId, epoch } = keys.asker;
  const hash = await sha256(levelVerifier ?? new Uint8Array(0));
  return provenBy(keys, verifier, ['level pin', deviceId, epoch, keys.nonce, level, hash]);
}

/**
 * @param {RequestKeys} keys
 * @param {Uint8Array} verifier
 * @param {any[]} content
 */
async function provenBy(keys, verifier, content) {
  const prk = await extract(await keys.out('request pin'), verifier);
  return hmac(await expand(prk, label('pin proof'), 32), encode(content));
}
