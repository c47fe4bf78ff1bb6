import type { z } from "zod";
import type { Connector } from "../domain/connector.ts";
import type { ConnectGuide } from "./connect-guide.ts";
import type { HttpOptions } from "./http-client.ts";
import type { AuthorizedInput, ConnectionInput } from "./module.ts";

/** The app that an admin made at the vendor; each installation of Rolodesk has its own. */
interface OAuthApp {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** What the vendor gave for an authorization, and gives again at each renewal. */
export interface Grant {
  /** What calls are made with; null until `narrow` was asked for it. */
  readonly accessToken: string | null;
  /** Epoch ms at which the access token ends. */
  readonly expiresAt: number;
  readonly refreshToken: string;
  /** What a renewal needs besides; `{}` where nothing. Kept as secret as the tokens. */
  readonly about: Readonly<Record<string, string>>;
}

/** A grant whose account can be called. */
export interface ReadyGrant extends Grant {
  readonly accessToken: string;
}

export interface AuthorizeRequest<Before> {
  readonly settings: Before;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly state: string;
  /** PKCE, by S256 (RFC 7636). */
  readonly challenge: string;
}

interface TokenCall<Before> {
  readonly settings: Before;
  readonly app: OAuthApp;
  readonly now: () => number;
  readonly http: HttpOptions;
}

export interface ExchangeRequest<Before> extends TokenCall<Before> {
  readonly code: string;
  readonly redirectUri: string;
  readonly verifier: string;
}

export interface RefreshRequest<Before> extends TokenCall<Before> {
  readonly grant: Grant;
}

/** The authorization code grant (RFC 6749, 4.1) as one vendor has it. `Before`: the settings that are known before it. */
export interface CrmOAuth<Settings, Before> {
  readonly guide: ConnectGuide;
  /** What is asked before the vendor's page opens, besides the app's client ID and secret. */
  readonly inputs: readonly ConnectionInput[];
  readonly before: z.ZodType<Before>;
  /** As `CrmModule.usesVendorHosts`, for the addresses that authorizing calls. */
  usesVendorHosts(settings: Before): boolean;
  /** The vendor's page on which a person agrees. */
  authorizeUrl(request: AuthorizeRequest<Before>): string;
  /** A code for tokens. `settings`: those that only the vendor could tell, such as the account that was chosen. */
  exchange(
    request: ExchangeRequest<Before>,
  ): Promise<{ readonly grant: ReadyGrant; readonly settings: Readonly<Record<string, string>> }>;
  /**
   * New tokens, by one call. The answer's refresh token is the one to keep, before anything else is done: the old one may
   * be worth nothing from now on. Throws `auth_expired` when only a person can help.
   */
  refresh(request: RefreshRequest<Before>): Promise<Grant>;
  /** Gets the account's access token where the vendor's tokens are for more than the account. Uses nothing up. */
  narrow?(request: RefreshRequest<Before>): Promise<ReadyGrant>;
  createConnector(input: AuthorizedInput<Settings>): Connector;
}
