import { z } from "zod";
import { ConnectorError } from "../../domain/connector-error.ts";
import { createHttpClient, jsonOf } from "../http-client.ts";
import type { CrmOAuth, ExchangeRequest, Grant, ReadyGrant, RefreshRequest } from "../oauth.ts";
import { askTokenEndpoint } from "../token-endpoint.ts";
import { API_VERSION, createGhlClient } from "./client.ts";
import { createGhlConnector } from "./connector.ts";
import { GhlFacts } from "./find-contacts.ts";
import { OAUTH_SCOPES, oauthGuide } from "./guide.ts";
import { API_URL, APP_URL, GhlAuthorization, type GhlSettings, MARKETPLACE_URLS } from "./settings.ts";

const [MARKETPLACE_URL, WHITE_LABEL_URL] = MARKETPLACE_URLS;

const Tokens = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1),
  expires_in: z.coerce.number().positive(),
  userType: z.enum(["Location", "Company"]).default("Location"),
  companyId: z.string().nullish(),
  locationId: z.string().nullish(),
});
type Tokens = z.infer<typeof Tokens>;

const LocationToken = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number().positive() });
const InstalledLocations = z.looseObject({
  locations: z.array(
    z.looseObject({ _id: z.string().min(1), name: z.string().nullish(), isInstalled: z.boolean().nullish() }),
  ),
});

type Call = ExchangeRequest<GhlAuthorization> | RefreshRequest<GhlAuthorization>;

/**
 * HighLevel's OAuth 2.0 (Marketplace docs, OAuth 2.0 and its FAQs). A refresh token works once. An app that was installed
 * for the whole agency gets a Company token, which is exchanged for one of the sub-account (`POST /oauth/locationToken`).
 */
export const ghlOAuth: CrmOAuth<GhlSettings, GhlAuthorization> = {
  guide: oauthGuide,
  inputs: [
    {
      name: "locationId",
      in: "settings",
      label: "Location ID",
      hint: "Only when the app is installed for a whole agency: the sub-account this connection is for.",
      required: false,
    },
    {
      name: "authorizeUrl",
      in: "settings",
      label: "HighLevel’s pages",
      hint: "Agencies with a white label send their people to pages without HighLevel’s name.",
      required: false,
      choices: [
        { value: MARKETPLACE_URL, label: "With HighLevel’s name (marketplace.gohighlevel.com)" },
        { value: WHITE_LABEL_URL, label: "White label (marketplace.leadconnectorhq.com)" },
      ],
    },
    {
      name: "appUrl",
      in: "settings",
      label: "Address of the app",
      hint: `Only for white-label accounts; ${APP_URL} otherwise. Used for links to contacts.`,
      required: false,
    },
  ],
  before: GhlAuthorization,
  usesVendorHosts: ({ baseUrl, authorizeUrl }) =>
    new URL(baseUrl).origin === API_URL && MARKETPLACE_URLS.some((url) => url === authorizeUrl),
  /** An app that is not in the marketplace is only found with its version, which is the first part of the client ID. */
  authorizeUrl({ settings, clientId, redirectUri, state, challenge }) {
    const url = new URL(settings.authorizeUrl);
    url.search = new URLSearchParams({
      response_type: "code",
      client_id: clientId,
      version_id: appIdOf(clientId),
      redirect_uri: redirectUri,
      scope: OAUTH_SCOPES.join(" "),
      state,
      code_challenge: challenge,
      code_challenge_method: "S256",
    }).toString();
    return url.href;
  },
  async exchange(request) {
    const { code, redirectUri, verifier, settings } = request;
    const form = { grant_type: "authorization_code", code, redirect_uri: redirectUri, code_verifier: verifier };
    const tokens = await askForTokens(request, form);
    const locationId = tokens.locationId || settings.locationId || (await onlyLocation(request, tokens));
    const grant = toGrant(request, tokens, locationId);
    return { grant: await narrow({ ...request, grant }), settings: { locationId } };
  },
  async refresh(request) {
    const { refreshToken, about } = request.grant;
    const tokens = await askForTokens(request, { grant_type: "refresh_token", refresh_token: refreshToken });
    return toGrant(request, tokens, about.locationId ?? "");
  },
  narrow,
  createConnector({ settings, tokens, facts, now, http }) {
    const { baseUrl, appUrl, locationId } = settings;
    const call = createGhlClient({ baseUrl, tokens, now, http });
    return createGhlConnector({ call, locationId, appUrl, facts: GhlFacts.parse(facts), now });
  },
};

