import { AsyncLocalStorage } from "node:async_hooks";
import type { Db } from "../../db/client.ts";
import { noteCommitted } from "../../db/queries/idempotent-request.ts";
import type { Deps } from "../../deps.ts";

const underWay = new AsyncLocalStorage<string>();

/** Every transaction that `work` commits through `withCommitMarks` says so in the request's own row, atomically. */
export function asRequest<T>(id: string, work: () => Promise<T>): Promise<T> {
  return underWay.run(id, work);
}

/**
 * What usecases are given where requests may bring a key. Whether a request that was cut short has had an effect is then
 * known and not guessed: the mark commits with the effect or not at all.
 */
export function withCommitMarks(deps: Deps): Deps {
  const transaction: Db["transaction"] = (work, config) =>
    deps.db.transaction(async (tx) => {
      const result = await work(tx);
      const id = underWay.getStore();
      if (id !== undefined) await noteCommitted(tx, id, deps.now());
      return result;
    }, config);
  const db: Db = Object.create(deps.db, { transaction: { value: transaction } });
  return { ...deps, db };
}
