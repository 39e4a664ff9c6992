/**
 * Begins a new epoch: when the old one is used or a day old, when the bank has raised its recovery
 * epoch, and where device and bank have come apart. The request is durable before it is sent and is
 * made once for each epoch: a second one from the same epoch tells the bank of a clone.
 * docs/PROTOCOL.md section R.2.
 */
import { LIMITS, REQUEST, SUITE } from './format.js';
import { MalformedInput, StepRefused } from './refusal.js';
import { agreeWith, exportPrivate, generateKeptEcdh } from './crypto.js';
import { askerOf } from './requester.js';
import { concat } from './bytes.js';
import { decapsulate, generateKem } from './pq.js';
import { epochSecrets } from './epoch.js';
import { rekeyArguments, rekeyResult } from './results.js';

/** @typedef {import('./bytes.js').Bytes} Bytes */
/** @typedef {import('./state.js').Bound} Bound */
/** @typedef {import('./state.js').PendingRequest} PendingRequest */
/** @typedef {import('./state.js').State} State */
/** @typedef {import('./state.js').PreviousEpoch} PreviousEpoch */

const DAY_MILLIS = 24 * 3_600_000;

export class Rekeyer {
  /**
   * @param {import('./core.js').Core} core
   * @param {import('./requester.js').Requester} requester
   */
  constructor(core, requester) {
    this.core = core;
    this.requester = requester;
  }

  /** Whether no code may be sealed before a rekey. */
  async isNeeded() {
    return this.core.active().apart || this.core.isPutBack();
  }

  /**
   * Whether the epoch may be left: two rekeys without an answered code between would leave three
   * epochs, of which the bank keeps two. 10.1.
   */
  async isRipe() {
    const { epoch, reached, first } = this.core.active();
    return epoch === 0 || reached > first || this.isNeeded();
  }

  /** Whether a rekey is due; more than three that are not, in a day, make the bank suspicious. */
  async isDue() {
    const { n, first, since } = this.core.active();
    const used = n - first >= LIMITS.rekeyNumbers;
    return used || this.core.clock() - since >= LIMITS.rekeyMillis || this.core.isPutBack();
  }

  /** Whether one was begun, or is to begin when there is a connection. */
  async isOpen() {
    const { apart } = this.core.active();
    return this.pending() !== undefined || apart || ((await this.isRipe()) && this.isDue());
  }

  pending() {
    return this.core.state.requests.find(({ kind }) => kind === REQUEST.REKEY);
  }

  /**
   * Rekeys, or goes on with the rekey that was begun.
   *
   * @param {() => boolean | Promise<boolean>} [still] whether it is to be, once no other request runs
   */
  run(still = () => true) {
    return this.requester.alone(async () => {
      if (!(await still())) {
        return;
      }
      this.core.progress('', 'REKEYING');
      const request = this.pending() ?? (await this.begin(currentOf(this.core.active())));
      try {
        await this.finish(request);
      } catch (fault) {
        if (fault instanceof StepRefused && fault.step === 'challenge') {
          await this.finish(await this.begin(this.baseOf(this.core.active(), request)));
        } else if (fault instanceof StepRefused && fault.step === 'R8') {
          await this.fallBack(request, fault);
        } else {
          throw fault;
        }
      }
      this.core.progress('', 'REKEYED');
    });
  }

  /**
   * The bank may have been put back to before this epoch: then it knows the previous root alone. Only
   * where it says so by a raised recovery epoch, signed by its root; once.
   *
   * @param {PendingRequest} request
   * @param {StepRefused} fault
   */
  async fallBack(request, fault) {
    const { core } = this;
    await core.refreshed();
    const bound = core.active();
    const { recoveryEpoch } = await core.heldKeys();
    const { previous } = bound;
    if (
      previous === null ||
      recoveryEpoch <= bound.recoveryEpoch ||
      request.epoch === previous.epoch
    ) {
      throw fault;
    }
    await this.finish(await this.begin(previous, request));
  }

