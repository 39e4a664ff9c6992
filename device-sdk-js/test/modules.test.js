/** What a browser loads needs nothing of Node. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const IMPORT = /^(?:import|export)\b[^;]*?from '([^']+)';|\bimport\('([^']+)'\)(?!\.)/gm;

/** Every specifier that a module and those that it imports name. */
function specifiers(url, seen = new Map()) {
  if (!seen.has(url.href)) {
    seen.set(url.href, []);
    const code = readFileSync(url, 'utf8').replace(/\/\*[^]*?\*\//g, '');
    for (const [, named, dynamic] of code.matchAll(IMPORT)) {
      const specifier = named ?? dynamic;
      seen.get(url.href).push(specifier);
      if (specifier.startsWith('.')) {
        specifiers(new URL(specifier, url), seen);
      }
    }
  }
  return seen;
}

test('browser: modules of our own and the QR library, nothing else', () => {
  const seen = specifiers(new URL('../src/browser.js', import.meta.url));
  assert.ok(seen.size > 20, `${seen.size} modules`);
  const foreign = [...seen.values()].flat().filter((specifier) => !specifier.startsWith('./'));
  assert.deepEqual([...new Set(foreign)], ['qr']);
  for (const url of seen.keys()) {
    assert.doesNotMatch(readFileSync(new URL(url), 'utf8'), /\bBuffer\b|\bprocess\./, url);
  }
});

test('run time: one dependency, pinned', () => {
  const { dependencies, devDependencies } = JSON.parse(
    readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
  );
  assert.deepEqual(Object.keys(dependencies), ['qr']);
  for (const version of Object.values({ ...dependencies, ...devDependencies })) {
    assert.match(version, /^\d+\.\d+\.\d+$/);
  }
});
