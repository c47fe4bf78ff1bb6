import { z } from "zod";
import { ConnectorError } from "../domain/connector-error.ts";
import { createHttpClient, type HttpOptions, type HttpResponse, jsonOf, retryAfterMs } from "./http-client.ts";

interface TokenRequest {
  /** As people call the issuer: "HubSpot". */
  readonly issuer: string;
  readonly baseUrl: string;
  readonly path: string;
  /** Sent as a form. */
  readonly form: Readonly<Record<string, string>>;
  readonly headers?: Record<string, string>;
  readonly now: () => number;
  readonly http: HttpOptions;
}

const MAX_REASON_CHARS = 300;
/** Form fields that open something; an answer that quotes one of them is not quoted. */
const SECRET_FIELDS = ["client_secret", "code", "code_verifier", "refresh_token"];

const Refusal = z.looseObject({
  error: z.string().nullish(),
  error_description: z.string().nullish(),
  message: z.union([z.string(), z.array(z.string())]).nullish(),
});

/**
 * One call of a token endpoint (RFC 6749, 3.2). Throws `auth_expired` with the issuer's reason when it refuses, and with
 * outcome `unknown` when no answer came: a single-use code or refresh token may have been used.
 */
export async function askTokenEndpoint<T>(schema: z.ZodType<T>, request: TokenRequest): Promise<T> {
  const { issuer, baseUrl, path, form, headers, now, http } = request;
  const body = new URLSearchParams(form);
  const answer = await createHttpClient(baseUrl, http)({ method: "POST", path, body, headers });
  if (answer.status < 200 || answer.status > 299) throw refusalOf(request, answer, now());
  const parsed = schema.safeParse(jsonOf(answer.text));
  if (parsed.success) return parsed.data;
  throw new ConnectorError("bad_response", `${issuer} did not answer with tokens.`, {
    outcome: "unknown",
    status: answer.status,
  });
}

function refusalOf({ issuer, form }: TokenRequest, answer: HttpResponse, nowMs: number): ConnectorError {
  const { status } = answer;
  const details = { status, retryAfterMs: retryAfterMs(answer.headers, nowMs) };
  if (status === 429) return new ConnectorError("rate_limited", `${issuer} asks to wait before new tokens.`, details);
  if (status >= 500 || status === 408) {
    const words = `${issuer} gives out no tokens at the moment (status ${status}).`;
    return new ConnectorError("unavailable", words, { ...details, outcome: "unknown" });
  }
  const { error, error_description, message } = Refusal.safeParse(jsonOf(answer.text)).data ?? {};
  const words = [message].flat().filter(Boolean).join("; ") || error_description || error;
  const reason = withoutSecrets(words || `status ${status}`, form).slice(0, MAX_REASON_CHARS);
  return new ConnectorError("auth_expired", `${issuer} refuses: ${reason}`, details);
}

function withoutSecrets(words: string, form: Readonly<Record<string, string>>): string {
  return SECRET_FIELDS.reduce((text, field) => (form[field] ? text.replaceAll(form[field], "…") : text), words);
}
