import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { EnvError, readEnv } from "../../server/env.ts";
import { readOrCreateSecretKey } from "../../server/secret-key-file.ts";

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "rolodesk-env-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

describe("the environment", () => {
  test("needs nothing: an empty one is the demo on this machine", () => {
    expect(readEnv({})).toMatchObject({ host: "127.0.0.1", port: undefined, role: "both", demo: true, trustProxy: 0 });
  });

  test.each([
    [{ DATABASE_URL: "postgres://app@db.test/chat" }, false],
    [{ NODE_ENV: "production" }, false],
    [{ NODE_ENV: "production", DEMO: "on" }, true],
    [{ DEMO: "0" }, false],
    [{ PUBLIC_URL: "https://chat.example.com" }, false],
    [{ PUBLIC_URL: "https://chat.example.com", DEMO: "on" }, true],
    [{ PUBLIC_URL: "http://localhost:4000" }, true],
  ])("%j: demo %s", (variables, demo) => {
    expect(readEnv(variables).demo).toBe(demo);
  });

  test("lists every problem at once, by name", () => {
    const read = () =>
      readEnv({
        PORT: "http",
        DATABASE_URL: "mysql://x",
        SECRET_KEY: "c2hvcnQ=",
        ROLE: "boss",
        PUBLIC_URL: "https://chat.example.com/path",
        LOG_LEVEL: "loud",
      });
    expect(read).toThrow(EnvError);
    for (const name of ["PORT", "DATABASE_URL", "SECRET_KEY", "ROLE", "PUBLIC_URL", "LOG_LEVEL"]) {
      expect(read).toThrow(new RegExp(`^ {2}${name} must`, "m"));
    }
  });

  test("keeps no path or slash of PUBLIC_URL and takes several keys", () => {
    const key = Buffer.alloc(32, 1).toString("base64");
    const env = readEnv({ PUBLIC_URL: "https://Chat.Example.com/", SECRET_KEY: `${key}, ${key}`, PORT: "" });
    expect(env).toMatchObject({ publicUrl: "https://chat.example.com", port: undefined });
    expect(env.secretKeys).toHaveLength(2);
  });
});

describe("the key in the data folder", () => {
  test("is made once, for its owner alone", () => {
    const folder = join(temporaryFolder(), "not there yet");
    const key = readOrCreateSecretKey(folder);
    expect(key).toHaveLength(32);
    expect(readOrCreateSecretKey(folder)).toEqual(key);
    expect(statSync(join(folder, "secret.key")).mode & 0o777).toBe(0o600);
  });

  test("is never silently replaced when the file is damaged", () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "secret.key"), "half");
    expect(() => readOrCreateSecretKey(folder)).toThrow(/32 bytes/);
  });
});
