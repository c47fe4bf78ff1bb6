import type { AuthorizationStart, NewAuthorization, ReAuthorization } from "@rolodesk/shared/authorization";
import type {
  Connection,
  ConnectionChange,
  CrmField,
  Mapping,
  NewConnection,
  ProviderForm,
  WebhookSecret,
  WebhookSetup,
} from "@rolodesk/shared/connection";
import type { ConnectionHealth } from "@rolodesk/shared/connection-health";
import type { MappingSample, MappingSuggestions, SampleInput } from "@rolodesk/shared/mapping";
import type { Site, SiteInput } from "@rolodesk/shared/site";
import type { NewUser, User, UserChange } from "@rolodesk/shared/user";
import { request } from "../api.ts";

export function listUsers(): Promise<{ users: User[] }> {
  return request("GET", "/api/users");
}
export function postUser(input: NewUser): Promise<{ user: User; resetLink: string }> {
  return request("POST", "/api/users", input);
}
export function patchUser(id: string, change: UserChange): Promise<User> {
  return request("PATCH", `/api/users/${encodeURIComponent(id)}`, change);
}
export function postResetLink(id: string): Promise<{ resetLink: string }> {
  return request("POST", `/api/users/${encodeURIComponent(id)}/reset-link`, {});
}

export function listSites(): Promise<{ sites: Site[]; publicUrl: string }> {
  return request("GET", "/api/sites");
}
export function postSite(input: SiteInput): Promise<Site> {
  return request("POST", "/api/sites", input);
}
export function patchSite(id: string, change: Partial<SiteInput>): Promise<Site> {
  return request("PATCH", `/api/sites/${encodeURIComponent(id)}`, change);
}
/** The new secret, shown this once; the old one stops working. */
export function postIdentitySecret(id: string): Promise<{ secret: string }> {
  return request("POST", `/api/sites/${encodeURIComponent(id)}/identity-secret`, {});
}
export function deleteIdentitySecret(id: string): Promise<void> {
  return request("DELETE", `/api/sites/${encodeURIComponent(id)}/identity-secret`);
}

export function listProviders(): Promise<{ providers: ProviderForm[] }> {
  return request("GET", "/api/providers");
}
export function listConnections(): Promise<{ connections: Connection[] }> {
  return request("GET", "/api/connections");
}
export function postConnection(input: NewConnection): Promise<Connection> {
  return request("POST", "/api/connections", input);
}

/** Begins to connect an account by the vendor's page, which is to be opened. */
export function postAuthorization(input: NewAuthorization): Promise<AuthorizationStart> {
  return request("POST", "/api/authorizations", input);
}
export function postReauthorization(id: string, input: ReAuthorization): Promise<AuthorizationStart> {
  return request("POST", `${connectionPath(id)}/authorization`, input);
}

function connectionPath(id: string): string {
  return `/api/connections/${encodeURIComponent(id)}`;
}

export function patchConnection(id: string, change: ConnectionChange): Promise<Connection> {
  return request("PATCH", connectionPath(id), change);
}
export function deleteConnection(id: string): Promise<void> {
  return request("DELETE", connectionPath(id));
}
export function postConnectionAction(id: string, action: "check" | "pause" | "resume"): Promise<Connection> {
  return request("POST", `${connectionPath(id)}/${action}`, {});
}
export function readHealth(id: string): Promise<ConnectionHealth> {
  return request("GET", `${connectionPath(id)}/health`);
}
export function readWebhook(id: string): Promise<WebhookSetup> {
  return request("GET", `${connectionPath(id)}/webhook`);
}
/** Shown this once; the old one stops working. */
export function postWebhookSecret(id: string): Promise<WebhookSecret> {
  return request("POST", `${connectionPath(id)}/webhook/secret`, {});
}
export function putSigningSecret(id: string, secret: string): Promise<void> {
  return request("PUT", `${connectionPath(id)}/webhook/signing`, { secret });
}
export function listFields(id: string, object: string): Promise<{ fields: CrmField[]; fetchedAt: string }> {
  return request("GET", `${connectionPath(id)}/fields?object=${encodeURIComponent(object)}`);
}
export function refreshFields(id: string): Promise<Connection> {
  return request("POST", `${connectionPath(id)}/fields/refresh`, {});
}
export function readSuggestions(id: string): Promise<MappingSuggestions> {
  return request("GET", `${connectionPath(id)}/mapping/suggestions`);
}
export function postSample(id: string, input: SampleInput): Promise<MappingSample> {
  return request("POST", `${connectionPath(id)}/mapping/sample`, input);
}
export function readMapping(id: string): Promise<Mapping> {
  return request("GET", `${connectionPath(id)}/mapping`);
}
export function putMapping(id: string, mapping: Mapping): Promise<Mapping> {
  return request("PUT", `${connectionPath(id)}/mapping`, mapping);
}