  /**
   * Makes the request and stores it.
   *
   * @param {PreviousEpoch} base
   * @param {PendingRequest} [instead]
   */
  async begin(base, instead) {
    const { core } = this;
    const bound = core.active();
    const due = await this.isDue();
    const now = core.clock();
    if (!due && bound.notDue.filter((at) => now - at < DAY_MILLIS).length >= LIMITS.rekeysNotDue) {
      throw new StepRefused('rekey-limit', 'three rekeys that were not due in a day; no more now');
    }
    const ephemeral = await generateKeptEcdh();
    const hybrid = bound.identity.suite === SUITE.HYBRID;
    const kem = hybrid ? await generateKem() : null;
    const newEpoch = bound.epoch + 1;
    const content = rekeyArguments(
      ephemeral.publicKey,
      kem && kem.encapsulationKey,
      newEpoch,
      base.next,
    );
    const request = await this.requester.make(
      { kind: REQUEST.REKEY, blocks: hybrid ? 3 : 2, arguments: () => content, effect: noEffect },
      { ...askerOf(bound), epoch: base.epoch, root: base.root },
      {
        privateKey: await exportPrivate(ephemeral.privateKey),
        seed: kem && kem.seed,
        newEpoch,
        due,
      },
    );
    await this.requester.keep(request, instead);
    return request;
  }

  /** @param {PendingRequest} request */
  async finish(request) {
    const { core } = this;
    const before = core.active().recoveryEpoch;
    await this.requester.complete(request, (state, made, body) => this.enter(state, made, body));
    const { epoch, recoveryEpoch } = core.active();
    core.events.epoch?.(epoch, recoveryEpoch);
    if (recoveryEpoch > before) {
      core.sawRecovery(recoveryEpoch);
    }
  }

  /**
   * @param {Bound} bound
   * @param {{ epoch: number }} request
   * @returns {PreviousEpoch}
   */
  baseOf(bound, { epoch }) {
    const { previous } = bound;
    const base = epoch === bound.epoch ? currentOf(bound) : previous;
    if (base === null || base.epoch !== epoch) {
      throw new StepRefused('R10', 'the rekey is from an epoch that is gone');
    }
    return base;
  }

  /**
   * The one durable write: the new epoch in, chain and string2 of the old one out.
   *
   * @param {State} state
   * @param {PendingRequest} request
   * @param {import('./request.js').ReplyBody} body
   */
  async enter(state, request, body) {
    const { bound } = state;
    const { material } = request;
    if (bound === null || material === null) {
      throw new StepRefused('R10', 'the rekey is of no device');
    }
    const { suite, deviceId } = bound.identity;
    const result = rekeyResult(body.result, suite);
    if (result.epoch !== material.newEpoch) {
      throw new MalformedInput('another epoch');
    }
    const base = this.baseOf(bound, request);
    const { bankKey, ciphertext, epoch } = result;
    const dh = await agreeWith(material.privateKey, bankKey);
    const shared =
      ciphertext && material.seed ? concat(dh, await decapsulate(material.seed, ciphertext)) : dh;
    const made = { suite, deviceId, epoch, id: request.id, bankKey, ciphertext };
    const secrets = await epochSecrets(base.root, shared, made);
    const now = this.core.clock();
    const notDue = [...bound.notDue, ...(material.due ? [] : [now])];
    /** @type {Bound} */
    const next = {
      ...bound,
      epoch,
      first: secrets.first,
      n: secrets.first,
      reached: secrets.first,
      chain: secrets.string1,
      string2: secrets.string2,
      root: secrets.root,
      since: now,
      recoveryEpoch: result.recoveryEpoch,
      closed: base.next,
      previous: base,
      prev: base.prev,
      rekeyFirst: false,
      apart: false,
      notDue: notDue.filter((at) => now - at < DAY_MILLIS),
      down: [
        ...stillOpen(bound, base.epoch, result.noticesMade),
        { epoch, k: 1, chain: secrets.down, made: null },
      ],
      aliases: result.aliases,
      logUnsure: bound.logUnsure || result.recoveryEpoch > bound.recoveryEpoch,
    };
    // what was asked under a root that the bank forgets now will have no reply
    const requests = state.requests.filter((one) => one.epoch === base.epoch);
    return { state: { ...state, bound: next, requests }, value: undefined };
  }
}

const noEffect = () => Promise.reject(new TypeError('a rekey has its own effect'));

/**
 * @param {Bound} bound
 * @returns {PreviousEpoch}
 */
const currentOf = ({ epoch, root, n, prev }) => ({ epoch, root, next: n, prev });

/**
 * Down chains with notices that are not here yet; that of an epoch that the bank has lost is gone.
 *
 * @param {Bound} bound
 * @param {number} base epoch
 * @param {number} made notices in it
 */
const stillOpen = ({ down }, base, made) =>
  down
    .filter(({ epoch }) => epoch <= base)
    .map((chain) => (chain.epoch === base ? { ...chain, made } : chain))
    .filter((chain) => chain.made === null || chain.k <= chain.made);
