/**
 * What the check of the worked example is built from: Node's hashes, ciphers and curve, and from them
 * HKDF, deterministic CBOR and ES256 by RFC 6979. None of it is the project's code.
 */
import {
  createCipheriv,
  createDecipheriv,
  createECDH,
  createHash,
  createHmac,
} from 'node:crypto';

export const un = (hex) => (hex === null ? null : Buffer.from(hex, 'hex'));
export const H = (...parts) => createHash('sha256').update(Buffer.concat(parts)).digest();
export const hmac = (key, ...parts) => createHmac('sha256', key).update(Buffer.concat(parts)).digest();
export const extract = (salt, ikm) => hmac(salt.length ? salt : Buffer.alloc(32), ikm);
export const b64 = (bytes) => bytes.toString('base64url');

export function expand(prk, info, length) {
  let block = Buffer.alloc(0);
  const blocks = [];
  for (let i = 1; blocks.length * 32 < length; i++) {
    block = hmac(prk, block, info, Buffer.from([i]));
    blocks.push(block);
  }
  return Buffer.concat(blocks).subarray(0, length);
}

export function gcmSeal(key, iv, aad, plaintext) {
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(aad);
  return Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

export function gcmOpen(key, iv, aad, sealed) {
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
export function cbor(value) {
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

export const map = (members) => new Map(Object.entries(members).map(([key, v]) => [Number(key), v]));

/** What CBOR holds; the check's own inputs are good, so nothing is refused here. */
export function uncbor(bytes) {
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
export const big = (bytes) => BigInt(`0x${bytes.toString('hex')}`);
const bytes32 = (value) => Buffer.from(value.toString(16).padStart(64, '0'), 'hex');
export const mod = (value, m) => ((value % m) + m) % m;

function power(base, exponent, m) {
  let result = 1n;
  for (let square = mod(base, m), e = exponent; e > 0n; e >>= 1n) {
    result = e & 1n ? (result * square) % m : result;
    square = (square * square) % m;
  }
  return result;
}

/** k·G, by the platform. */
export function point(scalar, form = 'compressed') {
  const ecdh = createECDH('prime256v1');
  ecdh.setPrivateKey(scalar);
  return ecdh.getPublicKey(null, form);
}

/** Deterministic ES256 with low s. */
export function sign(scalar, message) {
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
export function verifies(publicKey, message, signature) {
  const [r, s] = [big(signature.subarray(0, 32)), big(signature.subarray(32))];
  const full = publicKey.length === 65 ? publicKey : uncompressed(publicKey);
  const Q = [big(full.subarray(1, 33)), big(full.subarray(33))];
  const one = point(bytes32(1n), 'uncompressed');
  const G = [big(one.subarray(1, 33)), big(one.subarray(33))];
  const w = power(s, N - 2n, N);
  const sum = add(times(mod(big(H(message)) * w, N), G), times(mod(r * w, N), Q));
  return s <= N >> 1n && sum !== null && mod(sum[0], N) === r;
}
