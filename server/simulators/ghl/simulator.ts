import { randomUUID } from "node:crypto";
import { type Context, Hono, type MiddlewareHandler } from "hono";
import { createDeliveries } from "../kit/deliveries.ts";
import { createFaults } from "../kit/faults.ts";
import { openStore } from "../kit/file-store.ts";
import { createJournal } from "../kit/journal.ts";
import { mountRecordsPage } from "../kit/records-page.ts";
import type { Simulator, SimulatorOptions } from "../kit/simulator.ts";
import { createWebhooks, type Webhooks } from "../kit/webhooks.ts";
import {
  bearerOf,
  type GhlToken,
  locationIdOf,
  requireLocation,
  requireScope,
  requireVersion,
  scopeOf,
} from "./access.ts";
import { GhlApiError } from "./api-error.ts";
import { createCallBook, type PlayedCall } from "./call-book.ts";
import { mountCallPage } from "./call-page.ts";
import { createContactBook, newId } from "./contact-book.ts";
import { contactRoutes } from "./contact-routes.ts";
import { locationRoutes } from "./location-routes.ts";
import { messageRoutes } from "./message-routes.ts";
import { noteRoutes } from "./note-routes.ts";
import { createGhlOAuth, type GhlOAuth } from "./oauth.ts";
import type { GhlApp } from "./oauth-routes.ts";
import { PAID_PLAN, type RateLimit, rateLimiter } from "./rate-limit.ts";
import { addressesOf, toRecord } from "./shown-record.ts";
import { type CustomField, emptyState, type GhlLocation, type StoredContact, type UniqueIdentifier } from "./state.ts";
import { typedChanges } from "./typed-values.ts";
import { GHL_DELIVERY, type GhlSubscription, ghlCalls, webhookKeys } from "./webhooks.ts";

export interface GhlSimulatorOptions extends SimulatorOptions {
  /** The private integration token of the location, with every scope. */
  readonly token: string;
  readonly locationId: string;
  /** The Marketplace app that can be installed; none when absent. */
  readonly app?: GhlApp;
  readonly locationName?: string;
  readonly country?: string;
  readonly timezone?: string;
  /** The location's setting; false, as new locations have it, when absent. */
  readonly allowDuplicateContact?: boolean;
  readonly contactUniqueIdentifiers?: readonly UniqueIdentifier[];
  readonly rateLimit?: RateLimit;
  /** Custom values under an unknown id are dropped without a word when absent. */
  readonly unknownCustomField?: "ignore" | "refuse";
  /** An update that takes another contact's email or phone is refused when absent. */
  readonly duplicateOnUpdate?: "refuse" | "drop";
}

export interface GhlSimulator extends Simulator {
  readonly location: Readonly<GhlLocation>;
  /** What was given to the app; `server.revokeAll` is somebody uninstalling it. */
  readonly oauth: GhlOAuth;
  /** Changes the location's duplicate rule, as an admin does under Settings. */
  setDuplicateRule(allowDuplicateContact: boolean, contactUniqueIdentifiers?: readonly UniqueIdentifier[]): void;
  addToken(token: GhlToken): void;
  /** Adds a custom field and returns its id. */
  addCustomField(field: Pick<CustomField, "name" | "dataType" | "picklistOptions"> & Partial<CustomField>): string;
  removeCustomField(id: string): void;
  /** Merges as the UI does: the loser vanishes, the winner keeps its addresses as additional ones. */
  merge(winnerId: string, loserId: string): void;
  /** Plays a telephone call with a contact; whoever subscribed is told of it. Returns its id. */
  call(contactId: string, played: PlayedCall): string;
  readonly webhooks: Webhooks<GhlSubscription>;
  /** By which deliveries are verified, in PEM. */
  readonly webhookPublicKey: string;
}

/** Index lag as measured by third parties after a create: about 12 s. */
const SEARCH_LAG_MS = 12_000;

