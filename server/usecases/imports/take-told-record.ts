import type { Tx } from "../../db/client.ts";
import type { ConnectionRow } from "../../db/queries/connection.ts";
import { findContactSync } from "../../db/queries/import-run.ts";
import type { Deps } from "../../deps.ts";
import type { CrmRecord } from "../../domain/connector.ts";
import { loadImportContext } from "./import-context.ts";
import { takePage } from "./take-page.ts";

/** Takes one record in, in the caller's transaction. Answers whether our contact, or its link, is another now, and in words what came of it. */
export type TakeTold = (tx: Tx, record: CrmRecord) => Promise<{ readonly changed: boolean; readonly words: string }>;

const WORDS = {
  imported: "The record became a contact.",
  updated: "The contact took over what is new.",
  conflict: "Both sides changed; an agent decides.",
  skipped: "Nothing was to be taken over.",
  error: "The record could not be taken over.",
} as const;

/**
 * What a connection whose contacts are kept in step by the clock does with a record the CRM tells of: the same as its next import,
 * at once. Null where they are not.
 */
export async function takerOfTold(deps: Deps, connection: ConnectionRow): Promise<TakeTold | null> {
  const sync = await findContactSync(deps.db, connection.id);
  if (!sync || sync.everyMinutes === 0) return null;
  const context = await loadImportContext(deps, connection, { ...sync, cause: { webhook: true } });
  if (!context.crm.connector.pull) return null;
  const readAt = deps.now();
  return async (tx, record) => {
    const [taken] = await takePage(tx, deps, context, [record], readAt);
    const outcome = taken?.outcome ?? "skipped";
    const words = outcome === "skipped" && taken?.reason ? taken.reason : WORDS[outcome];
    return { changed: outcome === "imported" || outcome === "updated" || outcome === "conflict", words };
  };
}
