import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { SyncRunRow } from "../../../server/db/queries/sync-run.ts";
import { pauseConnection } from "../../../server/usecases/connections/pause-connection.ts";
import { mergeContacts } from "../../../server/usecases/contacts/merge-contacts.ts";
import { chooseRecord } from "../../../server/usecases/sync/choose-record.ts";
import { mintEmail, newId } from "../../support/ids.ts";
import { CRMS, type Crm } from "../../support/simulated-crms.ts";
import { createSyncRig, type SyncRig } from "../../support/sync-rig.ts";
import { contactOf, linksOf, peopleIn } from "../../support/sync-state.ts";

let rig: SyncRig;
beforeEach(async () => {
  rig = await createSyncRig();
});
afterEach(() => rig.close());

const PHONE = "+12025550123";
const VALUES = {
  hubspot: (name: string) => ({ firstname: name, phone: PHONE }),
  dynamics: (name: string) => ({ firstname: name, lastname: "Family", telephone1: PHONE }),
  ghl: (name: string) => ({ firstName: name, phone: PHONE }),
};

/** Two records share the phone number of somebody who has just chatted. */
async function ask(crm: Crm) {
  await rig.connect(crm);
  rig.ghl.setDuplicateRule(true);
  const ids = ["Bo", "Cleo"].map((name) => rig[crm].seed("contact", VALUES[crm](name)));
  const chat = await rig.chatAndEnd({ firstName: "Ana", phone: PHONE, email: mintEmail() });
  await rig.workUntilIdle();
  const run = await lastRun();
  expect(run).toMatchObject({ result: "needs_choice" });
  return { run, ids, chat };
}

async function lastRun(): Promise<SyncRunRow> {
  const run = (await rig.runs()).at(-1);
  if (!run) throw new Error("There is a run.");
  return run;
}

const choose = (runId: string, choice: Parameters<typeof chooseRecord>[3]) =>
  chooseRecord(rig.deps, rig.admin, runId, choice);

describe.each(CRMS)("an agent who answers which record it is in %s", (crm) => {
  it("links the one they choose, and later conversations use it without asking", async () => {
    const { run, ids, chat } = await ask(crm);
    const externalId = ids[1] ?? "";
    await choose(run.id, { kind: "record", object: "contact", externalId });
    await rig.workUntilIdle();
    expect(await lastRun()).toMatchObject({ status: "done", trigger: "choice", matchedBy: "agent" });
    expect(await linksOf(rig)).toMatchObject([
      { externalId, matchedBy: "agent", matchedReason: "Chosen by an agent." },
    ]);
    await rig.chatAndEnd({ phone: PHONE }, chat.actor.visitorId);
    await rig.workUntilIdle();
    expect(await lastRun()).toMatchObject({ status: "done", result: "unchanged" });
  });

  it("has a new record made, and later conversations use that", async () => {
    const { run, ids, chat } = await ask(crm);
    await choose(run.id, { kind: "create" });
    await rig.workUntilIdle();
    expect(await lastRun()).toMatchObject({ status: "done", result: "created" });
    expect(peopleIn(rig, crm)).toHaveLength(3);
    const [link] = await linksOf(rig);
    expect(ids).not.toContain(link?.externalId);
    await rig.chatAndEnd({ lastName: "Reyes" }, chat.actor.visitorId);
    await rig.workUntilIdle();
    expect(peopleIn(rig, crm)).toHaveLength(3);
    expect(await linksOf(rig)).toHaveLength(1);
  });

  it("has one new record made although the answer to the create was lost", async () => {
    const { run } = await ask(crm);
    const which = ({ method, path }: { method: string; path: string }) => method !== "GET" && !path.includes("search");
    rig[crm].faults.play({ fault: { kind: "reset", after: true }, times: 1, match: which });
    await choose(run.id, { kind: "create" });
    await rig.workUntilIdle();
    expect(await lastRun()).toMatchObject({ status: "done", result: "created" });
    expect(peopleIn(rig, crm)).toHaveLength(3);
  });

  it("is asked again at the next conversation after saying not now", async () => {
    const { run, chat } = await ask(crm);
    const answered = await choose(run.id, { kind: "later" });
    expect(answered).toMatchObject({ id: run.id, candidates: [] });
    expect(rig.jobs.size).toBe(0);
    await rig.chatAndEnd({}, chat.actor.visitorId);
    await rig.workUntilIdle();
    expect(await lastRun()).toMatchObject({ result: "needs_choice" });
    expect(await linksOf(rig)).toEqual([]);
  });
});

