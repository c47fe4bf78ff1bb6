import type { Tx } from "../../db/client.ts";
import type { ImportRunRow } from "../../db/queries/import-run.ts";
import type { Deps } from "../../deps.ts";

/** The next page of a run; one at a time per connection. */
export async function enqueueImport(
  deps: Deps,
  tx: Tx,
  { id, connectionId }: Pick<ImportRunRow, "id" | "connectionId">,
  runAt?: Date,
): Promise<void> {
  const options = { jobKey: `import:${id}`, queue: `import:${connectionId}`, runAt };
  await deps.enqueue(tx, { name: "import-contacts", payload: { runId: id } }, options);
}
