// Walks all examples and addresses for runs of 13 to 19 digits with a good check digit (ISO/IEC 7812-1, annex B).
const TEST_RANGE = "9999";

function isCardNumber(digits) {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    let digit = Number(digits[digits.length - 1 - i]);
    if (i % 2 === 1) digit = digit > 4 ? 2 * digit - 9 : 2 * digit;
    sum += digit;
  }
  return sum % 10 === 0;
}

function walk(value, path, inExample, found) {
  if (value === null || value === undefined) return;
  if (typeof value === "object") {
    for (const [name, member] of Object.entries(value)) {
      if (path.length === 1 && path[0] === "paths") check(name, [...path, name], found);
      walk(member, [...path, name], inExample || /^(example|examples|default|const)$/.test(name), found);
    }
  } else if (inExample) {
    check(String(value), path, found);
  }
}

function check(text, path, found) {
  for (const [digits] of text.replace(/(\d)[ -](?=\d)/g, "$1").matchAll(/(?<![\dA-Za-z_])\d{13,19}(?![\dA-Za-z_])/g)) {
    if (isCardNumber(digits) && !digits.startsWith(TEST_RANGE)) {
      found.push({ message: `a card number stands here (${digits.length} digits)`, path });
    }
  }
}

export default (document) => {
  const found = [];
  walk(document, [], false, found);
  return found;
};
