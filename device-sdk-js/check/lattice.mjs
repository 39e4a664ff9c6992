/**
 * ML-KEM-768 (FIPS 203) and ML-DSA-65 (FIPS 204) from Node's SHA-3 alone, as far as the worked example
 * needs them: key generation, encapsulation, verification. For checking published values only: it is
 * slow and not constant in time.
 */
import { createHash } from 'node:crypto';

const sha3 = (bits, ...parts) => createHash(`sha3-${bits}`).update(Buffer.concat(parts)).digest();
const shake = (bits, length, ...parts) =>
  createHash(`shake${bits}`, { outputLength: length }).update(Buffer.concat(parts)).digest();
const N = 256;
const times = (count, make) => Array.from({ length: count }, (_, i) => make(i));
const mod = (value, q) => ((value % q) + q) % q;
const add = (q, a, b) => a.map((value, i) => mod(value + b[i], q));

function power(base, exponent, q) {
  let result = 1;
  for (let i = 0; i < exponent; i++) {
    result = (result * base) % q;
  }
  return result;
}

const reversed = (value, bits) =>
  times(bits, (i) => ((value >> i) & 1) << (bits - 1 - i)).reduce((a, b) => a | b, 0);

/** Integers of so many bits each, little endian. */
function pack(values, bits) {
  let text = 0n;
  values.forEach((value, i) => (text |= BigInt(value) << BigInt(i * bits)));
  const hex = text.toString(16).padStart((values.length * bits) / 4, '0');
  return Buffer.from(hex, 'hex').reverse();
}

