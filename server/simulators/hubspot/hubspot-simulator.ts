import { randomUUID } from "node:crypto";
import { Hono } from "hono";
import { createDeliveries } from "../kit/deliveries.ts";
import { createFaults } from "../kit/faults.ts";
import { openStore } from "../kit/file-store.ts";
import { createJournal } from "../kit/journal.ts";
import { createOAuthServer, emptyOAuthState, type OAuthServer } from "../kit/oauth-server.ts";
import { mountRecordsPage } from "../kit/records-page.ts";
import type { SimulatedRecord, Simulator, SimulatorOptions } from "../kit/simulator.ts";
import { createWebhooks, type Webhooks } from "../kit/webhooks.ts";
import { type Account, accountDetails, BY_PERSON, contactById } from "./account.ts";
import { answerInHubSpotsWay, guard, json } from "./api-guard.ts";
import { notesOf } from "./contact-properties.ts";
import {
  archiveContact,
  createContact,
  mergeContacts,
  purgeContact,
  restoreContact,
  touchContact,
  updateContact,
} from "./contacts.ts";
import { type HubSpotApp, oauthRoutes } from "./oauth-routes.ts";
import { objectRoutes } from "./object-routes.ts";
import { plainProperty } from "./property-catalog.ts";
import { addProperty, archiveProperty, changeProperty, propertyRoutes } from "./property-routes.ts";
import { createRateLimits } from "./rate-limits.ts";
import { parseBody, textIn } from "./request-body.ts";
import { createSearchIndex } from "./search-index.ts";
import {
  defaultSwitches,
  emptyState,
  type HubSpotSwitches,
  type PropertyDefinition,
  type StoredContact,
} from "./state.ts";
import { HUBSPOT_DELIVERY, type HubSpotSubscription, hubspotCalls } from "./webhooks.ts";

export interface HubSpotSimulatorOptions extends SimulatorOptions {
  readonly token: string;
  /** The developer's app that can be connected by OAuth; none when absent. */
  readonly app?: HubSpotApp;
  readonly portalId?: number;
  /** IANA name; its midnight starts a new daily budget. */
  readonly timeZone?: string;
  readonly switches?: Partial<HubSpotSwitches>;
}

export interface HubSpotSimulator extends Simulator {
  /** What was given to the app; `revokeAll` is somebody disconnecting it under Connected apps. */
  readonly oauth: OAuthServer;
  /** Where documents are silent or accounts differ. Change them at any time. */
  readonly switches: HubSpotSwitches;
  /** Merges as a person would in HubSpot's UI; returns the survivor's id. */
  merge(primaryId: string, secondaryId: string): string;
  /** Takes an archived contact out of the recycling bin. */
  restore(id: string): void;
  /** Deletes for privacy: for good. */
  purge(id: string): void;
  /** Runs once, just before the next write through the API: the salesperson who was quicker. */
  beforeNextWrite(act: () => void): void;
  /** The person follows the link at the foot of a marketing email. */
  unsubscribe(id: string): void;
  /** HubSpot's own batch jobs stamp many contacts with one and the same millisecond. */
  runBatchJob(ids: readonly string[]): void;
  defineProperty(
    property: Pick<PropertyDefinition, "name" | "label" | "type" | "fieldType"> & Partial<PropertyDefinition>,
  ): void;
  changeProperty(name: string, change: Partial<PropertyDefinition>): void;
  archiveProperty(name: string): void;
  exhaustDailyLimit(): void;
  readonly webhooks: Webhooks<HubSpotSubscription>;
}

/** Manage OAuth access tokens: "expires after 30 minutes". */
const ACCESS_TOKEN_S = 1800;

/** Versions served over one store: v3 and the date-based ones; admins' "required" rules bind from 2026-09 on. */
const VERSIONS = [
  { objects: "/crm/v3/objects", properties: "/crm/v3/properties", account: "/account-info/v3", enforcesRules: false },
  ...["2026-03", "2026-09"].map((version) => ({
    objects: `/crm/objects/${version}`,
    properties: `/crm/properties/${version}`,
    account: `/account-info/${version}`,
    enforcesRules: version >= "2026-09",
  })),
];

const SHOWN_ALWAYS = { firstname: null, lastname: null, email: null, phone: null, company: null };

