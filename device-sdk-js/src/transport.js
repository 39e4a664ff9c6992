/**
 * The bank over HTTP and, for answers, a web socket; where the socket fails, answers are asked for
 * by long poll. A repetition sends the same bytes. docs/PROTOCOL.md sections 2, 3, 5.1, 6, 8 and R.
 */
import { BankRefused, UNREACHABLE } from './refusal.js';
import { LIMITS } from './format.js';
import { AnswerSocket } from './answer-socket.js';
import { boundedText, bytesMember, malformed, member, problemOf, proofMember, readReply } from './http-reply.js';
import { toBase64Url } from './bytes.js';

/** @typedef {import('./bytes.js').Bytes} Bytes */

const API = '/api/v1';
const REQUEST_MILLIS = 15_000;
const MAX_POLL_SECONDS = 30;
const SHARED_POLL_SECONDS = 2;

/** Between two polls, since a bank may answer at once where it has progress to tell. */
const POLL_PAUSE_MILLIS = 250;
const PUSH_SLICE_MILLIS = 10_000;
const SOCKET_PAUSE_MILLIS = 20_000;
const MAX_URL = 512;

/**
 * @typedef {{ root: Bytes, sign1: Bytes }} SentKeys unchecked
 * @typedef {{ pickup: Bytes, sealed: Bytes }} PickedUp
 * @typedef {(told: PickedUp) => Promise<void>} Hear
 */

/**
 * What a device asks its bank. Every call may be repeated without further effect.
 *
 * @typedef {object} BankConnection
 * @property {() => Promise<SentKeys>} keys
 * @property {(enrolmentId: Uint8Array) => Promise<{ offer: Bytes, keys: SentKeys }>} offer E1
 * @property {(enrolmentId: Uint8Array, message1: Uint8Array) => Promise<Bytes>} bind E4, gives message2
 * @property {(enrolmentId: Uint8Array, confirmation: Uint8Array) => Promise<string>} confirm E5
 * @property {(code: string) => Promise<string>} send gives the state that the bank names
 * @property {(pickups: Bytes[], waitMillis: number, hear?: Hear) => Promise<PickedUp[]>} answers at
 *   most 64 tokens, the first is waited for most; what is there, perhaps nothing. Progress messages
 *   that come meanwhile are heard, perhaps more than once, and end no wait
 * @property {(request: Uint8Array) => Promise<Bytes>} certificate
 * @property {() => Promise<Bytes>} challenge for a request, good for ten minutes
 * @property {(text: string) => Promise<Bytes>} request gives the sealed reply, or what looks like one
 * @property {(version: number) => Promise<string>} agreement the text of a version, unchecked
 * @property {() => Promise<import('./checkpoint.js').SignedCheckpoint>} checkpoint the newest, unchecked
 * @property {(from: number, to: number) => Promise<Bytes[]>} consistency C3
 * @property {(leaf: Uint8Array, size: number) => Promise<import('./tree.js').Inclusion>} inclusion C4
 * @property {() => void} close
 */

/**
 * How long to pause before a repetition: doubled each time, drawn between half and all of that.
 *
 * @typedef {object} Backoff
 * @property {number} attempts in all
 * @property {number} firstMillis
 * @property {number} capMillis
 */

/** @type {Backoff} */
const STANDARD_BACKOFF = { attempts: 5, firstMillis: 250, capMillis: 2_000 };

/** @param {number} millis */
const pause = (millis) => new Promise((done) => setTimeout(done, millis));

/**
 * @param {Backoff} backoff
 * @param {number} failure from 1
 */
function pauseAfter({ firstMillis, capMillis }, failure) {
  const full = Math.min(capMillis, firstMillis * 2 ** (failure - 1));
  return pause(full / 2 + (Math.random() * full) / 2);
}

/**
 * TLS, or plain HTTP to this very machine: literals only, since a name that resolves to this
 * machine today may not tomorrow.
 *
 * @param {string} text
 */
export function bankAddress(text) {
  const base = text.endsWith('/') ? text.slice(0, -1) : text;
  const url = new URL(base);
  const loopback = /^(localhost|\[::1\]|127\.\d{1,3}\.\d{1,3}\.\d{1,3})$/.test(url.hostname);
  if (text.length > MAX_URL || url.search || url.hash || url.username || url.password) {
    throw new TypeError("a bank's address is scheme, host, port and path, at most 512 characters");
  }
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback)) {
    throw new TypeError('a bank is reached by https, or by http on this machine');
  }
  return base;
}

/** @implements {BankConnection} */
export class HttpBank {
  /**
   * @param {string} baseUrl such as `https://bank.example`
   * @param {{ backoff?: Backoff, fetch?: typeof fetch, WebSocket?: typeof WebSocket | null }} [options]
   * @throws {TypeError} if the address is neither TLS nor on this machine
   */
  constructor(baseUrl, options = {}) {
    this.base = bankAddress(baseUrl);
    this.backoff = options.backoff ?? STANDARD_BACKOFF;
    this.fetch = options.fetch ?? globalThis.fetch.bind(globalThis);
    this.socketType = options.WebSocket === undefined ? globalThis.WebSocket : options.WebSocket;
    /** @type {AnswerSocket | null} */
    this.socket = null;
    this.socketNotBefore = 0;
  }

