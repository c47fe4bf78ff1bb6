import { type ConnectionRow, type FieldMappingRow, listMapping } from "../../db/queries/connection.ts";
import type { ContactRow } from "../../db/queries/contact.ts";
import { listCrmFields } from "../../db/queries/crm-field.ts";
import { type CrmLinkRow, findLiveLink } from "../../db/queries/crm-link.ts";
import type { SyncRunRow } from "../../db/queries/sync-run.ts";
import type { Deps } from "../../deps.ts";
import type { FieldDescription, RecordRef } from "../../domain/connector.ts";
import { type EmailKey, parseEmail } from "../../domain/identity/email.ts";
import type { PersonName } from "../../domain/identity/name.ts";
import { type PhoneKey, parsePhone } from "../../domain/identity/phone.ts";
import type { ConversationFacts } from "../../domain/mapping/source-value.ts";
import type { CallLane } from "../../integrations/call-gate.ts";
import type { OpenConnector } from "../../integrations/connector-factory.ts";
import type { CallReport } from "../../integrations/http-client.ts";
import { askedProperties } from "../connections/asked-properties.ts";
import { openConnection } from "../connections/open-connection.ts";
import type { Said } from "../contacts/learn-facts.ts";
import { sharedKeys } from "../contacts/shared-keys.ts";
import type { PushSubject } from "./push-subject.ts";

/** What an agent answered and what earlier attempts did. A dry run has neither. */
export type PushHistory = Pick<SyncRunRow, "choice" | "createSentAt" | "plan" | "trigger">;

/** Everything known of one person before one CRM is asked: what finding their record and planning its write take. */
export interface PushContext {
  readonly run: PushHistory;
  readonly connection: ConnectionRow;
  readonly crm: OpenConnector;
  readonly mapping: readonly FieldMappingRow[];
  /** Every mapped property that the CRM can be asked for, once. */
  readonly properties: readonly string[];
  /** object → the CRM's fields as last read; an object that was never described is not in it. */
  readonly crmFields: ReadonlyMap<string, readonly FieldDescription[]>;
  readonly contact: ContactRow;
  readonly facts: ConversationFacts;
  readonly link: CrmLinkRow | undefined;
  /** The record of which the CRM itself says that it is this person's. */
  readonly vouched: RecordRef | undefined;
  /** The link whose record turned out to be gone, where it is not closed in the database. */
  readonly goneLink?: CrmLinkRow;
  readonly said: Said;
  readonly email: EmailKey | null;
  readonly phone: PhoneKey | null;
  readonly name: PersonName;
  readonly shared: { readonly email: boolean; readonly phone: boolean };
  readonly verified: boolean;
  /** Countries of numbers written without one: the site's, then the account's. */
  readonly countries: readonly (string | null)[];
  /** Calls to the CRM, as they happen. */
  readonly calls: CallReport[];
}

/** What is known of a connection already and need not be read again, or is not saved yet. */
export interface KnownOfConnection {
  readonly mapping: readonly FieldMappingRow[];
  readonly crmFields?: ReadonlyMap<string, readonly FieldDescription[]>;
  /** Opened by whoever counts its calls. */
  readonly crm?: OpenConnector;
}

/** Brings a person and a connection together. Reads our database, calls nobody. */
export async function createPushContext(
  deps: Deps,
  connection: ConnectionRow,
  { contact, said, verified, country, facts, vouched }: PushSubject,
  run: PushHistory,
  known?: KnownOfConnection,
): Promise<PushContext> {
  const countries = [country, countryOf(connection)];
  const email = said.email ?? (contact.email ? parseEmail(contact.email) : null);
  const phone = said.phone ?? (contact.phone ? parsePhone(contact.phone, countries) : null);
  const mapping = known?.mapping ?? (await listMapping(deps.db, connection.id));
  const crmFields = known?.crmFields ?? (await listCrmFields(deps.db, connection.id));
  const calls: CallReport[] = [];
  return {
    run,
    connection,
    crm: known?.crm ?? openConnection(deps, connection, { lane: laneOf(run), onCall: (call) => calls.push(call) }),
    mapping,
    properties: askedProperties(mapping, crmFields),
    crmFields,
    contact,
    facts,
    link: await findLiveLink(deps.db, connection.id, contact.id),
    vouched: vouched.get(connection.id),
    said,
    email,
    phone,
    name: {
      firstName: said.name.firstName ?? contact.firstName,
      lastName: said.name.lastName ?? contact.lastName,
    },
    shared: await sharedKeys(deps.db, { email, phone }),
    verified,
    countries,
    calls,
  };
}

/** What a person waits for goes first. */
function laneOf({ trigger }: PushHistory): CallLane {
  return trigger === "conversation_end" ? "end" : "agent";
}

function countryOf(connection: ConnectionRow): string | null {
  const { country } = connection.facts;
  return typeof country === "string" ? country : null;
}
