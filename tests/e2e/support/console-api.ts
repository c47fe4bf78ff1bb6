import { type APIRequestContext, request } from "@playwright/test";
import type { Conflict } from "../../../packages/shared/src/conflict.ts";
import type { Connection, NewConnection } from "../../../packages/shared/src/connection.ts";
import type { ConversationPage } from "../../../packages/shared/src/conversation.ts";
import type { CrmPanel } from "../../../packages/shared/src/crm-panel.ts";
import type { Site } from "../../../packages/shared/src/site.ts";
import { DEMO_ADMIN } from "../../../server/demo/demo-accounts.ts";

/** An admin at the HTTP doors: what a test prepares or looks up without a browser. */
export interface ConsoleApi {
  /** Cookies for a browser context in which nobody has to sign in. */
  readonly state: Awaited<ReturnType<APIRequestContext["storageState"]>>;
  get<T>(path: string): Promise<T>;
  send<T>(method: "POST" | "PATCH" | "PUT" | "DELETE", path: string, data?: unknown): Promise<T>;
  dispose(): Promise<void>;
}

export async function signIn(
  url: string,
  { email, password }: { email: string; password: string } = DEMO_ADMIN,
): Promise<ConsoleApi> {
  const context = await request.newContext({ baseURL: url, extraHTTPHeaders: { "x-rolodesk": "1", origin: url } });
  async function send<T>(method: string, path: string, data?: unknown): Promise<T> {
    const response = await context.fetch(path, { method, data });
    const text = await response.text();
    if (!response.ok()) throw new Error(`${method} ${path} answered ${response.status()}: ${text}`);
    return (text === "" ? undefined : JSON.parse(text)) as T;
  }
  await send("POST", "/api/auth/sign-in/email", { email, password });
  return {
    state: await context.storageState(),
    get: (path) => send("GET", path),
    send,
    dispose: () => context.dispose(),
  };
}

/** Takes the demo's own connections away and makes these instead. */
export async function connectOnly(api: ConsoleApi, access: readonly NewConnection[]): Promise<void> {
  for (const { id } of await connectionsOf(api)) await api.send("DELETE", `/api/connections/${id}`);
  for (const one of access) await api.send("POST", "/api/connections", one);
}

async function connectionsOf(api: ConsoleApi): Promise<Connection[]> {
  return (await api.get<{ connections: Connection[] }>("/api/connections")).connections;
}

export async function connectionNamed(api: ConsoleApi, name: string): Promise<Connection> {
  const found = (await connectionsOf(api)).find((connection) => connection.name === name);
  if (!found) throw new Error(`No connection is named ${name}.`);
  return found;
}

/** The site of the demo shop. */
export async function shopSite(api: ConsoleApi): Promise<Site> {
  const [site] = (await api.get<{ sites: Site[] }>("/api/sites")).sites;
  if (!site) throw new Error("The demo has no site.");
  return site;
}

/** Ids of the conversations in which a text occurs, newest first, whatever their status. */
export async function conversationsWith(api: ConsoleApi, text: string): Promise<string[]> {
  const search = encodeURIComponent(text);
  const pages = await Promise.all(
    ["open", "ended"].map((status) =>
      api.get<ConversationPage>(`/api/conversations?view=all&status=${status}&search=${search}`),
    ),
  );
  return pages
    .flatMap(({ items }) => items)
    .map(({ id }) => id)
    .sort()
    .reverse();
}

export async function crmPanelOf(api: ConsoleApi, conversationId: string): Promise<CrmPanel> {
  return await api.get<CrmPanel>(`/api/conversations/${conversationId}/crm`);
}

/** Conflicts somebody has yet to decide, over all CRMs. */
export async function pendingConflictsOf(api: ConsoleApi, conversationId: string): Promise<Conflict[]> {
  const { tabs } = await crmPanelOf(api, conversationId);
  return tabs.flatMap(({ conflicts }) => conflicts).filter(({ status }) => status === "pending");
}
