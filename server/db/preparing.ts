import { drizzle } from "drizzle-orm/postgres-js";
import type postgres from "postgres";
import { type Db, type Sql, schema } from "./client.ts";

/** Statements with more are one text for each number of values: too many texts to keep. */
const MOST_VALUES = 30;

/**
 * The same database, whose statements each connection parses once and then sends in one round trip instead of two: for work that
 * consists of many small ones. Not for searches: a kept plan knows nothing of the values.
 */
export function preparing(db: Db): Db {
  return drizzle(preparingClient(db.$client), { schema });
}

function preparingClient<Client extends Sql | postgres.TransactionSql>(client: Client): Client {
  const within = (work: (sql: postgres.TransactionSql) => unknown) => (sql: postgres.TransactionSql) =>
    work(preparingClient(sql));
  return new Proxy(client, {
    get(target, name) {
      if (name === "unsafe") {
        const unsafe: Client["unsafe"] = (text, values = [], options = {}) =>
          target.unsafe(text, values, { ...options, prepare: values.length <= MOST_VALUES });
        return unsafe;
      }
      if (name === "begin" && "begin" in target) {
        return (work: (sql: postgres.TransactionSql) => unknown) => target.begin(within(work));
      }
      if (name === "savepoint" && "savepoint" in target) {
        return (work: (sql: postgres.TransactionSql) => unknown) => target.savepoint(within(work));
      }
      return Reflect.get(target, name);
    },
  });
}
