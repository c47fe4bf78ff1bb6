import { randomUUID } from "node:crypto";
import type { Context } from "hono";
import type { Table } from "./columns.ts";
import { qualifyLead } from "./lifecycle.ts";
import { describeColumns, describeOneColumn, describeTable } from "./metadata.ts";
import { badPayload, notSimulated, ODataError } from "./odata-error.ts";
import {
  createRow,
  deleteRow,
  type ODataAnswer,
  type ODataRequest,
  patchRow,
  readCollection,
  readRow,
  type TableService,
} from "./table-requests.ts";

interface Organization {
  readonly id: string;
  readonly name: string;
  readonly userId: string;
}

const METADATA =
  /^EntityDefinitions\(LogicalName='(\w+)'\)(\/Attributes(?:\(LogicalName='(\w+)'\))?(?:\/(Microsoft\.Dynamics\.CRM\.\w+))?)?$/;
const ROW = /^(\w+)\(([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\)$/i;
const ROW_ACTION = /^(\w+)\(([0-9a-f-]{36})\)\/Microsoft\.Dynamics\.CRM\.(\w+)$/i;

/** Answers everything below `/api/data/v9.x/`. */
export function createWebApi(service: TableService, organization: Organization) {
  async function route(method: string, resource: string, request: ODataRequest): Promise<ODataAnswer> {
    if (resource === "WhoAmI") return whoAmI(request);
    if (resource === `organizations(${organization.id})`) return organizationRow(request);
    const metadata = METADATA.exec(resource);
    if (metadata) return metadataAnswer(metadata, request);
    const action = ROW_ACTION.exec(resource);
    if (action) return qualify(action, request);
    const [, setName = resource, id] = ROW.exec(resource) ?? [];
    const table = service.rows.tables.find((one) => one.setName === setName);
    if (!table) throw new ODataError(404, "0x80060888", `Resource not found for the segment '${setName}'.`);
    return id === undefined ? setAnswer(method, table, request) : rowAnswer(method, table, id, request);
  }

  async function setAnswer(method: string, table: Table, request: ODataRequest): Promise<ODataAnswer> {
    if (method === "GET") return readCollection(service, table, request);
    if (method === "POST") return createRow(service, table, request);
    throw notAllowed(method);
  }

  async function rowAnswer(method: string, table: Table, id: string, request: ODataRequest): Promise<ODataAnswer> {
    if (method === "GET") return readRow(service, table, id, request);
    if (method === "PATCH") return patchRow(service, table, id, request);
    if (method === "DELETE") return deleteRow(service, table, id, request);
    throw notAllowed(method);
  }

  function whoAmI({ root }: ODataRequest): ODataAnswer {
    const body = {
      "@odata.context": `${root}/$metadata#Microsoft.Dynamics.CRM.WhoAmIResponse`,
      BusinessUnitId: organization.id,
      UserId: organization.userId,
      OrganizationId: organization.id,
    };
    return { status: 200, body };
  }

  function organizationRow({ root }: ODataRequest): ODataAnswer {
    const context = `${root}/$metadata#organizations(name)/$entity`;
    return {
      status: 200,
      body: { "@odata.context": context, organizationid: organization.id, name: organization.name },
    };
  }

  function metadataAnswer(
    [, name = "", attributes, column, cast]: RegExpExecArray,
    request: ODataRequest,
  ): ODataAnswer {
    const { query, root } = request;
    const table = service.rows.tables.find((one) => one.name === name);
    if (!table) {
      const message = `Could not find an entity with specified entity name: ${name}`;
      throw new ODataError(404, "0x80060888", message);
    }
    const context = `${root}/$metadata#EntityDefinitions${attributes === undefined ? "/$entity" : `('${name}')/Attributes`}`;
    const answer = (body: Readonly<Record<string, unknown>>): ODataAnswer => ({
      status: 200,
      body: { "@odata.context": context, ...body },
    });
    if (attributes === undefined) return answer(describeTable(table, query));
    if (column !== undefined) return answer(describeOneColumn(table, column, cast, query));
    return answer({ value: describeColumns(table, cast, query) });
  }

  async function qualify([, setName, id = "", name]: RegExpExecArray, request: ODataRequest): Promise<ODataAnswer> {
    if (setName !== "leads" || name !== "QualifyLead") throw notSimulated(`the action ${name} on ${setName}`);
    const body = await request.json();
    if (typeof body !== "object" || body === null) throw badPayload("leads", "The request body is not a JSON object.");
    if (isTrue(body, "CreateAccount") || isTrue(body, "CreateOpportunity"))
      throw notSimulated("accounts and opportunities");
    const contactId = qualifyLead(service.rows, id, { createContact: isTrue(body, "CreateContact") });
    const created =
      contactId === null ? [] : [{ "@odata.type": "#Microsoft.Dynamics.CRM.contact", contactid: contactId }];
    return {
      status: 200,
      body: { "@odata.context": `${request.root}/$metadata#Collection(crmbaseentity)`, value: created },
    };
  }

  /** The Hono handler: reads the request, answers in OData's shape, words errors as Dataverse does. */
  return async function handle(c: Context): Promise<Response> {
    c.header("odata-version", "4.0");
    c.header("x-ms-service-request-id", randomUUID());
    const { root, path } = resourceOf(c);
    const answer = await route(c.req.method, path, requestOf(c, root));
    for (const [name, value] of Object.entries(answer.headers ?? {})) c.header(name, value);
    if (!("body" in answer)) return c.body(null, answer.status);
    c.header("content-type", "application/json; odata.metadata=minimal; odata.streaming=true");
    return c.body(JSON.stringify(answer.body), answer.status);
  };
}

export function answerError(error: Error, c: Context): Response {
  if (!(error instanceof ODataError)) throw error;
  c.header("content-type", "application/json; odata.metadata=minimal");
  const body = JSON.stringify({ error: { code: error.code, message: error.message } });
  return new Response(body, { status: error.status, headers: c.res.headers });
}

function resourceOf(c: Context): { root: string; path: string } {
  const url = new URL(c.req.url);
  const parts = /^(.*\/api\/data\/v9\.\d)\/(.*)$/.exec(url.pathname);
  if (!parts) throw new ODataError(404, "", "The Web API is at /api/data/v9.2/.");
  return { root: url.origin + parts[1], path: decodeURIComponent(parts[2] ?? "") };
}

function requestOf(c: Context, root: string): ODataRequest {
  return {
    root,
    query: new URL(c.req.url).searchParams,
    header: (name) => c.req.header(name),
    async json() {
      const text = await c.req.text();
      try {
        const parsed: unknown = JSON.parse(text);
        return parsed;
      } catch {
        throw badPayload("", "Invalid JSON. An error was found in the request body.");
      }
    },
  };
}

function isTrue(body: object, name: string): boolean {
  return name in body && Object.entries(body).some(([key, value]) => key === name && value === true);
}

function notAllowed(method: string): ODataError {
  return new ODataError(405, "0x80060888", `The requested resource does not support http method '${method}'.`);
}
