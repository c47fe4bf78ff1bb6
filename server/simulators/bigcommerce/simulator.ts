import { type Context, Hono } from "hono";
import { createDeliveries } from "../kit/deliveries.ts";
import { createFaults } from "../kit/faults.ts";
import { openStore } from "../kit/file-store.ts";
import { createJournal } from "../kit/journal.ts";
import { mountRecordsPage } from "../kit/records-page.ts";
import type { SimulatedRecord, Simulator, SimulatorOptions } from "../kit/simulator.ts";
import { createWebhooks, type Webhooks } from "../kit/webhooks.ts";
import { type ApiAccount, requireAccess, SCOPES } from "./access.ts";
import { BigCommerceApiError } from "./api-error.ts";
import { attributeRoutes, attributeValueRoutes, formFieldValueRoutes } from "./attribute-routes.ts";
import { createCustomerBook, stampOf, withFormFields } from "./customer-book.ts";
import { customerRoutes } from "./customer-routes.ts";
import { hookRoutes } from "./hook-routes.ts";
import { concurrencyLimiter, type RateLimit, rateLimiter, STANDARD_PLAN } from "./rate-limit.ts";
import { emptyState, type FormFieldDefinition, type StoredAttribute, type StoredCustomer } from "./state.ts";
import { openSession, SESSION_COOKIE, type StoreApp, storefront } from "./storefront.ts";
import { shownValues, typedChanges } from "./typed-values.ts";
import { BIGCOMMERCE_DELIVERY, type BigCommerceSubscription, bigcommerceCalls } from "./webhooks.ts";

export interface BigCommerceSimulatorOptions extends Omit<SimulatorOptions, "searchLagMs"> {
  /** Of a store-level API account with every scope this simulator knows. */
  readonly accessToken: string;
  readonly storeHash: string;
  readonly storeName?: string;
  /** May identify shoppers. */
  readonly app?: StoreApp;
  readonly rateLimit?: RateLimit;
  /** True when absent. */
  readonly phoneLists?: boolean;
  /** "refuse" when absent. */
  readonly missingOnUpdate?: "refuse" | "nothing";
  /** Hooks may lead to addresses that are not https on port 443. */
  readonly plainDestinations?: boolean;
}

export interface BigCommerceSimulator extends Simulator {
  addAccount(account: ApiAccount): void;
  /** Adds a customer attribute and returns its id. */
  addAttribute(name: string, type?: StoredAttribute["type"]): number;
  addFormField(field: FormFieldDefinition): void;
  /** Signs a shopper in on the storefront; returns the `Cookie` header their browser would send. */
  signIn(customerId: string): string;
  readonly webhooks: Webhooks<BigCommerceSubscription>;
}

const WRITES_AT_ONCE = 3;

