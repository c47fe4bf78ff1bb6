import { Hono } from "hono";
import type { Deps } from "../../deps.ts";
import { assertReceives, receiveDelivery } from "../../usecases/webhooks/receive-delivery.ts";
import { readBytes } from "../body.ts";
import type { AppEnv } from "../doors.ts";
import { readId } from "../path-id.ts";

const MAX_BYTES = 1024 * 1024;

/**
 * Where CRMs tell of changes. No session and no cookie counts here: each delivery proves itself, by its bytes and by the
 * address as the CRM was told it. Answered as soon as its events are stored.
 */
export function hookRoutes(deps: Deps): Hono<AppEnv> {
  return new Hono<AppEnv>().post("/:connectionId/:secret?", async (c) => {
    const id = readId(c, "page", "connectionId");
    await assertReceives(deps, id);
    const rawBody = await readBytes(c.req.raw, MAX_BYTES);
    const { pathname, search } = new URL(c.req.url);
    await receiveDelivery(deps, id, {
      rawBody,
      headers: c.req.raw.headers,
      url: `${deps.config.publicUrl}${pathname}${search}`,
      pathSecret: c.req.param("secret") ?? null,
    });
    return c.body(null, 200);
  });
}
