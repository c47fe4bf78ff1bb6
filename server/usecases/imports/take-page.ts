import type { Tx } from "../../db/client.ts";
import { isRefusedData } from "../../db/queries/refused-data.ts";
import type { Deps } from "../../deps.ts";
import type { CrmRecord } from "../../domain/connector.ts";
import type { ImportContext } from "./import-context.ts";
import { toIncoming } from "./incoming-record.ts";
import { type TakenRecord, takeRecords } from "./take-records.ts";

/**
 * Takes a page at once; where the database refuses something in it, record by record, so that one bad record is an error of
 * its own and the others come in.
 */
export async function takePage(
  tx: Tx,
  deps: Deps,
  context: ImportContext,
  records: readonly CrmRecord[],
  readAt: Date,
): Promise<readonly TakenRecord[]> {
  try {
    return await tx.transaction((inner) => takeRecords(inner, deps, context, records, readAt));
  } catch (error) {
    if (!isRefusedData(error)) throw error;
  }
  const taken: TakenRecord[] = [];
  for (const record of records) taken.push(await takeAlone(tx, deps, context, record, readAt));
  return taken;
}

async function takeAlone(
  tx: Tx,
  deps: Deps,
  context: ImportContext,
  record: CrmRecord,
  readAt: Date,
): Promise<TakenRecord> {
  try {
    const [taken] = await tx.transaction((inner) => takeRecords(inner, deps, context, [record], readAt));
    if (!taken) throw new Error("Every record has an outcome.");
    return taken;
  } catch (error) {
    if (!isRefusedData(error)) throw error;
    deps.log.warn({ err: error, connectionId: context.connection.id }, "A record of an import could not be stored.");
    const incoming = toIncoming(record, context.countries);
    return { incoming, outcome: "error", reason: "The record holds something that cannot be stored.", contactId: null };
  }
}
