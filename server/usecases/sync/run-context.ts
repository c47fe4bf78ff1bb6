import { eq } from "drizzle-orm";
import { type ConnectionRow, type FieldMappingRow, listMapping } from "../../db/queries/connection.ts";
import { type ContactRow, findContact } from "../../db/queries/contact.ts";
import { type CrmLinkRow, findLiveLink } from "../../db/queries/crm-link.ts";
import type { SyncRunRow } from "../../db/queries/sync-run.ts";
import { conversation, visitor } from "../../db/schema/conversation.ts";
import { site } from "../../db/schema/site.ts";
import type { Deps } from "../../deps.ts";
import { type EmailKey, parseEmail } from "../../domain/identity/email.ts";
import type { PersonName } from "../../domain/identity/name.ts";
import { type PhoneKey, parsePhone } from "../../domain/identity/phone.ts";
import type { OpenConnector } from "../../integrations/connector-factory.ts";
import type { CallReport } from "../../integrations/http-client.ts";
import { openConnection } from "../connections/open-connection.ts";
import type { Said } from "../contacts/learn-facts.ts";
import { readSaid } from "../contacts/read-said.ts";
import { sharedKeys } from "../contacts/shared-keys.ts";

/** Everything one attempt of a run knows before it asks the CRM. */
export interface RunContext {
  readonly run: SyncRunRow;
  readonly connection: ConnectionRow;
  readonly crm: OpenConnector;
  readonly mapping: readonly FieldMappingRow[];
  /** Every mapped property, once. */
  readonly properties: readonly string[];
  readonly contact: ContactRow;
  readonly link: CrmLinkRow | undefined;
  readonly said: Said;
  readonly email: EmailKey | null;
  readonly phone: PhoneKey | null;
  readonly name: PersonName;
  readonly shared: { readonly email: boolean; readonly phone: boolean };
  readonly verified: boolean;
  /** Countries of numbers written without one: the site's, then the account's. */
  readonly countries: readonly (string | null)[];
  /** Calls of this attempt, as they happen. */
  readonly calls: CallReport[];
}

/** Reads what a run is about; null when its contact is gone, which leaves nothing to do. */
export async function loadRunContext(
  deps: Deps,
  run: SyncRunRow,
  connection: ConnectionRow,
): Promise<RunContext | null> {
  const { db } = deps;
  const contact = run.contactId ? await findContact(db, run.contactId) : undefined;
  if (!contact) return null;
  const [talk] = await db
    .select({ identity: visitor.identity, country: site.defaultCountry })
    .from(conversation)
    .innerJoin(visitor, eq(visitor.id, conversation.visitorId))
    .innerJoin(site, eq(site.id, conversation.siteId))
    .where(eq(conversation.id, run.conversationId));
  const countries = [talk?.country ?? null, countryOf(connection)];
  const said = await readSaid(db, run.conversationId, countries[0] ?? null);
  const email = said.email ?? (contact.email ? parseEmail(contact.email) : null);
  const phone = said.phone ?? (contact.phone ? parsePhone(contact.phone, countries) : null);
  const mapping = await listMapping(db, connection.id);
  const calls: CallReport[] = [];
  return {
    run,
    connection,
    crm: openConnection(deps, connection, (call) => calls.push(call)),
    mapping,
    properties: [...new Set(mapping.map(({ property }) => property))],
    contact,
    link: await findLiveLink(db, connection.id, contact.id),
    said,
    email,
    phone,
    name: {
      firstName: said.name.firstName ?? contact.firstName,
      lastName: said.name.lastName ?? contact.lastName,
    },
    shared: await sharedKeys(db, { email, phone }),
    verified: talk?.identity === "verified" && namesItself(said),
    countries,
    calls,
  };
}

function countryOf(connection: ConnectionRow): string | null {
  const { country } = connection.facts;
  return typeof country === "string" ? country : null;
}

/** Whether the key that leads to the record is as sure as the identity: a verified visitor may still claim to be another. */
function namesItself({ facts }: Said): boolean {
  return (facts.get("email") ?? facts.get("phone"))?.verified ?? true;
}
