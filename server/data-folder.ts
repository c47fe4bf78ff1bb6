import { chownSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { identityOf } from "./db/embedded/process-identity.ts";

/** Makes a folder for data. Made by root, it and what `giveToOwnerOf` is told of belong to whoever owns the place it is in. */
export function makeDataFolder(folder: string): void {
  if (mkdirSync(folder, { recursive: true }) !== undefined) giveToOwnerOf(dirname(folder), folder);
}

/** So that root and an ordinary user may take turns in one checkout. */
export function giveToOwnerOf(folder: string, path: string): void {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = statSync(folder);
  chownSync(path, uid, gid);
}

/**
 * The demo keeps its CRMs' records in memory and points the connections at its own ports, so two of them on one folder
 * would undo each other. Throws when another living process has it.
 */
export function claimForDemo(dataDir: string): void {
  const file = join(dataDir, "demo.owner");
  const holder = readHolder(file);
  const pid = Number.parseInt(holder, 10);
  if (pid !== process.pid && identityOf(pid) === holder) {
    throw new Error(`The demo runs on this data already (process ${pid}). End it, or set DATA_DIR to another folder.`);
  }
  writeFileSync(file, identityOf(process.pid) ?? String(process.pid));
  giveToOwnerOf(dataDir, file);
}

function readHolder(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return "";
    throw error;
  }
}
