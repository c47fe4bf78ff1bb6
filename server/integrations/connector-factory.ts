import type { Provider } from "@rolodesk/shared/vocabulary";
import type { Connector, ConnectorCapabilities } from "../domain/connector.ts";
import type { Authorizer } from "./authorizer.ts";
import type { CallGate, CallLimits } from "./call-gate.ts";
import type { ConnectGuide } from "./connect-guide.ts";
import type { CallReport } from "./http-client.ts";
import type { ConnectionInput, DefaultMapping } from "./module.ts";
import type { TokenSource } from "./token-source.ts";
import type { VouchedVisitor } from "./vouched-visitor.ts";
import type { Delivery, WebhookGuide, WebhookReading, WebhookSecrets } from "./webhook.ts";

/** A stored connection, decrypted: what it takes to talk to its account. */
export interface ConnectionAccess {
  readonly provider: Provider;
  readonly settings: Readonly<Record<string, string>>;
  readonly credentials: Readonly<Record<string, string>>;
  readonly facts: Readonly<Record<string, unknown>>;
  /** Of an account that somebody authorized; `credentials` are the app's then, and no call is made with them. */
  readonly tokens?: TokenSource;
}

export interface OpenConnector {
  readonly connector: Connector;
  readonly capabilities: ConnectorCapabilities;
  /** "HubSpot", for messages to people. */
  readonly providerName: string;
}

/** One kind of CRM, as usecases and views may know it. */
export interface CrmKind {
  readonly provider: Provider;
  readonly name: string;
  readonly inputs: readonly ConnectionInput[];
  readonly guide: ConnectGuide;
  /** null where an account is only connected by what an admin pastes. */
  readonly oauth: { readonly guide: ConnectGuide; readonly inputs: readonly ConnectionInput[] } | null;
  readonly objects: readonly string[];
  readonly defaultMapping: readonly DefaultMapping[];
  /** How to let it tell us of changes; null where it cannot. */
  readonly webhook: WebhookGuide | null;
  /** Whether it can say who is signed in there; see `readVisitorToken`. */
  readonly vouchesForVisitors: boolean;
}

/** What it takes to prove a delivery for a stored connection. */
interface WebhookAccess extends Omit<ConnectionAccess, "facts" | "tokens"> {
  readonly accountId: string;
  readonly secrets: WebhookSecrets;
}

/** How usecases meet CRMs without knowing any. */
export interface ConnectorFactory {
  /** Kinds an admin may connect. */
  readonly offered: readonly CrmKind[];
  kindOf(provider: Provider): CrmKind;
  /** What is wrong with these inputs, by `settings.<name>` or `credentials.<name>`; empty when nothing is. Makes no call. */
  problemsWith(access: Omit<ConnectionAccess, "facts">): Record<string, string>;
  /** The CRM's OAuth; null where there is none. */
  authorizerOf(provider: Provider): Authorizer | null;
  /** Proves a delivery and names its events. Makes no call. */
  readWebhook(access: WebhookAccess, delivery: Delivery): WebhookReading;
  /** Whom the account vouches for with this token; null where it does not hold, or the CRM has none. Makes no call. */
  readVisitorToken(
    access: Pick<ConnectionAccess, "provider" | "settings" | "credentials">,
    token: string,
  ): VouchedVisitor | null;
  /** A vendor's published limits; null for one that makes no calls. */
  limitsOf(provider: Provider): Omit<CallLimits, "read"> | null;
  /** `gate` stands before every call; without one nothing does. */
  open(access: ConnectionAccess, onCall: (report: CallReport) => void, gate?: CallGate): OpenConnector;
}
