import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isAlive } from "./process-identity.ts";

export const SERVER_ENV = {
  PATH: process.env.PATH,
  LC_ALL: "C",
  TZ: "UTC",
  SystemRoot: process.env.SystemRoot,
};

export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly ready: boolean;
}

/** The server running on a cluster, by its `postmaster.pid`: line 1 its process, 4 its port, 8 its state. */
export function findPostmaster(folder: string): Postmaster | undefined {
  let lines: string[];
  try {
    lines = readFileSync(join(folder, "postmaster.pid"), "utf8").split("\n");
  } catch {
    return undefined;
  }
  const pid = Number(lines[0]);
  if (!isAlive(pid) || !serves(pid, folder)) return undefined;
  return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === "ready" };
}

/** After a reboot the number in the file may be another program's. */
function serves(pid: number, folder: string): boolean {
  if (process.platform !== "linux") return true;
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(folder);
  } catch {
    return false;
  }
}

/** `failed` carries what the server said before it gave up. */
type Launch = { pid: number } | { failed: string };

export function serverArguments(folder: string, port: number, durable: boolean): string[] {
  const settings = [
    "listen_addresses=127.0.0.1",
    // no socket file: its path is limited to 107 bytes
    "unix_socket_directories=",
    // tests are many servers beside each other
    `max_connections=${durable ? 100 : 200}`,
    // shared memory without /dev/shm, which is absent or small in containers
    "dynamic_shared_memory_type=mmap",
    ...(durable ? [] : ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]),
  ];
  return ["-D", folder, "-p", String(port), ...settings.flatMap((setting) => ["-c", setting])];
}

/** Resolves when the server is ready or has ended. Detached, so that Ctrl-C reaches us first and we close in order. */
export function launch([file, args]: [string, string[]]): Promise<Launch> {
  const child = spawn(file, args, { env: SERVER_ENV, cwd: "/", stdio: ["ignore", "ignore", "pipe"], detached: true });
  let said = "";
  return new Promise((resolve) => {
    child.stderr.on("data", (chunk) => {
      said += chunk;
      if (child.pid === undefined || !said.includes("database system is ready to accept connections")) return;
      child.stderr.removeAllListeners("data");
      child.stderr.resume();
      child.unref();
      resolve({ pid: child.pid });
    });
    child.once("error", (error) => resolve({ failed: `${said}${error.message}` }));
    child.once("close", () => resolve({ failed: said }));
  });
}