async function askForTokens({ settings, app, now, http }: Call, form: Record<string, string>): Promise<Tokens> {
  try {
    return await askTokenEndpoint(Tokens, {
      issuer: "HighLevel",
      baseUrl: settings.baseUrl,
      path: "/oauth/token",
      form: { ...form, client_id: app.clientId, client_secret: app.clientSecret, user_type: "Location" },
      now,
      http,
    });
  } catch (error) {
    if (!(error instanceof ConnectorError) || !/location is not active/i.test(error.message)) throw error;
    // the same refresh token works again then (OAuth 2.0, error codes)
    const words = "HighLevel: the sub-account is not active. Activate it there, then check this connection.";
    throw new ConnectorError("forbidden", words, { status: error.status });
  }
}

/** A Company token is the agency's: the location's own is asked for with it, once it is stored. */
function toGrant({ now }: Call, tokens: Tokens, locationId: string): Grant {
  const { access_token, refresh_token, expires_in, userType, companyId } = tokens;
  const kept = { refreshToken: refresh_token, expiresAt: now() + expires_in * 1000 };
  if (userType === "Location") return { ...kept, accessToken: access_token, about: { locationId } };
  return { ...kept, accessToken: null, about: { locationId, companyId: companyId ?? "", agencyToken: access_token } };
}

async function narrow({ settings, grant, now, http }: RefreshRequest<GhlAuthorization>): Promise<ReadyGrant> {
  const { accessToken, about } = grant;
  if (accessToken !== null) return { ...grant, accessToken };
  const { companyId = "", locationId = "", agencyToken = "" } = about;
  const answer = await askTokenEndpoint(LocationToken, {
    issuer: "HighLevel",
    baseUrl: settings.baseUrl,
    path: "/oauth/locationToken",
    form: { companyId, locationId },
    headers: { authorization: `Bearer ${agencyToken}`, version: API_VERSION },
    now,
    http,
  });
  const expiresAt = Math.min(grant.expiresAt, now() + answer.expires_in * 1000);
  return { ...grant, accessToken: answer.access_token, expiresAt };
}

/** The sub-account of an agency's installation, where there is just one. */
async function onlyLocation({ settings, app, http }: Call, tokens: Tokens): Promise<string> {
  const query = new URLSearchParams({
    companyId: tokens.companyId ?? "",
    appId: appIdOf(app.clientId),
    isInstalled: "true",
  });
  const send = createHttpClient(settings.baseUrl, http);
  const answer = await send({
    method: "GET",
    path: `/oauth/installedLocations?${query}`,
    headers: { authorization: `Bearer ${tokens.access_token}`, version: API_VERSION },
  });
  const installed = InstalledLocations.safeParse(jsonOf(answer.text)).data?.locations ?? [];
  const [only, ...more] = installed.filter((location) => location.isInstalled !== false);
  if (only && more.length === 0) return only._id;
  const named = [only, ...more].flatMap((one) => (one ? [`${one.name ?? "unnamed"} (${one._id})`] : []));
  throw new ConnectorError(
    "forbidden",
    named.length === 0
      ? "HighLevel: the app was installed for the agency and for none of its sub-accounts. Authorize again and choose one."
      : `HighLevel: the app was installed for several sub-accounts: ${named.slice(0, 20).join(", ")}. Enter the location ID of one and authorize again.`,
  );
}

function appIdOf(clientId: string): string {
  return clientId.split("-")[0] ?? clientId;
}
