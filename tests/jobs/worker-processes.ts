import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eventually } from "../support/eventually.ts";

export interface WorkerProcesses {
  /** Starts one more; resolves when it takes jobs. `durationMs`: how long its pushes take. */
  start(durationMs: number): Promise<ChildProcess & { pid: number }>;
  /** `begin <run> <pid>` and `end <run> <pid>`, in order. */
  journal(): string[];
  end(): Promise<void>;
}

/** Job processes on one database, to be killed and stopped. */
export function openWorkerProcesses(url: string): WorkerProcesses {
  const folder = mkdtempSync(join(tmpdir(), "rolodesk-jobs-"));
  const file = join(folder, "journal");
  writeFileSync(file, "");
  const children: ChildProcess[] = [];
  const journal = () => readFileSync(file, "utf8").split("\n").filter(Boolean);

  return {
    journal,
    async start(durationMs) {
      const script = join(import.meta.dirname, "worker-child.ts");
      const child = spawn(process.execPath, ["--import", "tsx", script, url, file, String(durationMs)], {
        stdio: ["ignore", "ignore", "inherit"],
      });
      children.push(child);
      const { pid } = child;
      if (pid === undefined) throw new Error("The job process did not start.");
      await eventually("the job process", () => journal().includes(`ready - ${pid}`));
      return Object.assign(child, { pid });
    },
    async end() {
      await Promise.all(children.map(stopped));
      rmSync(folder, { recursive: true });
    },
  };
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, "exit");
  child.kill("SIGTERM");
  await exit;
}
