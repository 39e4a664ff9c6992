/** Bills as QR codes, by the library `qr`. */
import encodeQR from 'qr';

/**
 * The modules of a QR, true for dark, with a border of light.
 *
 * @param {string} text
 * @returns {boolean[][]}
 */
export const qrModules = (text) => encodeQR(text, 'raw', { ecc: 'medium', border: 4 });

/**
 * For a page.
 *
 * @param {string} text
 * @returns {string} SVG
 */
export const qrSvg = (text) => encodeQR(text, 'svg', { ecc: 'medium', border: 4 });

/**
 * For a terminal: two rows of modules in one line of half blocks, dark on light.
 *
 * @param {string} text
 */
export function qrTerminal(text) {
  const rows = qrModules(text);
  let lines = '';
  for (let y = 0; y < rows.length; y += 2) {
    for (let x = 0; x < rows[y].length; x++) {
      const upper = rows[y][x];
      const lower = rows[y + 1]?.[x] ?? false;
      lines += upper ? (lower ? ' ' : '▄') : lower ? '▀' : '█';
    }
    lines += '\n';
  }
  return lines;
}
