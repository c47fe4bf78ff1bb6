import { Hono } from "hono";
import { clientAddress } from "../../limits/client-address.ts";
import { takeToken } from "../../limits/rate-limited.ts";
import { createTokenBuckets } from "../../limits/token-buckets.ts";
import { receivePhoneCalls } from "../../usecases/phone-calls/receive-phone-calls.ts";
import { assertReceives, proveDelivery, storeEvents } from "../../usecases/webhooks/receive-delivery.ts";
import { readBytes } from "../body.ts";
import type { AppEnv, Area } from "../doors.ts";
import { readId } from "../path-id.ts";

const MAX_BYTES = 1024 * 1024;
/** Of deliveries that are not proved, or not yet: a vendor calls for many accounts from few addresses. */
const PER_ADDRESS = { burst: 1000, refillMs: 10 };
/** Of proved deliveries alone, so that nobody else can use it up. A HubSpot delivery holds up to a hundred events. */
const PER_CONNECTION = { burst: 600, refillMs: 20 };

/**
 * Where CRMs tell of changes. No session and no cookie counts here: each delivery proves itself, by its bytes and by the
 * address as the CRM was told it. Answered as soon as its events are stored. Nobody who would not repeat a proved delivery
 * is answered with 429.
 */
export const hookRoutes: Area = (deps, { trustProxy }) => {
  const addresses = createTokenBuckets(PER_ADDRESS);
  const connections = createTokenBuckets(PER_CONNECTION);

  return new Hono<AppEnv>().post("/:connectionId/:secret?", async (c) => {
    const address = clientAddress(c.env?.incoming, trustProxy);
    takeToken(addresses, address, "Too many deliveries came from your network.");
    const id = readId(c, "page", "connectionId");
    await assertReceives(deps, id);
    const rawBody = await readBytes(c.req.raw, MAX_BYTES);
    const { pathname, search } = new URL(c.req.url);
    const { events, phoneCalls, comesAgain } = await proveDelivery(deps, id, {
      rawBody,
      headers: c.req.raw.headers,
      url: `${deps.config.publicUrl}${pathname}${search}`,
      pathSecret: c.req.param("secret") ?? null,
    });
    addresses.giveBack(address);
    if (comesAgain) takeToken(connections, id, "Too many deliveries came for this connection.");
    await storeEvents(deps, id, events);
    await receivePhoneCalls(deps, id, phoneCalls);
    return c.body(null, 200);
  });
};
