import { z } from "zod";
import type { Connector, Lookup, Note, RecordRef, Values } from "../../domain/connector.ts";
import { ConnectorError } from "../../domain/connector-error.ts";
import { unlessGone } from "../unless-gone.ts";
import { checkEnvironment } from "./check-environment.ts";
import type { Dataverse } from "./client.ts";
import { describeColumns } from "./fields.ts";
import { findPeople } from "./find-people.ts";
import { followPerson } from "./follow-person.ts";
import { guidFor } from "./guid.ts";
import { asPersonObject, lastNameFor, selectOf, setOf, subjectFor, toRecord } from "./person.ts";
import { createDynamicsPull } from "./pull.ts";
import { type DynamicsSettings, PersonRow } from "./schema.ts";
import type { TableColumns } from "./table-columns.ts";

interface DynamicsConnectorDeps {
  readonly dataverse: Dataverse;
  readonly columns: TableColumns;
  readonly settings: DynamicsSettings;
  readonly leadSubjectMaxLength: number;
}

const REPRESENTATION = { prefer: "return=representation" };
const CREATE_ONLY = { "if-none-match": "*" };
const NOTE_MAX_LENGTH = 100_000;

/** Contacts and leads of one Dataverse environment. People who are in neither become leads. */
export function createDynamicsConnector(deps: DynamicsConnectorDeps): Connector {
  const { dataverse, columns, settings } = deps;

  async function getContact(ref: RecordRef, properties: readonly string[]): Promise<Lookup> {
    const split = await columns.split(properties);
    const lookup = await forgetStaleColumns(() => followPerson(dataverse, ref, properties, split));
    return lookup.kind === "gone" ? lookup : { ...lookup, record: columns.listed(lookup.record) };
  }

  /** A column that was there an hour ago is gone: look again next time. */
  async function forgetStaleColumns<T>(run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (error) {
      if (error instanceof ConnectorError && error.code === "invalid_field") columns.forget();
      throw error;
    }
  }

  /** The record an earlier attempt with this id made, if that is why Dynamics refused. */
  async function earlierCreate(ref: RecordRef, refusal: unknown, properties: readonly string[]) {
    if (!isRefusedCreate(refusal)) throw refusal;
    const lookup = await getContact(ref, properties);
    if (lookup.kind === "gone") throw refusal;
    return lookup.record;
  }

  return {
    async findContacts(query, properties) {
      if (!query.email && !query.phone) return [];
      const split = await columns.split(properties);
      const people = await forgetStaleColumns(() => findPeople(dataverse, query, properties, split));
      return people.map(columns.listed);
    },

    getContact,

    async createContact(values, key, properties) {
      const split = await columns.split(properties);
      const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== ""));
      const required = requiredColumns(given, deps.leadSubjectMaxLength);
      const body = { ...required, ...(await columns.typed("lead", given)) };
      const id = guidFor(key);
      try {
        const row = await forgetStaleColumns(() =>
          dataverse({
            method: "PATCH",
            path: `/leads(${id})?${selectOf("lead", split.lead)}`,
            headers: { ...REPRESENTATION, ...CREATE_ONLY, ...duplicateDetection(settings) },
            body,
            answer: PersonRow,
          }),
        );
        return columns.listed(toRecord("lead", row, properties));
      } catch (error) {
        return earlierCreate({ object: "lead", externalId: id }, error, properties);
      }
    },

    async updateContact(ref, changes, ifVersion, properties) {
      const object = asPersonObject(ref.object);
      const split = await columns.split(properties);
      const body = await columns.typed(object, changes);
      return forgetStaleColumns(async () => {
        const row = await dataverse({
          method: "PATCH",
          path: `/${setOf(object)}(${encodeURIComponent(ref.externalId)})?${selectOf(object, split[object])}`,
          // Without If-Match a PATCH of a removed record would create it anew.
          headers: { ...REPRESENTATION, "if-match": ifVersion ?? "*" },
          body,
          answer: PersonRow,
        });
        return columns.listed(toRecord(object, row, properties));
      });
    },

    async describeFields(object) {
      columns.forget();
      return await describeColumns(dataverse, asPersonObject(object));
    },

    async addNote(ref, note, key) {
      const noteId = guidFor(key);
      try {
        await dataverse({
          method: "PATCH",
          path: `/annotations(${noteId})?$select=annotationid`,
          headers: { ...REPRESENTATION, ...CREATE_ONLY },
          body: noteBody(ref, note),
          answer: z.object({ annotationid: z.string() }),
        });
      } catch (error) {
        if (!isRefusedCreate(error)) throw error;
      }
      return { noteId };
    },

    async deleteContact(ref) {
      const path = `/${setOf(asPersonObject(ref.object))}(${encodeURIComponent(ref.externalId)})`;
      await unlessGone(() => dataverse({ method: "DELETE", path, answer: z.unknown() }));
    },

    checkConnection: () => checkEnvironment(dataverse),

    recordUrl({ object, externalId }) {
      const query = new URLSearchParams({ etn: object, pagetype: "entityrecord", id: externalId });
      return `${settings.appUrl}/main.aspx?${query}`;
    },

    pull: createDynamicsPull(dataverse, columns, settings.environmentUrl),
  };
}

/** `If-None-Match: *` answers 412 when the id is taken; a duplicate rule may speak up first, with 500 or 412. */
function isRefusedCreate(error: unknown): boolean {
  return error instanceof ConnectorError && (error.code === "duplicate" || error.status === 412);
}

/** Detection is off unless asked for. (Dataverse, Detect duplicate data using the Web API.) */
function duplicateDetection(settings: DynamicsSettings): Record<string, string> {
  return settings.duplicateDetection === "on" ? { "mscrm.suppressduplicatedetection": "false" } : {};
}

/** Sales' own forms require a topic and a last name of every lead; the API does not. A lone first name is left alone. */
function requiredColumns(given: Values, subjectMaxLength: number): Values {
  const isNamed = "firstname" in given || "lastname" in given;
  return { subject: subjectFor(given, subjectMaxLength), ...(!isNamed && { lastname: lastNameFor(given) }) };
}

/** The timeline shows a note's text as HTML. (Dataverse table reference: annotation.) */
function noteBody({ object, externalId }: RecordRef, { body, at }: Note): Values {
  const escaped = body.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return {
    subject: `Website chat, ${at.slice(0, 16).replace("T", " ")} UTC`,
    notetext: escaped
      .replace(/\r?\n/g, "<br>\n")
      .slice(0, NOTE_MAX_LENGTH)
      .replace(/(&\w*|<\w*)$/, ""),
    [`objectid_${asPersonObject(object)}@odata.bind`]: `/${setOf(asPersonObject(object))}(${externalId})`,
  };
}
