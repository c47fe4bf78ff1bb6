import type { ApiError, ApiErrorCode } from "@rolodesk/shared/api-error";

/** The server's refusal, or our own words when there was no answer (`status` 0). */
export class ApiFailure extends Error {
  override readonly name = "ApiFailure";
  readonly status: number;
  readonly error: ApiError;

  constructor(status: number, error: ApiError) {
    super(error.message);
    this.status = status;
    this.error = error;
  }

  /** Dotted input path → what is wrong with it. */
  get fields(): Readonly<Record<string, string>> {
    return this.error.fields ?? {};
  }
}

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

let signedOut: () => void = () => {};

/** Names what happens when a request finds that the session has ended. */
export function onSignedOut(listener: () => void): void {
  signedOut = listener;
}

/** One request to the server. Answers without a body give `undefined`; throws `ApiFailure` and nothing else. */
export async function request<T>(method: Method, path: string, body?: unknown): Promise<T> {
  const response = await send(method, path, body);
  const parsed = await readBody(response);
  if (response.ok) return parsed;
  if (response.status === 401 && !path.startsWith("/api/auth/")) signedOut();
  throw new ApiFailure(response.status, toApiError(response.status, parsed));
}

async function send(method: Method, path: string, body: unknown): Promise<Response> {
  const headers = new Headers({ accept: "application/json" });
  if (method !== "GET") headers.set("x-rolodesk", "1");
  if (body !== undefined) headers.set("content-type", "application/json");
  try {
    return await fetch(path, {
      method,
      headers,
      credentials: "same-origin",
      cache: "no-store",
      body: body === undefined ? null : JSON.stringify(body),
    });
  } catch {
    throw new ApiFailure(0, { code: "internal", message: "Rolodesk cannot be reached. Check your connection." });
  }
}

async function readBody(response: Response) {
  const text = await response.text();
  try {
    return text === "" ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

const CODE_OF_STATUS: Readonly<Record<number, ApiErrorCode>> = {
  400: "bad_request",
  401: "unauthenticated",
  403: "forbidden",
  404: "not_found",
  409: "conflict",
  413: "too_large",
  429: "rate_limited",
};

/** The error of an answer, also of one that is not ours (a proxy's page, the sign-in library). */
export function toApiError(status: number, body: unknown): ApiError {
  const code = CODE_OF_STATUS[status] ?? "internal";
  if (isApiError(body)) return { ...body, code };
  if (hasMessage(body)) return { code, message: body.message };
  return { code, message: `The server answered with status ${status}. Try again in a moment.` };
}

function hasMessage(body: unknown): body is { message: string } {
  return typeof body === "object" && body !== null && "message" in body && typeof body.message === "string";
}

function isApiError(body: unknown): body is ApiError {
  if (!hasMessage(body)) return false;
  return !("fields" in body) || (typeof body.fields === "object" && body.fields !== null);
}

/** The refusal or the lost line behind a request that threw. Anything else is a defect of ours, and goes on. */
export function expectFailure(error: unknown): ApiFailure {
  if (error instanceof ApiFailure) return error;
  throw error;
}

/** What to show for it. */
export function failureText(error: unknown): string {
  return expectFailure(error).message;
}
