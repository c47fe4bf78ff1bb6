import { randomUUID } from "node:crypto";
import { Hono } from "hono";
import { contactNotFound, GhlApiError, unprocessable } from "./api-error.ts";
import { type ContactBody, isTextList, objectOf, readContactBody } from "./contact-body.ts";
import type { ContactBook } from "./contact-book.ts";
import { toContact, toCreatedContact, toWrittenContact } from "./contact-shapes.ts";
import { type Duplicate, duplicateRefused, findDuplicate, lookUpDuplicate } from "./duplicates.ts";
import { storedTags } from "./normal-form.ts";
import { searchContacts } from "./search.ts";
import type { GhlLocation, StoredContact } from "./state.ts";

interface ContactRoutesInput {
  readonly book: ContactBook;
  readonly location: GhlLocation;
  readonly now: () => number;
  readonly searchLagMs: () => number;
  readonly knowsCustomField: (id: string) => boolean;
  readonly unknownCustomField: "ignore" | "refuse";
  readonly duplicateOnUpdate: "refuse" | "drop";
}

/** A write answers with a time that is this much before the one it stores, as recorded from the vendor. */
const STORE_SKEW_MS = 4;

/** `/contacts`, notes excepted. */
export function contactRoutes(input: ContactRoutesInput): Hono {
  const { book, location, now } = input;
  const app = new Hono();

  app.post("/search", async (c) => {
    const found = searchContacts(await c.req.json(), book.indexed(), location);
    return c.json({ ...found, traceId: randomUUID() });
  });

  app.get("/search/duplicate", (c) => {
    const { email, number } = c.req.query();
    if (!email && !number) throw new GhlApiError(400, "Pass at least one of number, email query parameter");
    const found = lookUpDuplicate(book, location, { email, phone: number });
    const contact = found ? toContact(found.contact, location.id) : null;
    return c.json({ contact, ...(found && { matchingField: "contactId" }), traceId: randomUUID() });
  });

  app.get("/:id", (c) =>
    c.json({ contact: toContact(contactOf(book, c.req.param("id")), location.id), traceId: randomUUID() }),
  );

  app.post("/", async (c) => {
    const body = readContactBody(await c.req.json(), "create");
    const known = knownFields(input, body);
    const duplicate = location.allowDuplicateContact ? undefined : findDuplicate(book, location, known.values);
    if (duplicate) throw duplicateRefused(duplicate);
    const { answered, stored } = writeTimes(input);
    const contact = book.insert(known, { source: "INTEGRATION", ...stored });
    return c.json({ contact: toCreatedContact(contact, location.id, answered), traceId: randomUUID() }, 201);
  });

  app.post("/upsert", async (c) => {
    const body = readContactBody(await c.req.json(), "upsert");
    const known = knownFields(input, body);
    const { answered, stored } = writeTimes(input);
    const forced = body.createNewIfDuplicateAllowed && location.allowDuplicateContact;
    const found = forced ? undefined : (lookUpDuplicate(book, location, known.values) ?? bySecondary(book, known));
    const contact = found
      ? book.change(found.contact, forUpsert(book, found, known), stored)
      : book.insert(known, { source: "INTEGRATION", ...stored });
    return c.json({
      new: found === undefined,
      ...succeeded(),
      contact: toWrittenContact(contact, location.id, answered),
      traceId: randomUUID(),
    });
  });

  app.put("/:id", async (c) => {
    const contact = contactOf(book, c.req.param("id"));
    const known = knownFields(input, readContactBody(await c.req.json(), "update"));
    const changes = withoutTaken(input, contact, known);
    const { answered, stored } = writeTimes(input);
    const written = book.change(contact, changes, stored);
    return c.json({
      ...succeeded(),
      contact: toWrittenContact(written, location.id, answered),
      traceId: randomUUID(),
    });
  });

  app.delete("/:id", (c) => {
    book.end(contactOf(book, c.req.param("id")), "deleted", writeTimes(input).stored);
    return c.json({ ...succeeded(), traceId: randomUUID() });
  });

  app.on(["POST", "DELETE"], "/:id/tags", async (c) => {
    const contact = contactOf(book, c.req.param("id"));
    const { tags: typed } = objectOf(await c.req.json());
    if (!isTextList(typed)) throw unprocessable(["tags must be an array"]);
    const adding = c.req.method === "POST";
    const named = storedTags(typed);
    const moved = named.filter((tag) => contact.tags.includes(tag) !== adding);
    const tags = adding ? [...contact.tags, ...moved] : contact.tags.filter((tag) => !named.includes(tag));
    book.change(contact, { tags }, writeTimes(input).stored);
    const answer = { tags, [adding ? "tagsAdded" : "tagsRemoved"]: moved, traceId: randomUUID() };
    return c.json(answer, adding ? 201 : 200);
  });

  return app;

  function writeTimes({ searchLagMs }: ContactRoutesInput) {
    const at = now();
    return {
      answered: new Date(at).toISOString(),
      stored: { at: new Date(at + STORE_SKEW_MS).toISOString(), visibleAt: at + searchLagMs() },
    };
  }
}

export function contactOf(book: ContactBook, id: string): StoredContact {
  const contact = book.living(id);
  if (!contact) throw contactNotFound(id);
  return contact;
}

/** The live API carries both spellings. */
function succeeded() {
  return { succeded: true, succeeded: true };
}

function knownFields(input: ContactRoutesInput, body: ContactBody): ContactBody {
  const unknown = body.customFields.filter((field) => !input.knowsCustomField(field.id));
  if (unknown.length > 0 && input.unknownCustomField === "refuse") {
    throw new GhlApiError(400, `Custom field with id ${unknown[0]?.id} not found`);
  }
  return { ...body, customFields: body.customFields.filter((field) => input.knowsCustomField(field.id)) };
}

/** An update that takes another contact's identifier is refused, or silently loses it: the vendor's rule is not published. */
function withoutTaken(input: ContactRoutesInput, contact: StoredContact, body: ContactBody): ContactBody {
  if (input.location.allowDuplicateContact) return body;
  const values = { ...body.values };
  for (const field of input.location.contactUniqueIdentifiers) {
    const value = values[field];
    const owner = value ? input.book.byIdentifier(field, value) : undefined;
    if (!owner || owner.id === contact.id) continue;
    if (input.duplicateOnUpdate === "refuse") throw duplicateRefused({ contact: owner, matchingField: field });
    delete values[field];
  }
  return { ...body, values };
}

/** An upsert by a secondary email makes it the primary one and forgets the old one. */
function bySecondary(book: ContactBook, { values }: ContactBody): Duplicate | undefined {
  const email = values.email?.toLowerCase();
  const contact = book
    .all()
    .find(({ gone, additionalEmails }) => gone === null && email && additionalEmails.includes(email));
  return contact && { contact, matchingField: "email" };
}

/** The identifier that belongs to somebody else is dropped without a word. */
function forUpsert(book: ContactBook, { contact, matchingField }: Duplicate, body: ContactBody): ContactBody {
  const other = matchingField === "email" ? "phone" : "email";
  const value = body.values[other];
  const owner = value ? book.byIdentifier(other, value) : undefined;
  if (!owner || owner.id === contact.id) return body;
  return { ...body, values: { ...body.values, [other]: contact.values[other] ?? null } };
}
