/** Every way a CRM call can fail, as the rest of the house needs to know it. Closed on purpose. */
export const CONNECTOR_ERROR_CODES = [
  "auth_expired", // the credentials are refused; a person must reconnect
  "forbidden", // the credentials are good, a scope, role or location is missing
  "not_found",
  "duplicate", // refused because the record exists; `existingId` names it where the CRM does
  "invalid_field", // a mapped property or its value is refused
  "version_conflict", // the record changed since it was read
  "rate_limited", // wait `retryAfterMs`
  "unavailable", // 5xx, timeout, connection reset
  "bad_response", // an answer that does not parse, or is not what the vendor documents
] as const;
export type ConnectorErrorCode = (typeof CONNECTOR_ERROR_CODES)[number];

export type Recovery = "retry" | "replan" | "reconnect" | "review";

/** What the engine does about each code. `satisfies` makes a forgotten code a type error. */
export const RECOVERY = {
  auth_expired: "reconnect",
  forbidden: "reconnect",
  not_found: "replan",
  duplicate: "replan",
  version_conflict: "replan",
  rate_limited: "retry",
  unavailable: "retry",
  bad_response: "retry",
  invalid_field: "review",
} as const satisfies Record<ConnectorErrorCode, Recovery>;

export interface ConnectorErrorDetails {
  /** Whether the call may have changed the CRM: `unknown` for a write whose answer was lost. */
  readonly outcome?: "none" | "unknown";
  readonly retryAfterMs?: number;
  readonly existingId?: string;
  /** Properties the CRM named as wrong. */
  readonly properties?: readonly string[];
  readonly status?: number;
  readonly requestId?: string;
  readonly cause?: unknown;
}

/** `message` is for people: the CRM's own reason, without credentials, headers or bodies. */
export class ConnectorError extends Error {
  readonly code: ConnectorErrorCode;
  readonly outcome: "none" | "unknown";
  readonly retryAfterMs: number | undefined;
  readonly existingId: string | undefined;
  readonly properties: readonly string[];
  readonly status: number | undefined;
  readonly requestId: string | undefined;

  constructor(code: ConnectorErrorCode, message: string, details: ConnectorErrorDetails = {}) {
    super(message, { cause: details.cause });
    this.name = "ConnectorError";
    this.code = code;
    this.outcome = details.outcome ?? "none";
    this.retryAfterMs = details.retryAfterMs;
    this.existingId = details.existingId;
    this.properties = details.properties ?? [];
    this.status = details.status;
    this.requestId = details.requestId;
  }
}
