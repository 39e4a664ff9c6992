import { MalformedInput } from './refusal.js';

/** Whatever stands in a JSON text beside strings; the strings themselves, and keys with a colon. */
const TOKENS = /"(?:[^"\\]|\\.)*"(\s*:)?|[{}[\]]/g;

/**
 * Whether some object of a JSON text that parses has the same key twice, which JSON.parse hides.
 *
 * @param {string} text
 */
function hasDuplicateKeys(text) {
  /** @type {Set<string>[]} */
  const open = [];
  for (const [token, colon] of text.matchAll(TOKENS)) {
    if (token === '{' || token === '[') {
      open.push(new Set());
    } else if (token === '}' || token === ']') {
      open.pop();
    } else if (colon !== undefined) {
      const key = JSON.parse(token.slice(0, -colon.length));
      const keys = /** @type {Set<string>} */ (open.at(-1));
      if (keys.has(key)) {
        return true;
      }
      keys.add(key);
    }
  }
  return false;
}

/**
 * One JSON object without repeated keys. With names, it has these members, perhaps optional ones,
 * and no others.
 *
 * @param {string} text
 * @param {string[]} [required]
 * @param {string[]} [optional]
 * @returns {Record<string, any>}
 * @throws {MalformedInput} whose message quotes nothing
 */
export function strictJson(text, required, optional = []) {
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    throw new MalformedInput('not one strict JSON object');
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw new MalformedInput('not a JSON object');
  }
  if (hasDuplicateKeys(text)) {
    throw new MalformedInput('a member stands twice');
  }
  if (required) {
    for (const name of required) {
      if (!Object.hasOwn(value, name)) {
        throw new MalformedInput(`member ${name} is missing`);
      }
    }
    if (Object.keys(value).some((name) => !required.includes(name) && !optional.includes(name))) {
      throw new MalformedInput('unknown member');
    }
  }
  return value;
}

/**
 * A text member.
 *
 * @param {Record<string, any>} object
 * @param {string} name
 * @returns {string}
 */
export function textMember(object, name) {
  if (typeof object[name] !== 'string') {
    throw new MalformedInput(`member ${name} is not a text`);
  }
  return object[name];
}