  async keys() {
    return sentKeys(await this.get('/keys', ['root', 'keys']));
  }

  /** @param {Uint8Array} enrolmentId */
  async offer(enrolmentId) {
    const path = `/enrolments/${toBase64Url(enrolmentId)}`;
    const reply = await this.get(path, ['offer', 'root', 'keys']);
    return { offer: bytesMember(reply, 'offer'), keys: sentKeys(reply) };
  }

  /**
   * @param {Uint8Array} enrolmentId
   * @param {Uint8Array} message1
   */
  async bind(enrolmentId, message1) {
    const path = `/enrolments/${toBase64Url(enrolmentId)}/bind`;
    const reply = await this.post(path, { message: toBase64Url(message1) }, 200, 'message');
    return bytesMember(reply, 'message');
  }

  /**
   * @param {Uint8Array} enrolmentId
   * @param {Uint8Array} confirmation
   */
  async confirm(enrolmentId, confirmation) {
    const path = `/enrolments/${toBase64Url(enrolmentId)}/confirm`;
    const reply = await this.post(path, { message: toBase64Url(confirmation) }, 200, 'state');
    return member(reply, 'state');
  }

  /** @param {string} code */
  async send(code) {
    return member(await this.post('/codes', { code }, 202, 'state'), 'state');
  }

  /** @param {Uint8Array} request */
  async certificate(request) {
    const body = { request: toBase64Url(request) };
    return bytesMember(await this.post('/certificates', body, 200, 'certificate'), 'certificate');
  }

  async challenge() {
    return bytesMember(await this.get('/challenge', ['challenge']), 'challenge');
  }

  /** @param {string} text */
  async request(text) {
    return bytesMember(await this.post('/requests', { request: text }, 200, 'reply'), 'reply');
  }

  /** @param {number} version */
  async agreement(version) {
    const members = ['version', 'text', 'sha256', 'effectiveAt'];
    return member(await this.get(`/agreements/${version}`, members), 'text');
  }

  async checkpoint() {
    const reply = await this.get('/log/checkpoint', ['checkpoint'], ['checkpoint2']);
    const second = Object.hasOwn(reply, 'checkpoint2') ? bytesMember(reply, 'checkpoint2') : null;
    return { sign1: bytesMember(reply, 'checkpoint'), second };
  }

  /**
   * @param {number} from
   * @param {number} to
   */
  async consistency(from, to) {
    return proofMember(await this.get(`/log/consistency?from=${from}&to=${to}`, ['proof']));
  }

  /**
   * @param {Uint8Array} leaf
   * @param {number} size
   */
  async inclusion(leaf, size) {
    const path = `/log/inclusion/${toBase64Url(leaf)}?size=${size}`;
    const reply = await this.get(path, ['position', 'proof']);
    if (!Number.isSafeInteger(reply.position)) {
      throw malformed('reply: a position is not an integer');
    }
    return { position: reply.position, proof: proofMember(reply) };
  }

  /**
   * @param {Bytes[]} pickups
   * @param {number} waitMillis
   * @param {Hear} [hear] what a bank tells of a half that waits
   */
  async answers(pickups, waitMillis, hear = async () => undefined) {
    if (pickups.length === 0 || pickups.length > LIMITS.subscriptions) {
      throw new RangeError('1 to 64 tokens');
    }
    const end = performance.now() + waitMillis;
    for (;;) {
      const left = end - performance.now();
      const pushed = left > 0 ? await this.pushed(pickups, left, hear) : [];
      if (pushed.length > 0) {
        return pushed;
      }
      // a push may have been lost, or there is no socket: ask
      const asked = await this.poll(pickups, end, hear);
      if (asked.length > 0 || performance.now() >= end) {
        return asked;
      }
      await pause(Math.min(POLL_PAUSE_MILLIS, end - performance.now()));
    }
  }

  /**
   * @param {Bytes[]} pickups
   * @param {number} left
   * @param {Hear} hear
   */
  async pushed(pickups, left, hear) {
    const socket = await this.socketFor(pickups);
    const arrived = socket === null ? [] : await socket.next(Math.min(left, PUSH_SLICE_MILLIS));
    for (const one of arrived.filter(({ final }) => !final)) {
      await hear(one);
    }
    return arrived.filter(({ final }) => final).map(({ pickup, sealed }) => ({ pickup, sealed }));
  }

  /** @param {Bytes[]} pickups */
  async socketFor(pickups) {
    if (this.socket && !this.socket.takes(pickups)) {
      this.socket.close();
      this.socket = null;
    }
    if (!this.socket && this.socketType && performance.now() >= this.socketNotBefore) {
      this.socketNotBefore = performance.now() + SOCKET_PAUSE_MILLIS;
      const url = `ws${this.base.slice('http'.length)}/ws/v1/answers`;
      this.socket = await AnswerSocket.open(this.socketType, url);
    }
    if (this.socket && !this.socket.subscribe(pickups)) {
      this.socket = null;
    }
    return this.socket;
  }

