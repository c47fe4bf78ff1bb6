import type { Area } from "./doors.ts";
import { apiKeyRoutes } from "./routes/api-keys.ts";
import { auditRoutes } from "./routes/audit.ts";
import { authorizationRoutes, reauthorizationRoutes } from "./routes/authorizations.ts";
import { batchRoutes } from "./routes/batches.ts";
import { conflictRoutes } from "./routes/conflicts.ts";
import { connectionRoutes } from "./routes/connections.ts";
import { contactSyncRoutes } from "./routes/contact-sync.ts";
import { contactViewRoutes } from "./routes/contact-views.ts";
import { contactRoutes } from "./routes/contacts.ts";
import { conversationRoutes } from "./routes/conversations.ts";
import { crmPanelRoutes } from "./routes/crm-panel.ts";
import { dryRunRoutes } from "./routes/dry-run.ts";
import { erasureRoutes } from "./routes/erasures.ts";
import { contactExportRoutes, syncExportRoutes } from "./routes/exports.ts";
import { importRoutes } from "./routes/imports.ts";
import { mappingRoutes } from "./routes/mapping.ts";
import { meRoutes } from "./routes/me.ts";
import { duplicateRoutes, mergeRoutes } from "./routes/merges.ts";
import { contactPhoneCallRoutes, phoneCallRoutes } from "./routes/phone-calls.ts";
import { providerRoutes } from "./routes/providers.ts";
import { settlementRoutes } from "./routes/settlements.ts";
import { siteRoutes } from "./routes/sites.ts";
import { syncRunRoutes } from "./routes/sync-runs.ts";
import { syncStatsRoutes } from "./routes/sync-stats.ts";
import { userRoutes } from "./routes/users.ts";
import { webhookDeliveryRoutes, webhookEndpointRoutes } from "./routes/webhook-endpoints.ts";

/** What signed-in users reach, by path. Several areas may share one. */
export const AREAS: readonly { readonly path: `/api/${string}`; readonly area: Area }[] = [
  { path: "/api/me", area: meRoutes },
  { path: "/api/conversations", area: conversationRoutes },
  { path: "/api/conversations", area: crmPanelRoutes },
  { path: "/api/sync-runs", area: syncExportRoutes },
  { path: "/api/sync-runs", area: syncRunRoutes },
  { path: "/api/sync-stats", area: syncStatsRoutes },
  { path: "/api/conflicts", area: conflictRoutes },
  { path: "/api/settlements", area: settlementRoutes },
  { path: "/api/dry-run", area: dryRunRoutes },
  { path: "/api/providers", area: providerRoutes },
  { path: "/api/connections", area: connectionRoutes },
  { path: "/api/connections", area: reauthorizationRoutes },
  { path: "/api/authorizations", area: authorizationRoutes },
  { path: "/api/connections", area: mappingRoutes },
  { path: "/api/connections", area: contactSyncRoutes },
  { path: "/api/imports", area: importRoutes },
  { path: "/api/batches", area: batchRoutes },
  { path: "/api/contacts", area: contactExportRoutes },
  { path: "/api/contacts", area: contactRoutes },
  { path: "/api/contact-views", area: contactViewRoutes },
  { path: "/api/contacts", area: contactPhoneCallRoutes },
  { path: "/api/phone-calls", area: phoneCallRoutes },
  { path: "/api/duplicates", area: duplicateRoutes },
  { path: "/api/merges", area: mergeRoutes },
  { path: "/api/erasures", area: erasureRoutes },
  { path: "/api/users", area: userRoutes },
  { path: "/api/sites", area: siteRoutes },
  { path: "/api/audit", area: auditRoutes },
  { path: "/api/api-keys", area: apiKeyRoutes },
  { path: "/api/webhook-endpoints", area: webhookEndpointRoutes },
  { path: "/api/webhook-deliveries", area: webhookDeliveryRoutes },
];
