import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { changeConnection } from "../../../server/usecases/connections/change-connection.ts";
import { mintEmail } from "../../support/ids.ts";
import { createSyncRig, type Person, type SyncRig } from "../../support/sync-rig.ts";
import { contactOf, linksOf, peopleIn, takeCalls } from "../../support/sync-state.ts";

let rig: SyncRig;
let hubspot: string;
beforeEach(async () => {
  rig = await createSyncRig();
  hubspot = await rig.connect("hubspot");
});
afterEach(() => rig.close());

const PHONE = "+12025550123";

async function push(person: Person, visitorId?: string) {
  const chat = await rig.chatAndEnd(person, visitorId);
  await rig.workUntilIdle();
  const run = (await rig.runs(hubspot)).at(-1);
  if (!run) throw new Error("There is a run.");
  return { ...chat, run };
}

function record(id: string) {
  return rig.hubspot.record("contact", id)?.values;
}

function writes(): number {
  return rig.hubspot.journal.entries.filter(({ method, path }) => method !== "GET" && !path.includes("search")).length;
}

describe("who a visitor is in the CRM", () => {
  it("is whoever the link says, even when another record has the email now", async () => {
    const email = mintEmail();
    const linked = rig.hubspot.seed("contact", { email });
    const { actor } = await push({ email });
    rig.hubspot.edit("contact", linked, { email: mintEmail("moved") });
    rig.hubspot.seed("contact", { email });
    const { run } = await push({ firstName: "Ana" }, actor.visitorId);
    expect(run).toMatchObject({ status: "done", result: "updated" });
    expect(record(linked)).toMatchObject({ firstname: "Ana" });
  });

  it("is whoever has the email, whatever its case", async () => {
    const email = mintEmail();
    const id = rig.hubspot.seed("contact", { email });
    const { run } = await push({ email: email.toUpperCase(), firstName: "Ana" });
    expect(run).toMatchObject({ result: "updated", matchedBy: "email" });
    expect(record(id)).toMatchObject({ firstname: "Ana" });
  });

  it("is whoever has the phone number, however it is written", async () => {
    const id = rig.hubspot.seed("contact", { phone: "202.555.0123", lastname: "Reyes" });
    const { run } = await push({ phone: "(202) 555-0123", firstName: "Ana", email: mintEmail() });
    expect(run).toMatchObject({ result: "updated", matchedBy: "phone" });
    expect(record(id)).toMatchObject({ firstname: "Ana" });
    expect(await linksOf(rig)).toMatchObject([{ externalId: id, matchedReason: `Matched by the phone ${PHONE}.` }]);
  });

  it("is asked when several records share the phone number", async () => {
    const ids = [
      rig.hubspot.seed("contact", { phone: PHONE, firstname: "Ana" }),
      rig.hubspot.seed("contact", { phone: PHONE, firstname: "Bo" }),
    ];
    const { run } = await push({ phone: PHONE });
    expect(run).toMatchObject({
      status: "done",
      result: "needs_choice",
      reason: "Several records have this phone number.",
    });
    expect(run.candidates.map(({ externalId, reason }) => [externalId, reason])).toEqual([
      [ids[0], `Ana has the phone ${PHONE}.`],
      [ids[1], `Bo has the phone ${PHONE}.`],
    ]);
    expect([writes(), await linksOf(rig)]).toEqual([0, []]);
  });

  it("is asked when the phone number is somebody else's by email and name", async () => {
    rig.hubspot.seed("contact", { phone: PHONE, firstname: "Bo", email: "bo@example.com" });
    const { run } = await push({ phone: PHONE, firstName: "Ana", email: mintEmail() });
    expect(run).toMatchObject({ result: "needs_choice" });
    expect(run.candidates).toMatchObject([
      { name: "Bo", reason: expect.stringContaining("another email (bo@example.com)") },
    ]);
    expect([writes(), peopleIn(rig, "hubspot").length]).toEqual([0, 1]);
  });

  it("is the one with the phone number when the name agrees, though the email differs", async () => {
    const id = rig.hubspot.seed("contact", { phone: PHONE, firstname: "Ana", email: "ana@example.com" });
    const { run } = await push({ phone: PHONE, firstName: "Ana", email: mintEmail() });
    expect(run).toMatchObject({ result: "conflicts_queued", matchedBy: "phone" });
    expect(record(id)).toMatchObject({ email: "ana@example.com" });
  });

  it("is the one with the email when another has the phone number, which is suggested and not written", async () => {
    const email = mintEmail();
    const byEmail = rig.hubspot.seed("contact", { email });
    rig.hubspot.seed("contact", { phone: PHONE, email: "bo@example.com" });
    const { run } = await push({ email, phone: PHONE, firstName: "Ana" });
    expect(run).toMatchObject({ result: "updated", suggestion: expect.stringContaining("may be one person") });
    expect(record(byEmail)).toMatchObject({ firstname: "Ana", phone: null });
    const again = await push({ email, phone: PHONE });
    expect(again.run.status).toBe("done");
    expect(record(byEmail)).toMatchObject({ phone: null });
  });

  it("stays linked when they later give the phone number of another linked contact, which is not written", async () => {
    await push({ email: mintEmail("bo"), firstName: "Bo", phone: PHONE });
    const ana = await push({ email: mintEmail("ana"), firstName: "Ana" });
    const { run } = await push({ phone: PHONE }, ana.actor.visitorId);
    expect(run).toMatchObject({ status: "done", result: "unchanged" });
    expect(rig.hubspot.records().map(({ values }) => values.phone)).toEqual([PHONE, null]);
  });

  it("is the one with the phone number where the connection asks for phones first", async () => {
    await changeConnection(rig.deps, rig.admin, hubspot, { lookupOrder: "phone_first" });
    const email = mintEmail();
    rig.hubspot.seed("contact", { email });
    const byPhone = rig.hubspot.seed("contact", { phone: PHONE, lastname: "Reyes" });
    const { run } = await push({ email, phone: PHONE, firstName: "Ana" });
    expect(run).toMatchObject({ result: "updated", matchedBy: "phone" });
    expect(record(byPhone)).toMatchObject({ firstname: "Ana", email: null });
  });

  it.each(["info@example.com", "sales+eu@example.com"])(
    "is asked for the desk's address %s, with whom it may be",
    async (email) => {
      rig.hubspot.seed("contact", { email, firstname: "Desk" });
      const { run } = await push({ email, firstName: "Ana" });
      expect(run).toMatchObject({ result: "needs_choice", candidates: [{ name: "Desk" }] });
      expect([writes(), await linksOf(rig)]).toEqual([0, []]);
    },
  );

  it("is asked for a number that three of our contacts have", async () => {
    for (const name of ["Ana", "Bo", "Cleo"])
      await push({ phone: PHONE, firstName: name, email: mintEmail(name.toLowerCase()) });
    takeCalls(rig);
    const { run } = await push({ phone: PHONE });
    expect(run).toMatchObject({ result: "needs_choice" });
    expect(writes()).toBe(0);
  });

  it("is not looked up without an email or a phone number, and that is no error", async () => {
    const { run } = await push({ firstName: "Ana" });
    expect(run).toMatchObject({ status: "done", result: "skipped_no_key", attempts: 0 });
    expect(takeCalls(rig).hubspot).toBe(0);
  });

  it("is the same contact in a second browser with the same email", async () => {
    const email = mintEmail();
    const first = await push({ email });
    const second = await push({ email: email.toUpperCase(), firstName: "Ana" });
    expect(await contactOf(rig, second)).toBe(await contactOf(rig, first));
    expect(second.run).toMatchObject({ result: "updated" });
    expect(peopleIn(rig, "hubspot")).toHaveLength(1);
  });

  it("is asked when the record is another contact's already, and the link stays", async () => {
    const email = mintEmail();
    const id = rig.hubspot.seed("contact", { email, firstname: "Ana" });
    const owner = await push({ email });
    rig.hubspot.edit("contact", id, { phone: PHONE, firstname: "Ana" });
    rig.advance(60_000);
    const { run } = await push({ phone: PHONE, firstName: "Ana" });
    expect(run).toMatchObject({ result: "needs_choice", reason: expect.stringContaining("merge the contacts") });
    expect(run.candidates).toMatchObject([{ externalId: id, linkedContactId: await contactOf(rig, owner) }]);
    expect(await linksOf(rig)).toMatchObject([{ contactId: await contactOf(rig, owner), state: "live" }]);
  });

  it("is looked up again when the connection was added later", async () => {
    const email = mintEmail();
    const { actor } = await push({ email });
    const ghl = await rig.connect("ghl");
    await push({}, actor.visitorId);
    expect(await rig.runs(ghl)).toMatchObject([{ result: "created" }]);
    expect(rig.ghl.records()).toMatchObject([{ values: { email } }]);
  });
});