/** HighLevel's contacts API (Version 2021-07-28) for one sub-account, with a lagging search index and its rate limit. */
export function createGhlSimulator(options: GhlSimulatorOptions): GhlSimulator {
  const { now = Date.now, random = Math.random } = options;
  const store = openStore(options.file, emptyState);
  const journal = createJournal();
  const faults = createFaults(journal, random);
  const book = createContactBook(store, now, random);
  const calls = createCallBook({ store, locationId: options.locationId, now, random });
  const tokens = new Map<string, GhlToken>();
  let searchLagMs = options.searchLagMs ?? SEARCH_LAG_MS;
  const location: GhlLocation = {
    id: options.locationId,
    companyId: "demoAgency0000000001",
    name: options.locationName ?? "Demo location",
    country: options.country ?? "US",
    timezone: options.timezone ?? "America/New_York",
    allowDuplicateContact: options.allowDuplicateContact ?? false,
    contactUniqueIdentifiers: options.contactUniqueIdentifiers ?? ["email", "phone"],
  };
  const oauth = createGhlOAuth({ app: options.app, store, location, now });
  tokens.set(options.token, { token: options.token, kind: "pit", locationId: location.id });

  const app = createApp();
  const records = () => book.all().map((contact) => toRecord(contact, store.state));
  const simulator: GhlSimulator = {
    name: "HighLevel",
    app,
    journal,
    faults,
    location,
    oauth,
    records,
    webhooks: createWebhooks<GhlSubscription>({
      store,
      records,
      deliveries: createDeliveries(GHL_DELIVERY, random, options.webhooks),
      callsFor: (changes, subscription) =>
        ghlCalls(location.id, { privateKey: webhookKeys(store).privateKey, now }, changes, subscription),
    }),
    get webhookPublicKey() {
      return webhookKeys(store).publicKey;
    },
    record(object, id) {
      const contact = object === "contact" ? store.state.contacts[id] : undefined;
      return contact && toRecord(contact, store.state);
    },
    seed: (_object, values) => book.insert(typedChanges(values), { source: "WEB_USER", ...atOnce() }).id,
    edit(_object, id, values) {
      book.change(existing(id), typedChanges(values), atOnce());
    },
    remove(_object, id) {
      book.end(existing(id), "deleted", atOnce());
    },
    merge(winnerId, loserId) {
      const [winner, loser] = [existing(winnerId), existing(loserId)];
      const additionalEmails = [...winner.additionalEmails, ...addressesOf(loser, "email", loser.additionalEmails)];
      const additionalPhones = [...winner.additionalPhones, ...addressesOf(loser, "phone", loser.additionalPhones)];
      book.end(loser, `merged into ${winnerId}`, atOnce());
      book.change(winner, { additionalEmails, additionalPhones }, atOnce());
    },
    call(contactId, played) {
      const call = calls.log(existing(contactId), played);
      simulator.webhooks.tell((subscription) => calls.hits(call, played, subscription));
      return call.id;
    },
    setSearchLag(ms) {
      searchLagMs = ms;
    },
    setDuplicateRule(allow, identifiers = location.contactUniqueIdentifiers) {
      location.allowDuplicateContact = allow;
      location.contactUniqueIdentifiers = identifiers;
    },
    addToken(token) {
      tokens.set(token.token, token);
    },
    removeCustomField(id) {
      store.state.customFields = store.state.customFields.filter((field) => field.id !== id);
      store.save();
    },
    addCustomField(field) {
      const id = field.id ?? newId(random);
      const fieldKey = `contact.${field.name.toLowerCase().replace(/\W+/g, "_")}`;
      const dateAdded = new Date(now()).toISOString();
      store.state.customFields.push({ model: "contact", fieldKey, dateAdded, ...field, id });
      store.save();
      return id;
    },
    reset() {
      store.replace(emptyState());
      journal.clear();
      faults.clear();
    },
  };
  mountRecordsPage(app, simulator, {
    merge: (_object, winner, loser) => simulator.merge(winner, loser),
    more: { label: "Log a call", path: ({ id }) => `/_calls/${encodeURIComponent(id)}` },
  });
  mountCallPage(app, { record: (id) => simulator.record("contact", id), call: simulator.call });
  return simulator;

  function createApp(): Hono {
    const api = new Hono({ strict: false });
    const limiter = rateLimiter(options.rateLimit ?? PAID_PLAN, now);
    for (const path of ["/contacts/*", "/locations/*", "/users/*", "/conversations/*"])
      api.use(path, faults.middleware, limiter, guard);
    api.route("/", oauth.routes);
    api.route("/contacts", noteRoutes({ store, book, now, random }));
    api.route(
      "/contacts",
      contactRoutes({
        book,
        location,
        now,
        searchLagMs: () => searchLagMs,
        knowsCustomField: (id) =>
          store.state.customFields.some((field) => field.id === id && field.model === "contact"),
        unknownCustomField: options.unknownCustomField ?? "ignore",
        duplicateOnUpdate: options.duplicateOnUpdate ?? "refuse",
      }),
    );
    api.route("/locations", locationRoutes(location, store, book));
    api.route("/conversations", messageRoutes(calls.all, location.id));
    api.get("/users", (c) =>
      c.json({
        users: [{ id: "demoUser000000000001", name: "Dana Demo", email: "dana@example.com" }],
        traceId: randomUUID(),
      }),
    );
    api.onError(answerError);
    return api;
  }

  function guard(...[c, next]: Parameters<MiddlewareHandler>) {
    return check(c).then(next);
  }

  async function check(c: Context): Promise<void> {
    requireVersion(c.req.header("version"));
    const token = bearerOf(c, tokens, oauth.tokenOf);
    requireScope(token, scopeOf(c.req.method, c.req.path));
    requireLocation(token, await locationIdOf(c, location.id), location.id);
    c.header("cf-ray", `${randomUUID().slice(0, 16).replace("-", "")}-DEMO`);
  }

  function atOnce() {
    const at = now();
    return { at: new Date(at).toISOString(), visibleAt: at };
  }

  function existing(id: string): StoredContact {
    const contact = book.living(id);
    if (!contact) throw new Error(`There is no contact ${id}.`);
    return contact;
  }
}

function answerError(error: Error, c: Context): Response {
  if (error instanceof GhlApiError) return c.json(error.body(randomUUID()), error.status);
  if (error instanceof SyntaxError) {
    return c.json({ statusCode: 400, message: error.message, traceId: randomUUID() }, 400);
  }
  throw error;
}
