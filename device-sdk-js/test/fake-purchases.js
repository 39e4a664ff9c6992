/** What the bank in memory does with tips, holds, charges, terms mode, consent, levels: L1 to L5, O8c, G1. */
import { encode, map } from '../src/cbor.js';
import { equal, hex } from '../src/bytes.js';
import { expand } from '../src/crypto.js';
import { pickupToken } from '../src/answer.js';
import { pinProof } from '../src/pin.js';
import { sameAuthority, sameContent } from '../src/conditions.js';
import { seal } from '../src/cose.js';

const CONSORTIUM = 'TL';
export const TERMS_LIMIT = 2_500;

/** P3 for one pair: L1 to L5. */
export function agree({ signedMap: r }, { signedMap: e, device }) {
  const [tip, most] = [r.conditions.limits?.tip ?? null, e.conditions.limits?.tip ?? null];
  const { terms } = r.conditions;
  return (
    r.purpose === e.purpose &&
    r.currency === e.currency &&
    r.amount === e.amount + (tip ?? 0) &&
    (tip === null || (most !== null && tip <= most)) &&
    sameAuthority(r.conditions.limits, e.conditions.limits) &&
    sameContent(r.conditions.contentHash, e.conditions.contentHash) &&
    (r.conditions.consent & ~e.conditions.consent) === 0 &&
    terms === e.conditions.terms &&
    (r.counterparty === null ? terms : equal(r.counterparty, device.account))
  );
}

/** O12: level proofs; 0 bits where one does not hold. */
export async function provenLevels({ device, signedMap, privateMap, keys }) {
  let bits = 0;
  for (const [level, proof] of privateMap.levelProofs) {
    const verifier = device.levels.get(level);
    const key = await keys.pinKey();
    const { role, billHash } = signedMap;
    if (!verifier || !equal(proof, await pinProof(verifier, key, keys, role, billHash, level))) {
      return null;
    }
    bits |= 1 << (level - 1);
  }
  return bits;
}

/** Section 9, keys 21 to 26, of a half and the payer's that it was paired with. */
export function receiptBeside(half, payer) {
  if (half.signedMap.purpose !== 1) {
    return {};
  }
  const { conditions } = (payer ?? half).signedMap;
  const { contentHash, terms } = half.signedMap.conditions;
  const { limits } = conditions;
  const said = limits && {
    1: limits.tip ?? undefined,
    2: limits.hold ? Object.values(limits.hold) : undefined,
    3: limits.recurring ? Object.values(limits.recurring) : undefined,
  };
  return {
    21: payer?.privateMap.loyaltyId ?? undefined,
    22: half.signedMap.role === 1 && half.levels ? half.levels : undefined,
    23: payer && conditions.consent ? conditions.consent : undefined,
    24: terms ? true : undefined,
    25: payer && said ? map(said) : undefined,
    26: contentHash ?? undefined,
  };
}

/** Holds and recurring authorities of the bank in memory. */
export class FakeAuthorities {
  all = [];

  constructor(bank) {
    this.bank = bank;
  }

  /** What an approved purchase leaves behind. */
  leave(payer, payee) {
    const { hold, recurring } = payer.signedMap.conditions.limits ?? {};
    if (hold || recurring) {
      this.all.push({
        number: payee.code.number,
        billHash: payee.signedMap.billHash,
        codeHash: payee.codeHash,
        account: payee.device.account,
        payer: payer.device,
        hold,
        recurring,
        used: 0,
        last: this.bank.clock(),
      });
    }
  }

  find(number, billHash) {
    return this.all.find((one) => one.number === number && equal(one.billHash, billHash));
  }

  /** O8c and what follows: outcome and reason. */
  async take({ signedMap, code, codeHash, device }) {
    const one = this.find(code.number, signedMap.billHash);
    const { purpose, amount, currency, belongsTo } = signedMap;
    if (!one || !equal(one.account, device.account) || !equal(one.codeHash, belongsTo)) {
      return [2, 1];
    }
    const now = this.bank.clock();
    const fits =
      purpose === 3
        ? one.hold && amount <= one.hold.limit && now <= one.hold.until
        : one.recurring &&
          amount >= 1 &&
          amount <= one.recurring.each &&
          now - one.last >= one.recurring.interval &&
          one.used < one.recurring.count &&
          now <= one.recurring.until;
    if (!fits) {
      return [2, 2];
    }
    if (purpose === 3) {
      this.all = this.all.filter((other) => other !== one);
    }
    one.used++;
    one.last = now;
    const subject = encode([code.number, purpose, amount, currency, now, codeHash]);
    await this.bank.desk.notify(one.payer, 4, subject);
    return [1, 0];
  }

  /** Request kind 11. */
  end(device, number, billHash) {
    const one = this.find(number, billHash);
    if (!one || !equal(one.payer.account, device.account)) {
      return [3, {}];
    }
    if (one.hold) {
      return [2, {}];
    }
    this.all = this.all.filter((other) => other !== one);
    return [0, {}];
  }
}

/** G1: message i about a half that waits. */
export async function progressMessage({ sign, padded, answerKey, clock, spoil }, half, i) {
  const { device, signedMap, code, codeHash, keys } = half;
  const { suite, deviceId } = device;
  const { epoch, n, notAfter } = signedMap;
  const body = spoil({ 1: deviceId, 2: epoch, 3: n, 4: codeHash, 5: i, 6: 1, 7: clock(), 8: notAfter });
  const sign1 = await sign(answerKey, 'progress', encode(map(body)), suite, code.number);
  const replyRoot = await keys.replyRoot();
  const sealed = await seal(
    await expand(replyRoot, encode(['progress key', i]), 32),
    await expand(replyRoot, encode(['progress iv', i]), 32),
    new Map(),
    encode(['tallystick', 'progress', 1, suite, CONSORTIUM, deviceId, epoch, n, i]),
    padded(sign1, 512),
  );
  return { pickup: hex(await pickupToken(replyRoot)), sealed };
}
