/** A refusal in HubSpot's error envelope; `correlationId` is added where it is sent. */
export class ApiFailure extends Error {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;

  constructor(status: number, message: string, more: Record<string, unknown> = {}) {
    super(message);
    this.status = status;
    this.body = { status: "error", message, ...more };
  }
}

/** HubSpot, error handling: a missing numeric id carries no category, a non-numeric one does. */
export function contactNotFound(id: string, idProperty: string | undefined): ApiFailure {
  if (idProperty || /^\d+$/.test(id)) return new ApiFailure(404, "resource not found");
  return new ApiFailure(404, "Object not found.  objectId are usually numeric.", {
    context: { id: [id] },
    category: "OBJECT_NOT_FOUND",
  });
}

/** The existing id is only in the text. */
export function contactExists(existingId: string): ApiFailure {
  return new ApiFailure(409, `Contact already exists. Existing ID: ${existingId}`, { category: "CONFLICT" });
}

export function validationError(message: string, more: Record<string, unknown> = {}): ApiFailure {
  return new ApiFailure(400, message, { category: "VALIDATION_ERROR", ...more });
}

export interface PropertyProblem {
  readonly name: string;
  readonly error: string;
  readonly message: string;
}

/** All problems of one write, both in the text (JSON inside the message) and in `errors`. */
export function invalidProperties(problems: readonly PropertyProblem[], portalId: number): ApiFailure {
  const listed = problems.map(({ name, error, message }) => ({
    isValid: false,
    message,
    error,
    name,
    localizedErrorMessage: message,
    portalId,
  }));
  return validationError(`Property values were not valid: ${JSON.stringify(listed)}`, {
    errors: problems.map(({ name, error, message }) => ({ message, code: error, context: { propertyName: [name] } })),
  });
}
