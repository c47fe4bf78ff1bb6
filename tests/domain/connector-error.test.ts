import { describe, expect, it } from "vitest";
import {
  CONNECTOR_ERROR_CODES,
  ConnectorError,
  type ConnectorErrorCode,
  RECOVERY,
  type Recovery,
} from "../../server/domain/connector-error.ts";

describe("what is done about a failed call", () => {
  it.each<[ConnectorErrorCode, Recovery, why: string]>([
    ["auth_expired", "reconnect", "only a person has new credentials"],
    ["forbidden", "reconnect", "only a person can grant a scope"],
    ["not_found", "replan", "the record is gone, so who this is must be asked again"],
    ["duplicate", "replan", "the record exists, so it is updated instead"],
    ["version_conflict", "replan", "the record changed since it was read"],
    ["rate_limited", "retry", "the CRM said when"],
    ["unavailable", "retry", "it may be back"],
    ["bad_response", "retry", "it may have been a proxy's page"],
    ["invalid_field", "review", "the same values would be refused again"],
  ])("%s: %s, for %s", (code, recovery) => {
    expect(RECOVERY[code]).toBe(recovery);
  });

  it("is said for every code there is, and for no other", () => {
    expect(Object.keys(RECOVERY).sort()).toEqual([...CONNECTOR_ERROR_CODES].sort());
  });
});

describe("a connector's error", () => {
  it("claims that nothing was changed unless it is told otherwise", () => {
    expect(new ConnectorError("unavailable", "HubSpot does not answer.").outcome).toBe("none");
    expect(new ConnectorError("unavailable", "The answer was lost.", { outcome: "unknown" }).outcome).toBe("unknown");
  });

  it("carries what the CRM told, and its cause", () => {
    const cause = new Error("socket hang up");
    const error = new ConnectorError("duplicate", "This email exists.", {
      existingId: "501",
      properties: ["email"],
      status: 409,
      requestId: "r-1",
      retryAfterMs: 250,
      cause,
    });
    expect(error).toMatchObject({
      name: "ConnectorError",
      message: "This email exists.",
      code: "duplicate",
      existingId: "501",
      properties: ["email"],
      status: 409,
      requestId: "r-1",
      retryAfterMs: 250,
      cause,
    });
  });
});
