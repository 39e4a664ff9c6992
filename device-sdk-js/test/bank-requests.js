/** R1, R4 and R5: the bank's side of a request, for the bank in memory and for vectors. */
import { MapReader, decode, encode } from '../src/cbor.js';
import { MalformedInput } from '../src/refusal.js';
import { aad } from '../src/format.js';
import { aliasBytes } from '../src/alias.js';
import { asSuite } from '../src/format.js';
import { decodeEncrypt0, decodeSign1, holds, open } from '../src/cose.js';
import { equal, ofBase64Url } from '../src/bytes.js';
import { expand, extract } from '../src/crypto.js';

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

/** R4 and R5, under the root of one epoch; null for what is not this device's. */
export async function openRequest(request, { suite, consortium, deviceId, publicKey }, { epoch, root }) {
  const { nonce, challenge, account, sealed } = request;
  if (request.suite !== suite || request.consortium !== consortium) {
    return null;
  }
  const prk = await extract(challenge, root);
  const out = (name) => expand(prk, encode([name, suite, deviceId, epoch, nonce]), 32);
  const external = aad('request', suite, consortium, '', account);
  const plaintext = await open(sealed, await out('request key'), await out('request iv'), external);
  if (!plaintext) {
    return null;
  }
  try {
    const message = decodeSign1(plaintext);
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
      signed: plaintext,
    };
    said.end();
    const context = { type: 'request', suite, consortium, account };
    const own =
      equal(asked.deviceId, deviceId) &&
      asked.epoch === epoch &&
      equal(asked.challenge, challenge) &&
      (await holds(message, publicKey, context));
    return own ? asked : null;
  } catch (fault) {
    if (fault instanceof MalformedInput) {
      return null;
    }
    throw fault;
  }
}
