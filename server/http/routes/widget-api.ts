import { isAllowedOrigin } from "@rolodesk/shared/site-origin";
import { OpenSession } from "@rolodesk/shared/visitor";
import { VISITOR_FRAME_MAX_BYTES } from "@rolodesk/shared/vocabulary";
import { type Context, Hono } from "hono";
import { DomainError } from "../../domain/domain-error.ts";
import { clientAddress } from "../../limits/client-address.ts";
import { takeToken } from "../../limits/rate-limited.ts";
import { createTokenBuckets } from "../../limits/token-buckets.ts";
import { ownOrigins } from "../../own-origins.ts";
import { endVisitorSession } from "../../usecases/visitors/end-visitor-session.ts";
import { openVisitorSession } from "../../usecases/visitors/open-visitor-session.ts";
import { readWidgetConfig } from "../../views/site.ts";
import { readJson } from "../body.ts";
import type { AppEnv, Area } from "../doors.ts";
import { ownOriginOnly } from "../own-origin-only.ts";

/** High, because offices and mobile networks share an address; browsers keep a configuration for a minute. */
const CONFIGS_PER_ADDRESS = { burst: 400, refillMs: 20 };
const SESSIONS_PER_ADDRESS = { burst: 300, refillMs: 1000 };
/** Of one token: a widget that renews in a loop is broken. */
const RENEWALS_PER_TOKEN = { burst: 20, refillMs: 3000 };
/** Signed identities that did not hold. */
const FAILURES_PER_ADDRESS = { burst: 20, refillMs: 6000 };

export const widgetApi: Area = (deps, { presence, trustProxy }) => {
  const configs = createTokenBuckets(CONFIGS_PER_ADDRESS);
  const sessions = createTokenBuckets(SESSIONS_PER_ADDRESS);
  const renewals = createTokenBuckets(RENEWALS_PER_TOKEN);
  const failures = createTokenBuckets(FAILURES_PER_ADDRESS);
  const own = [...ownOrigins(deps.config.publicUrl)];

  return new Hono<AppEnv>()
    .get("/sites/:siteKey", async (c) => {
      c.header("Access-Control-Allow-Origin", "*");
      takeToken(configs, clientAddress(c.env?.incoming, trustProxy), "Too many pages were opened from your network.");
      const { config, origins } = await readWidgetConfig({ db: deps.db, presence }, c.req.param("siteKey"));
      c.header("Vary", "Origin", { append: true });
      refuseOtherWebsites(c.req.header("origin"), [...origins, ...own]);
      c.header("Cache-Control", "public, max-age=60");
      return c.json(config);
    })
    .use("/sessions", ownOriginOnly(deps.config.publicUrl))
    .post("/sessions", async (c) => {
      const address = clientAddress(c.env?.incoming, trustProxy);
      const bearer = readBearer(c);
      takeToken(sessions, address, "Too many chats were opened from your network.");
      if (bearer) takeToken(renewals, bearer, "This chat was renewed too often.");
      const input = await readJson(c, OpenSession, VISITOR_FRAME_MAX_BYTES);

      const guess = `${input.siteKey} ${address}`;
      if (input.identityToken) takeToken(failures, guess, "Too many signed identities were refused.");
      const session = await openVisitorSession(deps, input, bearer);
      if (input.identityToken && session.identity.state === "verified") failures.giveBack(guess);
      return c.json(session);
    })
    .delete("/sessions", async (c) => {
      const bearer = readBearer(c);
      if (!bearer) throw new DomainError("unauthenticated", "There is no session to end.");
      await endVisitorSession(deps, bearer);
      return c.body(null, 204);
    });
};

/**
 * The frame would not load there: better that the website's developer reads why than that its visitors meet a launcher
 * without a chat.
 *
 * @param origin undefined from our own pages, which need not name it
 */
function refuseOtherWebsites(origin: string | undefined, allowed: readonly string[]): void {
  if (origin === undefined || isAllowedOrigin(origin, allowed)) return;
  const website = origin === "null" ? "A page without an origin, such as a file," : origin;
  throw new DomainError(
    "forbidden",
    `${website} may not show this chat. An admin names the websites that may under Settings, Sites.`,
  );
}

function readBearer(c: Context<AppEnv>): string | null {
  return /^Bearer ([\w-]{1,200})$/.exec(c.req.header("authorization") ?? "")?.[1] ?? null;
}
