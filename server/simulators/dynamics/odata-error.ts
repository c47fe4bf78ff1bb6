/** An error as Dataverse words it: `{"error":{"code":"0x…","message":"…"}}` with its HTTP status. */
export class ODataError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = "ODataError";
    this.status = status;
    this.code = code;
  }
}

export function unknownProperty(property: string, type: string): ODataError {
  const message = `Could not find a property named '${property}' on type 'Microsoft.Dynamics.CRM.${type}'.`;
  return new ODataError(400, "0x80060888", message);
}

export function syntaxError(message: string): ODataError {
  return new ODataError(400, "0x80060888", message);
}

export function doesNotExist(table: string, id: string): ODataError {
  return new ODataError(404, "0x80040217", `${table} With Id = ${id} Does Not Exist`);
}

/** The body of a write does not fit the table. Newer servers wrap the parser's words like this. */
export function badPayload(entitySet: string, reason: string): ODataError {
  const link = "https://go.microsoft.com/fwlink/?linkid=2195293";
  const message =
    `Error identified in Payload provided by the user for Entity :'${entitySet}', For more information on this error ` +
    `please follow this help link ${link}  ---->  InnerException : Microsoft.OData.ODataException: ${reason}`;
  return new ODataError(400, "0x80048d19", message);
}

/** The simulator is asked for something Dataverse has and it does not. Never an answer of the vendor's. */
export function notSimulated(what: string): ODataError {
  return new ODataError(501, "", `This simulator does not speak ${what}.`);
}