function unpack(bytes, bits) {
  const text = BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`);
  const mask = (1n << BigInt(bits)) - 1n;
  return times((bytes.length * 8) / bits, (i) => Number((text >> BigInt(i * bits)) & mask));
}

/** The transform of both standards; FIPS 203 stops at pairs, FIPS 204 goes to the end. */
function transform(q, zetas, last, values) {
  const f = [...values];
  let at = 1;
  for (let length = 128; length >= last; length >>= 1) {
    for (let start = 0; start < N; start += 2 * length) {
      const zeta = zetas[at++];
      for (let j = start; j < start + length; j++) {
        const t = (zeta * f[j + length]) % q;
        f[j + length] = mod(f[j] - t, q);
        f[j] = mod(f[j] + t, q);
      }
    }
  }
  return f;
}

function inverse(q, zetas, last, scale, values) {
  const f = [...values];
  let at = N / last - 1;
  for (let length = last; length <= 128; length <<= 1) {
    for (let start = 0; start < N; start += 2 * length) {
      const zeta = zetas[at--];
      for (let j = start; j < start + length; j++) {
        const t = f[j];
        f[j] = mod(t + f[j + length], q);
        f[j + length] = mod(zeta * mod(f[j + length] - t, q), q);
      }
    }
  }
  return f.map((value) => (value * scale) % q);
}

// ML-KEM-768

const KQ = 3329;
const K = 3;
const K_ZETAS = times(128, (i) => power(17, reversed(i, 7), KQ));
const K_GAMMAS = times(128, (i) => power(17, 2 * reversed(i, 7) + 1, KQ));
const kNtt = (f) => transform(KQ, K_ZETAS, 2, f);
const kInverse = (f) => inverse(KQ, K_ZETAS, 2, 3303, f);

function kProduct(f, g) {
  const h = [];
  for (let i = 0; i < 128; i++) {
    const [a0, a1, b0, b1] = [f[2 * i], f[2 * i + 1], g[2 * i], g[2 * i + 1]];
    h.push((a0 * b0 + ((a1 * b1) % KQ) * K_GAMMAS[i]) % KQ, (a0 * b1 + a1 * b0) % KQ);
  }
  return h;
}

const kDot = (a, b) => a.map((f, i) => kProduct(f, b[i])).reduce((x, y) => add(KQ, x, y));

function kUniform(rho, i, j) {
  const bytes = shake(128, 1344, rho, Buffer.from([i, j]));
  const values = [];
  for (let at = 0; values.length < N; at += 3) {
    const [a, b, c] = bytes.subarray(at, at + 3);
    values.push(...[a + 256 * (b % 16), (b >> 4) + 16 * c].filter((value) => value < KQ));
  }
  return values.slice(0, N);
}

function kNoise(seed, nonce) {
  const bits = unpack(shake(256, 128, seed, Buffer.from([nonce])), 1);
  return times(N, (i) => {
    const [a, b, c, d] = bits.slice(4 * i, 4 * i + 4);
    return mod(a + b - c - d, KQ);
  });
}

const compress = (f, bits) => f.map((x) => Math.floor((x * 2 ** bits) / KQ + 0.5) % 2 ** bits);

/** The encapsulation key of a seed d ‖ z. */
export function kemPublic(seed) {
  const g = sha3(512, seed.subarray(0, 32), Buffer.from([K]));
  const [rho, sigma] = [g.subarray(0, 32), g.subarray(32)];
  const s = times(K, (i) => kNtt(kNoise(sigma, i)));
  const e = times(K, (i) => kNtt(kNoise(sigma, K + i)));
  const t = times(K, (i) => add(KQ, kDot(times(K, (j) => kUniform(rho, j, i)), s), e[i]));
  return Buffer.concat([...t.map((f) => pack(f, 12)), rho]);
}

/** Secret and ciphertext by the 32 random bytes m. */
export function kemEncapsulate(ek, m) {
  const g = sha3(512, m, sha3(256, ek));
  const [secret, r] = [g.subarray(0, 32), g.subarray(32)];
  const t = times(K, (i) => unpack(ek.subarray(384 * i, 384 * (i + 1)), 12));
  const rho = ek.subarray(384 * K);
  const y = times(K, (i) => kNtt(kNoise(r, i)));
  const u = times(K, (i) =>
    add(KQ, kInverse(kDot(times(K, (j) => kUniform(rho, i, j)), y)), kNoise(r, K + i)),
  );
  const message = unpack(m, 1).map((bit) => bit * 1665);
  const v = add(KQ, add(KQ, kInverse(kDot(t, y)), kNoise(r, 2 * K)), message);
  const parts = [...u.map((f) => pack(compress(f, 10), 10)), pack(compress(v, 4), 4)];
  return { secret, ciphertext: Buffer.concat(parts) };
}

// ML-DSA-65

const Q = 8380417;
const [ROWS, COLUMNS, ETA, TAU, OMEGA] = [6, 5, 4, 49, 55];
const [GAMMA1, GAMMA2, BETA] = [2 ** 19, (Q - 1) / 32, 196];
const ZETAS = times(N, (i) => bigPower(1753n, BigInt(reversed(i, 8)), BigInt(Q)));
const ntt = (f) => transform(Q, ZETAS, 1, f);
const invNtt = (f) => inverse(Q, ZETAS, 1, 8347681, f);
const product = (f, g) => f.map((value, i) => (value * g[i]) % Q);

function bigPower(base, exponent, q) {
  let result = 1n;
  for (let i = 0n; i < exponent; i++) {
    result = (result * base) % q;
  }
  return Number(result);
}

function uniform(rho, row, column) {
  const bytes = shake(128, 1344, rho, Buffer.from([column, row]));
  const values = [];
  for (let at = 0; values.length < N; at += 3) {
    const value = bytes[at] + 256 * bytes[at + 1] + 65536 * (bytes[at + 2] & 127);
    if (value < Q) {
      values.push(value);
    }
  }
  return values;
}

function bounded(seed, index) {
  const nibbles = unpack(shake(256, 512, seed, Buffer.from([index, 0])), 4);
  return nibbles.filter((value) => value < 9).slice(0, N).map((value) => mod(ETA - value, Q));
}

/** Â ∘ v, for a vector that is transformed already. */
const matrix = (rho, v) =>
  times(ROWS, (row) =>
    times(COLUMNS, (column) => product(uniform(rho, row, column), v[column])).reduce((a, b) =>
      add(Q, a, b),
    ),
  );

/** The public key of a seed ξ. */
export function dsaPublic(seed) {
  const expanded = shake(256, 128, seed, Buffer.from([ROWS, COLUMNS]));
  const [rho, secret] = [expanded.subarray(0, 32), expanded.subarray(32, 96)];
  const s1 = times(COLUMNS, (i) => ntt(bounded(secret, i)));
  const t = matrix(rho, s1).map((f, i) => add(Q, invNtt(f), bounded(secret, COLUMNS + i)));
  const high = t.map((f) => f.map((value) => (value + 4095) >> 13));
  return Buffer.concat([rho, ...high.map((f) => pack(f, 10))]);
}

function ball(seed) {
  const bytes = shake(256, 1024, seed);
  const signs = unpack(bytes.subarray(0, 8), 1);
  const c = new Array(N).fill(0);
  let at = 8;
  for (let i = N - TAU; i < N; i++) {
    while (bytes[at] > i) {
      at++;
    }
    const j = bytes[at++];
    c[i] = c[j];
    c[j] = signs[i + TAU - N] ? Q - 1 : 1;
  }
  return c;
}

/** Null where the hint has not its only form. */
function hints(bytes) {
  const found = times(ROWS, () => new Set());
  let at = 0;
  for (let row = 0; row < ROWS; row++) {
    const end = bytes[OMEGA + row];
    if (end < at || end > OMEGA) {
      return null;
    }
    for (const first = at; at < end; at++) {
      if (at > first && bytes[at - 1] >= bytes[at]) {
        return null;
      }
      found[row].add(bytes[at]);
    }
  }
  return bytes.subarray(at, OMEGA).every((byte) => byte === 0) ? found : null;
}

function useHint(value, hinted) {
  let low = value % (2 * GAMMA2);
  low = low > GAMMA2 ? low - 2 * GAMMA2 : low;
  const top = value - low === Q - 1;
  const high = top ? 0 : (value - low) / (2 * GAMMA2);
  const positive = (top ? low - 1 : low) > 0;
  return hinted ? mod(high + (positive ? 1 : -1), 16) : high;
}

/** Pure ML-DSA-65 with empty context. */
export function dsaVerifies(publicKey, message, signature) {
  const rho = publicKey.subarray(0, 32);
  const t1 = times(ROWS, (i) => unpack(publicKey.subarray(32 + 320 * i, 352 + 320 * i), 10));
  const challenge = signature.subarray(0, 48);
  const z = times(COLUMNS, (i) =>
    unpack(signature.subarray(48 + 640 * i, 688 + 640 * i), 20).map((value) => GAMMA1 - value),
  );
  const hinted = hints(signature.subarray(48 + 640 * COLUMNS));
  if (hinted === null || z.flat().some((value) => Math.abs(value) >= GAMMA1 - BETA)) {
    return false;
  }
  const mu = shake(256, 64, shake(256, 64, publicKey), Buffer.from([0, 0]), message);
  const c = ntt(ball(challenge));
  const az = matrix(rho, z.map((f) => ntt(f.map((value) => mod(value, Q)))));
  const w1 = az.map((f, i) => {
    const ct = product(c, ntt(t1[i].map((value) => value * 8192)));
    const w = invNtt(f.map((value, j) => mod(value - ct[j], Q)));
    return w.map((value, j) => useHint(value, hinted[i].has(j)));
  });
  return challenge.equals(shake(256, 48, mu, ...w1.map((f) => pack(f, 4))));
}
