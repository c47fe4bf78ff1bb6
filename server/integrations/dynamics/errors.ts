import { z } from "zod";
import { ConnectorError, type ConnectorErrorCode, type ConnectorErrorDetails } from "../../domain/connector-error.ts";
import { type HttpResponse, jsonOf, requestIdOf, retryAfterMs } from "../http-client.ts";

interface Meaning {
  readonly code: ConnectorErrorCode;
  readonly say: (reason: string) => string;
}

const missing: Meaning = { code: "not_found", say: () => "Dynamics 365 no longer has this record." };
const changed: Meaning = {
  code: "version_conflict",
  say: () => "The record was changed in Dynamics 365 since it was read.",
};
const keyExists: Meaning = {
  code: "duplicate",
  say: () => "Dynamics 365 already has a record with this key.",
};
const duplicate: Meaning = {
  code: "duplicate",
  say: () => "A duplicate rule of Dynamics 365 says that this person exists already.",
};
const refusedValue: Meaning = { code: "invalid_field", say: (reason) => `Dynamics 365 refuses a value: ${reason}` };
const unknownColumn: Meaning = {
  code: "invalid_field",
  say: (reason) => `Dynamics 365 does not know a mapped column: ${reason} Correct the data mapping.`,
};
/** The change tracking's position, or the metadata under it, is too old: everybody has to be read again. */
const positionExpired: Meaning = {
  code: "version_conflict",
  say: () => "Dynamics 365 no longer knows the changes since that position.",
};
const throttled: Meaning = {
  code: "rate_limited",
  say: () => "Dynamics 365 asks to wait: its service protection limit is reached.",
};

/**
 * Keyed on the code, because one condition is documented with several statuses: a duplicate is 500 in the text and
 * 412 in the status table. (Dataverse, Web service error codes; Service protection API limits.)
 */
const MEANINGS = new Map<string, Meaning>(
  Object.entries({
    "0x80040217": missing,
    "0x80060882": changed,
    "0x80040237": keyExists,
    "0x80060892": keyExists,
    "0x80040333": duplicate,
    "0x80044331": refusedValue,
    "0x8004431a": refusedValue,
    "0x80048d19": refusedValue,
    "0x80044352": positionExpired,
    "0x80072322": throttled,
    "0x80072321": throttled,
    "0x80072326": throttled,
    "0x80040265": {
      code: "invalid_field",
      say: (reason) => `A rule of this Dynamics 365 environment refuses the change: ${reason}`,
    },
    "0x80072560": {
      code: "forbidden",
      say: () =>
        "The application is not a user of this environment. Add it as an application user with a security role in the Power Platform admin center.",
    },
    "0x80040220": {
      code: "forbidden",
      say: (reason) => `The application user's security role lacks a privilege${privilegeIn(reason)}.`,
    },
  }),
);

/** Older servers answer these with an empty code. */
const WORDINGS: readonly { readonly status: number; readonly words: RegExp; readonly meaning: Meaning }[] = [
  { status: 400, words: /version stamp .*has expired/i, meaning: positionExpired },
  { status: 404, words: /with id = .* does not exist/i, meaning: missing },
  { status: 412, words: /rowversion property/i, meaning: changed },
  { status: 412, words: /matching key values already exists/i, meaning: keyExists },
];

/** What is read of a message: some come with a stack. */
const MESSAGE_MAX_CHARS = 10_000;

const NAMED_COLUMNS = [
  /length of the '(\w+)' attribute/i,
  /property named '(\w+)'/i,
  /Invalid property '(\w+)'/i,
  /property '(\w+)' does not exist/i,
  /value \S+ of '(\w+)' on record/i,
];

const ErrorBody = z.object({
  error: z.object({ code: z.union([z.string(), z.number()]).nullish(), message: z.string().nullish() }),
});
const GatewayBody = z.object({ Message: z.string() });

/**
 * What an answer that is no success means. `write` says that the call may have changed the environment, which a 5xx
 * leaves open.
 */
export function toConnectorError(response: HttpResponse, options: { readonly write: boolean; readonly now: number }) {
  const { status, headers, text } = response;
  const { code, message } = bodyOf(text);
  const reason = reasonOf(message);
  const details: ConnectorErrorDetails = {
    status,
    requestId: requestIdOf(headers) ?? undefined,
    retryAfterMs: retryAfterMs(headers, options.now),
    properties: columnsNamedIn(message),
  };
  const meaning = meaningOf(code, status, message);
  if (meaning) return new ConnectorError(meaning.code, meaning.say(reason), details);
  if (status >= 500 || status === 408) {
    const outcome = options.write ? "unknown" : "none";
    return new ConnectorError("unavailable", `Dynamics 365 is not available (status ${status}).`, {
      ...details,
      outcome,
    });
  }
  return byStatus(status, reason, details);
}

function byStatus(status: number, reason: string, details: ConnectorErrorDetails): ConnectorError {
  const said = reason === "" ? `status ${status}` : reason;
  switch (status) {
    case 401:
      return new ConnectorError(
        "auth_expired",
        "Dynamics 365 does not accept the token that Microsoft Entra issued.",
        details,
      );
    case 403:
      return new ConnectorError("forbidden", `Dynamics 365 denies access: ${said}`, details);
    case 429:
      return new ConnectorError("rate_limited", throttled.say(reason), details);
    case 412:
      return new ConnectorError("version_conflict", changed.say(reason), details);
    case 400:
    case 405:
    case 413:
      return new ConnectorError("invalid_field", `Dynamics 365 refuses the request: ${said}`, details);
    default: {
      const hint = "Check the environment URL of this connection.";
      return new ConnectorError("bad_response", `Dynamics 365 gave an unexpected answer: ${said} ${hint}`, details);
    }
  }
}

/** 0x80060888 stands for any URL that cannot be read: a column that is missing, a table, a slip of the syntax. */
function meaningOf(code: string, status: number, message: string): Meaning | undefined {
  if (code === "0x80060888" && columnsNamedIn(message).length > 0) return unknownColumn;
  return MEANINGS.get(code) ?? WORDINGS.find((one) => one.status === status && one.words.test(message))?.meaning;
}

function bodyOf(text: string): { code: string; message: string } {
  const json = jsonOf(text);
  const body = ErrorBody.safeParse(json);
  const error = body.success ? body.data.error : { code: "", message: GatewayBody.safeParse(json).data?.Message };
  return { code: codeOf(error.code), message: (error.message ?? "").slice(0, MESSAGE_MAX_CHARS) };
}

/** `0x80040333`, whether it came in hex or as the signed decimal of the SDK. */
function codeOf(code: string | number | null | undefined): string {
  const text = String(code ?? "");
  if (!/^-?\d+$/.test(text)) return text.toLowerCase();
  return `0x${(Number(text) >>> 0).toString(16).padStart(8, "0")}`;
}

/** The sentence a person can use: without the wrapping of nested exceptions, on one line. */
function reasonOf(message: string): string {
  const inner = message.split("InnerException : ").at(-1) ?? message;
  const line = inner.replace(/^Microsoft\.[\w.]+Exception: /, "").replace(/\s+at Microsoft\.[\s\S]*$/, "");
  return line
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, 300);
}

function columnsNamedIn(message: string): readonly string[] {
  const names = NAMED_COLUMNS.flatMap((pattern) => pattern.exec(message)?.[1] ?? []);
  return [...new Set(names)];
}

function privilegeIn(reason: string): string {
  const name = /\bprv\w+/.exec(reason)?.[0];
  return name ? ` (${name})` : "";
}
