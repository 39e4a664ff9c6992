// Runs Spectral over documents with the rules of this folder and gives what it found.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const folder = dirname(fileURLToPath(import.meta.url));
export const built = join(folder, "..", "target", "classes", "openapi", "openapi.json");

const SEVERITIES = ["errors", "warnings", "infos", "hints"];

/** Findings: { code, message, path, severity 0 to 3, source } each. */
export function findings(...documents) {
  for (const document of documents) {
    if (!existsSync(document)) throw new Error(`${document} is not there: build web-module first`);
  }
  const run = spawnSync(
    process.execPath,
    [
      join(folder, "node_modules", "@stoplight", "spectral-cli", "dist", "index.js"),
      "lint",
      "--ruleset",
      join(folder, ".spectral.yaml"),
      "--format",
      "json",
      "--quiet",
      ...documents,
    ],
    { encoding: "utf8", maxBuffer: 256 * 1024 * 1024 },
  );
  // 0 nothing of the severity that fails, 1 something; 2 Spectral itself failed
  if (run.status !== 0 && run.status !== 1) throw new Error(`spectral failed: ${run.stdout}${run.stderr}`);
  const text = run.stdout.trim();
  return text.startsWith("[") ? JSON.parse(text.slice(0, text.lastIndexOf("]") + 1)) : [];
}

export function counts(found) {
  const result = Object.fromEntries(SEVERITIES.map((name) => [name, 0]));
  for (const { severity } of found) result[SEVERITIES[severity]]++;
  return result;
}
