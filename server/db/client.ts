import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import * as api from "./schema/api.ts";
import * as auth from "./schema/auth.ts";
import * as authorization from "./schema/authorization.ts";
import * as callBudget from "./schema/call-budget.ts";
import * as connection from "./schema/connection.ts";
import * as contact from "./schema/contact.ts";
import * as contactDirectory from "./schema/contact-directory.ts";
import * as conversation from "./schema/conversation.ts";
import * as imports from "./schema/import.ts";
import * as mappingCheck from "./schema/mapping-check.ts";
import * as merge from "./schema/merge.ts";
import * as operations from "./schema/operations.ts";
import * as outgoing from "./schema/outgoing.ts";
import * as phoneCall from "./schema/phone-call.ts";
import * as site from "./schema/site.ts";
import * as staging from "./schema/staging.ts";
import * as sync from "./schema/sync.ts";
import * as vouched from "./schema/vouched.ts";
import * as webhook from "./schema/webhook.ts";
import { watchedSocket } from "./watched-socket.ts";

export const schema = {
  ...api,
  ...auth,
  ...authorization,
  ...callBudget,
  ...connection,
  ...contact,
  ...contactDirectory,
  ...conversation,
  ...imports,
  ...mappingCheck,
  ...merge,
  ...operations,
  ...outgoing,
  ...phoneCall,
  ...site,
  ...staging,
  ...sync,
  ...vouched,
  ...webhook,
};

/** `$client` is for the few statements that are worth preparing by hand; dates come out of it as text. */
export type Db = PostgresJsDatabase<typeof schema> & { $client: Sql };
export type Tx = Parameters<Parameters<Db["transaction"]>[0]>[0];
export type DbOrTx = Db | Tx;
export type Sql = postgres.Sql;

export interface OpenDb {
  readonly db: Db;
  /** For SQL without drizzle: LISTEN, advisory locks, cursors. Its values keep postgres.js' own types. */
  readonly sql: Sql;
  /** Waits up to two seconds for running statements, then cuts them. */
  close(): Promise<void>;
}

interface DbOptions {
  /** Connections at most, drizzle's; raw SQL gets a few of its own. */
  readonly max?: number;
}

const STATEMENT_TIMEOUT_MS = 10_000;
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 30_000;
/** Longer than any statement may take, and than an idle connection is kept. */
const SILENCE_MS = 12_000;
const IDLE_TIMEOUT_SECONDS = 10;
const CLOSE_TIMEOUT_SECONDS = 2;

/**
 * Two clients on purpose: `drizzle()` changes the date and json codecs of the client it is given, so raw SQL on the same
 * one would read timestamps as text and refuse `Date` parameters.
 */
export function openDb(url: string, { max = 10 }: DbOptions = {}): OpenDb {
  const watched = { idle_timeout: IDLE_TIMEOUT_SECONDS, socket: watchedSocket(SILENCE_MS) };
  const client = postgres(url, { ...settings(max), ...watched });
  const sql = postgres(url, { ...settings(5), idle_timeout: 60 });
  return {
    db: drizzle(client, { schema }),
    sql,
    async close() {
      await Promise.all([client.end({ timeout: CLOSE_TIMEOUT_SECONDS }), sql.end({ timeout: CLOSE_TIMEOUT_SECONDS })]);
    },
  };
}

function settings(max: number) {
  return {
    max,
    connect_timeout: 5,
    connection: {
      application_name: "rolodesk",
      TimeZone: "UTC",
      // every statement here is short; compiling one costs more than any of them, and a wrong estimate is enough to start it
      jit: "off",
      statement_timeout: STATEMENT_TIMEOUT_MS,
      idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
    },
    onnotice() {},
  };
}
