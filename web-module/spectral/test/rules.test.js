// Breaks the API's document in one place for each rule, and sees each rule fire that was silent before.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { built, findings, folder } from "../spectral.mjs";

const DEPOSIT = "/api/v1/accounts/{account}/deposits";
const PAGE = "/api/v1/registrations";

/** Rule name to what breaks it. */
const plants = {
  "banking-amount-minor-units": (d) => (d.components.schemas.Deposit.properties.amountMinor.type = "number"),
  "banking-amount-name": (d) => (d.components.schemas.Account.properties.balance = { type: "string", maxLength: 9 }),
  "banking-amount-currency": (d) => delete d.components.schemas.Deposit.properties.currency,
  "banking-no-card-number": (d) => (d.components.examples.NewCard.value.pan = "4111 1111 1111 1111"),
  "banking-idempotency-key": (d) =>
    (d.paths[DEPOSIT].post.parameters = d.paths[DEPOSIT].post.parameters.filter((p) => !p.$ref)),
  "banking-problem-json": (d) =>
    (d.paths[DEPOSIT].post.responses["404"] = { description: "none", content: { "text/html": {} } }),
  "banking-creation-status": (d) => delete d.paths[DEPOSIT].post.responses["201"].content,
  "banking-time-utc": (d) => delete d.components.schemas.Expiry.properties.expiresAt.format,
  "banking-time-example": (d) => (d.components.examples.Expiry.value.expiresAt = "2026-11-03T09:30:00+01:00"),
  "banking-page": (d) => delete d.components.schemas.ApplicantPage.properties.next,
  "banking-operation-id": (d) => (d.paths[DEPOSIT].post.operationId = "Book_Deposit"),
  "banking-versioned-path": (d) => (d.paths["/api/Accounts"] = { get: d.paths["/api/v1/keys"].get }),
  "banking-secret-not-in-address": (d) =>
    d.paths[PAGE].get.parameters.push({ name: "partyToken", in: "query", schema: { type: "string", maxLength: 9 } }),
  "banking-staff-roles": (d) => (d.paths["/api/v1/ledger/trial-balance"].get.security = [{ staff: [] }]),
  // the rules of others that came in by name are at work too
  "oas3-valid-media-example": (d) =>
    (d.paths["/api/v1/openapi.json"].get.responses["200"].content["application/json"].example = 7),
  "operation-tag-defined": (d) => (d.paths[DEPOSIT].post.tags = ["Elsewhere"]),
  "owasp:api2:2023-write-restricted": (d) => (d.paths["/api/v1/staff"].post.security = []),
};

test("each rule fires where the document breaks it, and not before", () => {
  const place = mkdtempSync(join(tmpdir(), "tallystick-lint-"));
  try {
    const document = JSON.parse(readFileSync(built, "utf8"));
    for (const plant of Object.values(plants)) plant(document);
    const planted = join(place, "planted.json");
    writeFileSync(planted, JSON.stringify(document));
    const found = findings(built, planted);
    const fired = (file, rule) => found.some((one) => one.source === file && one.code === rule);
    for (const rule of Object.keys(plants)) {
      assert.ok(fired(planted, rule), `${rule} does not fire on its plant`);
      assert.ok(!fired(built, rule), `${rule} fires on the document as it is`);
    }
  } finally {
    rmSync(place, { recursive: true });
  }
});

test("each banking rule has its plant", () => {
  const rules = readFileSync(join(folder, "tallystick-banking.yaml"), "utf8").matchAll(/^ {2}(banking-[a-z-]+):$/gm);
  for (const [, rule] of rules) assert.ok(plants[rule], `${rule} has no plant`);
});

test("Spectral's own recommended rules are all on", () => {
  const own = readFileSync(join(folder, ".spectral.yaml"), "utf8");
  const off = [...own.matchAll(/^ +([\w:-]+): +(off|false)$/gm)].map(([, rule]) => rule);
  assert.deepEqual([...new Set(off)].sort(), [
    // the first two where OAuth has its own form of errors, and tokens that nothing refreshes
    "banking-problem-json",
    "owasp:api2:2023-short-lived-access-tokens",
    "owasp:api2:2023-write-restricted",
    "owasp:api8:2023-define-cors-origin",
  ]);
});
