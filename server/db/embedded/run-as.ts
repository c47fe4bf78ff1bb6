import { spawnSync } from "node:child_process";
import { chownSync, mkdirSync, statSync } from "node:fs";
import { userInfo } from "node:os";
import { dirname } from "node:path";

const NOBODY = 65534;

/** Who runs Postgres, which refuses to run as root: undefined is "us". */
export type RunAs = { uid: number } | undefined;

/**
 * As root: whoever owns the folder or its nearest ancestor not owned by root, so that root and the owner may take turns.
 * The database's setup insists on a user with a name.
 */
export function chooseUser(folder: string): RunAs {
  if (process.getuid?.() !== 0) {
    assertNamed();
    return undefined;
  }
  for (let at = folder; ; at = dirname(at)) {
    const uid = statSync(at, { throwIfNoEntry: false })?.uid;
    if (uid && (uid === NOBODY || isNamed(uid))) return { uid };
    if (dirname(at) === at) return { uid: NOBODY };
  }
}

function assertNamed(): void {
  try {
    userInfo();
  } catch {
    throw new Error(
      "The embedded Postgres needs a user with a name; this user id has none in /etc/passwd. Set DATABASE_URL instead.",
    );
  }
}

function isNamed(uid: number): boolean {
  return spawnSync("id", ["-nu", String(uid)], { stdio: "ignore" }).status === 0;
}

/** Makes a folder and its missing parents, all of them the user's. */
export function makeFolder(folder: string, user: RunAs): void {
  const first = mkdirSync(folder, { recursive: true });
  if (first === undefined || !user) return;
  for (let at = folder; ; at = dirname(at)) {
    chownSync(at, user.uid, user.uid);
    if (at === first) return;
  }
}

export function giveTo(path: string, user: RunAs): void {
  if (user) chownSync(path, user.uid, user.uid);
}

/**
 * The command line that runs `file` as that user. `dac_override` lets it reach binaries below a private folder such as
 * /root; `no_setuid_fixup` keeps that capability for access(2), with which initdb checks its binaries.
 */
export function commandAs(user: RunAs, dieWithParent: boolean, file: string, args: string[]): [string, string[]] {
  const options: string[] = [];
  if (user) {
    options.push(
      `--reuid=${user.uid}`,
      `--regid=${user.uid}`,
      "--clear-groups",
      "--securebits=+no_setuid_fixup",
      "--inh-caps=-all,+dac_override",
      "--ambient-caps=-all,+dac_override",
    );
  }
  if (dieWithParent && process.platform === "linux") options.push("--pdeathsig=INT");
  return options.length > 0 ? ["setpriv", [...options, "--", file, ...args]] : [file, args];
}
