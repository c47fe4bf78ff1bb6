import { Hono } from "hono";
import { createDeliveries } from "../kit/deliveries.ts";
import { createFaults, type Faults } from "../kit/faults.ts";
import { openStore } from "../kit/file-store.ts";
import { createJournal, type Journal } from "../kit/journal.ts";
import { mountRecordsPage } from "../kit/records-page.ts";
import type { SimulatedRecord, Simulator, SimulatorOptions } from "../kit/simulator.ts";
import { createWebhooks, type Webhooks } from "../kit/webhooks.ts";
import type { Column, Table } from "./columns.ts";
import type { DuplicateDetection } from "./duplicate-detection.ts";
import { createEntra, type Entra } from "./entra.ts";
import { disqualifyLead, mergeRecords, type QualifyOptions, qualifyLead } from "./lifecycle.ts";
import { createRows, emptyState, type Row, valuesOf } from "./rows.ts";
import { standardTables } from "./tables.ts";
import { answerError, createWebApi } from "./web-api.ts";
import { DYNAMICS_DELIVERY, type DynamicsSubscription, dynamicsCalls } from "./webhooks.ts";
import { acceptBody, fromForm } from "./write-body.ts";

interface DynamicsSimulatorOptions extends SimulatorOptions {
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly organizationName?: string;
}

type Throttle = "requests" | "time" | "concurrency";

/**
 * Microsoft Entra's token endpoint (`POST /{tenant}/oauth2/v2.0/token`) and the Dataverse Web API below
 * `/api/data/v9.2/`, with contacts, leads and notes. `journal` and `faults` see the Web API alone; the token endpoint
 * has its own pair in `entra`.
 */
export interface DynamicsSimulator extends Simulator {
  readonly entra: Pick<Entra, "expireTokens" | "setLifetime" | "setSecret" | "setApplicationUser"> & {
    readonly journal: Journal;
    readonly faults: Faults;
  };
  readonly duplicates: DuplicateDetection;
  readonly organizationId: string;
  /** The application user behind the credentials. */
  readonly userId: string;
  /** Returns the contact's id, or null when none was created. */
  qualify(leadId: string, options: QualifyOptions): string | null;
  merge(object: "contact" | "lead", winner: string, loser: string): void;
  disqualify(leadId: string): void;
  /** The next requests (all when `times` is absent) meet a service protection limit. Returns how to lift it. */
  throttle(limit: Throttle, options: { readonly retryAfterSeconds: number; readonly times?: number }): () => void;
  /** A customer changes the length of a text column; without a length the column is deleted. */
  alterColumn(object: string, name: string, maxLength: number | undefined): void;
  readonly webhooks: Webhooks<DynamicsSubscription>;
}

/** (Dataverse, Service protection API limits.) */
const LIMITS: Record<Throttle, { code: string; message: string }> = {
  requests: {
    code: "0x80072322",
    message: "Number of requests exceeded the limit of 6000 over time window of 300 seconds.",
  },
  time: {
    code: "0x80072321",
    message:
      "Combined execution time of incoming requests exceeded limit of 1,200,000 milliseconds over time window of 300 seconds. Decrease number of concurrent requests or reduce the duration of requests and try again later.",
  },
  concurrency: { code: "0x80072326", message: "Number of concurrent requests exceeded the limit of 52." },
};

