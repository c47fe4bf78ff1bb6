import type { ContactChoice, DryRun, DryRunOutcome } from "@rolodesk/shared/dry-run";
import type { Candidate } from "@rolodesk/shared/sync-run";
import type { DbOrTx } from "../db/client.ts";
import type { ConnectionRow } from "../db/queries/connection.ts";
import type { ContactRow } from "../db/queries/contact.ts";
import { listDirectory } from "../db/queries/contact-directory.ts";
import type { CrmRecord } from "../domain/connector.ts";
import { readSearch } from "../domain/contacts/read-search.ts";
import type { EmailKey } from "../domain/identity/email.ts";
import { fullName, type PersonName } from "../domain/identity/name.ts";
import type { PhoneKey } from "../domain/identity/phone.ts";
import type { SyncPlan } from "../domain/sync/plan-sync.ts";
import type { ConnectorFactory } from "../integrations/connector-factory.ts";
import { toFieldChange } from "./sync-log.ts";

const CHOICES = 20;

/** What a push turned out to do in one connection. */
export interface TriedConnection {
  readonly connection: ConnectionRow;
  readonly calls: number;
  readonly result:
    | { readonly kind: "update"; readonly reason: string; readonly plan: SyncPlan; readonly found: FoundRecord }
    | { readonly kind: "create"; readonly object: string; readonly plan: SyncPlan }
    | { readonly kind: "choose"; readonly reason: string; readonly candidates: readonly Candidate[] }
    | { readonly kind: "leave" | "problem"; readonly reason: string };
}

interface FoundRecord {
  readonly record: CrmRecord;
  readonly url: string | null;
  readonly suggestion: string | null;
}

interface TriedPerson {
  readonly contact: ContactRow;
  /** Whether the contact is in our database. */
  readonly isStored: boolean;
  readonly verified: boolean;
  readonly said: { readonly email: EmailKey | null; readonly phone: PhoneKey | null; readonly name: PersonName };
}

export function toDryRun(
  connectors: ConnectorFactory,
  { contact, said, verified, isStored }: TriedPerson,
  tried: readonly TriedConnection[],
): DryRun {
  return {
    person: {
      contactId: isStored ? contact.id : null,
      name: fullName({
        firstName: said.name.firstName ?? contact.firstName,
        lastName: said.name.lastName ?? contact.lastName,
      }),
      email: said.email?.norm ?? contact.email,
      phone: said.phone?.norm ?? contact.phone,
      verified,
    },
    outcomes: tried.map((one) => toOutcome(connectors, one)),
  };
}

function toOutcome(connectors: ConnectorFactory, { connection, calls, result }: TriedConnection): DryRunOutcome {
  const { id, provider, name } = connection;
  const crm = connectors.kindOf(provider).name;
  const about = {
    connection: { id, provider, providerName: crm, name },
    kind: result.kind,
    calls,
    suggestion: null,
    record: null,
    candidates: [],
    fields: [],
    writes: 0,
    conflicts: 0,
  };
  switch (result.kind) {
    case "choose":
      return { ...about, reason: result.reason, candidates: [...result.candidates] };
    case "leave":
    case "problem":
      return { ...about, reason: result.reason };
    case "create":
      return {
        ...about,
        ...planned(result.plan, crm),
        reason: `Nobody in ${crm} has this email or phone, so a new ${result.object} would be created.`,
      };
    case "update":
      return { ...about, ...planned(result.plan, crm), reason: result.reason, ...toFound(result.found) };
  }
}

function planned(plan: SyncPlan, crm: string): Pick<DryRunOutcome, "fields" | "writes" | "conflicts"> {
  const kinds = plan.decisions.map(({ kind }) => kind);
  return {
    fields: plan.decisions.map((decision) => toFieldChange(decision, crm)),
    writes: kinds.filter((kind) => kind === "fill" || kind === "overwrite").length,
    conflicts: kinds.filter((kind) => kind === "conflict").length,
  };
}

function toFound({ record, url, suggestion }: FoundRecord): Pick<DryRunOutcome, "record" | "suggestion"> {
  const { object, externalId, emails, phones } = record;
  return {
    suggestion,
    record: { object, externalId, name: fullName(record), emails: [...emails], phones: [...phones], url },
  };
}

/** Contacts to choose from: those that fit the words, the latest active first. */
export async function viewContactChoices(db: DbOrTx, search: string): Promise<ContactChoice[]> {
  const found = await listDirectory(db, { siteIds: null, search: search ? readSearch(search) : undefined }, CHOICES);
  return found.map((row) => ({
    id: row.id,
    name: fullName(row),
    email: row.email,
    phone: row.phone,
    updatedAt: row.updatedAt.toISOString(),
  }));
}
