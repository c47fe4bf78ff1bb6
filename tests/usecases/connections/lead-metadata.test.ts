import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Deps } from "../../../server/deps.ts";
import { describeFields } from "../../../server/usecases/connections/describe-fields.ts";
import { saveMapping } from "../../../server/usecases/connections/save-mapping.ts";
import { suggestMapping } from "../../../server/usecases/connections/suggest-mapping.ts";
import { hasLeadMetadata, serveLeadMetadata } from "../../support/lead-metadata.ts";
import { createSyncRig, type SyncRig } from "../../support/sync-rig.ts";

describe.skipIf(!hasLeadMetadata())("a connection to an environment with hundreds of columns", () => {
  let rig: SyncRig;
  let deps: Deps;
  let id: string;
  beforeAll(async () => {
    rig = await createSyncRig();
    id = await rig.connect("dynamics");
    const metadata = serveLeadMetadata();
    deps = rig.otherProcess(async (send, request) =>
      request.url.includes("(LogicalName='lead')/Attributes") ? await metadata.fetch(request) : await send(),
    ).deps;
  });
  afterAll(() => rig.close());

  it("lists them all, with the moment they were read", async () => {
    const { fields, fetchedAt } = await describeFields(deps, rig.admin, id, "lead");
    expect(fields).toHaveLength(199);
    expect(fetchedAt).toEqual(deps.now());
  });

  it("saves a mapping that fits them: what only forms require stops nobody", async () => {
    const base = { object: "lead", policy: "fill_blank" as const };
    const fields = [
      { ...base, field: "email", property: "emailaddress1" },
      { ...base, field: "lastName", property: "lastname" },
      { ...base, field: "title", property: "jobtitle" },
    ];
    await saveMapping(deps, rig.admin, id, { fields });
    expect(await suggestMapping(deps, rig.admin, id)).toMatchObject({
      isUntouched: false,
      suggestions: expect.arrayContaining([
        expect.objectContaining({ row: expect.objectContaining({ field: "company", property: "companyname" }) }),
      ]),
    });
  });
});
