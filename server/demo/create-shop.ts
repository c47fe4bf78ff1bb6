import { type Context, Hono } from "hono";
import { SignJWT } from "jose";
import type { SiteRow } from "../db/queries/site.ts";
import { findSite } from "../db/queries/site.ts";
import type { Deps } from "../deps.ts";
import type { AppEnv } from "../http/doors.ts";
import { identityAad } from "../usecases/visitors/read-identity-token.ts";
import { EXAMPLE_VISITORS, type ExampleVisitor } from "./example-visitors.ts";
import { shopPage } from "./shop-page.ts";
import { SHOP_SCRIPT } from "./shop-script.ts";
import { SHOP_STYLE } from "./shop-style.ts";
import type { RunningSimulators } from "./start-simulators.ts";

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/**
 * The demo shop, below `/demo`: a website as a customer would have it, with a backend that signs identities, and a store
 * on BigCommerce that vouches for whoever is signed in there.
 */
export function createShop(deps: Deps, siteId: string, simulators: RunningSimulators): Hono<AppEnv> {
  const shop = new Hono<AppEnv>().basePath("/demo");

  shop.get("/", async (c) => {
    const site = await findSite(deps.db, siteId);
    if (!site) return c.text("The demo's site was deleted. Empty the data folder to begin again.", 404);
    c.header("content-security-policy", POLICY);
    return answer(c, "text/html; charset=utf-8", String(await shopPage({ siteKey: site.key, crms: simulators.all })));
  });
  shop.get("/shop.css", (c) => answer(c, "text/css; charset=utf-8", SHOP_STYLE));
  shop.get("/shop.js", (c) => answer(c, "text/javascript; charset=utf-8", SHOP_SCRIPT));
  shop.post("/sign-in/:visitor", async (c) => {
    const visitor = EXAMPLE_VISITORS.find(({ key }) => key === c.req.param("visitor"));
    const site = await findSite(deps.db, siteId);
    const token = visitor && site && (await tokenFor(visitor, site));
    return token ? c.json({ token }) : c.json({ message: "Nobody to sign in." }, 404);
  });

  async function tokenFor(visitor: ExampleVisitor, site: SiteRow): Promise<string | null> {
    if (visitor.shopper) return await simulators.shopperToken(visitor.shopper);
    return site.identitySecret && (await signIdentity(deps, site, site.identitySecret, visitor));
  }
  return shop;
}

function answer(c: Context, type: string, body: string): Response {
  return c.body(body, 200, { "content-type": type, "cache-control": "no-store", "x-content-type-options": "nosniff" });
}

/** What the shop's own backend would do for a customer who is signed in there. */
async function signIdentity(deps: Deps, site: SiteRow, stored: string, visitor: ExampleVisitor): Promise<string> {
  const secret = new TextEncoder().encode(deps.secrets.decrypt(stored, identityAad(site.id)));
  const [name = visitor.name] = visitor.name.split(",");
  return new SignJWT({ name, ...visitor.signedIn })
    .setProtectedHeader({ alg: "HS256" })
    .setSubject(`northwind-${visitor.key}`)
    .setAudience(site.key)
    .setExpirationTime("1h")
    .sign(secret);
}
