import { z } from "zod";
import type { CrmOAuth, ExchangeRequest, ReadyGrant, RefreshRequest } from "../oauth.ts";
import { askTokenEndpoint } from "../token-endpoint.ts";
import { API_VERSION } from "./client.ts";
import { createHubSpotConnector, type HubSpotSettings, isHubSpotHost } from "./connector.ts";
import { oauthGuide } from "./guide.ts";

/** Manage OAuth tokens: an account of any region begins here and is sent on to its own. */
const AUTHORIZE_URL = "https://app.hubspot.com/oauth/authorize";
/** The v1 endpoint ends on 2027-02-16 (changelog, v1 OAuth API deprecation). */
const TOKEN_PATH = `/oauth/${API_VERSION}/token`;

export const HubSpotAuthorization = z.object({
  baseUrl: z.url({ protocol: /^https?$/ }).default("https://api.hubapi.com"),
  authorizeUrl: z.url({ protocol: /^https?$/ }).default(AUTHORIZE_URL),
});
export type HubSpotAuthorization = z.infer<typeof HubSpotAuthorization>;

const Tokens = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1),
  expires_in: z.coerce.number().positive(),
});

/** HubSpot's OAuth (Manage OAuth access tokens with the date-based API): everything travels in the body, PKCE is honoured. */
export const hubspotOAuth: CrmOAuth<HubSpotSettings, HubSpotAuthorization> = {
  guide: oauthGuide,
  inputs: [],
  before: HubSpotAuthorization,
  usesVendorHosts: ({ baseUrl, authorizeUrl }) => isHubSpotHost(baseUrl) && authorizeUrl === AUTHORIZE_URL,
  authorizeUrl({ settings, clientId, redirectUri, state, challenge }) {
    const url = new URL(settings.authorizeUrl);
    url.search = new URLSearchParams({
      client_id: clientId,
      redirect_uri: redirectUri,
      scope: oauthGuide.scopes.join(" "),
      state,
      code_challenge: challenge,
      code_challenge_method: "S256",
    }).toString();
    return url.href;
  },
  async exchange(request) {
    const { code, redirectUri, verifier } = request;
    const form = { grant_type: "authorization_code", code, redirect_uri: redirectUri, code_verifier: verifier };
    return { grant: await askForTokens(request, form), settings: {} };
  },
  refresh: (request) =>
    askForTokens(request, { grant_type: "refresh_token", refresh_token: request.grant.refreshToken }),
  createConnector: createHubSpotConnector,
};

async function askForTokens(
  { settings, app, now, http }: ExchangeRequest<HubSpotAuthorization> | RefreshRequest<HubSpotAuthorization>,
  form: Readonly<Record<string, string>>,
): Promise<ReadyGrant> {
  const answer = await askTokenEndpoint(Tokens, {
    issuer: "HubSpot",
    baseUrl: settings.baseUrl,
    path: TOKEN_PATH,
    form: { ...form, client_id: app.clientId, client_secret: app.clientSecret },
    now,
    http,
  });
  const { access_token, refresh_token, expires_in } = answer;
  return { accessToken: access_token, refreshToken: refresh_token, expiresAt: now() + expires_in * 1000, about: {} };
}
