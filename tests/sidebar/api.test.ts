import { afterEach, describe, expect, test, vi } from "vitest";
import { ApiFailure, onSignedOut, request, toApiError } from "../../sidebar/src/api.ts";

function answer(status: number, body: string): Request[] {
  const seen: Request[] = [];
  vi.stubGlobal("fetch", async (path: string, init: RequestInit) => {
    seen.push(new Request(new URL(path, "http://127.0.0.1"), init));
    return new Response(status === 204 ? null : body, { status });
  });
  return seen;
}

afterEach(() => {
  vi.unstubAllGlobals();
  onSignedOut(() => {});
});

async function failureOf(work: Promise<unknown>): Promise<ApiFailure> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ApiFailure)) throw new Error("expected an ApiFailure");
  return error;
}

describe("requests", () => {
  test("changes carry the header that forms of other sites cannot send, readings do not", async () => {
    const seen = answer(200, "{}");
    await request("POST", "/api/users", { name: "Ana" });
    await request("GET", "/api/users");
    expect(seen.map((sent) => sent.headers.get("x-rolodesk"))).toEqual(["1", null]);
  });

  test("an answer without a body is undefined", async () => {
    answer(204, "");
    expect(await request("DELETE", "/api/connections/1")).toBeUndefined();
  });

  test("a refusal keeps the server's words and the inputs it names", async () => {
    answer(400, JSON.stringify({ code: "bad_request", message: "Look again.", fields: { name: "Give it a name." } }));
    const failure = await failureOf(request("POST", "/api/sites", {}));
    expect(failure.message).toBe("Look again.");
    expect(failure.fields).toEqual({ name: "Give it a name." });
  });

  test("no answer at all is a failure in our own words", async () => {
    vi.stubGlobal("fetch", async () => {
      throw new TypeError("network");
    });
    const failure = await failureOf(request("GET", "/api/me"));
    expect(failure.status).toBe(0);
    expect(failure.message).toContain("cannot be reached");
  });

  test("an ended session is told once to the app; a wrong password is not an ended session", async () => {
    let told = 0;
    onSignedOut(() => {
      told += 1;
    });
    answer(401, JSON.stringify({ code: "unauthenticated", message: "Sign in first." }));
    await failureOf(request("GET", "/api/conversations"));
    await failureOf(request("POST", "/api/auth/sign-in/email", {}));
    expect(told).toBe(1);
  });
});

describe("errors that are not ours", () => {
  test.each([
    [502, undefined, "internal", "The server answered with status 502. Try again in a moment."],
    [502, "<html>", "internal", "The server answered with status 502. Try again in a moment."],
    [401, { code: "INVALID_EMAIL_OR_PASSWORD", message: "Invalid email or password" }, "unauthenticated", "Invalid"],
    [429, { message: "Too many requests" }, "rate_limited", "Too many"],
    [409, { code: "conflict", message: "Somebody was faster." }, "conflict", "Somebody"],
  ])("status %i with %o", (status, body, code, begins) => {
    const error = toApiError(status, body);
    expect(error.code).toBe(code);
    expect(error.message.startsWith(begins)).toBe(true);
  });
});
