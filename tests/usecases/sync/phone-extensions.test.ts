import { afterEach, beforeEach, expect, it } from "vitest";
import { createSyncRig, type SyncRig } from "../../support/sync-rig.ts";
import { conflictsOf, linksOf } from "../../support/sync-state.ts";

let rig: SyncRig;
beforeEach(async () => {
  rig = await createSyncRig();
});
afterEach(() => rig.close());

const email = "ana@example.com";
const NUMBER = "+1 202 555 0123 x5";

it.each([
  ["hubspot", "phone", "+12025550123 ext. 5"],
  ["dynamics", "telephone1", "+12025550123 ext. 5"],
  ["ghl", "phone", "+12025550123"],
] as const)(
  "a number with an extension is the same number in %s when it is pushed again",
  async (crm, property, kept) => {
    await rig.connect(crm);
    const ana = { email, firstName: "Ana", lastName: "Reyes", phone: NUMBER };
    for (const phone of [NUMBER, "+12025550123;ext=5", "202-555-0123 ext 5"]) {
      await rig.chatAndEnd({ ...ana, phone });
      await rig.workUntilIdle();
    }
    expect(rig[crm].records()).toMatchObject([{ values: { [property]: kept } }]);
    expect((await rig.runs()).map(({ result }) => result)).toEqual(["created", "unchanged", "unchanged"]);
    expect(await conflictsOf(rig)).toEqual([]);
  },
);

it("a number with an extension fills a customer of the shop, and is the same one when it is pushed again", async () => {
  await rig.connect("bigcommerce");
  const id = rig.bigcommerce.seed("customer", { email, first_name: "Ana", last_name: "Reyes" });
  for (let times = 0; times < 2; times += 1) {
    await rig.chatAndEnd({ email, phone: NUMBER });
    await rig.workUntilIdle();
  }
  expect(rig.bigcommerce.record("customer", id)?.values).toMatchObject({ phone: "+12025550123 ext. 5" });
  expect((await rig.runs()).map(({ result }) => result)).toEqual(["updated", "unchanged"]);
  expect(await conflictsOf(rig)).toEqual([]);
});

it("the shop gets no customer for somebody it does not know, and no link", async () => {
  await rig.connect("bigcommerce");
  await rig.chatAndEnd({ email, firstName: "Ana", lastName: "Reyes" });
  await rig.workUntilIdle();
  expect(rig.bigcommerce.records()).toEqual([]);
  expect(await linksOf(rig)).toEqual([]);
  expect((await rig.runs()).map(({ result }) => result)).toEqual(["unchanged"]);
});

it("a number that differs only by its extension is asked about where the CRM keeps extensions", async () => {
  await rig.connect("hubspot");
  rig.hubspot.seed("contact", { email, phone: "+12025550123" });
  await rig.chatAndEnd({ email, phone: NUMBER });
  await rig.workUntilIdle();
  expect(await conflictsOf(rig)).toMatchObject([{ chatValue: "+12025550123 ext. 5", crmValue: "+12025550123" }]);
});
