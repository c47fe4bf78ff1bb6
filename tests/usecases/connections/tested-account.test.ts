import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { addConnection } from "../../../server/usecases/connections/add-connection.ts";
import { CRMS, type Crm } from "../../support/simulated-crms.ts";
import { createSyncRig, type SyncRig } from "../../support/sync-rig.ts";

let rig: SyncRig;
beforeEach(async () => {
  rig = await createSyncRig();
});
afterEach(() => rig.close());

async function refusal(provider: Crm, settings: Record<string, string> = {}) {
  const { access } = rig;
  const input = { provider, name: provider, siteIds: [], ...access[provider] };
  const adding = addConnection(rig.deps, rig.admin, { ...input, settings: { ...input.settings, ...settings } });
  return await adding.then(
    () => Promise.reject(new Error("It was connected.")),
    (error: unknown) => error,
  );
}

describe("an account that cannot be tested", () => {
  it.each(["hubspot", "ghl"] as const)(
    "names no input when %s is out of reach: no address is asked for",
    async (crm) => {
      const error = await refusal(crm, { baseUrl: "http://nowhere.test" });
      expect(error).toMatchObject({ code: "bad_request", message: expect.stringMatching(/./), fields: undefined });
    },
  );

  it("names the address where one is asked for", async () => {
    const error = await refusal("dynamics", { environmentUrl: "http://nowhere.test" });
    expect(error).toMatchObject({ code: "bad_request", fields: { "settings.environmentUrl": expect.any(String) } });
  });

  it.each(CRMS)("names only what %s's form has when the CRM refuses the call", async (crm) => {
    const inputs = rig.deps.connectors.kindOf(crm).inputs.map((input) => `${input.in}.${input.name}`);
    for (const status of [400, 401, 403, 404, 429, 500]) {
      rig[crm].faults.play({ fault: { kind: "status", status, body: "{}" } });
      const error = await refusal(crm);
      rig[crm].faults.clear();
      expect(error).toMatchObject({ code: "bad_request" });
      const { fields = {} } = error as { fields?: Record<string, string> };
      expect(inputs, `${status}`).toEqual(expect.arrayContaining(Object.keys(fields)));
    }
  });
});
