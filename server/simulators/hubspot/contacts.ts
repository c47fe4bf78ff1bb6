import {
  type Account,
  additionalEmailsOf,
  contactByEmail,
  contactById,
  findContact,
  foldEmail,
  isoNow,
  nextId,
} from "./account.ts";
import { ApiFailure, contactExists, contactNotFound, invalidProperties, validationError } from "./api-failure.ts";
import { notesOf, propertiesOf } from "./contact-properties.ts";
import { checkValues } from "./property-values.ts";
import type { Source, StoredContact } from "./state.ts";

const MAX_MERGES = 250;

export interface WriteOptions {
  readonly source: Source;
  /** From API version 2026-09 on an admin's "required" rules bind writes through the API. */
  readonly enforcesRules?: boolean;
  /** Visible to search without lag. */
  readonly indexAtOnce?: boolean;
}

type Input = Readonly<Record<string, unknown>>;

/** Only judges; writing comes after, so that a batch can be all or nothing. Returns the values to store. */
export function judgeCreate(account: Account, input: Input, options: WriteOptions): Record<string, string> {
  const values = validValues(account, input);
  if (!values.email && !values.firstname && !values.lastname) {
    throw validationError("A contact needs at least one of these properties: email, firstname, lastname.");
  }
  if (options.enforcesRules) {
    const missing = account.switches.requiredOnCreate.filter((name) => !values[name]);
    if (missing.length > 0) throw requiredMissing("MISSING_REQUIRED_PROPERTY", missing);
    judgeConditions(account, values);
  }
  const email = values.email;
  if (email && account.state().blockedEmails.includes(email)) {
    throw validationError(`${email} was deleted for privacy and cannot be added again.`);
  }
  const owner = email ? contactByEmail(account, email, true) : undefined;
  if (owner) throw contactExists(owner.id);
  return values;
}

export function createContact(account: Account, input: Input, options: WriteOptions): StoredContact {
  const values = judgeCreate(account, input, options);
  const at = isoNow(account);
  const contact: StoredContact = {
    id: nextId(account),
    values: {},
    history: {},
    createdAt: at,
    updatedAt: at,
    archivedAt: null,
    merged: [],
  };
  account.state().contacts[contact.id] = contact;
  store(account, contact, values, options);
  return contact;
}

/** `""` clears. Refuses everything when one value is wrong. */
export function updateContact(account: Account, contact: StoredContact, input: Input, options: WriteOptions): void {
  const values = validValues(account, input);
  if (options.enforcesRules) judgeConditions(account, { ...contact.values, ...values });
  const email = values.email;
  const owner = email ? contactByEmail(account, email, true) : undefined;
  if (owner && owner !== contact && account.switches.refusesForeignEmail) throw contactExists(owner.id);
  store(account, contact, values, options);
}

export function archiveContact(account: Account, contact: StoredContact): void {
  contact.archivedAt = isoNow(account);
  account.index.put(contact.id, null);
}

export function restoreContact(account: Account, id: string): void {
  const contact = account.state().contacts[id];
  if (!contact) throw contactNotFound(id, undefined);
  contact.archivedAt = null;
  index(account, contact, true);
}

/** GDPR delete. An address that is nobody's is blocked for the future. */
export function purgeContact(account: Account, key: string, idProperty: string | undefined): void {
  const state = account.state();
  const contact = findContact(account, key, idProperty);
  if (!contact && idProperty === "email") state.blockedEmails.push(foldEmail(account, key));
  if (!contact) return;
  const { email } = contact.values;
  if (email) state.blockedEmails.push(email);
  delete state.contacts[contact.id];
  account.index.put(contact.id, null);
}

/** Both ids lead to the survivor; the primary's values win and the other's address becomes an additional one. */
export function mergeContacts(account: Account, primaryId: string, secondaryId: string): StoredContact {
  const primary = contactById(account, primaryId);
  const secondary = contactById(account, secondaryId);
  if (!primary) throw contactNotFound(primaryId, undefined);
  if (!secondary) throw contactNotFound(secondaryId, undefined);
  if (primary === secondary) throw validationError("A contact cannot be merged with itself.");
  const at = account.now();
  const merged = [...primary.merged, ...secondary.merged, { id: primary.id, at }, { id: secondary.id, at }];
  if (merged.length > MAX_MERGES) throw new ApiFailure(414, "Cannot have more than 250 identities on a profile");

  const state = account.state();
  const survivor: StoredContact = {
    id: account.switches.mergeKeepsPrimaryId ? primary.id : nextId(account),
    values: { ...secondary.values, ...primary.values },
    history: { ...secondary.history, ...primary.history },
    createdAt: [primary.createdAt, secondary.createdAt].toSorted()[0] ?? primary.createdAt,
    updatedAt: primary.updatedAt,
    archivedAt: null,
    merged: merged.filter(({ id }) => !account.switches.mergeKeepsPrimaryId || id !== primary.id),
  };
  const emails = [primary, secondary].flatMap((one) => [one.values.email ?? "", ...additionalEmailsOf(one)]);
  const additional = [...new Set(emails)].filter((email) => email && email !== survivor.values.email);
  for (const old of [primary, secondary]) {
    for (const note of notesOf(account, old)) {
      note.contactIds = note.contactIds.map((id) => (id === old.id ? survivor.id : id));
    }
    delete state.contacts[old.id];
    if (old.id === survivor.id) continue;
    state.aliases[old.id] = survivor.id;
    account.index.put(old.id, null);
  }
  state.contacts[survivor.id] = survivor;
  store(account, survivor, { hs_additional_emails: additional.join(";") }, { source: { sourceType: "MERGE_OBJECTS" } });
  return survivor;
}

/** A write without a visible change: a note was logged, a batch job ran over the record. */
export function touchContact(account: Account, contact: StoredContact): void {
  contact.updatedAt = isoNow(account);
  index(account, contact);
}

function validValues(account: Account, input: Input): Record<string, string> {
  const { values, problems } = checkValues(account.state(), input);
  if (problems.length > 0) throw invalidProperties(problems, account.portalId);
  return values.email ? { ...values, email: foldEmail(account, values.email) } : { ...values };
}

function judgeConditions(account: Account, values: Readonly<Record<string, string>>): void {
  const missing = account.switches.requiredWhen.filter(
    (rule) => values[rule.property] === rule.value && !values[rule.requires],
  );
  if (missing.length === 0) return;
  throw requiredMissing(
    "MISSING_CONDITIONAL_REQUIRED_PROPERTY",
    missing.map((rule) => rule.requires),
  );
}

function requiredMissing(code: string, names: readonly string[]): ApiFailure {
  return validationError(`Required properties are missing: ${names.join(", ")}`, {
    errors: names.map((name) => ({
      message: `Property "${name}" is required.`,
      code,
      context: { propertyName: [name] },
    })),
  });
}

function store(account: Account, contact: StoredContact, values: Record<string, string>, options: WriteOptions): void {
  const timestamp = isoNow(account);
  for (const [name, value] of Object.entries(values)) {
    if (value === "") delete contact.values[name];
    else contact.values[name] = value;
    contact.history[name] = [{ value, timestamp, ...options.source }, ...(contact.history[name] ?? [])];
  }
  contact.updatedAt = timestamp;
  index(account, contact, options.indexAtOnce);
}

/** Archived contacts never show in search, whatever is done to them. */
function index(account: Account, contact: StoredContact, atOnce?: boolean): void {
  account.index.put(contact.id, contact.archivedAt === null ? propertiesOf(contact) : null, atOnce);
}
