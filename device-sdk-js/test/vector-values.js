/** What the checks of vectors share. */
import assert from 'node:assert/strict';
import * as bytes from '../src/bytes.js';
import { hasHybrid } from '../src/pq.js';

export const un = (text) => (text === null ? null : bytes.ofHex(text));
export const has = await hasHybrid();

/** The published value must be the computed one. */
export function same(vector, member, computed) {
  assert.equal(bytes.hex(computed), vector[member], member);
}

/** A private key of a published scalar; the point comes from Node, WebCrypto wants both. */
export async function privateKey(scalar, usage) {
  const { createECDH } = await import('node:crypto');
  const ecdh = createECDH('prime256v1');
  ecdh.setPrivateKey(scalar, 'hex');
  const point = ecdh.getPublicKey();
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    d: bytes.toBase64Url(un(scalar)),
    x: bytes.toBase64Url(point.subarray(1, 33)),
    y: bytes.toBase64Url(point.subarray(33)),
  };
  const name = usage === 'sign' ? 'ECDSA' : 'ECDH';
  const key = await globalThis.crypto.subtle.importKey(
    'jwk',
    jwk,
    { name, namedCurve: 'P-256' },
    false,
    [usage],
  );
  return { key, point: new Uint8Array(point) };
}
