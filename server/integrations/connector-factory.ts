import type { Provider } from "@rolodesk/shared/vocabulary";
import type { Connector, ConnectorCapabilities } from "../domain/connector.ts";
import type { CallReport } from "./http-client.ts";

/** A stored connection, decrypted: what it takes to talk to its account. */
export interface ConnectionAccess {
  readonly provider: Provider;
  readonly settings: Readonly<Record<string, string>>;
  readonly credentials: Readonly<Record<string, string>>;
  readonly facts: Readonly<Record<string, unknown>>;
}

export interface OpenConnector {
  readonly connector: Connector;
  readonly capabilities: ConnectorCapabilities;
  /** "HubSpot", for messages to people. */
  readonly providerName: string;
}

/** How usecases get a connector without knowing any CRM. */
export interface ConnectorFactory {
  open(access: ConnectionAccess, onCall: (report: CallReport) => void): OpenConnector;
}
