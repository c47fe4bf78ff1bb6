import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createTokenCache, createTokenSource } from "../../server/integrations/token-source.ts";

/** An issuer that gives a new token per request, and a source for it. */
function issuer(answer?: () => Response) {
  const requests: URLSearchParams[] = [];
  const clock = { now: 1_000_000 };
  const cache = createTokenCache();
  const clientSecret = `secret-${randomUUID()}`;
  const http = {
    fetch: async (input: string | URL | Request, init?: RequestInit) => {
      requests.push(new URLSearchParams(await new Request(input, init).text()));
      return answer?.() ?? Response.json({ access_token: `token-${requests.length}`, expires_in: 3599 });
    },
  };
  const open = (secret = clientSecret) =>
    createTokenSource(
      cache,
      {
        issuer: "The issuer",
        tokenUrl: "https://login.example.test/token",
        clientId: "client",
        clientSecret: secret,
        scope: "https://api.example.test/.default",
      },
      { http, now: () => clock.now },
    );
  return { requests, clock, clientSecret, open };
}

describe("a token source", () => {
  it("asks with a client-credentials form", async () => {
    const { requests, clientSecret, open } = issuer();
    await open().get();
    expect(Object.fromEntries(requests[0] ?? [])).toEqual({
      grant_type: "client_credentials",
      client_id: "client",
      client_secret: clientSecret,
      scope: "https://api.example.test/.default",
    });
  });

  it("asks once for callers that wait together, and keeps the token across sources", async () => {
    const { requests, open } = issuer();
    expect(await Promise.all([open().get(), open().get(), open().get()])).toEqual(["token-1", "token-1", "token-1"]);
    expect(await open().get()).toBe("token-1");
    expect(requests).toHaveLength(1);
  });

  it("renews a token a minute before it expires", async () => {
    const { clock, open } = issuer();
    await open().get();
    clock.now += 3_538_000;
    expect(await open().get()).toBe("token-1");
    clock.now += 1_000;
    expect(await open().get()).toBe("token-2");
  });

  it("forgets a refused token, and keeps one that is newer", async () => {
    const { open } = issuer();
    const source = open();
    source.drop(await source.get());
    expect(await source.get()).toBe("token-2");
    source.drop("token-1");
    expect(await source.get()).toBe("token-2");
  });

  it("keeps accounts apart", async () => {
    const { open } = issuer();
    await open().get();
    expect(await open("another secret").get()).toBe("token-2");
  });

  it.each([
    [
      401,
      { error: "invalid_client", error_description: "AADSTS7000215: Invalid secret.\r\nTrace ID: 1" },
      "auth_expired",
    ],
    [400, { error: "invalid_request", error_description: "AADSTS90002: Tenant 'x' not found." }, "auth_expired"],
    [429, {}, "rate_limited"],
    [503, {}, "unavailable"],
    [400, { error: "temporarily_unavailable" }, "unavailable"],
    [200, { token: "in another place" }, "bad_response"],
  ])("reports status %i as what it means", async (status, body, code) => {
    const { open } = issuer(() => Response.json(body, { status }));
    await expect(open().get()).rejects.toMatchObject({ code, outcome: "none" });
  });

  it("tells the issuer's reason without the secret, and asks anew next time", async () => {
    const { clientSecret, requests, open } = issuer(() => {
      const error_description = `AADSTS7000215: '${clientSecret}' is not valid.\r\nTrace ID: 1`;
      return Response.json({ error: "invalid_client", error_description }, { status: 401 });
    });
    await expect(open().get()).rejects.toThrow("The issuer refuses the credentials: AADSTS7000215: '…' is not valid.");
    await expect(open().get()).rejects.toThrow("AADSTS7000215");
    expect(requests).toHaveLength(2);
  });
});
