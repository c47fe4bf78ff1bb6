import type { UserActor } from "../../server/actor.ts";
import type { Deps } from "../../server/deps.ts";
import { runBench } from "../run-bench.ts";
import { seedDirectory } from "./seed.ts";

export const CONTACTS = Number(process.env.CONTACTS ?? 1_000_000);
const ENDS_AFTER_MS = 30 * 60_000;

/** Measures with a database of so many contacts, and ends the process. */
export async function withDirectory(measure: (deps: Deps) => Promise<void>): Promise<never> {
  return await runBench(ENDS_AFTER_MS, async ({ databaseUrl, deps }) => {
    await seedDirectory(databaseUrl, CONTACTS);
    await measure(deps);
  });
}

/** An admin, or an agent of some sites. */
export function actorOf(siteIds: readonly string[] | null): UserActor {
  return { kind: "user", userId: "bench", name: "Bench", role: siteIds ? "agent" : "admin", siteIds };
}
