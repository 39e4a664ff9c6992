// Lints the API's document as the build made it, prints figures, and fails where there is an error.
import { built, counts, findings } from "./spectral.mjs";

const found = findings(process.argv[2] ?? built);
const byRule = new Map();
for (const { code, severity } of found) {
  const key = `${severity}\t${code}`;
  byRule.set(key, (byRule.get(key) ?? 0) + 1);
}
for (const [key, count] of [...byRule].sort()) {
  const [severity, rule] = key.split("\t");
  console.log(JSON.stringify({ rule, severity: ["error", "warning", "info", "hint"][severity], count }));
}
for (const { code, message, path, severity } of found) {
  if (severity === 0) console.error(`error ${code}: ${message} at ${path.join(" / ")}`);
}
const { errors, warnings, infos, hints } = counts(found);
console.log(`result spectral errors=${errors} warnings=${warnings} infos=${infos} hints=${hints} bound=0`);
process.exit(errors === 0 ? 0 : 1);
