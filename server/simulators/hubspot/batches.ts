import { type Account, contactById, findContact } from "./account.ts";
import { ApiFailure, validationError } from "./api-failure.ts";
import { contactToWire, writtenToWire } from "./contact-properties.ts";
import { archiveContact, createContact, judgeCreate, updateContact, type WriteOptions } from "./contacts.ts";
import { findProperty } from "./property-catalog.ts";
import { type JsonObject, objectIn, objectsIn, optionalText, textIn, textsIn } from "./request-body.ts";

const MAX_INPUTS = 100;

interface BatchAnswer {
  readonly status: 200 | 201 | 207;
  readonly results: readonly unknown[];
  readonly errors: readonly Readonly<Record<string, unknown>>[];
}

export function readContacts(account: Account, body: JsonObject): BatchAnswer {
  const idProperty = optionalText(body, "idProperty");
  const properties = textsIn(body, "properties") ?? [];
  const withHistory = textsIn(body, "propertiesWithHistory") ?? [];
  const results: unknown[] = [];
  const missing: string[] = [];
  for (const id of new Set(inputsOf(body).map((input) => textIn(input, "id")))) {
    const contact = findContact(account, id, idProperty);
    if (!contact || contact.archivedAt !== null) missing.push(id);
    else results.push(contactToWire(account, contact, { properties, withHistory }));
  }
  const message = "Could not get some CONTACT objects, they may be deleted or not exist. Check that ids are valid.";
  const errors =
    missing.length > 0 ? [failed({ category: "OBJECT_NOT_FOUND", message, context: { ids: missing } })] : [];
  return { status: errors.length > 0 ? 207 : 200, results, errors };
}

/** One duplicate fails all, unless every input carries `objectWriteTraceId`: then each stands for itself (207). */
export function createContacts(account: Account, body: JsonObject, options: WriteOptions): BatchAnswer {
  const inputs = inputsOf(body);
  const properties = inputs.map((input) => objectIn(input, "properties"));
  if (inputs.length > 0 && inputs.every((input) => optionalText(input, "objectWriteTraceId") !== undefined)) {
    return each(inputs, 201, (input) => written(createContact(account, objectIn(input, "properties"), options)));
  }
  const judged = properties.map((input) => judgeCreate(account, input, options));
  const emails = judged.flatMap(({ email }) => (email ? [email] : []));
  if (new Set(emails).size < emails.length)
    throw new ApiFailure(409, "Duplicate emails in one batch", { category: "CONFLICT" });
  return {
    status: 201,
    results: properties.map((input) => written(createContact(account, input, options))),
    errors: [],
  };
}

/** By record id only. An email in the place of the id is answered with success and changes nothing. */
export function updateContacts(account: Account, body: JsonObject, options: WriteOptions): BatchAnswer {
  const inputs = inputsOf(body);
  if (inputs.some((input) => optionalText(input, "idProperty") === "email")) {
    throw validationError("Unable to perform update/upsert by non-unique 0-1 property");
  }
  return each(
    inputs.filter((input) => !textIn(input, "id").includes("@")),
    200,
    (input) => {
      const id = textIn(input, "id");
      const contact = findContact(account, id, optionalText(input, "idProperty"));
      if (!contact || contact.archivedAt !== null) {
        throw new ApiFailure(404, `CONTACT ${id} does not exist`, {
          category: "OBJECT_NOT_FOUND",
          context: { ids: [id] },
        });
      }
      updateContact(account, contact, objectIn(input, "properties"), options);
      return written(contact);
    },
  );
}

/** `idProperty` must be `email` or a custom property with unique values; each result tells whether it is new. */
export function upsertContacts(account: Account, body: JsonObject, options: WriteOptions): BatchAnswer {
  return each(inputsOf(body), 200, (input) => {
    const idProperty = textIn(input, "idProperty");
    if (!findProperty(account.state(), idProperty)?.hasUniqueValue) {
      throw validationError("Unable to perform update/upsert by non-unique 0-1 property");
    }
    const id = textIn(input, "id");
    const properties = objectIn(input, "properties");
    const known = findContact(account, id, idProperty);
    if (known) updateContact(account, known, properties, options);
    const contact = known ?? createContact(account, { ...properties, [idProperty]: id }, options);
    return { ...written(contact), new: known === undefined };
  });
}

export function archiveContacts(account: Account, body: JsonObject): void {
  for (const input of inputsOf(body)) {
    const contact = contactById(account, textIn(input, "id"));
    if (contact) archiveContact(account, contact);
  }
}

function written(contact: Parameters<typeof writtenToWire>[0]) {
  return writtenToWire(contact, contact.values);
}

function inputsOf(body: JsonObject): JsonObject[] {
  const inputs = objectsIn(body, "inputs");
  if (inputs.length > MAX_INPUTS) throw validationError("At most 100 inputs are allowed.");
  return inputs;
}

function each(inputs: readonly JsonObject[], status: 200 | 201, run: (input: JsonObject) => unknown): BatchAnswer {
  const results: unknown[] = [];
  const errors: Readonly<Record<string, unknown>>[] = [];
  for (const input of inputs) {
    try {
      results.push(run(input));
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error;
      errors.push(failed({ ...error.body, objectWriteTraceId: optionalText(input, "objectWriteTraceId") }));
    }
  }
  return { status: errors.length > 0 ? 207 : status, results, errors };
}

function failed(error: Readonly<Record<string, unknown>>) {
  return { status: "error", ...error };
}
