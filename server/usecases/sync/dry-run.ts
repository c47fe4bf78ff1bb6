import type { DryRun, DryRunInput } from "@rolodesk/shared/dry-run";
import type { UserActor } from "../../actor.ts";
import { type ConnectionRow, listConnections, listConnectionsOfSite } from "../../db/queries/connection.ts";
import type { Deps } from "../../deps.ts";
import { ConnectorError } from "../../domain/connector-error.ts";
import { type TriedConnection, toDryRun } from "../../views/dry-run.ts";
import { assertAdmin } from "../access.ts";
import { type DryRunSubject, readDryRunSubject } from "./dry-run-subject.ts";
import { NO_KEY_WORDS } from "./enqueue-conversation-runs.ts";
import { type Proposal, proposePush } from "./propose-push.ts";
import { createPushContext, type PushContext, type PushHistory } from "./push-context.ts";
import { resolveRecord } from "./resolve-record.ts";

const NO_HISTORY: PushHistory = { choice: null, createSentAt: null, plan: null, trigger: "agent" };

/**
 * What a push would do in every active connection, found by the code of the push itself: who the person is there, and the
 * plan field by field. Reads only, here and there: no row is stored and no CRM is written to. A CRM that fails is told, and
 * does not keep the others from answering.
 */
export async function dryRun(deps: Deps, actor: UserActor, input: DryRunInput): Promise<DryRun> {
  assertAdmin(actor);
  const subject = await readDryRunSubject(deps, input);
  const serving = subject.siteId
    ? await listConnectionsOfSite(deps.db, subject.siteId)
    : await listConnections(deps.db);
  const active = serving.filter(({ status }) => status === "active");
  const tried = await Promise.all(active.map((connection) => tryConnection(deps, connection, subject)));
  return toDryRun(deps.connectors, subject, tried);
}

async function tryConnection(deps: Deps, connection: ConnectionRow, subject: DryRunSubject): Promise<TriedConnection> {
  if (!subject.isStored && !subject.said.email && !subject.said.phone) {
    return { connection, calls: 0, result: { kind: "leave", reason: NO_KEY_WORDS } };
  }
  const context = await createPushContext(deps, connection, subject, NO_HISTORY);
  const result = await resultIn(deps, context);
  return { connection, calls: context.calls.length, result };
}

async function resultIn(deps: Deps, context: PushContext): Promise<TriedConnection["result"]> {
  try {
    return toResult(context, await propose(deps, context));
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    return { kind: "problem", reason: error.message };
  }
}

/** A run closes the link whose record is gone and begins again; here it is only left out. */
async function propose(deps: Deps, context: PushContext): Promise<Proposal> {
  const resolution = await resolveRecord(deps, context);
  if (resolution.kind !== "gone") return await proposePush(deps, context, resolution);
  return await propose(deps, { ...context, link: undefined, goneLink: resolution.link });
}

function toResult({ crm }: PushContext, proposal: Proposal): TriedConnection["result"] {
  if (proposal.kind !== "write") return proposal;
  const { resolution, plan } = proposal;
  if (resolution.kind === "create") return { kind: "create", object: crm.capabilities.creates ?? "record", plan };
  const { record, matchedReason, suggestion } = resolution;
  return {
    kind: "update",
    reason: matchedReason,
    plan,
    found: { record, url: crm.connector.recordUrl(record), suggestion },
  };
}
