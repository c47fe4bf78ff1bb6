import { type Context, Hono } from "hono";
import { consentPage } from "../kit/consent-page.ts";
import type { IssuedTokens, OAuthServer } from "../kit/oauth-server.ts";
import { requireVersion } from "./access.ts";
import { GhlApiError } from "./api-error.ts";
import type { GhlLocation } from "./state.ts";

export interface GhlApp {
  /** Its first part, before the dash, is the app's id. */
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface GhlOAuthSwitches {
  /** Whether the page hands `state` back; the documents do not say. */
  echoesState: boolean;
  /** While it is not, tokens are refused and no refresh token is used up. */
  locationIsActive: boolean;
  /** Locations of an agency's installation besides the simulated one. */
  otherLocations: readonly { readonly id: string; readonly name: string }[];
}

interface OAuthRoutesOptions {
  readonly app: GhlApp;
  readonly oauth: OAuthServer;
  readonly location: GhlLocation;
  readonly switches: GhlOAuthSwitches;
  readonly save: () => void;
}

/** HighLevel's chooselocation page and its token endpoints (Marketplace docs, OAuth 2.0; Version 2021-07-28). */
export function oauthRoutes({ app, oauth, location, switches, save }: OAuthRoutesOptions): Hono {
  const routes = new Hono();
  const appId = app.clientId.split("-")[0] ?? "";

  for (const path of ["/oauth/chooselocation", "/v2/oauth/chooselocation"]) {
    routes.get(path, (c) => {
      const { client_id, version_id, redirect_uri = "", scope = "" } = c.req.query();
      if (version_id !== appId) return c.text("error.noversionid", 400);
      if (client_id !== app.clientId || !URL.canParse(redirect_uri)) return c.text("The app was not found.", 400);
      const choose = (who: string) => `/oauth/chosen/${who}${new URL(c.req.url).search}`;
      return consentPage(c, {
        vendor: "HighLevel",
        scopes: scope.split(" ").filter(Boolean),
        answers: [
          { label: location.name, href: choose("Location") },
          { label: "The whole agency", href: choose("Company") },
        ],
      });
    });
  }

  routes.get("/oauth/chosen/:userType", (c) => {
    const { redirect_uri = "", state = "", scope = "", code_challenge } = c.req.query();
    const userType = c.req.param("userType");
    const place: Record<string, string> = userType === "Location" ? { locationId: location.id } : {};
    const about = { userType, scope, companyId: location.companyId, ...place };
    const back = new URL(redirect_uri);
    back.searchParams.set(
      "code",
      oauth.issueCode({ redirectUri: redirect_uri, challenge: code_challenge ?? null, about }),
    );
    if (state && switches.echoesState) back.searchParams.set("state", state);
    save();
    return c.redirect(back.href);
  });

  routes.post("/oauth/token", async (c) => {
    const answer = token(c, new URLSearchParams(await c.req.text()));
    save();
    return answer;
  });

  routes.post("/oauth/locationToken", async (c) => {
    const agency = agencyOf(c);
    const form = new URLSearchParams(await c.req.text());
    const locationId = form.get("locationId") ?? "";
    if (form.get("companyId") !== location.companyId || locationId !== location.id) {
      throw new GhlApiError(400, "Location not found");
    }
    const about = { userType: "Location", scope: agency.about.scope ?? "", companyId: location.companyId, locationId };
    const tokens = oauth.issueFor(agency.token, about);
    if (!tokens) throw new GhlApiError(401, "Invalid JWT");
    save();
    return c.json({ ...shape(tokens), locationId }, 201);
  });

  routes.get("/oauth/installedLocations", (c) => {
    agencyOf(c);
    const locations = [{ id: location.id, name: location.name }, ...switches.otherLocations];
    return c.json({ locations: locations.map(({ id, name }) => ({ _id: id, name, isInstalled: true })) });
  });
  return routes;

  function token(c: Context, form: URLSearchParams): Response {
    if (!form.get("client_id")) throw new GhlApiError(400, "Missing parameter: clientId");
    if (form.get("grant_type") === "refresh_token") {
      if (!switches.locationIsActive) throw new GhlApiError(400, "Location is not active");
      const tokens = isApp(form) ? oauth.refresh(form.get("refresh_token") ?? "") : null;
      if (!tokens) throw new GhlApiError(400, "Invalid grant: refresh token is invalid");
      return c.json(shape(tokens));
    }
    // the code is looked at before the client's credentials
    const redirectUri = form.get("redirect_uri") ?? "";
    const tokens = oauth.redeem({ code: form.get("code") ?? "", redirectUri, verifier: form.get("code_verifier") });
    if (!tokens) return c.json({ error: "UnAuthorized!", error_description: "Authorization code not found" }, 401);
    if (!isApp(form)) return c.json({ error: "UnAuthorized!", error_description: "Invalid client credentials!" }, 401);
    return c.json(shape(tokens));
  }

  function isApp(form: URLSearchParams): boolean {
    return form.get("client_id") === app.clientId && form.get("client_secret") === app.clientSecret;
  }

  function agencyOf(c: Context) {
    requireVersion(c.req.header("version"));
    const [, token = ""] = /^Bearer (.+)$/.exec(c.req.header("authorization") ?? "") ?? [];
    const about = oauth.aboutOf(token);
    if (about === null || about === "expired") throw new GhlApiError(401, "Invalid JWT");
    if (about.userType !== "Company") throw new GhlApiError(401, "authClass type is not allowed to access this scope.");
    return { token, about };
  }
}

function shape({ accessToken, refreshToken, expiresInS, about }: IssuedTokens) {
  return {
    access_token: accessToken,
    token_type: "Bearer",
    expires_in: expiresInS,
    refresh_token: refreshToken,
    refreshTokenId: refreshToken.slice(-24),
    scope: about.scope,
    userType: about.userType,
    companyId: about.companyId,
    ...(about.locationId ? { locationId: about.locationId } : {}),
    userId: "demoUser000000000001",
  };
}
