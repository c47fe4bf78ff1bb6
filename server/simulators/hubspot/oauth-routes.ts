import { randomUUID } from "node:crypto";
import { type Context, Hono } from "hono";
import { consentPage } from "../kit/consent-page.ts";
import type { IssuedTokens, OAuthServer } from "../kit/oauth-server.ts";
import { json } from "./api-guard.ts";
import type { HubSpotSwitches } from "./state.ts";

export interface HubSpotApp {
  readonly clientId: string;
  readonly clientSecret: string;
}

interface OAuthRoutesOptions {
  readonly app: HubSpotApp;
  readonly oauth: OAuthServer;
  readonly portalId: number;
  readonly switches: HubSpotSwitches;
  readonly save: () => void;
}

/**
 * HubSpot's page for agreeing, and its token endpoints v3 and date-based (Manage OAuth access tokens). Everything is in the
 * body; what comes as a query is not looked at.
 */
export function oauthRoutes({ app, oauth, portalId, switches, save }: OAuthRoutesOptions): Hono {
  const routes = new Hono();

  routes.get("/oauth/authorize", (c) => {
    const { client_id, redirect_uri = "", scope = "" } = c.req.query();
    if (client_id !== app.clientId) return c.text("We couldn't find an app with this client ID.", 400);
    if (!isAllowedRedirect(redirect_uri)) return c.text("The redirect URL is not one of the app's.", 400);
    const here = new URL(c.req.url);
    const answer = (word: string) => `/oauth/authorize/${word}${here.search}`;
    return consentPage(c, {
      vendor: "HubSpot",
      scopes: scope.split(" ").filter(Boolean),
      answers: [
        { label: "Connect app", href: answer("agree") },
        { label: "Cancel", href: answer("cancel") },
      ],
    });
  });

  routes.get("/oauth/authorize/:answer", (c) => {
    const { redirect_uri = "", state = "", scope = "", code_challenge } = c.req.query();
    if (!isAllowedRedirect(redirect_uri)) return c.text("The redirect URL is not one of the app's.", 400);
    const back = new URL(redirect_uri);
    if (state) back.searchParams.set("state", state);
    if (c.req.param("answer") === "agree") {
      const about = { scope };
      const code = oauth.issueCode({ redirectUri: redirect_uri, challenge: code_challenge ?? null, about });
      back.searchParams.set("code", code);
    } else {
      back.searchParams.set("error", "access_denied");
      back.searchParams.set("error_description", "The user did not authorize the app.");
    }
    save();
    return c.redirect(back.href);
  });

  for (const version of ["v3", "2026-03", "2026-09"]) {
    routes.post(`/oauth/${version}/token`, async (c) => {
      const form = new URLSearchParams(await c.req.text());
      const answer = token(c, form);
      save();
      return answer;
    });
    routes.post(`/oauth/${version}/token/revoke`, (c) => {
      oauth.revokeAll();
      save();
      return c.body(null, 200);
    });
  }
  return routes;

  function token(c: Context, form: URLSearchParams): Response {
    if (form.get("client_id") !== app.clientId || form.get("client_secret") !== app.clientSecret) {
      return refuse(c, "BAD_CLIENT_ID", "missing or invalid client id or client secret");
    }
    if (form.get("grant_type") === "refresh_token") {
      const tokens = oauth.refresh(form.get("refresh_token") ?? "");
      return tokens ? given(c, tokens) : refuse(c, "BAD_REFRESH_TOKEN", "missing or invalid refresh token");
    }
    if (form.get("grant_type") !== "authorization_code")
      return refuse(c, "BAD_GRANT_TYPE", "missing or invalid grant_type");
    const redirectUri = form.get("redirect_uri") ?? "";
    const tokens = oauth.redeem({ code: form.get("code") ?? "", redirectUri, verifier: form.get("code_verifier") });
    return tokens ? given(c, tokens) : refuse(c, "BAD_AUTH_CODE", "missing or unknown auth code");
  }

  function given(c: Context, { accessToken, refreshToken, expiresInS, about }: IssuedTokens): Response {
    return json(c, 200, {
      token_type: "bearer",
      access_token: accessToken,
      refresh_token: refreshToken,
      expires_in: expiresInS,
      hub_id: portalId,
      user_id: 4711,
      scopes: about.scope ? about.scope.split(" ") : switches.scopes,
      token_use: "access_token",
    });
  }
}

function refuse(c: Context, status: string, message: string): Response {
  return json(c, 400, { status, message, correlationId: randomUUID() });
}

/** https, except on the developer's own machine; never an IP address. */
function isAllowedRedirect(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  if (hostname === "localhost" || hostname.endsWith(".test")) return true;
  return protocol === "https:" && !/^[\d.]+$|^\[/.test(hostname);
}