describe("an answer to which record it is", () => {
  it("stands against a second one, also at the same moment", async () => {
    const { run, ids } = await ask("hubspot");
    const answers = await Promise.allSettled([
      ...ids.map((externalId) => choose(run.id, { kind: "record", object: "contact", externalId })),
      choose(run.id, { kind: "create" }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected", "rejected"]);
    await rig.workUntilIdle();
    await expect(choose(run.id, { kind: "later" })).rejects.toMatchObject({ code: "conflict" });
    expect(await linksOf(rig)).toHaveLength(1);
  });

  it("cannot name a record that was not offered", async () => {
    const { run } = await ask("hubspot");
    const other = rig.hubspot.seed("contact", { email: mintEmail() });
    const answer = choose(run.id, { kind: "record", object: "contact", externalId: other });
    await expect(answer).rejects.toMatchObject({ code: "bad_request" });
    expect(await lastRun()).toMatchObject({ id: run.id, answeredAt: null });
  });

  it("takes another contact's record once the two were merged, as they were told to", async () => {
    await rig.connect("hubspot");
    const email = mintEmail();
    const externalId = rig.hubspot.seed("contact", { email, firstname: "Ana" });
    const owner = await contactOf(rig, await rig.chatAndEnd({ email }));
    await rig.workUntilIdle();
    rig.hubspot.edit("contact", externalId, { phone: PHONE });
    rig.advance(60_000);
    const asking = await contactOf(rig, await rig.chatAndEnd({ firstName: "Ana", phone: PHONE }));
    await rig.workUntilIdle();
    const run = await lastRun();
    await mergeContacts(rig.deps, rig.admin, { masterId: asking, otherIds: [owner], values: {} });
    await choose(run.id, { kind: "record", object: "contact", externalId });
    await rig.workUntilIdle();
    expect(await lastRun()).toMatchObject({ trigger: "choice", status: "done", contactId: asking });
    expect(await linksOf(rig)).toMatchObject([{ contactId: asking, externalId, state: "live" }]);
  });

  it("cannot take a record that is another contact's", async () => {
    await rig.connect("hubspot");
    const email = mintEmail();
    const externalId = rig.hubspot.seed("contact", { email, firstname: "Ana" });
    await rig.chatAndEnd({ email });
    await rig.workUntilIdle();
    rig.hubspot.edit("contact", externalId, { phone: PHONE });
    rig.advance(60_000);
    await rig.chatAndEnd({ firstName: "Ana", phone: PHONE });
    await rig.workUntilIdle();
    const run = await lastRun();
    expect(run.candidates).toMatchObject([{ externalId, reason: "Linked to another contact." }]);
    const answer = choose(run.id, { kind: "record", object: "contact", externalId });
    await expect(answer).rejects.toMatchObject({ code: "conflict" });
  });

  it("asks again when the chosen record was linked elsewhere meanwhile", async () => {
    const { run, ids, chat } = await ask("hubspot");
    const externalId = ids[0] ?? "";
    await choose(run.id, { kind: "record", object: "contact", externalId });
    const email = mintEmail();
    rig.hubspot.edit("contact", externalId, { email });
    const choice = new Map(rig.jobs);
    rig.jobs.clear();
    const other = await rig.chatAndEnd({ email });
    await rig.workUntilIdle();
    for (const [id, at] of choice) rig.jobs.set(id, at);
    await rig.workUntilIdle();
    const chosen = (await rig.runs()).find(({ trigger }) => trigger === "choice");
    expect(chosen).toMatchObject({ status: "done", result: "needs_choice" });
    expect(await linksOf(rig)).toMatchObject([{ contactId: await contactOf(rig, other) }]);
    expect(await contactOf(rig, chat)).not.toBe(await contactOf(rig, other));
  });

  it("that a new record is wanted is not turned into a link when the CRM refuses a second one", async () => {
    const { run } = await ask("ghl");
    rig.ghl.setDuplicateRule(false, ["phone"]);
    await choose(run.id, { kind: "create" });
    await rig.workUntilIdle();
    expect(await lastRun()).toMatchObject({ status: "done", result: "needs_choice", candidates: [{ name: "Bo" }] });
    expect(await linksOf(rig)).toEqual([]);
  });

  it("is refused while the connection is paused or to an agent of another site", async () => {
    const { run } = await ask("hubspot");
    const stranger = { ...rig.admin, role: "agent" as const, siteIds: [newId()] };
    const answer = chooseRecord(rig.deps, stranger, run.id, { kind: "create" });
    await expect(answer).rejects.toMatchObject({ code: "not_found" });
    await pauseConnection(rig.deps, rig.admin, run.connectionId);
    await expect(choose(run.id, { kind: "create" })).rejects.toMatchObject({ code: "conflict" });
    expect(await lastRun()).toMatchObject({ id: run.id, answeredAt: null });
  });
});
