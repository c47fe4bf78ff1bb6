import { ACCOUNT_ROUTES } from "./account-routes.ts";
import { AUDIT_ROUTES } from "./audit-routes.ts";
import { AUTHORIZATION_ROUTES } from "./authorization-routes.ts";
import { BATCH_ROUTES } from "./batch-routes.ts";
import { CONFLICT_ROUTES } from "./conflict-routes.ts";
import { CONTACT_ROUTES } from "./contact-routes.ts";
import { CONVERSATION_ROUTES } from "./conversation-routes.ts";
import { ERASURE_ROUTES } from "./erasure-routes.ts";
import { EXPORT_ROUTES } from "./export-routes.ts";
import { IMPORT_ROUTES } from "./import-routes.ts";
import { MAPPING_ROUTES } from "./mapping-routes.ts";
import { MERGE_ROUTES } from "./merge-routes.ts";
import { PHONE_CALL_ROUTES } from "./phone-call-routes.ts";
import type { DescribedRoutes, RouteDescription } from "./route-description.ts";
import { SETTINGS_ROUTES } from "./settings-routes.ts";
import { SYNC_ROUTES } from "./sync-routes.ts";
import { WEBHOOK_ROUTES } from "./webhook-routes.ts";

/** Every route below /api, under the heading it is read under. A test fails for one that is missing. */
export const DESCRIBED_AREAS: readonly { readonly tag: string; readonly routes: DescribedRoutes }[] = [
  { tag: "Conversations", routes: CONVERSATION_ROUTES },
  { tag: "Contacts", routes: { ...CONTACT_ROUTES, ...MERGE_ROUTES, ...ERASURE_ROUTES } },
  { tag: "Conflicts", routes: CONFLICT_ROUTES },
  { tag: "Syncs", routes: SYNC_ROUTES },
  { tag: "Imports from CRMs", routes: IMPORT_ROUTES },
  { tag: "Imports from files", routes: BATCH_ROUTES },
  { tag: "Telephone calls", routes: PHONE_CALL_ROUTES },
  { tag: "Exports", routes: EXPORT_ROUTES },
  { tag: "Settings", routes: { ...SETTINGS_ROUTES, ...AUTHORIZATION_ROUTES, ...MAPPING_ROUTES } },
  { tag: "Webhooks", routes: WEBHOOK_ROUTES },
  { tag: "Audit", routes: AUDIT_ROUTES },
  { tag: "Accounts", routes: ACCOUNT_ROUTES },
];

const ALL = new Map(DESCRIBED_AREAS.flatMap(({ routes }) => Object.entries(routes)));

/** `route` is a method and a path as the router has it, e.g. `GET /api/users`. */
export function descriptionOf(route: string): RouteDescription | undefined {
  return ALL.get(route);
}
