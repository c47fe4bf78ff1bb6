import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { SERVER_ENV } from "./postmaster.ts";
import { isAlive } from "./process-identity.ts";
import { commandAs, giveTo, makeFolder, type RunAs } from "./run-as.ts";

export const DATABASE_USER = "rolodesk";

interface NewCluster {
  readonly folder: string;
  readonly binaries: string;
  readonly user: RunAs;
  readonly durable: boolean;
}

/**
 * Makes the database cluster unless it is there. It grows in a folder beside its own and is renamed when whole: a start
 * that is killed half way leaves nothing that the next one would trip over.
 */
export async function createCluster({ folder, binaries, user, durable }: NewCluster): Promise<void> {
  const parent = dirname(folder);
  makeFolder(parent, user);
  if (existsSync(join(folder, "PG_VERSION"))) return;
  removeAbandoned(folder);

  const growing = `${folder}.new-${process.pid}`;
  makeFolder(growing, user);
  const args = [
    ...["-D", growing, "-U", DATABASE_USER, "-E", "UTF8"],
    // TCP on the loopback is open to every local user
    ...["--auth=scram-sha-256", `--pwfile=${passwordFile(folder, user)}`],
    // independent of the locales installed on the machine
    ...["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"],
    "--no-instructions",
    ...(durable ? [] : ["--no-sync"]),
  ];
  await runToEnd(commandAs(user, false, join(binaries, "initdb"), args));
  try {
    renameSync(growing, folder);
  } catch (error) {
    rmSync(growing, { recursive: true, force: true });
    if (!existsSync(join(folder, "PG_VERSION"))) throw error;
  }
}

export function readPassword(folder: string): string {
  return readFileSync(`${folder}.password`, "utf8").trim();
}

function passwordFile(folder: string, user: RunAs): string {
  const file = `${folder}.password`;
  if (existsSync(file)) return file;
  writeFileSync(file, randomBytes(18).toString("hex"), { mode: 0o600 });
  giveTo(file, user);
  return file;
}

function removeAbandoned(folder: string): void {
  const prefix = `${basename(folder)}.new-`;
  for (const name of readdirSync(dirname(folder))) {
    if (!name.startsWith(prefix) || isAlive(Number(name.slice(prefix.length)))) continue;
    rmSync(join(dirname(folder), name), { recursive: true, force: true });
  }
}

function runToEnd([file, args]: [string, string[]]): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = "";
    const child = spawn(file, args, { env: SERVER_ENV, cwd: "/", stdio: ["ignore", "pipe", "pipe"] });
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk) => {
        output += chunk;
      });
    }
    child.once("error", (cause) => reject(new Error(`Could not run ${file}. Set DATABASE_URL instead.`, { cause })));
    child.once("close", (code) => (code === 0 ? resolve() : reject(new Error(`initdb failed (${code}): ${output}`))));
  });
}
