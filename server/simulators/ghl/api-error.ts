import { HTTPException } from "hono/http-exception";

/** A refusal in HighLevel's words; `extra` holds what some refusals carry besides (`meta`). */
export class GhlApiError extends HTTPException {
  readonly extra: Readonly<Record<string, unknown>>;
  readonly words: string | readonly string[];

  constructor(
    status: 400 | 401 | 403 | 404 | 422 | 429 | 501,
    words: string | readonly string[],
    extra: Readonly<Record<string, unknown>> = {},
  ) {
    super(status, { message: String(words) });
    this.words = words;
    this.extra = extra;
  }

  body(traceId: string): Record<string, unknown> {
    const named: Partial<Record<number, string>> = {
      401: "Unauthorized",
      403: "Forbidden",
      422: "Unprocessable Entity",
    };
    const error = named[this.status];
    return { statusCode: this.status, message: this.words, ...(error && { error }), ...this.extra, traceId };
  }
}

/** A missing contact is a 400, not a 404. */
export function contactNotFound(id: string): GhlApiError {
  return new GhlApiError(400, `Contact with id ${id} not found`);
}

export function unprocessable(problems: readonly string[]): GhlApiError {
  return new GhlApiError(422, problems);
}
