/**
 * Asks the bank by sealed requests, one at a time. One that changes something is durable before it
 * is sent, and the same bytes are sent until their reply is here; its effect, its fresh alias and its
 * end are one durable write (R11). docs/PROTOCOL.md section R.
 */
import { MalformedInput, StepRefused } from './refusal.js';
import { REQUEST } from './format.js';
import { RequestKeys, openReply, sealRequest } from './request.js';
import { equal } from './bytes.js';
import { random } from './crypto.js';

/** @typedef {import('./bytes.js').Bytes} Bytes */
/** @typedef {import('./request.js').Asker} Asker */
/** @typedef {import('./request.js').ReplyBody} ReplyBody */
/** @typedef {import('./state.js').Bound} Bound */
/** @typedef {import('./state.js').PendingRequest} PendingRequest */
/** @typedef {import('./state.js').State} State */

/** How long a challenge that came with a reply is used; the bank takes it for ten minutes. */
const CHALLENGE_MILLIS = 8 * 60_000;

/** @type {Record<number, string>} steps at which a status ends a request */
const REFUSED = {
  1: 'challenge',
  2: 'not-permitted',
  3: 'gone',
  4: 'limit',
  5: 'wrong-pin',
  6: 'blocked',
  7: 'arguments',
};

/** @type {Record<string, string>} */
const TITLES = {
  challenge: 'the bank found the challenge too old twice',
  'not-permitted': 'the bank does not permit this to this device now',
  gone: 'the bank knows nothing of that, or no longer',
  limit: 'a limit of the bank is reached',
  'wrong-pin': 'the bank says that the PIN is wrong',
  blocked: 'this device is blocked for now after wrong PINs',
  arguments: 'the bank did not accept what was asked',
};

/**
 * What becomes of a reply with status 0: the state after it, and what the caller is given.
 *
 * @template T
 * @typedef {(state: State, request: PendingRequest, body: ReplyBody) => Promise<{ state: State, value: T }>} Effect
 */

/**
 * What a caller asks.
 *
 * @template T
 * @typedef {object} Question
 * @property {number} kind
 * @property {number} blocks of the reply
 * @property {(keys: RequestKeys) => Promise<Bytes> | Bytes} arguments
 * @property {Effect<T>} effect
 * @property {boolean} [stored] whether it changes something, and is kept until its reply is here
 */

/**
 * @param {Bound} bound
 * @returns {Asker}
 */
export const askerOf = ({ identity, epoch, root }) => ({
  suite: identity.suite,
  consortium: identity.consortium,
  deviceId: identity.deviceId,
  epoch,
  root,
});

/** Steps at which a request has no reply yet. */
export const UNANSWERED = ['R8', 'R9', 'R10'];

/**
 * Arguments of kinds that are kept do not hang on the keys of one request.
 *
 * @type {any}
 */
const NO_KEYS = null;

/** @param {PendingRequest} a */
const isSame = (a) => (/** @type {PendingRequest} */ b) => equal(a.id, b.id);

export class Requester {
  /** @param {import('./core.js').Core} core */
  constructor(core) {
    this.core = core;
    /** @type {Promise<unknown>} */
    this.last = Promise.resolve();
    /** @type {{ bytes: Bytes, until: number } | null} */
    this.challenge = null;
  }

  /**
   * One at a time.
   *
   * @template T
   * @param {() => Promise<T>} work
   * @returns {Promise<T>}
   */
  alone(work) {
    const next = this.last.then(work);
    this.last = next.catch(() => undefined);
    return next;
  }

  /**
   * Asks, and where the challenge was too old, asks again with a fresh one.
   *
   * @template T
   * @param {Question<T>} question
   * @returns {Promise<T>}
   */
  ask(question) {
    return this.alone(async () => {
      try {
        return await this.askOnce(question);
      } catch (fault) {
        if (!(fault instanceof StepRefused) || fault.step !== 'challenge') {
          throw fault;
        }
        this.challenge = null;
        return this.askOnce(question);
      }
    });
  }

  /**
   * @template T
   * @param {Question<T>} question
   */
  async askOnce(question) {
    const { core } = this;
    const { kind, stored = false } = question;
    const before = core.state.requests.find((one) => one.kind === kind);
    if (before) {
      const asked = equal(before.arguments, await question.arguments(NO_KEYS));
      try {
        const value = await this.complete(before, question.effect);
        if (asked) {
          return value;
        }
      } catch (fault) {
        const over = fault instanceof StepRefused && !UNANSWERED.includes(fault.step);
        if (asked || !over) {
          throw fault;
        }
      }
    }
    const request = await this.make(question, askerOf(core.active()), null);
    if (stored) {
      await this.keep(request);
    }
    return this.complete(request, question.effect);
  }

