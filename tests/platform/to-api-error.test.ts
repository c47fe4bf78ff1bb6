import { pino } from "pino";
import { expect, it } from "vitest";
import { toApiError } from "../../server/to-api-error.ts";

const log = pino({ level: "silent" });

function failure(code: string): Error {
  return new Error("Failed query", { cause: Object.assign(new Error("away"), { code }) });
}

it.each(["CONNECTION_CLOSED", "CONNECT_TIMEOUT", "ECONNREFUSED", "57P01", "57P03", "53300"])(
  "says that a request can be repeated while the database is away (%s)",
  (code) => {
    expect(toApiError(failure(code), log, "r1")).toMatchObject({ code: "unavailable", requestId: "r1" });
  },
);

it.each(["23505", "42703", "EACCES"])("tells nobody what %s is", (code) => {
  const { message, ...body } = toApiError(failure(code), log);
  expect(body.code).toBe("internal");
  expect(message).not.toContain(code);
});
