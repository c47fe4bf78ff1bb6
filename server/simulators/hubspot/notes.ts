import { type Account, contactById, isoNow, nextId } from "./account.ts";
import { ApiFailure, validationError } from "./api-failure.ts";
import { touchContact } from "./contacts.ts";
import { isObject, type JsonObject, objectIn, objectsIn, textIn } from "./request-body.ts";
import type { StoredNote } from "./state.ts";

const NOTE_TO_CONTACT = 202;
const MAX_BODY = 65_536;
const KNOWN = ["hs_timestamp", "hs_note_body", "hubspot_owner_id", "hs_attachment_ids"];

/** Needs `hs_timestamp`; each association must be of the type note → contact (202) and lead to a contact that is there. */
export function createNote(account: Account, body: JsonObject): StoredNote {
  const values = readValues(objectIn(body, "properties"));
  if (!values.hs_timestamp) throw validationError("Property values were not valid: hs_timestamp is required.");
  const contacts = objectsIn(body, "associations").map((association) => {
    const isToContact = objectsIn(association, "types").some(
      (type) => Number(type.associationTypeId) === NOTE_TO_CONTACT,
    );
    if (!isToContact) throw validationError("No association of type 202 (note to contact) was given.");
    const id = textIn(objectIn(association, "to"), "id");
    const contact = contactById(account, id);
    if (!contact || contact.archivedAt !== null) {
      throw new ApiFailure(404, `CONTACT=${id} is not valid`, { category: "OBJECT_NOT_FOUND" });
    }
    return contact;
  });
  const at = isoNow(account);
  const contactIds = contacts.map(({ id }) => id);
  const note: StoredNote = { id: nextId(account), values, contactIds, createdAt: at, updatedAt: at };
  account.state().notes[note.id] = note;
  for (const contact of contacts) touchContact(account, contact);
  return note;
}

export function updateNote(account: Account, id: string, body: JsonObject): StoredNote {
  const note = getNote(account, id);
  note.values = { ...note.values, ...readValues(objectIn(body, "properties")) };
  note.updatedAt = isoNow(account);
  return note;
}

export function getNote(account: Account, id: string): StoredNote {
  const note = account.state().notes[id];
  if (!note) throw new ApiFailure(404, "resource not found");
  return note;
}

/** 207 when some of the notes are not there. */
export function readNotes(account: Account, body: JsonObject) {
  const ids = objectsIn(body, "inputs").map((input) => textIn(input, "id"));
  if (ids.length > 100) throw validationError("At most 100 inputs are allowed.");
  const notes = account.state().notes;
  const missing = ids.filter((id) => !Object.hasOwn(notes, id));
  const names = body.properties;
  const properties = Array.isArray(names) ? names.map(String) : KNOWN;
  return {
    status: missing.length > 0 ? (207 as const) : (200 as const),
    body: {
      status: "COMPLETE",
      results: ids.filter((id) => Object.hasOwn(notes, id)).map((id) => noteToWire(getNote(account, id), properties)),
      ...(missing.length > 0 && {
        numErrors: 1,
        errors: [
          {
            status: "error",
            category: "OBJECT_NOT_FOUND",
            message: "Could not get some NOTE objects.",
            context: { ids: missing },
          },
        ],
      }),
    },
  };
}

export function noteToWire(note: StoredNote, properties: readonly string[] = KNOWN) {
  const own = { hs_createdate: note.createdAt, hs_lastmodifieddate: note.updatedAt, hs_object_id: note.id };
  return {
    id: note.id,
    properties: { ...Object.fromEntries(properties.map((name) => [name, note.values[name] ?? null])), ...own },
    createdAt: note.createdAt,
    updatedAt: note.updatedAt,
    archived: false,
  };
}

function readValues(properties: JsonObject): Record<string, string> {
  const unknown = Object.keys(properties).filter((name) => !KNOWN.includes(name));
  if (unknown.length > 0)
    throw validationError(`Property values were not valid: "${unknown.join('", "')}" does not exist`);
  const body = properties.hs_note_body;
  if (isObject(body) || String(body ?? "").length > MAX_BODY) {
    throw validationError(`Property values were not valid: hs_note_body is longer than ${MAX_BODY} characters.`);
  }
  return Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, String(value)]));
}
