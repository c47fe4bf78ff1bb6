import { HTTPException } from "hono/http-exception";

const STATUS_CODES = "https://developer.bigcommerce.com/api-docs/getting-started/api-status-codes";

/** A refusal in BigCommerce's shape; `errors` is keyed by dotted paths into the request. */
export class BigCommerceApiError extends HTTPException {
  readonly title: string;
  readonly errors: Readonly<Record<string, string>>;

  constructor(
    status: 400 | 401 | 403 | 404 | 413 | 422 | 429,
    title: string,
    errors: Readonly<Record<string, string>> = {},
  ) {
    super(status, { message: title });
    this.title = title;
    this.errors = errors;
  }

  body(): Record<string, unknown> {
    return { status: this.status, title: this.title, type: STATUS_CODES, errors: this.errors };
  }
}
