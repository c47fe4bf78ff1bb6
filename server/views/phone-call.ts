import type { ListPhoneCalls, PhoneCall, PhoneCallDetail, PhoneCallPage } from "@rolodesk/shared/phone-call";
import type { UserActor } from "../actor.ts";
import type { DbOrTx } from "../db/client.ts";
import { findServedPhoneCall, listPhoneCalls, type PhoneCallOfConnection } from "../db/queries/phone-call.ts";
import { findVisibleContact } from "../db/queries/visible-contacts.ts";
import { notFound } from "../domain/domain-error.ts";
import { wasPickedUp } from "../domain/phone-calls/call-status.ts";
import type { ConnectorFactory } from "../integrations/connector-factory.ts";
import { readTimeCursor, toTimeCursor } from "./time-cursor.ts";

/** A contact's calls, newest first: those of connections that serve the user. `not_found` for others' contacts as for none. */
export async function readContactPhoneCalls(
  db: DbOrTx,
  connectors: ConnectorFactory,
  actor: UserActor,
  contactId: string,
  range: Pick<ListPhoneCalls, "cursor" | "limit">,
): Promise<PhoneCallPage> {
  const contact = await findVisibleContact(db, actor.siteIds, contactId);
  if (!contact) throw notFound("contact");
  return await readPage(db, connectors, { siteIds: actor.siteIds, contactId: contact.id }, range);
}

export async function readPhoneCalls(
  db: DbOrTx,
  connectors: ConnectorFactory,
  actor: UserActor,
  { connection, linked, ...range }: ListPhoneCalls,
): Promise<PhoneCallPage> {
  const isLinked = linked === undefined ? undefined : linked === "yes";
  const filter = { siteIds: actor.siteIds, connectionId: connection, linked: isLinked };
  return await readPage(db, connectors, filter, range);
}

/** One call with its transcript; `not_found` for others' as for none. */
export async function readPhoneCall(
  db: DbOrTx,
  connectors: ConnectorFactory,
  actor: UserActor,
  id: string,
): Promise<PhoneCallDetail> {
  const row = await findServedPhoneCall(db, actor.siteIds, id);
  if (!row) throw notFound("call");
  return { ...toPhoneCall(row, connectors), transcript: row.call.transcript };
}

async function readPage(
  db: DbOrTx,
  connectors: ConnectorFactory,
  filter: Parameters<typeof listPhoneCalls>[1],
  { cursor, limit }: Pick<ListPhoneCalls, "cursor" | "limit">,
): Promise<PhoneCallPage> {
  const before = cursor === undefined ? undefined : readTimeCursor(cursor);
  const rows = await listPhoneCalls(db, filter, limit + 1, before);
  const page = rows.slice(0, limit);
  const last = page.at(-1)?.call;
  return {
    items: page.map((row) => toPhoneCall(row, connectors)),
    nextCursor:
      rows.length > limit && last ? toTimeCursor({ at: last.startedAt ?? last.createdAt, id: last.id }) : null,
  };
}

function toPhoneCall({ call, connection }: PhoneCallOfConnection, connectors: ConnectorFactory): PhoneCall {
  const { disposition, dispositionSource, reading } = call;
  return {
    id: call.id,
    connection: { ...connection, providerName: connectors.kindOf(connection.provider).name },
    contactId: call.contactId,
    direction: call.direction,
    phone: call.phone,
    status: call.status,
    pickedUp: wasPickedUp(call.status),
    at: (call.startedAt ?? call.createdAt).toISOString(),
    durationSeconds: call.durationSeconds,
    disposition:
      disposition !== null && dispositionSource !== null
        ? { value: disposition, source: dispositionSource, by: call.dispositionBy }
        : null,
    engagement: call.engagement,
    nextFollowUpAt: call.nextFollowUpAt?.toISOString() ?? null,
    summary: {
      status: call.summaryStatus,
      text: reading?.summary ?? null,
      model: reading?.model ?? null,
      problem: call.summaryProblem,
    },
    hasTranscript: call.transcript !== null,
    recordingUrl: call.recordingUrl,
    version: call.version,
  };
}
