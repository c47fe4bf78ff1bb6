import type { ConnectionRow } from "../../server/db/queries/connection.ts";
import type { Simulator } from "../../server/simulators/kit/simulator.ts";
import {
  type Authorizing,
  beginAuthorization,
  beginReauthorization,
} from "../../server/usecases/authorizations/begin-authorization.ts";
import { finishAuthorization } from "../../server/usecases/authorizations/finish-authorization.ts";
import type { Authorizable } from "./simulated-crms.ts";
import type { SyncRig } from "./sync-rig.ts";

interface AuthorizeChoice {
  /** Of an existing connection; absent: a new one. */
  readonly connectionId?: string;
  readonly settings?: Record<string, string>;
  /** The link a person follows on the vendor's page. */
  readonly label?: string;
}

export function signedIn(rig: SyncRig, sessionId = "session-1"): Authorizing {
  return { actor: rig.admin, sessionId };
}

/** Opens the vendor's page and gives an answer there. Returns the address the browser is sent back to. */
export async function consent({ app }: Simulator, address: string, label: string): Promise<URL> {
  const { pathname, search } = new URL(address);
  const page = await app.request(pathname + search);
  const links = [...(await page.text()).matchAll(/<a href="([^"]*)">([^<]*)<\/a>/g)];
  const [, href = ""] = links.find(([, , text]) => text === label) ?? [];
  if (href === "") throw new Error(`The vendor's page (${page.status}) has no “${label}”.`);
  const answer = await app.request(href.replaceAll("&amp;", "&"));
  return new URL(answer.headers.get("location") ?? "");
}

/** Begins in a browser, and comes back with what the vendor sent. */
export async function begun(rig: SyncRig, crm: Authorizable, choice: AuthorizeChoice = {}) {
  const { settings, credentials } = rig.apps[crm];
  const entered = { settings: { ...settings, ...choice.settings }, credentials };
  const { url } = choice.connectionId
    ? await beginReauthorization(rig.deps, signedIn(rig), choice.connectionId, entered)
    : await beginAuthorization(rig.deps, signedIn(rig), { provider: crm, name: crm, siteIds: [], ...entered });
  const label = choice.label ?? (crm === "ghl" ? rig.ghl.location.name : "Connect app");
  const back = await consent(rig[crm], url, label);
  const { state, code, error } = Object.fromEntries(back.searchParams);
  return { url: new URL(url), back, provider: crm, state, code, error };
}

/** The whole way of one admin through the vendor's pages. */
export async function authorize(rig: SyncRig, crm: Authorizable, choice: AuthorizeChoice = {}): Promise<ConnectionRow> {
  const { state, code, error } = await begun(rig, crm, choice);
  return await finishAuthorization(rig.deps, signedIn(rig), { provider: crm, state, code, error });
}
