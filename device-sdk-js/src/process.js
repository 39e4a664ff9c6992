#!/usr/bin/env -S node --experimental-websocket
/**
 * A device as a process: JSON commands on standard input, JSON events on standard output, one a
 * line; the same commands and events as the Java SDK's. The first event is `started`, or `failed`
 * where the state cannot be opened. Secrets come on standard input only.
 */
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { realpathSync } from 'node:fs';
import { DeviceCommands } from './process-commands.js';
import { EVENTS, refused, reply, write } from './process-events.js';
import { FileStore, HttpBank, TallystickDevice } from './node.js';
import { MalformedInput, StateRefused } from './refusal.js';
import { ofBase64Url, ofHex } from './bytes.js';
import { strictJson, textMember } from './json.js';

/** @typedef {Record<string, any>} Json */

const USAGE = '--state FILE --platform-key FILE --bank URL --root FINGERPRINT (base64url or hex)';
const MAX_LINE = 64 * 1024;
const FAILED = 2;

/** @param {string[]} args */
function readArguments(args) {
  /** @type {Record<string, string>} */
  const values = {};
  const names = ['--state', '--platform-key', '--bank', '--root'];
  for (let i = 0; i < args.length; i += 2) {
    if (!names.includes(args[i]) || args[i] in values || args[i + 1] === undefined) {
      throw new TypeError(USAGE);
    }
    values[args[i]] = args[i + 1];
  }
  if (Object.keys(values).length !== names.length) {
    throw new TypeError(USAGE);
  }
  const text = values['--root'];
  const root = text.length === 64 ? ofHex(text) : ofBase64Url(text);
  if (root.length !== 32) {
    throw new TypeError('a root fingerprint has 32 bytes');
  }
  const url = values['--bank'];
  const bank = new TamperingBank(url);
  return { state: values['--state'], platformKey: values['--platform-key'], url, bank, root };
}

/** For drills only: damages the copy of a code that leaves, never the stored one. */
class TamperingBank extends HttpBank {
  /** @type {Set<string>} */
  damaged = new Set();

  /** @param {string} code */
  send(code) {
    const fields = code.split('::');
    return super.send(this.damaged.has(fields[1]) ? flipped(fields) : code);
  }
}

/**
 * One symbol in the middle of the encrypted field changed; its form stays right.
 *
 * @param {string[]} fields
 */
function flipped([consortium, number, account, sealed]) {
  const middle = sealed.length >> 1;
  const other = sealed[middle] === 'A' ? 'B' : 'A';
  const changed = sealed.slice(0, middle) + other + sealed.slice(middle + 1);
  return [consortium, number, account, changed].join('::');
}

/**
 * Carries out one line; false after `quit`.
 *
 * @param {DeviceCommands} commands
 * @param {string} line
 */
async function one(commands, line) {
  /** @type {Json | null} */
  let command = null;
  try {
    if (line.length > MAX_LINE) {
      throw new MalformedInput('a command has at most 64 KiB');
    }
    const read = strictJson(line);
    textMember(read, 'command');
    command = read;
    if (command.command === 'quit') {
      write(reply('stopped', command));
      return false;
    }
    await commands.run(command);
  } catch (fault) {
    if (!(fault instanceof MalformedInput)) {
      throw fault;
    }
    refused(command, { type: 'urn:tallystick:device:bad-command', title: fault.message });
  }
  return true;
}

/**
 * @param {string} step
 * @param {unknown} fault
 */
function failed(step, fault) {
  const title = fault instanceof Error ? fault.message : String(fault);
  write({ event: 'failed', type: `urn:tallystick:device:${step}`, title });
  return FAILED;
}

/**
 * Runs until `quit` or the end of the input.
 *
 * @param {string[]} args
 * @returns {Promise<number>} 0, or 2 where the device could not be started or a fault ended it
 */
async function main(args) {
  let given;
  try {
    given = readArguments(args);
  } catch (fault) {
    return failed('arguments', fault);
  }
  let device;
  try {
    const { bank, url, root } = given;
    const store = await FileStore.open(given.state, given.platformKey);
    const settings = { store, bank, baseUrl: url, rootFingerprint: root, events: EVENTS };
    device = await TallystickDevice.open(settings);
    write({ event: 'started', pid: process.pid });
    const { problem, ...resumed } = await device.resume();
    write({ event: 'resumed', ...resumed, ...(problem && { problem: problem.type }) });
    await serve(new DeviceCommands(device, bank));
    return 0;
  } catch (fault) {
    return failed(fault instanceof StateRefused ? `state-${fault.reason}` : 'fault', fault);
  } finally {
    await device?.close();
  }
}

/** @param {DeviceCommands} commands */
async function serve(commands) {
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    if (line !== '' && !(await one(commands, line))) {
      return;
    }
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(realpathSync(process.argv[1])).href) {
  process.exitCode = await main(process.argv.slice(2));
  process.stdin.destroy();
  setTimeout(() => process.exit(), 500).unref(); // a socket whose other end is silent holds nobody
}
