import { readFileSync } from "node:fs";

/**
 * Names a living process beyond its reused number: `<pid>` and, on Linux, its start time. undefined: it is gone, or only
 * a zombie.
 */
export function identityOf(pid: number): string | undefined {
  if (!Number.isInteger(pid) || pid <= 0 || !answersSignals(pid)) return undefined;
  if (process.platform !== "linux") return String(pid);
  try {
    // proc(5): the fields after the command name, which itself may hold spaces and brackets
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" ? undefined : `${pid} ${fields[19]}`;
  } catch {
    return undefined;
  }
}

export function isAlive(pid: number): boolean {
  return identityOf(pid) !== undefined;
}

function answersSignals(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