  /**
   * Asks for each token once; where there is time and no socket, waits at the bank.
   *
   * @param {Bytes[]} pickups
   * @param {number} end
   * @param {Hear} hear
   */
  async poll(pickups, end, hear) {
    /** @type {PickedUp[]} */
    const found = [];
    for (let i = pickups.length - 1; i >= 0; i--) {
      let seconds = 0;
      if (i === 0 && found.length === 0 && this.socket === null) {
        const left = Math.floor((end - performance.now()) / 1000);
        const most = pickups.length === 1 ? MAX_POLL_SECONDS : SHARED_POLL_SECONDS;
        seconds = Math.max(0, Math.min(most, left));
      }
      try {
        const sealed = await this.pickUp(pickups[i], seconds, hear);
        if (sealed) {
          found.push({ pickup: pickups[i], sealed });
        }
      } catch (fault) {
        if (found.length > 0 && fault instanceof BankRefused) {
          return found;
        }
        throw fault;
      }
    }
    return found;
  }

  /**
   * @param {Bytes} pickup
   * @param {number} seconds
   * @param {Hear} hear
   * @returns {Promise<Bytes | null>}
   */
  async pickUp(pickup, seconds, hear) {
    const path = `/answers/${toBase64Url(pickup)}?wait=${seconds}`;
    const millis = REQUEST_MILLIS + seconds * 1000;
    const reply = await this.get(path, ['state'], ['answer', 'progress'], millis);
    const isFinal = reply.state === 'FINAL';
    if (isFinal !== Object.hasOwn(reply, 'answer') || !(isFinal || reply.state === 'PENDING')) {
      throw malformed('state and answer do not go together');
    }
    if (Object.hasOwn(reply, 'progress')) {
      for (const sealed of progressOf(reply, isFinal)) {
        await hear({ pickup, sealed });
      }
    }
    return isFinal ? bytesMember(reply, 'answer') : null;
  }

  /**
   * @param {string} path
   * @param {string[]} required
   * @param {string[]} [optional]
   * @param {number} [millis]
   */
  get(path, required, optional = [], millis = REQUEST_MILLIS) {
    return this.exchange(path, { method: 'GET' }, millis, 200, required, optional);
  }

  /**
   * @param {string} path
   * @param {Record<string, string>} content
   * @param {number} expected
   * @param {string} required
   */
  post(path, content, expected, required) {
    const headers = { 'Content-Type': 'application/json' };
    const request = { method: 'POST', headers, body: JSON.stringify(content) };
    return this.exchange(path, request, REQUEST_MILLIS, expected, [required], []);
  }

  /**
   * Makes a request until it gets a reply that is not a passing failure, or gives up.
   *
   * @param {string} path
   * @param {RequestInit & { headers?: Record<string, string> }} request
   * @param {number} millis
   * @param {number} expected
   * @param {string[]} required
   * @param {string[]} optional
   */
  async exchange(path, request, millis, expected, required, optional) {
    let problem = new BankRefused(UNREACHABLE, 'no attempt was made', 0);
    for (let attempt = 1; attempt <= this.backoff.attempts; attempt++) {
      const reply = await this.once(path, request, millis);
      if (reply === null) {
        problem = new BankRefused(UNREACHABLE, 'the bank cannot be reached', 0);
      } else if (reply.status === expected) {
        return readReply(reply, required, optional);
      } else {
        problem = problemOf(reply);
        if (reply.status !== 408 && reply.status !== 429 && reply.status < 500) {
          throw problem;
        }
      }
      if (attempt < this.backoff.attempts) {
        await pauseAfter(this.backoff, attempt);
      }
    }
    throw problem;
  }

  /**
   * Null where no whole reply came.
   *
   * @param {string} path
   * @param {RequestInit & { headers?: Record<string, string> }} request
   * @param {number} millis
   */
  async once(path, request, millis) {
    try {
      const response = await this.fetch(this.base + API + path, {
        ...request,
        headers: { Accept: 'application/json, application/problem+json', ...request.headers },
        redirect: 'manual',
        credentials: 'omit',
        cache: 'no-store',
        signal: AbortSignal.timeout(millis),
      });
      return { status: response.status, body: await boundedText(response) };
    } catch (fault) {
      if (fault instanceof TypeError || fault instanceof DOMException) {
        return null;
      }
      throw fault;
    }
  }

  close() {
    this.socket?.close();
    this.socket = null;
  }
}

/** @param {Record<string, any>} reply */
const sentKeys = (reply) => ({ root: bytesMember(reply, 'root'), sign1: bytesMember(reply, 'keys') });

/**
 * @param {Record<string, any>} reply
 * @param {boolean} isFinal
 */
function progressOf({ progress }, isFinal) {
  const whole = Array.isArray(progress) && progress.length > 0;
  if (isFinal || !whole || progress.length > LIMITS.progress) {
    throw malformed('progress goes with what is pending, one to eight messages');
  }
  return progress.map((_, i) => bytesMember(progress, String(i)));
}
