import { randomUUID } from "node:crypto";
import { Hono } from "hono";
import type { Store } from "../kit/file-store.ts";
import { GhlApiError, unprocessable } from "./api-error.ts";
import { objectOf } from "./contact-body.ts";
import { type ContactBook, newId } from "./contact-book.ts";
import { contactOf } from "./contact-routes.ts";
import { noteText } from "./normal-form.ts";
import type { GhlState, StoredNote } from "./state.ts";

const ALLOWED = ["body", "userId", "title", "color", "pinned"];

interface NoteRoutesInput {
  readonly store: Store<GhlState>;
  readonly book: ContactBook;
  readonly now: () => number;
  readonly random: () => number;
}

/** `/contacts/{id}/notes`. */
export function noteRoutes({ store, book, now, random }: NoteRoutesInput): Hono {
  const app = new Hono();
  const noteOf = (contactId: string, id: string) => {
    const note = store.state.notes.find((one) => one.id === id && one.contactId === contactId);
    if (!note) throw new GhlApiError(400, `Note with id ${id} not found`);
    return note;
  };

  app.get("/:contactId/notes", (c) => {
    const { id } = contactOf(book, c.req.param("contactId"));
    const notes = store.state.notes.filter((note) => note.contactId === id).toReversed();
    return c.json({ notes: notes.map(toNote), traceId: randomUUID() });
  });

  app.post("/:contactId/notes", async (c) => {
    const { id } = contactOf(book, c.req.param("contactId"));
    const typed = readNote(await c.req.json());
    const note = { id: newId(random), contactId: id, dateAdded: new Date(now()).toISOString(), ...typed };
    store.state.notes.push(note);
    store.save();
    return c.json({ note: toNote(note), traceId: randomUUID() }, 201);
  });

  app.get("/:contactId/notes/:id", (c) =>
    c.json({ note: toNote(noteOf(c.req.param("contactId"), c.req.param("id"))), traceId: randomUUID() }),
  );

  app.put("/:contactId/notes/:id", async (c) => {
    const note = noteOf(c.req.param("contactId"), c.req.param("id"));
    const changed = { ...note, ...readNote(await c.req.json()) };
    store.state.notes = store.state.notes.map((one) => (one.id === note.id ? changed : one));
    store.save();
    return c.json({ note: toNote(changed), traceId: randomUUID() });
  });

  app.delete("/:contactId/notes/:id", (c) => {
    const note = noteOf(c.req.param("contactId"), c.req.param("id"));
    store.state.notes = store.state.notes.filter((one) => one.id !== note.id);
    store.save();
    return c.json({ succeded: true, succeeded: true, traceId: randomUUID() });
  });

  return app;
}

function readNote(json: unknown): Omit<StoredNote, "id" | "contactId" | "dateAdded"> {
  const note = objectOf(json);
  const problems = Object.keys(note)
    .filter((name) => !ALLOWED.includes(name))
    .map((name) => `property ${name} should not exist`);
  const { body, userId, title, color, pinned } = note;
  if (typeof body !== "string" || body === "") throw unprocessable([...problems, "body should not be empty"]);
  if (problems.length > 0) throw unprocessable(problems);
  return {
    body,
    userId: typeof userId === "string" ? userId : null,
    title: typeof title === "string" ? title : null,
    color: typeof color === "string" ? color : null,
    pinned: pinned === true,
  };
}

function toNote(note: StoredNote): Record<string, unknown> {
  const { title, color, ...rest } = note;
  return {
    ...rest,
    bodyText: noteText(note.body),
    ...(title !== null && { title }),
    ...(color !== null && { color }),
    relations: [],
  };
}
