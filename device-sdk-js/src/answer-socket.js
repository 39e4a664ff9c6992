/** Answers and progress messages that the bank pushes; docs/PROTOCOL.md section 8. */
import { LIMITS } from './format.js';
import { MalformedInput } from './refusal.js';
import { hex, ofBase64Url, toBase64Url } from './bytes.js';
import { strictJson, textMember } from './json.js';

/** @typedef {import('./bytes.js').Bytes} Bytes */
/** @typedef {import('./transport.js').PickedUp & { final: boolean }} Pushed final: an answer */

const SOCKET_OPEN_MILLIS = 3_000;
const MAX_PUSH_CHARS = 16 * 1024;
const MAX_PUSHED = 256;

/** A web socket on which the bank pushes answers to the tokens that were subscribed. */
export class AnswerSocket {
  /** @param {WebSocket} socket that is open */
  constructor(socket) {
    this.socket = socket;
    this.broken = false;
    /** @type {Pushed[]} */
    this.arrived = [];
    /** @type {Set<string>} */
    this.subscribed = new Set();
    this.wake = () => {};
    socket.onmessage = ({ data }) => this.take(data);
    socket.onclose = () => this.break();
    socket.onerror = () => this.break();
  }

  /**
   * Null where the bank, or something on the way, has none.
   *
   * @param {typeof WebSocket} type
   * @param {string} url
   * @returns {Promise<AnswerSocket | null>}
   */
  static open(type, url) {
    return new Promise((done) => {
      const socket = new type(url);
      const timer = setTimeout(() => {
        done(null);
        socket.close();
      }, SOCKET_OPEN_MILLIS);
      socket.onopen = () => {
        clearTimeout(timer);
        done(new AnswerSocket(socket));
      };
      socket.onerror = socket.onclose = () => {
        clearTimeout(timer);
        done(null);
      };
    });
  }

  break() {
    this.broken = true;
    this.wake();
  }

  /** @param {Bytes[]} pickups */
  takes(pickups) {
    const all = new Set([...this.subscribed, ...pickups.map(hex)]);
    return !this.broken && all.size <= LIMITS.subscriptions;
  }

  /** @param {Bytes[]} pickups */
  subscribe(pickups) {
    const fresh = pickups.filter((pickup) => !this.subscribed.has(hex(pickup)));
    if (fresh.length > 0 && !this.broken) {
      this.socket.send(JSON.stringify({ subscribe: fresh.map(toBase64Url) }));
      fresh.forEach((pickup) => this.subscribed.add(hex(pickup)));
    }
    return !this.broken;
  }

  /**
   * A message that is neither breaks the socket; the device then asks instead.
   *
   * @param {unknown} data
   */
  take(data) {
    try {
      if (typeof data !== 'string' || data.length > MAX_PUSH_CHARS) {
        throw new MalformedInput('not a text, or too long');
      }
      const message = strictJson(data, ['pickup'], ['answer', 'progress']);
      const final = Object.hasOwn(message, 'answer');
      if (final === Object.hasOwn(message, 'progress')) {
        throw new MalformedInput('neither an answer nor progress, or both');
      }
      this.arrived.push({
        pickup: ofBase64Url(textMember(message, 'pickup')),
        sealed: ofBase64Url(textMember(message, final ? 'answer' : 'progress')),
        final,
      });
    } catch (fault) {
      if (!(fault instanceof MalformedInput)) {
        throw fault;
      }
      this.close();
    }
    if (this.arrived.length > MAX_PUSHED) {
      this.close();
    }
    this.wake();
  }

  /**
   * Waits for the next push; nothing after the time or when the socket broke.
   *
   * @param {number} waitMillis
   */
  async next(waitMillis) {
    if (this.arrived.length === 0 && !this.broken) {
      await new Promise((done) => {
        const timer = setTimeout(done, waitMillis);
        this.wake = () => {
          clearTimeout(timer);
          done(undefined);
        };
      });
    }
    return this.arrived.splice(0);
  }

  close() {
    this.broken = true;
    this.socket.close();
    this.wake();
  }
}
