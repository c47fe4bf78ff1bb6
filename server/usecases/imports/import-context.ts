import type { ImportStrategy, LookupOrder } from "@rolodesk/shared/import-run";
import type { DbOrTx } from "../../db/client.ts";
import {
  type ConnectionRow,
  type FieldMappingRow,
  listConnectionSites,
  listMapping,
} from "../../db/queries/connection.ts";
import { listSites } from "../../db/queries/site.ts";
import type { Deps } from "../../deps.ts";
import type { OpenConnector } from "../../integrations/connector-factory.ts";
import { readAskedProperties } from "../connections/asked-properties.ts";
import { openConnection } from "../connections/open-connection.ts";

/** Everything that decides how a connection's records come in, besides the records. */
export interface ImportContext {
  readonly connection: ConnectionRow;
  readonly crm: OpenConnector;
  readonly mapping: readonly FieldMappingRow[];
  /** Every property that is asked for, once. */
  readonly properties: readonly string[];
  readonly countries: readonly (string | null)[];
  readonly strategy: ImportStrategy;
  readonly lookupOrder: LookupOrder;
  /** Only people with it become contacts; null: everybody. */
  readonly tag: string | null;
  /** What a contact's audit trail names as the cause. */
  readonly cause: { readonly importRunId: string } | { readonly webhook: true };
}

export async function loadImportContext(
  deps: Deps,
  connection: ConnectionRow,
  { strategy, lookupOrder, tag, cause }: Pick<ImportContext, "strategy" | "lookupOrder" | "tag" | "cause">,
): Promise<ImportContext> {
  const mapping = await listMapping(deps.db, connection.id);
  return {
    ...{ strategy, lookupOrder, tag, cause },
    connection,
    crm: openConnection(deps, connection, { lane: "backfill" }),
    mapping,
    properties: await readAskedProperties(deps, connection.id),
    countries: await countriesOf(deps.db, connection),
  };
}

/** The account's own country, then those of the sites it serves. */
async function countriesOf(db: DbOrTx, { id, facts }: ConnectionRow): Promise<(string | null)[]> {
  const served = (await listConnectionSites(db, [id])).get(id) ?? [];
  const sites = await listSites(db, served.length > 0 ? served : null);
  const account = typeof facts.country === "string" ? facts.country : null;
  return [...new Set([account, ...sites.map(({ defaultCountry }) => defaultCountry)])].filter((one) => one !== null);
}
