import { randomBytes } from "node:crypto";
import { linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { giveToOwnerOf, makeDataFolder } from "./data-folder.ts";

/**
 * The key kept in the data folder, made at the first start, mode 0600. Who loses this file loses every stored credential.
 * Two processes starting at once agree: the file appears whole or not at all, and the first one counts.
 */
export function readOrCreateSecretKey(dataDir: string): Buffer {
  const file = join(dataDir, "secret.key");
  const existing = readKey(file);
  if (existing) return existing;
  makeDataFolder(dataDir);
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${randomBytes(32).toString("base64")}\n`, { mode: 0o600 });
  giveToOwnerOf(dataDir, draft);
  try {
    linkSync(draft, file);
  } catch (error) {
    if (!isCode(error, "EEXIST")) throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  const created = readKey(file);
  if (!created) throw new Error(`${file} could not be written.`);
  return created;
}

function readKey(file: string): Buffer | undefined {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if (isCode(error, "ENOENT")) return undefined;
    throw error;
  }
  const key = Buffer.from(text.trim(), "base64");
  if (key.length !== 32) throw new Error(`${file} does not hold 32 bytes in base64.`);
  return key;
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