/** BigCommerce's customers (REST Management API v3) and the storefront's current customer, for one store. */
export function createBigCommerceSimulator(options: BigCommerceSimulatorOptions): BigCommerceSimulator {
  const { storeHash, now = Date.now, random = Math.random } = options;
  const store = openStore(options.file, emptyState);
  const journal = createJournal();
  const faults = createFaults(journal, random);
  const book = createCustomerBook(store, now);
  const accounts = new Map<string, ApiAccount>();
  const apps = new Map<string, StoreApp>();
  accounts.set(options.accessToken, { accessToken: options.accessToken, scopes: SCOPES });
  if (options.app) apps.set(options.app.clientId, options.app);

  const records = () => Object.values(store.state.customers).map(toRecord);
  const webhooks = createWebhooks<BigCommerceSubscription>({
    store,
    records,
    deliveries: createDeliveries(BIGCOMMERCE_DELIVERY, random, options.webhooks),
    callsFor: (changes, subscription) => bigcommerceCalls({ storeHash, app: options.app, now }, changes, subscription),
  });

  const app = createApp();
  const simulator: BigCommerceSimulator = {
    name: "BigCommerce",
    app,
    journal,
    faults,
    records,
    webhooks,
    record(object, id) {
      const customer = object === "customer" ? store.state.customers[id] : undefined;
      return customer && toRecord(customer);
    },
    seed: (_object, values) => String(write(book.insert({}), values).id),
    edit(_object, id, values) {
      write(existing(id), values);
    },
    remove(_object, id) {
      book.change(existing(id), { deleted: true });
    },
    /** Lists are read from the store itself: nothing lags in BigCommerce. */
    setSearchLag() {},
    addAccount(account) {
      accounts.set(account.accessToken, account);
    },
    addAttribute(name, type = "string") {
      const stamp = stampOf(now());
      const attribute = { id: book.nextId(), name, type, date_created: stamp, date_modified: stamp };
      store.state.attributes.push(attribute);
      store.save();
      return attribute.id;
    },
    addFormField(field) {
      store.state.formFields.push(field);
      store.save();
    },
    signIn: (customerId) => `${SESSION_COOKIE}=${openSession(store, existing(customerId).id)}`,
    reset() {
      store.replace(emptyState());
      journal.clear();
      faults.clear();
    },
  };
  mountRecordsPage(app, simulator);
  return simulator;

  function createApp(): Hono {
    const api = new Hono();
    const root = `/stores/${storeHash}`;
    api.use("/stores/*", faults.middleware, rateLimiter(options.rateLimit ?? STANDARD_PLAN, now), async (c, next) => {
      const token = c.req.path.startsWith(`${root}/`) ? c.req.header("x-auth-token") : undefined;
      requireAccess(accounts, token, { method: c.req.method, path: c.req.path });
      await next();
    });
    api.use(`${root}/v3/*`, concurrencyLimiter(WRITES_AT_ONCE));
    api.get(`${root}/v2/store`, (c) => c.json(storeInformation(new URL(c.req.url).origin)));
    api.route(`${root}/v3/customers/attributes`, attributeRoutes(store, book, now));
    api.route(`${root}/v3/customers/attribute-values`, attributeValueRoutes(store, book));
    api.route(`${root}/v3/customers/form-field-values`, formFieldValueRoutes(book));
    api.route(
      `${root}/v3/customers`,
      customerRoutes({
        book,
        state: () => store.state,
        phoneLists: options.phoneLists ?? true,
        missingOnUpdate: options.missingOnUpdate ?? "refuse",
      }),
    );
    api.route(
      `${root}/v3/hooks`,
      hookRoutes({ webhooks, storeHash, now, plainDestinations: options.plainDestinations ?? false }),
    );
    api.route("/", storefront({ store, book, storeHash, apps, now }));
    api.get("/manage/customers/:id/edit", (c) => {
      const id = encodeURIComponent(c.req.param("id"));
      return c.redirect(`/_records?q=${id}#customer-${id}`);
    });
    api.onError(answerError);
    return api;
  }

  function storeInformation(origin: string) {
    return {
      id: storeHash,
      name: options.storeName ?? "Demo store",
      domain: new URL(origin).host,
      secure_url: origin,
      control_panel_base_url: origin,
      status: "live",
      country: "United States",
      country_code: "US",
      timezone: { name: "America/New_York", raw_offset: -18000 },
      plan_name: "Standard",
    };
  }

  function write(customer: StoredCustomer, values: Readonly<Record<string, unknown>>): StoredCustomer {
    const { changes, attributes, formFields } = typedChanges(values);
    for (const [id, text] of attributes) book.upsertAttribute(customer.id, id, text);
    return book.change(customer, { ...changes, form_fields: withFormFields(customer.form_fields, formFields) });
  }

  function existing(id: string): StoredCustomer {
    const customer = book.find(Number(id));
    if (!customer) throw new Error(`There is no customer ${id}.`);
    return customer;
  }

  function toRecord(customer: StoredCustomer): SimulatedRecord {
    return {
      object: "customer",
      id: String(customer.id),
      values: shownValues(customer, store.state.attributes, book.attributesOf(customer.id)),
      updatedAt: customer.date_modified,
      state: customer.deleted ? "deleted" : null,
      notes: customer.notes === "" ? [] : [customer.notes],
    };
  }
}

function answerError(error: Error, c: Context): Response {
  if (error instanceof BigCommerceApiError) return c.json(error.body(), error.status);
  if (error instanceof SyntaxError) return c.json(new BigCommerceApiError(400, "Input is invalid").body(), 400);
  throw error;
}
