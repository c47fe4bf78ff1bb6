import {
  Connection,
  ConnectionChange,
  NewConnection,
  SigningSecret,
  WebhookSecret,
  WebhookSetup,
} from "@rolodesk/shared/connection";
import { ConnectionHealth } from "@rolodesk/shared/connection-health";
import { ContactChoices, ContactSearch, DryRun, DryRunInput } from "@rolodesk/shared/dry-run";
import { Site, SiteInput } from "@rolodesk/shared/site";
import { NewUser, User, UserChange } from "@rolodesk/shared/user";
import type { DescribedRoutes } from "./route-description.ts";
import {
  ConnectionList,
  IdentitySecret,
  InvitedUser,
  ProviderList,
  ResetLink,
  SiteList,
  UserList,
} from "./wire-lists.ts";

const ADMIN = { access: "admin", adminOnly: true } as const;
/** A key that could make or raise accounts would outlive its revocation. */
const BY_PERSON = { access: "session", adminOnly: true } as const;

/** A part of a site; what is left out stays. */
const SiteChange = SiteInput.partial();

export const SETTINGS_ROUTES: DescribedRoutes = {
  "GET /api/sites": { summary: "List the sites you serve", access: "read:conversations", answers: { 200: SiteList } },
  "POST /api/sites": { summary: "Add a site", ...ADMIN, body: SiteInput, answers: { 201: Site } },
  "PATCH /api/sites/:id": { summary: "Change a site", ...ADMIN, body: SiteChange, answers: { 200: Site } },
  "POST /api/sites/:id/identity-secret": {
    summary: "Make a site's secret for signed identities",
    details: "Shown this once. The old one stops working.",
    ...ADMIN,
    answers: { 201: IdentitySecret },
  },
  "DELETE /api/sites/:id/identity-secret": {
    summary: "Remove a site's secret for signed identities",
    ...ADMIN,
    answers: { 204: null },
  },
  "GET /api/users": { summary: "List the users", access: "read:conversations", answers: { 200: UserList } },
  "POST /api/users": {
    summary: "Invite a user",
    details: "The link lets them choose a password. It works once.",
    ...BY_PERSON,
    body: NewUser,
    answers: { 201: InvitedUser },
    errors: [404, 409],
  },
  "PATCH /api/users/:id": {
    summary: "Change a user's name, role or sites, or deactivate them",
    ...BY_PERSON,
    body: UserChange,
    answers: { 200: User },
    errors: [409],
  },
  "POST /api/users/:id/reset-link": {
    summary: "Make a link with which a user chooses a new password",
    ...BY_PERSON,
    answers: { 200: ResetLink },
    errors: [409],
  },
  "POST /api/dry-run": {
    summary: "Try out what a push of somebody would do in every active connection",
    details:
      "Finds the records and plans the fields by the code of the push. Nothing is stored and no CRM is written to.",
    ...ADMIN,
    body: DryRunInput,
    answers: { 200: DryRun },
    errors: [404],
  },
  "GET /api/dry-run/contacts": {
    summary: "Search the contacts a dry run can be made of",
    ...ADMIN,
    query: ContactSearch,
    answers: { 200: ContactChoices },
  },
  "GET /api/providers": {
    summary: "List the CRMs that can be connected, and what each asks for",
    ...ADMIN,
    answers: { 200: ProviderList },
  },
  "GET /api/connections": {
    summary: "List the CRM connections",
    details: "Agents see names and states. Settings and the last characters of credentials are for admins.",
    access: "read:sync",
    answers: { 200: ConnectionList },
  },
  "POST /api/connections": {
    summary: "Connect a CRM account",
    details: "It is tested first. A refusal names the input that is wrong.",
    ...ADMIN,
    body: NewConnection,
    answers: { 201: Connection },
    errors: [404, 409],
  },
  "PATCH /api/connections/:id": {
    summary: "Change a connection",
    details: "Credentials are replaced as a whole or left as they are.",
    ...ADMIN,
    body: ConnectionChange,
    answers: { 200: Connection },
    errors: [409],
  },
  "DELETE /api/connections/:id": { summary: "Remove a connection", ...ADMIN, answers: { 204: null }, errors: [409] },
  "POST /api/connections/:id/check": {
    summary: "Test a connection now",
    ...ADMIN,
    answers: { 200: Connection },
    errors: [409],
  },
  "POST /api/connections/:id/pause": {
    summary: "Pause a connection",
    ...ADMIN,
    answers: { 200: Connection },
    errors: [409],
  },
  "POST /api/connections/:id/resume": {
    summary: "Resume a connection",
    ...ADMIN,
    answers: { 200: Connection },
    errors: [409],
  },
  "GET /api/connections/:id/health": {
    summary: "Read how a connection is doing: its limits, its queue and its last trouble",
    details: "Asks the CRM nothing.",
    ...ADMIN,
    answers: { 200: ConnectionHealth },
  },
  "GET /api/connections/:id/webhook": {
    summary: "Read how a connection's CRM tells of changes, and what came last",
    ...ADMIN,
    answers: { 200: WebhookSetup },
    errors: [409],
  },
  "POST /api/connections/:id/webhook/secret": {
    summary: "Make the secret a CRM adds to its webhooks",
    details: "Shown this once. The old one stops working.",
    ...ADMIN,
    answers: { 201: WebhookSecret },
    errors: [409],
  },
  "PUT /api/connections/:id/webhook/signing": {
    summary: "Keep the secret or key by which a CRM signs its webhooks",
    details: "Blank forgets it.",
    ...ADMIN,
    body: SigningSecret,
    answers: { 204: null },
    errors: [409],
  },
};