  /**
   * @param {Question<any>} question
   * @param {Asker} asker
   * @param {import('./state.js').RekeyMaterial | null} material
   * @returns {Promise<PendingRequest>}
   */
  async make({ kind, blocks, arguments: said }, asker, material) {
    const { core } = this;
    const { aliases, identity } = core.active();
    const alias = aliases.at(-1) ?? core.state.requests.at(-1)?.alias;
    if (!alias) {
      throw new StepRefused('aliases', 'no one-time account field is left; send what is open');
    }
    const keys = await RequestKeys.derive(asker, await this.freshChallenge(), random(16));
    const content = await said(keys);
    const sealed = await sealRequest(keys, await core.signingKey(identity), {
      kind,
      arguments: content,
      time: core.clock(),
      alias,
      blocks,
    });
    return { ...sealed, alias, arguments: content, material };
  }

  /**
   * Durable before it is sent.
   *
   * @param {PendingRequest} request
   * @param {PendingRequest} [instead] of which there will be no reply
   */
  async keep(request, instead) {
    await this.core.keeper.update((state) => {
      const others = state.requests.filter((one) => !instead || !isSame(instead)(one));
      return { requests: [...others, request], bound: without(state, request.alias) };
    });
  }

  async freshChallenge() {
    const { core } = this;
    const held = this.challenge;
    this.challenge = null;
    if (held && core.clock() < held.until) {
      return held.bytes;
    }
    const fresh = await core.bank.challenge();
    if (fresh.length !== 32) {
      throw new StepRefused('R8', 'a challenge has 32 bytes');
    }
    return fresh;
  }

  /**
   * Sends the bytes of a request and takes its reply; where none is authentic it stays as it is.
   *
   * @template T
   * @param {PendingRequest} request
   * @param {Effect<T>} effect
   * @returns {Promise<T>}
   */
  async complete(request, effect) {
    const { core } = this;
    core.progress('', 'REQUESTING');
    const body = await this.exchange(request);
    this.challenge = { bytes: body.challenge, until: core.clock() + CHALLENGE_MILLIS };
    return core.keeper.exclusively(async () => {
      const settled = settle(core.state, request, body);
      if (body.status !== 0) {
        await core.keeper.put(settled);
        const step = REFUSED[body.status];
        throw new StepRefused(step, TITLES[step]);
      }
      let after;
      try {
        after = await effect(settled, request, body);
      } catch (fault) {
        throw fault instanceof MalformedInput
          ? new StepRefused('R10', `the result has another shape: ${fault.message}`)
          : fault;
      }
      await core.keeper.put(after.state);
      return after.value;
    });
  }

  /**
   * R8 to R10.
   *
   * @param {PendingRequest} request
   */
  async exchange(request) {
    const { core } = this;
    const sealed = await core.bank.request(request.text);
    const { identity } = core.active();
    try {
      return await openReply(sealed, request, identity, await core.heldKeys());
    } catch (fault) {
      // the bank may have changed its keys since
      const unsigned = fault instanceof StepRefused && fault.step === 'R9';
      if (!unsigned || !(await core.refreshed())) {
        throw fault;
      }
      return openReply(sealed, request, identity, await core.heldKeys());
    }
  }

  /**
   * Sends again what has no reply; gives the first refusal, if any.
   *
   * @param {Record<number, Effect<any>>} effects
   */
  resume(effects) {
    return this.alone(async () => {
      for (const request of this.core.state.requests) {
        if (request.kind !== REQUEST.REKEY) {
          try {
            await this.complete(request, effects[request.kind]);
          } catch (fault) {
            if (!(fault instanceof StepRefused)) {
              throw fault;
            }
          }
        }
      }
    });
  }
}

/**
 * @param {State} state
 * @param {Bytes} alias
 */
const without = ({ bound }, alias) =>
  bound && { ...bound, aliases: bound.aliases.filter((one) => !equal(one, alias)) };

/**
 * A request is over: its alias is used up, a fresh one is here.
 *
 * @param {State} state
 * @param {PendingRequest} request
 * @param {ReplyBody} body
 * @returns {State}
 */
function settle(state, request, body) {
  const bound = without(state, request.alias);
  return {
    ...state,
    bound: bound && { ...bound, aliases: [...bound.aliases, body.alias].slice(-LIMIT) },
    requests: state.requests.filter((one) => !isSame(request)(one)),
  };
}

const LIMIT = 32;
