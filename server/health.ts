import { sql } from "drizzle-orm";
import { Hono } from "hono";
import type { Db } from "./db/client.ts";
import type { AppEnv } from "./http/doors.ts";

const PATIENCE_MS = 2000;

/** `GET /healthz`, for load balancers: 200 while the database answers, 503 while it does not. */
export function createHealth(db: Db): Hono<AppEnv> {
  const health = new Hono<AppEnv>();
  health.get("/healthz", async (c) => {
    c.header("cache-control", "no-store");
    return (await answers(db)) ? c.json({ status: "ok" }) : c.json({ status: "degraded", database: "no answer" }, 503);
  });
  return health;
}

async function answers(db: Db): Promise<boolean> {
  const asked = db.execute(sql`select 1`).then(
    () => true,
    () => false,
  );
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS, false);
  });
  const answered = await Promise.race([asked, tooLate]);
  clearTimeout(timer);
  return answered;
}
