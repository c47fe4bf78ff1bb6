import type { FieldPolicy, Provider } from "@rolodesk/shared/vocabulary";
import type { z } from "zod";
import type { Connector, ConnectorCapabilities } from "../domain/connector.ts";
import type { CallLimits } from "./call-gate.ts";
import type { ConnectGuide } from "./connect-guide.ts";
import type { HttpOptions } from "./http-client.ts";
import type { CrmOAuth } from "./oauth.ts";
import type { TokenSource } from "./token-source.ts";
import type { VouchedVisitor } from "./vouched-visitor.ts";
import type { CrmWebhook } from "./webhook.ts";

/** One input of the form in which an admin connects an account. */
export interface ConnectionInput {
  /** Key in `settings` or `credentials`. */
  readonly name: string;
  readonly in: "settings" | "credentials";
  /** In the vendor's own words. */
  readonly label: string;
  readonly hint: string;
  readonly required: boolean;
  /** The values it can have, where they are few; the first is what an empty input stands for. */
  readonly choices?: readonly { readonly value: string; readonly label: string }[];
}

export interface DefaultMapping {
  /** Our field, e.g. `firstName`. */
  readonly field: string;
  readonly object: string;
  readonly property: string;
  readonly policy: FieldPolicy;
}

interface ConnectorInput<Settings, Credentials> {
  readonly settings: Settings;
  readonly credentials: Credentials;
  /** `AccountInfo.facts` of the last connection test; `{}` before the first. */
  readonly facts: Readonly<Record<string, unknown>>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly http: HttpOptions;
}

/** The same for an account that a person authorized in the vendor's own pages. */
export interface AuthorizedInput<Settings> extends Omit<ConnectorInput<Settings, never>, "credentials"> {
  readonly tokens: TokenSource;
}

/** Everything Rolodesk knows about one kind of CRM. One folder under `integrations/` exports one of these. */
export interface CrmModule<Settings = unknown, Credentials = unknown, Before = unknown> {
  readonly provider: Provider;
  /** As people call it: "HubSpot". */
  readonly name: string;
  readonly settings: z.ZodType<Settings>;
  readonly credentials: z.ZodType<Credentials>;
  readonly inputs: readonly ConnectionInput[];
  /** How an admin comes by what `inputs` ask for. */
  readonly guide: ConnectGuide;
  readonly defaultMapping: readonly DefaultMapping[];
  /** What a connection with default settings can do. */
  readonly capabilities: ConnectorCapabilities;
  /** Only where a setting changes them. */
  capabilitiesOf?(settings: Settings): ConnectorCapabilities;
  /**
   * Whether every address in the settings belongs to this vendor. Outside demo mode a connection that fails this is
   * refused, so that neither a simulator nor an inner address can be reached.
   */
  usesVendorHosts(settings: Settings): boolean;
  /** How many calls its accounts may make; absent where none is made over HTTP. */
  readonly limits?: CallLimits;
  /** How the CRM tells us of changes; absent where it cannot. */
  readonly webhook?: CrmWebhook<Settings, Credentials>;
  /** Absent where the vendor has none, or none that this needs. */
  readonly oauth?: CrmOAuth<Settings, Before>;
  /** Reads the token by which the CRM vouches for somebody who is signed in there; null when it does not hold. No call is made. */
  readVisitorToken?(
    token: string,
    input: Pick<ConnectorInput<Settings, Credentials>, "settings" | "credentials" | "now">,
  ): VouchedVisitor | null;
  /** Cheap and without calls: a connector is made per job. Token caches live in the module, keyed by credentials. */
  createConnector(input: ConnectorInput<Settings, Credentials>): Connector;
}
