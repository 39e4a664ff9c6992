/** R1 and R4 to R7: the bank's side of a request, for the bank in memory and for vectors. */
import { MalformedInput, StepRefused } from '../src/refusal.js';
import { MapReader, asArray, decode, encode } from '../src/cbor.js';
import { aad, asSuite } from '../src/format.js';
import { aliasBytes } from '../src/alias.js';
import { decodeEncrypt0, decodeSign1, holds, open } from '../src/cose.js';
import { concat, equal, ofBase64Url, ofText, toBigInt } from '../src/bytes.js';
import { expand, extract, hmac } from '../src/crypto.js';

const LABELS = [-70001, -70003, -70004, -70005];

/** R1. */
export function parseRequest(text) {
  const [consortium, mark, account, field, ...rest] = text.split('::');
  if (mark !== 'REQUEST' || field === undefined || rest.length > 0 || text.length > 8192) {
    throw new MalformedInput('not the fields of a request');
  }
  if (!/^[A-Z]{2}$/.test(consortium)) {
    throw new MalformedInput('a consortium has two letters');
  }
  aliasBytes(account);
  const sealed = decodeEncrypt0(ofBase64Url(field), LABELS);
  const header = new MapReader(sealed.fields);
  return {
    consortium,
    account,
    sealed,
    suite: asSuite(header.value(-70001)),
    nonce: header.bytes(-70003, 16),
    challenge: header.bytes(-70004, 32),
    blocks: header.integer(-70005, 1, 8),
  };
}

/**
 * R4 and R5, under the root of one epoch.
 *
 * @throws {StepRefused} with the step; a device hears neither
 */
export async function openRequest(request, { suite, consortium, deviceId, publicKey }, { epoch, root }) {
  const { nonce, challenge, account, sealed } = request;
  if (request.suite !== suite || request.consortium !== consortium) {
    throw new StepRefused('R4', 'of another suite or consortium');
  }
  const prk = await extract(challenge, root);
  const out = (name) => expand(prk, encode([name, suite, deviceId, epoch, nonce]), 32);
  const external = aad('request', suite, consortium, '', account);
  const signed = await open(sealed, await out('request key'), await out('request iv'), external);
  if (!signed) {
    throw new StepRefused('R4', 'tag or IV do not hold');
  }
  try {
    const message = decodeSign1(signed);
    const said = new MapReader(decode(message.payload));
    said.integer(1, 1, 1);
    const asked = {
      deviceId: said.bytes(2, 16),
      epoch: said.integer(3),
      kind: said.integer(4),
      challenge: said.bytes(5, 32),
      time: said.integer(6),
      arguments: said.bytes(7, 1, 8192),
      out,
      nonce,
      signed,
    };
    said.end();
    const context = { type: 'request', suite, consortium, account };
    const own =
      equal(asked.deviceId, deviceId) &&
      asked.epoch === epoch &&
      equal(asked.challenge, challenge) &&
      decode(asked.arguments) instanceof Map &&
      (await holds(message, publicKey, context));
    if (own) {
      return asked;
    }
  } catch (fault) {
    if (!(fault instanceof MalformedInput)) {
      throw fault;
    }
  }
  throw new StepRefused('R5', 'not signed by this device for this request');
}

const LIFE_MILLIS = 600_000;

/** A challenge: time, 8 random bytes, tag. */
export async function makeChallenge(key, time, eight) {
  const body = new Uint8Array(16);
  new DataView(body.buffer).setBigUint64(0, BigInt(time));
  body.set(eight, 8);
  return concat(body, await challengeTag(key, body));
}

export const challengeTag = async (key, body) =>
  (await hmac(key, ofText('tallystick challenge'), body)).slice(0, 16);

/** R6. */
export async function isFresh(key, challenge, at) {
  const body = challenge.subarray(0, 16);
  const age = BigInt(at) - toBigInt(body.subarray(0, 8));
  const life = BigInt(LIFE_MILLIS);
  const own = equal(challenge.subarray(16), await challengeTag(key, body));
  return challenge.length === 32 && own && -life <= age && age <= life;
}

const number = (value, min, max = Number.MAX_SAFE_INTEGER) => {
  if (!Number.isSafeInteger(value) || value < min || value > max) {
    throw new MalformedInput('a number out of range');
  }
  return value;
};

/** Arguments by kind, R7. */
const ARGUMENTS = {
  1: (reader) => {
    const numbers = asArray(reader.value(1)).map((item) => {
      const [epoch, n] = asArray(item, 2);
      return [number(epoch, 0), number(n, 0)];
    });
    number(numbers.length, 0, 16);
    return { numbers };
  },
  2: (reader) => ({
    ephemeral: reader.bytes(1, 33),
    encapsulationKey: reader.bytesOrNull(2, 1184),
    epoch: reader.integer(3, 1),
    next: reader.integer(4, 0),
  }),
  3: (reader) => {
    const from = reader.integer(1, 1);
    return { from, to: reader.integer(2, from, from + 15) };
  },
  4: (reader) => ({ verifier: reader.bytes(1, 32), proof: reader.bytes(2, 32) }),
  5: (reader) => ({
    bill: reader.bytes(1, 1, 2048),
    offerId: reader.has(2) ? reader.bytes(2, 10) : null,
  }),
  6: (reader) => {
    if (reader.has(1) === reader.has(2)) {
      throw new MalformedInput('a number or an offer');
    }
    return reader.has(1) ? { number: reader.bytes(1, 10) } : { offerId: reader.bytes(2, 10) };
  },
  7: () => ({}),
  8: (reader) => {
    const read = { deviceId: reader.bytesOrNull(1, 16), number: reader.bytesOrNull(2, 10) };
    if (read.deviceId === null && read.number === null) {
      throw new MalformedInput('neither device nor number');
    }
    return read;
  },
  9: (reader) => ({ sign1: reader.bytes(1, 1, 512) }),
  10: (reader) => ({
    level: reader.integer(1, 1, 7),
    verifier: reader.bytesOrNull(2, 32),
    proof: reader.bytes(3, 32),
  }),
  11: (reader) => ({ number: reader.bytes(1, 10), billHash: reader.bytes(2, 32) }),
  12: (reader) => ({ sign1: reader.bytes(1, 1, 512) }),
};

/** R7: arguments of the shape that their kind has. */
export function readArguments(kind, bytes) {
  const reader = new MapReader(decode(bytes));
  if (!ARGUMENTS[kind]) {
    throw new MalformedInput('unknown kind');
  }
  const read = ARGUMENTS[kind](reader);
  reader.end();
  return read;
}