export function createDynamicsSimulator(options: DynamicsSimulatorOptions): DynamicsSimulator {
  const now = options.now ?? Date.now;
  const random = options.random ?? Math.random;
  const store = openStore(options.file, emptyState);
  const tables = standardTables().map((table) => ({ ...table, columns: [...table.columns] }));
  const rows = createRows(store, tables, now);
  const journal = createJournal();
  const faults = createFaults(journal, random);
  const entraJournal = createJournal();
  const entraFaults = createFaults(entraJournal, random);
  const entra = createEntra({ ...options, now });
  const duplicates: DuplicateDetection = { on: false, status: 500, acrossTables: false };
  const organization = {
    name: options.organizationName ?? "Example Sales",
    get id() {
      return store.state.organizationId;
    },
    get userId() {
      return store.state.userId;
    },
  };

  const app = new Hono();
  app.onError(answerError);
  app.post("/:tenant/oauth2/v2.0/token", entraFaults.middleware, entra.tokenEndpoint);
  app.all("/api/data/*", faults.middleware, entra.requireToken, createWebApi({ rows, duplicates }, organization));
  app.get("/main.aspx", (c) => {
    const id = c.req.query("id") ?? "";
    return c.redirect(`/_records?q=${encodeURIComponent(id)}`);
  });

  const person = (object: string) => rows.table(object);
  const shown = (table: Table, row: Row): SimulatedRecord => ({
    object: table.name,
    id: row.id,
    values: heldValues(table, row),
    updatedAt: row.modifiedOn,
    state: stateOf(table, row),
    notes: rows
      .list(rows.table("annotation"))
      .filter((note) => note.values._objectid_value === row.id)
      .map((note) => [note.values.subject, note.values.notetext].filter(Boolean).join("\n")),
  });

  const records = () =>
    ["contact", "lead"].flatMap((name) => rows.list(person(name)).map((row) => shown(person(name), row)));
  const simulator: DynamicsSimulator = {
    name: "Dynamics 365",
    app,
    journal,
    faults,
    entra: { ...entra, journal: entraJournal, faults: entraFaults },
    duplicates,
    get organizationId() {
      return organization.id;
    },
    get userId() {
      return organization.userId;
    },
    records,
    webhooks: createWebhooks<DynamicsSubscription>({
      store,
      records,
      deliveries: createDeliveries(DYNAMICS_DELIVERY, random, options.webhooks),
      callsFor: (changes, subscription) => dynamicsCalls(organization, now, changes, subscription),
    }),
    record(object, id) {
      const table = tables.find((one) => one.name === object);
      const row = table && rows.find(table, id);
      return table && row && shown(table, row);
    },
    seed(object, values) {
      const table = person(object);
      return rows.insert(table, acceptBody(rows, table, fromForm(table, values), "create")).id;
    },
    edit(object, id, values) {
      const table = person(object);
      rows.change(table, id, acceptBody(rows, table, fromForm(table, values), "update"));
    },
    remove: (object, id) => rows.remove(person(object), id),
    /** Dataverse queries its primary store: what was written is found at once, whatever is set here. */
    setSearchLag() {},
    reset() {
      store.replace({ ...emptyState(), organizationId: organization.id, userId: organization.userId });
      Object.assign(duplicates, { on: false, status: 500, acrossTables: false });
      journal.clear();
      faults.clear();
      entraJournal.clear();
      entraFaults.clear();
    },
    qualify: (leadId, wanted) => qualifyLead(rows, leadId, wanted),
    merge: (object, winner, loser) => mergeRecords(rows, object, winner, loser),
    disqualify: (leadId) => disqualifyLead(rows, leadId),
    throttle(limit, { retryAfterSeconds, times }) {
      return faults.play({
        times,
        fault: {
          kind: "status",
          status: 429,
          contentType: "application/json",
          headers: { "retry-after": String(retryAfterSeconds) },
          body: JSON.stringify({ error: LIMITS[limit] }),
        },
      });
    },
    alterColumn(object, name, maxLength) {
      const columns = tables.find((table) => table.name === object)?.columns ?? [];
      const at = columns.findIndex((column) => column.name === name);
      const column = columns[at];
      if (!column) throw new Error(`${object} has no column "${name}".`);
      columns.splice(at, 1, ...(maxLength === undefined ? [] : [{ ...column, maxLength } satisfies Column]));
    },
  };
  mountRecordsPage(app, simulator, simulator);
  return simulator;
}

/** What a person would look at: the values that are held, and the blanks a form always shows. */
function heldValues(table: Table, row: Row): Record<string, unknown> {
  const editable = table.columns.filter((column) => !column.readOnly && !column.createOnly && column.type !== "Lookup");
  const always = ["firstname", "lastname", "emailaddress1", "telephone1", "mobilephone"];
  const values = valuesOf(table, row);
  const names = editable.map((column) => column.name).filter((name) => values[name] !== null || always.includes(name));
  return Object.fromEntries(names.map((name) => [name, values[name]]));
}

function stateOf(table: Table, row: Row): string | null {
  if (typeof row.values._masterid_value === "string") return `merged into ${row.values._masterid_value}`;
  if (row.values.statecode === 0) return null;
  if (table.name === "contact") return "inactive";
  return row.values.statecode === 1 ? "qualified" : "disqualified";
}
