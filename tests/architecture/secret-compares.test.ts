import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { equalSecrets } from "../../server/integrations/equal-secrets.ts";

/** A name of something secret on either side of `===` or `!==`; lengths, literals and null tell nothing. */
const SECRET_NAME = /(signature|token|secret|digest|hash|hmac|mac)$/i;
const COMPARE = /([\w.?]+)(?:\([^()]*\))? (?:===|!==) ([\w.?"'`]+)/g;
const PLAIN = /^(null|undefined|true|false|\d+|["'`].*)$/;

/** Where nobody who asks could learn anything by the time, and why. */
const EXCEPT: Readonly<Record<string, string>> = {
  "server/usecases/idempotency/answer-once.ts: before.bodyHash !== bodyHash": "the sender's own body",
  "server/integrations/bearer-token.ts: other === token": "two of ours: which one was refused",
  "server/integrations/token-source.ts: ?.value === token": "two of ours: which one was refused",
  "server/usecases/authorizations/fresh-token.ts: accessToken !== refused": "two of ours: which one was refused",
  "server/integrations/bigcommerce/shopper-token.ts: sub !== storeHash": "the store's public name",
  "server/integrations/bigcommerce/shopper-token.ts: store_hash !== storeHash": "the store's public name",
  "server/usecases/visitors/open-visitor-session.ts: before.sessionHash === sessionHash": "hashes of random tokens",
};

function comparesIn(file: string): string[] {
  const found = [...readFileSync(file, "utf8").matchAll(COMPARE)];
  return found.flatMap(([text, left = "", right = ""]) => {
    if (PLAIN.test(left) || PLAIN.test(right)) return [];
    return SECRET_NAME.test(left) || SECRET_NAME.test(right) ? [`${file}: ${text}`] : [];
  });
}

function sourceFiles(): string[] {
  const files = readdirSync("server", { recursive: true, encoding: "utf8" });
  // the simulators play vendors and hold no secret
  return files.filter((file) => /\.ts$/.test(file) && !/^(dist|node_modules|simulators)\//.test(file));
}

describe("secrets are compared in constant time", () => {
  test("no file compares one with === or !==", () => {
    const files = sourceFiles();
    expect(files.length).toBeGreaterThan(100);
    const compares = files.flatMap((file) => comparesIn(join("server", file)));
    expect(compares.filter((compare) => !(compare in EXCEPT))).toEqual([]);
  });

  test.each([
    ["the same", "the same", true],
    ["the same", "the Same", false],
    ["the same", "the same, and more", false],
    ["", "something", false],
    ["", "", true],
    ["ä", "a\u0308", false],
    ["x".repeat(100_000), "x", false],
  ])("equalSecrets(%j, %j)", (given, expected, equal) => {
    expect(equalSecrets(given, expected)).toBe(equal);
  });
});
