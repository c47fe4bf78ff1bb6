import type { Db } from "../db/client.ts";
import { findVisitor, listVisitorSessions, type VisitorRow } from "../db/queries/visitor.ts";

type SessionLife = "live" | "expired" | "ended";

/** How each of these visitors' sessions stands. */
export async function readSessionLives(
  { db, now }: { db: Db; now: () => Date },
  ids: readonly string[],
): Promise<Map<string, SessionLife>> {
  const lives = new Map<string, SessionLife>(ids.map((id) => [id, "ended"]));
  for (const { id, expiresAt } of await listVisitorSessions(db, ids)) {
    lives.set(id, expiresAt > now() ? "live" : "expired");
  }
  return lives;
}

export async function readStated(db: Db, visitorId: string): Promise<VisitorRow["stated"]> {
  return (await findVisitor(db, visitorId))?.stated ?? {};
}
