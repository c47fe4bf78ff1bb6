import type { ImportKind, StartImport } from "@rolodesk/shared/import-run";
import type { UserActor } from "../../actor.ts";
import type { Tx } from "../../db/client.ts";
import { insertAudit } from "../../db/queries/audit.ts";
import { type ConnectionRow, lockConnection } from "../../db/queries/connection.ts";
import {
  type ContactSyncRow,
  findContactSync,
  findUnfinishedImport,
  insertImportRun,
} from "../../db/queries/import-run.ts";
import type { Deps } from "../../deps.ts";
import { DomainError, notFound } from "../../domain/domain-error.ts";
import { getConnection } from "../connections/get-connection.ts";
import { contactSyncOf, pullsOf } from "./contact-sync.ts";
import { enqueueImport } from "./enqueue-import.ts";
import { publishImport } from "./publish-import.ts";

/**
 * Starts an import and returns its id. `changes` becomes `full` where nobody was read yet. Throws `conflict` where one is not
 * finished, where the connection makes no calls, or where the CRM's contacts are not imported.
 */
export async function startImport(deps: Deps, actor: UserActor, { connectionId, kind }: StartImport): Promise<string> {
  const connection = await getConnection(deps.db, actor, connectionId);
  if (!pullsOf(deps, connection)) {
    throw new DomainError(
      "conflict",
      `Contacts are not imported from ${deps.connectors.kindOf(connection.provider).name}.`,
    );
  }
  if (connection.status !== "active") {
    throw new DomainError("conflict", "This connection makes no calls now. Resume or reconnect it first.");
  }
  const id = await deps.db.transaction(async (tx) => {
    if (!(await lockConnection(tx, connectionId))) throw notFound("connection");
    if (await findUnfinishedImport(tx, connectionId)) {
      throw new DomainError("conflict", "An import of this connection is not finished. Resume or cancel it first.");
    }
    const sync = (await findContactSync(tx, connectionId)) ?? contactSyncOf(connection);
    const runId = await insertRun(tx, deps, sync, { kind, trigger: "person", startedBy: actor.name });
    await insertAudit(tx, deps, actor, {
      action: "import.started",
      subject: { kind: "connection", id: connectionId },
      data: { importRunId: runId, kind },
    });
    return runId;
  });
  publishImport(deps, id);
  return id;
}

/** By the clock; null where one is not finished, or somebody else's clock was faster. */
export async function startScheduledImport(
  deps: Deps,
  connection: ConnectionRow,
  kind: ImportKind,
  isStillDue: (tx: Tx) => Promise<boolean>,
): Promise<void> {
  const id = await deps.db.transaction(async (tx) => {
    const current = await lockConnection(tx, connection.id);
    const sync = await findContactSync(tx, connection.id);
    if (!sync || current?.status !== "active" || (await findUnfinishedImport(tx, connection.id))) return null;
    if (!(await isStillDue(tx))) return null;
    return await insertRun(tx, deps, sync, { kind, trigger: "schedule", startedBy: null });
  });
  if (id !== null) publishImport(deps, id);
}

interface Started {
  readonly kind: ImportKind;
  readonly trigger: "person" | "schedule";
  readonly startedBy: string | null;
}

async function insertRun(tx: Tx, deps: Deps, sync: ContactSyncRow, started: Started): Promise<string> {
  const { connectionId, strategy, tag, lookupOrder } = sync;
  const id = deps.newId();
  const kind = sync.cursor === null ? "full" : started.kind;
  await insertImportRun(tx, {
    id,
    connectionId,
    strategy,
    tag,
    lookupOrder,
    ...started,
    kind,
    cursor: kind === "full" ? null : sync.cursor,
    createdAt: deps.now(),
  });
  await enqueueImport(deps, tx, { id, connectionId });
  return id;
}
