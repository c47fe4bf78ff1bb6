import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

/** What needs no line of its own in the audit trail, and why. */
const EXCEPT: Readonly<Record<string, string>> = {
  "authorizations/begin-authorization.ts": "nothing is connected until the vendor sends the admin back",
  "connections/add-connection.ts": "what it calls writes it",
  "conflicts/draft-settlement.ts": "a draft decides nothing; starting it does",
  "conflicts/run-settlement.ts": "each conflict it settles is recorded by the usecase that settles it",
  "conflicts/use-chat-values.ts": "each conflict is recorded where its values are written",
};

test("every usecase in which somebody signed in changes something writes the audit trail", () => {
  const root = "server/usecases";
  const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  const silent = files.filter((file) => {
    const text = readFileSync(join(root, file), "utf8");
    const changes = /actor: (UserActor|Actor)\b/.test(text) && text.includes(".transaction(");
    return changes && !/insertAudit|audit\w*\(tx/.test(text);
  });
  expect(silent.filter((file) => !(file in EXCEPT))).toEqual([]);
  expect(Object.keys(EXCEPT).filter((file) => !files.includes(file))).toEqual([]);
});
