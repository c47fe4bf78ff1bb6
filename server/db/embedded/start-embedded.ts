import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { freePort } from "../../free-port.ts";
import { findBinaries } from "./binaries.ts";
import { createCluster, DATABASE_USER, readPassword } from "./create-cluster.ts";
import { findPostmaster, launch, type Postmaster, serverArguments } from "./postmaster.ts";
import { identityOf, isAlive } from "./process-identity.ts";
import { chooseUser, commandAs, giveTo, type RunAs } from "./run-as.ts";

interface EmbeddedOptions {
  /** The cluster's folder; made when missing. Files beside it begin with its name. */
  readonly folder: string;
  /** false: fast and forgetful, for tests. */
  readonly durable?: boolean;
  /** The server ends when this process does, however it ends (Linux). */
  readonly dieWithParent?: boolean;
}

interface EmbeddedDatabase {
  readonly url: string;
  /** `adopted`: it ran already, e.g. because its Node was killed. */
  readonly how: "started" | "adopted";
  /** Does nothing while another living process owns the server. */
  stop(): Promise<void>;
}

const LAUNCH_ATTEMPTS = 40;
const STOP_TIMEOUT_MS = 10_000;
/** What a server that was killed leaves behind for a second or two. */
const PASSING_TROUBLE = /lock file|shared memory block|already in use/;

/** A real Postgres from the npm packages, on a free loopback port and with a password of its own. */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const folder = resolve(options.folder);
  const durable = options.durable ?? true;
  const binaries = findBinaries();
  const user = chooseUser(folder);
  await createCluster({ folder, binaries, user, durable });

  for (let attempt = 1; ; attempt += 1) {
    const running = findPostmaster(folder);
    if (running?.ready) return own(folder, running, "adopted", user);
    const port = await freePort();
    const args = serverArguments(folder, port, durable);
    const launched = await launch(commandAs(user, options.dieWithParent ?? false, join(binaries, "postgres"), args));
    if ("pid" in launched) return own(folder, { pid: launched.pid, port, ready: true }, "started", user);
    if (attempt >= LAUNCH_ATTEMPTS || !PASSING_TROUBLE.test(launched.failed)) {
      throw new Error(`The embedded Postgres did not start: ${launched.failed.slice(-1500)}`);
    }
    await delay(250);
  }
}

/** The process that started the server owns it; who finds it ownerless becomes the owner. Others only use it. */
function own(folder: string, { pid, port }: Postmaster, how: EmbeddedDatabase["how"], user: RunAs): EmbeddedDatabase {
  const ownerFile = `${folder}.owner`;
  const me = identityOf(process.pid) ?? String(process.pid);
  const owner = readOwner(ownerFile);
  if (how === "started" || owner === undefined || identityOf(Number.parseInt(owner, 10)) !== owner) {
    writeFileSync(ownerFile, me);
    giveTo(ownerFile, user);
  }
  return {
    url: `postgres://${DATABASE_USER}:${readPassword(folder)}@127.0.0.1:${port}/postgres`,
    how,
    async stop() {
      if (readOwner(ownerFile) !== me || !isAlive(pid)) return;
      // fast shutdown: sessions are cut, everything is written
      process.kill(pid, "SIGINT");
      const deadline = Date.now() + STOP_TIMEOUT_MS;
      while (isAlive(pid) && Date.now() < deadline) await delay(20);
    },
  };
}

function readOwner(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
