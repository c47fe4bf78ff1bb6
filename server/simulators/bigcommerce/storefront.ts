import { randomUUID } from "node:crypto";
import { Hono } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { sign } from "hono/jwt";
import type { Store } from "../kit/file-store.ts";
import type { CustomerBook } from "./customer-book.ts";
import type { BigCommerceState } from "./state.ts";

/** An app-level API account: it signs what the store says of its shoppers, and need not be installed. */
export interface StoreApp {
  readonly clientId: string;
  readonly clientSecret: string;
}

interface StorefrontInput {
  readonly store: Store<BigCommerceState>;
  readonly book: CustomerBook;
  readonly storeHash: string;
  readonly apps: ReadonlyMap<string, StoreApp>;
  readonly now: () => number;
}

export const SESSION_COOKIE = "SHOP_SESSION_TOKEN";
const VALID_SECONDS = 15 * 60;

/** Signs a shopper in and returns the session's cookie value. */
export function openSession(store: Store<BigCommerceState>, customerId: number): string {
  const token = randomUUID();
  store.state.sessions[token] = customerId;
  store.save();
  return token;
}

/**
 * What a page of the store can ask: `GET /customer/current.jwt?app_client_id=`, 404 for guests. `POST /_shopper` with
 * the form field `email` stands in for the store's own sign-in, `DELETE /_shopper` for signing out.
 */
export function storefront({ store, book, storeHash, apps, now }: StorefrontInput): Hono {
  const app = new Hono();

  app.get("/customer/current.jwt", async (c) => {
    const storeApp = apps.get(c.req.query("app_client_id") ?? "");
    if (!storeApp) return c.text("Unknown app_client_id", 400);
    const customer = book.find(store.state.sessions[getCookie(c, SESSION_COOKIE) ?? ""] ?? 0);
    if (!customer) return c.text("Not found", 404);
    const iat = Math.floor(now() / 1000);
    const claims = {
      customer: { id: customer.id, email: customer.email, group_id: String(customer.customer_group_id) },
      iss: "bc/apps",
      sub: storeHash,
      iat,
      exp: iat + VALID_SECONDS,
      version: 1,
      aud: storeApp.clientId,
      application_id: storeApp.clientId,
      store_hash: storeHash,
      operation: "current_customer",
    };
    return c.text(await sign(claims, storeApp.clientSecret, "HS256"));
  });

  app.post("/_shopper", async (c) => {
    const email = String((await c.req.formData()).get("email") ?? "");
    const customer = book.ownerOf(email, null, null);
    if (!customer) return c.text("Nobody has an account with this email.", 404);
    setCookie(c, SESSION_COOKIE, openSession(store, customer.id), { httpOnly: true, sameSite: "Lax", path: "/" });
    return c.body(null, 204);
  });

  app.delete("/_shopper", (c) => {
    delete store.state.sessions[getCookie(c, SESSION_COOKIE) ?? ""];
    store.save();
    return c.body(null, 204);
  });

  return app;
}
