import { describe, expect, test } from "vitest";
import { createLog } from "../../server/log.ts";

function capture(short = false) {
  const lines: string[] = [];
  const log = createLog({ level: "debug", short, to: { write: (line) => lines.push(line) } });
  return { log, lines };
}

describe("the log", () => {
  test("blanks telling keys at any depth, also of child loggers", () => {
    const { log, lines } = capture();
    log.info({ headers: { Authorization: "SENTINEL", "Set-Cookie": ["SENTINEL"] }, user: { email: "SENTINEL" } }, "in");
    log.child({ accessToken: "SENTINEL" }).warn({ list: [{ newPassword: "SENTINEL", phone: "SENTINEL" }] }, "out");
    log.error({ credentials: { any: "SENTINEL" }, clientSecret: "SENTINEL", apiKey: "SENTINEL" });
    expect(lines).toHaveLength(3);
    expect(lines.join("")).not.toContain("SENTINEL");
  });

  test("keeps addresses and tokens inside messages to itself", () => {
    const { log, lines } = capture();
    log.info("no user ana@example.com");
    log.error(new Error("401 for Bearer abcdef123456 at postgres://app:hunter2@127.0.0.1/x"), "failed");
    expect(lines.join("")).not.toMatch(/ana@|abcdef123456|hunter2/);
  });

  test("reduces a database error to its name: neither the refused row nor the parameters appear", () => {
    const cause = Object.assign(new Error("duplicate key value"), {
      code: "23505",
      detail: "Key (name)=(SENTINEL) already exists.",
      parameters: ["SENTINEL"],
    });
    const { log, lines } = capture();
    log.error(
      new Error("Failed query: insert into x values ($1)\nparams: SENTINEL,SENTINEL\nSENTINEL", { cause }),
      "no",
    );
    const [line = ""] = lines;
    expect(line).not.toContain("SENTINEL");
    expect(JSON.parse(line)).toMatchObject({
      err: { message: expect.stringMatching(/^Failed/), cause: { code: "23505" } },
    });
  });

  test.each(["a", "a.", "a@a.", "a@", "postgres://"])("is not slowed down by a long text of %j", (part) => {
    const { log, lines } = capture();
    log.info(part.repeat(100_000 / part.length));
    expect(lines).toHaveLength(1);
  });

  test("keeps the places in a stack readable", () => {
    const { log, lines } = capture();
    log.info("at run (/app/node_modules/.pnpm/postgres@3.4.9/node_modules/postgres/src/connection.js:1:2)");
    expect(lines[0]).toContain("postgres@3.4.9/node_modules");
  });

  test.each([false, true])("makes one line of one event (short: %s)", (short) => {
    const { log, lines } = capture(short);
    log.info({ name: "Ana\r\n2026 error forged", nested: { text: "a\nb" } }, "first\r\nsecond");
    expect(lines).toHaveLength(1);
    expect(lines[0]?.trimEnd()).not.toMatch(/[\r\n]/);
  });
});
