import { describe, expect, it } from "vitest";
import { decisionWords } from "../../../server/domain/sync/decision-words.ts";

describe("a decision in words", () => {
  it("names the CRM, wherever it is spoken of", () => {
    expect(decisionWords("crm_moved", "HubSpot")).toBe("HubSpot has a newer value than we do.");
    expect(decisionWords("policy_crm_wins", "Dynamics 365")).toBe("The mapping lets Dynamics 365 win.");
  });

  it("says why a claim overwrites nothing", () => {
    expect(decisionWords("only_claimed", "HubSpot")).toBe("The identity is only claimed, so nothing is overwritten.");
  });
});
