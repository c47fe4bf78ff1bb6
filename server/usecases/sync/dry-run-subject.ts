import type { DryRunInput, TypedPerson } from "@rolodesk/shared/dry-run";
import { VISITOR_FIELDS, type VisitorField } from "@rolodesk/shared/vocabulary";
import { type ContactRow, findContact } from "../../db/queries/contact.ts";
import { findConversation, findLatestConversation } from "../../db/queries/conversation.ts";
import type { FactRow } from "../../db/queries/fact.ts";
import { findSite } from "../../db/queries/site.ts";
import { resolveContactId } from "../../db/queries/visible-contacts.ts";
import type { Deps } from "../../deps.ts";
import { DomainError, notFound } from "../../domain/domain-error.ts";
import { parseEmail } from "../../domain/identity/email.ts";
import { parsePhone } from "../../domain/identity/phone.ts";
import { NO_FACTS } from "../../domain/mapping/source-value.ts";
import type { Said } from "../contacts/learn-facts.ts";
import { matchContact } from "../contacts/match-contact.ts";
import { type PushSubject, readPushSubject } from "./push-subject.ts";

export interface DryRunSubject extends PushSubject {
  /** Whether the contact is in our database; one that a conversation would make is not. */
  readonly isStored: boolean;
  /** null: said on no site. */
  readonly siteId: string | null;
}

const NOBODY_VOUCHED: PushSubject["vouched"] = new Map();
const NOTHING_SAID: Said = { facts: new Map(), email: null, phone: null, name: { firstName: null, lastName: null } };

/** Whom a dry run is about. Stores nobody: a person who is typed in and unknown to us is made up for the while. */
export async function readDryRunSubject(deps: Deps, input: DryRunInput): Promise<DryRunSubject> {
  return "person" in input
    ? await readTyped(deps, input.person, input.siteId)
    : await readStored(deps, input.contactId, input.conversationId);
}

async function readStored({ db }: Deps, given: string, conversationId?: string): Promise<DryRunSubject> {
  const contactId = await resolveContactId(db, given);
  if (!contactId) throw notFound("contact");
  const talk = conversationId
    ? await findConversation(db, conversationId)
    : await findLatestConversation(db, contactId);
  if (conversationId && talk?.contactId !== contactId) throw notFound("conversation");
  if (talk) {
    const subject = await readPushSubject(db, contactId, talk.id);
    if (!subject) throw notFound("contact");
    return { ...subject, isStored: true, siteId: talk.siteId };
  }
  const contact = await findContact(db, contactId);
  if (!contact) throw notFound("contact");
  return {
    ...{ contact, said: NOTHING_SAID, verified: false, country: null, facts: NO_FACTS, vouched: NOBODY_VOUCHED },
    ...{ isStored: true, siteId: null },
  };
}

async function readTyped(deps: Deps, person: TypedPerson, siteId: string): Promise<DryRunSubject> {
  const site = await findSite(deps.db, siteId);
  if (!site) throw notFound("site");
  const country = site.defaultCountry;
  const said = saidBy(deps, person, country);
  const { match } = await matchContact(deps.db, said);
  const known = match.kind === "one" ? await findContact(deps.db, match.candidate.externalId) : undefined;
  return {
    contact: known ?? newContact(deps),
    said,
    verified: false,
    country,
    facts: { ...NO_FACTS, attributes: person.attributes },
    vouched: NOBODY_VOUCHED,
    isStored: known !== undefined,
    siteId,
  };
}

/** What the person would have said, refused in the words of the widget where it cannot be read. */
function saidBy(deps: Deps, person: TypedPerson, country: string | null): Said {
  const email = person.email ? parseEmail(person.email) : null;
  const phone = person.phone ? parsePhone(person.phone, [country]) : null;
  const problems: Record<string, string> = {};
  if (person.email && !email) problems["person.email"] = "Write an email address such as ana@example.com.";
  if (person.phone && !phone) {
    problems["person.phone"] = "Write the number with its country code, such as +1 202 555 0123.";
  }
  const [problem] = Object.values(problems);
  if (problem) throw new DomainError("bad_request", problem, problems);
  const given = VISITOR_FIELDS.filter((field) => person[field] !== "");
  return {
    facts: new Map(given.map((field) => [field, factOf(deps, field, person[field])])),
    email,
    phone,
    name: { firstName: person.firstName || null, lastName: person.lastName || null },
  };
}

function factOf({ newId, now }: Deps, field: VisitorField, value: string): FactRow {
  return {
    id: newId(),
    conversationId: newId(),
    field,
    value,
    messageSeq: null,
    verified: false,
    source: "card",
    createdAt: now(),
  };
}

/** A person nobody has met yet. */
function newContact({ newId, now }: Deps): ContactRow {
  const at = now();
  return {
    id: newId(),
    ...{ firstName: null, lastName: null, email: null, phone: null, company: null, title: null },
    ...{ attributes: {}, origins: {}, tags: [], doNotContact: [] },
    ...{ source: "chat", sourceDetail: null, engagement: "new", nextFollowUpAt: null },
    ...{ mergedIntoId: null, erasedAt: null },
    ...{ lastActivityAt: at, createdAt: at, updatedAt: at },
  };
}
