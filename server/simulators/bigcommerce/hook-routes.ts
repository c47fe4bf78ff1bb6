import { Hono } from "hono";
import type { Webhooks } from "../kit/webhooks.ts";
import { BigCommerceApiError } from "./api-error.ts";
import type { BigCommerceSubscription, HookScope } from "./webhooks.ts";

const SCOPES: readonly HookScope[] = [
  "store/customer/*",
  "store/customer/created",
  "store/customer/updated",
  "store/customer/deleted",
];
const PER_SCOPE = 10;

interface StoredHook extends BigCommerceSubscription {
  readonly id: number;
  readonly token: string;
  readonly createdAt: number;
  readonly end: () => void;
}

interface HookRoutesInput {
  readonly webhooks: Webhooks<BigCommerceSubscription>;
  readonly storeHash: string;
  readonly now: () => number;
  /** BigCommerce delivers to https on port 443 alone; a demo on one machine has neither. */
  readonly plainDestinations: boolean;
}

/** `GET`, `POST` and `DELETE` of `/hooks`: a token sees only the hooks it made. */
export function hookRoutes({ webhooks, storeHash, now, plainDestinations }: HookRoutesInput): Hono {
  const hooks = new Map<number, StoredHook>();
  const app = new Hono();
  const shown = ({ id, scope, destination, headers, createdAt }: StoredHook) => {
    const at = Math.floor(createdAt / 1000);
    return {
      ...{ id, client_id: "demoClient", store_hash: storeHash, scope, destination, headers },
      ...{ is_active: true, created_at: at, updated_at: at },
    };
  };
  const ofToken = (token: string | undefined) => [...hooks.values()].filter((hook) => hook.token === token);

  app.get("/", (c) => c.json({ data: ofToken(c.req.header("x-auth-token")).map(shown), meta: {} }));

  app.post("/", async (c) => {
    const token = c.req.header("x-auth-token") ?? "";
    const subscription = parseHook(await c.req.json(), plainDestinations);
    const others = ofToken(token).filter(({ scope }) => scope === subscription.scope);
    if (others.some(({ destination }) => destination === subscription.destination) || others.length >= PER_SCOPE) {
      throw new BigCommerceApiError(422, "Unprocessable Entity", { destination: "error.path.duplicate" });
    }
    const hook = { ...subscription, token, id: hooks.size + 20_000_000, createdAt: now() };
    hooks.set(hook.id, { ...hook, end: webhooks.subscribe(subscription) });
    return c.json({ data: shown({ ...hook, end() {} }), meta: {} });
  });

  app.delete("/:id", (c) => {
    const hook = ofToken(c.req.header("x-auth-token")).find(({ id }) => id === Number(c.req.param("id")));
    if (!hook) throw new BigCommerceApiError(404, "Hook not found");
    hook.end();
    hooks.delete(hook.id);
    return c.json({ data: shown(hook), meta: {} });
  });
  return app;
}

function parseHook(body: unknown, plainDestinations: boolean): BigCommerceSubscription {
  const fields = typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {};
  const scope = SCOPES.find((one) => one === fields.scope);
  if (!scope) throw missing("scope");
  const { destination } = fields;
  if (typeof destination !== "string" || !URL.canParse(destination)) throw missing("destination");
  const url = new URL(destination);
  if (!plainDestinations && (url.protocol !== "https:" || url.port !== "")) throw missing("destination");
  return { scope, destination, headers: headersIn(fields.headers) };
}

function headersIn(given: unknown): Record<string, string> {
  const entries = typeof given === "object" && given !== null ? Object.entries(given) : [];
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
}

function missing(field: string): BigCommerceApiError {
  return new BigCommerceApiError(422, "JSON data is missing or invalid", { [field]: "error.path.missing." });
}