export function createHubSpotSimulator(options: HubSpotSimulatorOptions): HubSpotSimulator {
  const { token, portalId = 891_936_587, timeZone = "US/Eastern" } = options;
  const now = options.now ?? Date.now;
  const random = options.random ?? Math.random;
  const switches = { ...defaultSwitches(), ...options.switches };
  const store = openStore(options.file, emptyState);
  const state = () => store.state;
  const index = createSearchIndex({ state, now, random, lagMs: options.searchLagMs ?? 3000 });
  const account: Account = { state, now, switches, index, portalId, beforeWrite: null };
  function oauthState() {
    store.state.oauth ??= emptyOAuthState();
    return store.state.oauth;
  }
  const oauth = createOAuthServer({
    state: oauthState,
    now,
    lifetimeS: ACCESS_TOKEN_S,
    rotates: false,
    prefix: "na1-",
  });
  const limits = createRateLimits(switches, now, timeZone);
  const journal = createJournal();
  const faults = createFaults(journal, random);

  const app = new Hono();
  const api = new Hono();
  answerInHubSpotsWay(app);
  api.use("*", faults.middleware, guard({ token, oauth, switches, limits, save: store.save }));
  for (const version of VERSIONS) {
    api.route(version.objects, objectRoutes(account, version.objects, version.enforcesRules));
    api.route(version.properties, propertyRoutes(account));
    api.get(`${version.account}/details`, (c) => json(c, 200, accountDetails(portalId, timeZone)));
  }
  api.post("/visitor-identification/:version/tokens/create", async (c) => {
    textIn(parseBody(await c.req.text()), "email");
    return json(c, 200, { token: randomUUID() });
  });

  const records = () => Object.values(state().contacts).map((contact) => toRecord(account, contact));
  const simulator: HubSpotSimulator = {
    name: "HubSpot",
    app,
    oauth,
    journal,
    faults,
    switches,
    records,
    webhooks: createWebhooks<HubSpotSubscription>({
      store,
      records,
      deliveries: createDeliveries(HUBSPOT_DELIVERY, random, options.webhooks),
      callsFor: (changes, subscription) => hubspotCalls(account, random, changes, subscription),
    }),
    record(object, id) {
      const contact = object === "contact" ? state().contacts[id] : undefined;
      return contact && toRecord(account, contact);
    },
    seed(object, values) {
      if (object !== "contact") throw new Error(`HubSpot's simulator has no "${object}".`);
      const contact = createContact(account, values, { source: BY_PERSON, indexAtOnce: true });
      store.save();
      return contact.id;
    },
    edit(object, id, values) {
      updateContact(account, mustFind(account, object, id), values, { source: BY_PERSON });
      store.save();
    },
    remove(object, id) {
      archiveContact(account, mustFind(account, object, id));
      store.save();
    },
    merge(primaryId, secondaryId) {
      const survivor = mergeContacts(account, primaryId, secondaryId);
      store.save();
      return survivor.id;
    },
    restore(id) {
      restoreContact(account, id);
      store.save();
    },
    purge(id) {
      purgeContact(account, id, undefined);
      store.save();
    },
    beforeNextWrite(act) {
      account.beforeWrite = act;
    },
    unsubscribe(id) {
      const contact = mustFind(account, "contact", id);
      contact.values.hs_email_optout = "true";
      touchContact(account, contact);
      store.save();
    },
    runBatchJob(ids) {
      for (const id of ids) touchContact(account, mustFind(account, "contact", id));
      store.save();
    },
    defineProperty(property) {
      const { name, label, type, fieldType } = property;
      addProperty(account, { ...plainProperty(name, label, type, fieldType), ...property });
      store.save();
    },
    changeProperty(name, change) {
      changeProperty(account, name, change);
      store.save();
    },
    archiveProperty(name) {
      archiveProperty(account, name);
      store.save();
    },
    exhaustDailyLimit: limits.exhaustDay,
    setSearchLag: index.setLag,
    reset() {
      store.replace(emptyState());
      journal.clear();
      faults.clear();
    },
  };

  app.get("/contacts/:portalId/record/0-1/:id", (c) =>
    c.redirect(`/_records?q=${encodeURIComponent(c.req.param("id"))}`),
  );
  mountRecordsPage(app, simulator, { merge: (_object, winner, loser) => simulator.merge(winner, loser) });
  if (options.app) app.route("/", oauthRoutes({ app: options.app, oauth, portalId, switches, save: store.save }));
  app.route("/", api);
  return simulator;
}

function mustFind(account: Account, object: string, id: string): StoredContact {
  const contact = object === "contact" ? contactById(account, id) : undefined;
  if (!contact) throw new Error(`There is no ${object} ${id}.`);
  return contact;
}

function toRecord(account: Account, contact: StoredContact): SimulatedRecord {
  return {
    object: "contact",
    id: contact.id,
    values: { ...SHOWN_ALWAYS, ...contact.values },
    updatedAt: contact.updatedAt,
    state: stateOf(contact),
    notes: notesOf(account, contact).map((note) => note.values.hs_note_body ?? ""),
  };
}

function stateOf(contact: StoredContact): string | null {
  if (contact.archivedAt !== null) return "archived";
  return contact.merged.length > 0 ? `merged from ${contact.merged.map(({ id }) => id).join(" and ")}` : null;
}
