import { Hono } from "hono";
import { type Account, BY_API, findContact } from "./account.ts";
import { contactNotFound } from "./api-failure.ts";
import { json } from "./api-guard.ts";
import { archiveContacts, createContacts, readContacts, updateContacts, upsertContacts } from "./batches.ts";
import { contactToWire, type ReadOptions, writtenToWire } from "./contact-properties.ts";
import {
  archiveContact,
  createContact,
  mergeContacts,
  purgeContact,
  updateContact,
  type WriteOptions,
} from "./contacts.ts";
import { createNote, getNote, noteToWire, readNotes, updateNote } from "./notes.ts";
import { objectIn, optionalText, parseBody, textIn, wholeNumber } from "./request-body.ts";
import { searchContacts } from "./search.ts";
import type { StoredContact } from "./state.ts";

/** Contacts and notes under one version's prefix, e.g. `/crm/v3/objects` or `/crm/objects/2026-09`. */
export function objectRoutes(account: Account, prefix: string, enforcesRules: boolean): Hono {
  const app = new Hono();
  const byApi: WriteOptions = { source: BY_API, enforcesRules };

  app.use("*", async (c, next) => {
    const isWrite = c.req.method !== "GET" && !/\/(search|read)$/.test(c.req.path);
    const hook = account.beforeWrite;
    if (isWrite && hook) {
      account.beforeWrite = null;
      hook();
    }
    await next();
  });

  app.get("/contacts", (c) => {
    const query = c.req.query();
    const limit = wholeNumber("limit", query.limit, 10);
    const all = Object.values(account.state().contacts)
      .filter((contact) => (contact.archivedAt !== null) === (query.archived === "true"))
      .filter((contact) => Number(contact.id) >= wholeNumber("after", query.after, 0))
      .toSorted((a, b) => Number(a.id) - Number(b.id));
    const next = all[Math.min(limit, 100)];
    const page = all.slice(0, Math.min(limit, 100));
    return json(c, 200, {
      results: page.map((contact) => contactToWire(account, contact, readOptions(c.req.queries()))),
      ...(next && { paging: { next: { after: next.id } } }),
    });
  });

  app.post("/contacts", async (c) => {
    const body = parseBody(await c.req.text());
    const contact = createContact(account, objectIn(body, "properties"), byApi);
    return json(c, 201, writtenToWire(contact, contact.values), { location: `${prefix}/contacts/${contact.id}` });
  });

  app.post("/contacts/search", async (c) => {
    const text = await c.req.text();
    return json(c, 200, searchContacts(account, parseBody(text), text));
  });

  app.post("/contacts/merge", async (c) => {
    const body = parseBody(await c.req.text());
    const survivor = mergeContacts(account, textIn(body, "primaryObjectId"), textIn(body, "objectIdToMerge"));
    return json(c, 200, contactToWire(account, survivor));
  });

  app.post("/contacts/gdpr-delete", async (c) => {
    const body = parseBody(await c.req.text());
    purgeContact(account, textIn(body, "objectId"), optionalText(body, "idProperty"));
    return c.body(null, 204);
  });

  app.post("/contacts/batch/:verb", async (c) => {
    const body = parseBody(await c.req.text());
    const startedAt = new Date(account.now()).toISOString();
    if (c.req.param("verb") === "archive") {
      archiveContacts(account, body);
      return c.body(null, 204);
    }
    const run = { read: readContacts, create: createContacts, update: updateContacts, upsert: upsertContacts };
    const verb = Object.entries(run).find(([name]) => name === c.req.param("verb"))?.[1];
    if (!verb) return c.notFound();
    const { status, results, errors } = verb(account, body, byApi);
    const failures = errors.length > 0 ? { numErrors: errors.length, errors } : {};
    return json(c, status, { status: "COMPLETE", results, startedAt, completedAt: startedAt, ...failures });
  });

  app.get("/contacts/:id", (c) => {
    const archived = c.req.query("archived") === "true";
    const contact = getContact(account, c.req.param("id"), c.req.query("idProperty"), archived);
    return json(c, 200, contactToWire(account, contact, readOptions(c.req.queries())));
  });

  app.patch("/contacts/:id", async (c) => {
    const properties = objectIn(parseBody(await c.req.text()), "properties");
    const contact = getContact(account, c.req.param("id"), c.req.query("idProperty"));
    updateContact(account, contact, properties, byApi);
    return json(c, 200, writtenToWire(contact, Object.fromEntries(Object.keys(properties).map((name) => [name, ""]))));
  });

  app.delete("/contacts/:id", (c) => {
    const contact = findContact(account, c.req.param("id"), undefined);
    if (contact && contact.archivedAt === null) archiveContact(account, contact);
    return c.body(null, 204);
  });

  app.post("/notes", async (c) => {
    const note = createNote(account, parseBody(await c.req.text()));
    return json(c, 201, noteToWire(note), { location: `${prefix}/notes/${note.id}` });
  });
  app.post("/notes/batch/read", async (c) => {
    const { status, body } = readNotes(account, parseBody(await c.req.text()));
    return json(c, status, body);
  });
  app.get("/notes/:id", (c) => json(c, 200, noteToWire(getNote(account, c.req.param("id")))));
  app.patch("/notes/:id", async (c) => {
    return json(c, 200, noteToWire(updateNote(account, c.req.param("id"), parseBody(await c.req.text()))));
  });
  return app;
}

function getContact(account: Account, id: string, idProperty: string | undefined, archived = false): StoredContact {
  const contact = findContact(account, id, idProperty);
  if (!contact || (contact.archivedAt !== null) !== archived) throw contactNotFound(id, idProperty);
  return contact;
}

/** Lists come as repeated keys or with commas. */
function readOptions(query: Record<string, string[]>): ReadOptions {
  const list = (name: string) => query[name]?.flatMap((value) => value.split(",")).filter(Boolean);
  return {
    properties: list("properties"),
    withHistory: list("propertiesWithHistory"),
    associations: list("associations"),
  };
}
