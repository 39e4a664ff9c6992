/** A QR as a picture, for Node: one bit a pixel, PNG (ISO/IEC 15948). */
import { crc32, deflateSync } from 'node:zlib';
import { concat, ofBigInt, ofText } from './bytes.js';
import { qrModules } from './qr.js';

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const PIXELS_PER_MODULE = 4;

/**
 * @param {string} type
 * @param {Uint8Array} content
 */
function chunk(type, content) {
  const body = concat(ofText(type), content);
  return concat(ofBigInt(BigInt(content.length), 4), body, ofBigInt(BigInt(crc32(body)), 4));
}

/**
 * @param {string} text
 * @returns {Uint8Array}
 */
export function qrPng(text) {
  const modules = qrModules(text);
  const side = modules.length * PIXELS_PER_MODULE;
  const rowLength = 1 + Math.ceil(side / 8);
  const pixels = new Uint8Array(side * rowLength);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const dark = modules[Math.floor(y / PIXELS_PER_MODULE)][Math.floor(x / PIXELS_PER_MODULE)];
      if (!dark) {
        pixels[y * rowLength + 1 + (x >> 3)] |= 0x80 >> (x & 7);
      }
    }
  }
  const size = ofBigInt(BigInt(side), 4);
  const header = concat(size, size, Uint8Array.of(1, 0, 0, 0, 0)); // 1 bit, grey
  const end = new Uint8Array(0);
  const data = deflateSync(pixels);
  return concat(SIGNATURE, chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', end));
}
