import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { mint, mintEmail } from "../../support/ids.ts";
import { CRMS, type Crm } from "../../support/simulated-crms.ts";
import { createSyncRig, type SyncRig } from "../../support/sync-rig.ts";
import { contactOf, takeCalls } from "../../support/sync-state.ts";

let rig: SyncRig;
beforeEach(async () => {
  rig = await createSyncRig();
  for (const crm of CRMS) await rig.connect(crm);
});
afterEach(() => rig.close());

const PHONE = "+12025550123";

/** A person in every CRM, as somebody typed them there. */
function seed(person: { firstName?: string; lastName?: string; email?: string; phone?: string }): void {
  const { firstName, lastName, email, phone } = person;
  rig.hubspot.seed("contact", given({ firstname: firstName, lastname: lastName, email, phone }));
  const row = { firstname: firstName, lastname: lastName, emailaddress1: email, telephone1: phone };
  rig.dynamics.seed("contact", given(row));
  rig.ghl.seed("contact", given({ firstName, lastName, email, phone }));
}

function given(values: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).flatMap(([key, value]) => (value ? [[key, value]] : [])));
}

/** What each CRM was asked, and that every push ended well. */
async function callsOfPush(results: readonly string[]): Promise<Record<Crm, number>> {
  await rig.workUntilIdle();
  const runs = (await rig.runs()).slice(-CRMS.length);
  for (const { status, result, reason } of runs) {
    expect({ status, reason }).toEqual({ status: "done", reason: null });
    expect(results).toContain(result);
  }
  return takeCalls(rig);
}

function atMost(calls: Record<Crm, number>, limit: number): void {
  for (const crm of CRMS) expect(calls[crm], `${crm}: at most ${limit}`).toBeLessThanOrEqual(limit);
}

describe("calls of one push", () => {
  it("is one for somebody linked of whom nothing new is known", async () => {
    const ana = { firstName: "Ana", lastName: "Reyes", email: mintEmail(), phone: PHONE };
    seed(ana);
    const { actor } = await rig.chatAndEnd(ana);
    await callsOfPush(["unchanged"]);
    await rig.chatAndEnd({}, actor.visitorId);
    atMost(await callsOfPush(["unchanged"]), 1);
    await rig.chatAndEnd({ email: ana.email });
    atMost(await callsOfPush(["unchanged"]), 1);
  });

  it("is two for somebody linked who gives more", async () => {
    const email = mintEmail();
    seed({ email });
    const { actor } = await rig.chatAndEnd({ email });
    await callsOfPush(["unchanged"]);
    await rig.chatAndEnd({ phone: PHONE, firstName: "Ana" }, actor.visitorId);
    atMost(await callsOfPush(["updated"]), 2);
  });

  it("is at most three for somebody the CRM knows by email", async () => {
    const email = mintEmail();
    seed({ email, lastName: "Reyes" });
    await rig.chatAndEnd({ email, firstName: "Ana" });
    atMost(await callsOfPush(["updated"]), 3);
  });

  it("is at most three for somebody the CRM knows by phone", async () => {
    seed({ phone: PHONE, lastName: "Reyes" });
    await rig.chatAndEnd({ phone: "(202) 555-0123", firstName: "Ana" });
    atMost(await callsOfPush(["updated"]), 3);
  });

  it("is at most three for somebody the CRM knows by phone who also gives an email", async () => {
    seed({ phone: PHONE, firstName: "Ana", lastName: "Reyes" });
    await rig.chatAndEnd({ phone: PHONE, email: mintEmail(), firstName: "Ana" });
    atMost(await callsOfPush(["updated"]), 3);
  });

  it("is at most three for somebody the CRM knows by both", async () => {
    const email = mintEmail();
    seed({ phone: PHONE, email, lastName: "Reyes" });
    await rig.chatAndEnd({ phone: PHONE, email, firstName: "Ana" });
    atMost(await callsOfPush(["updated"]), 3);
  });

  it("is at most three for somebody the CRM knows by email whose phone it has not", async () => {
    const email = mintEmail();
    seed({ email, lastName: "Reyes" });
    await rig.chatAndEnd({ phone: PHONE, email, firstName: "Ana" });
    atMost(await callsOfPush(["updated"]), 3);
  });

  it.each([
    ["email and phone", { phone: PHONE, email: true }],
    ["an email alone", { email: true }],
    ["a phone alone", { phone: PHONE }],
  ])(
    "is at most four for somebody nobody knows, with %s",
    async (_keys, { email, ...keys }: { phone?: string; email?: boolean }) => {
      await rig.chatAndEnd({ ...keys, ...(email && { email: mintEmail() }), lastName: mint("Reyes") });
      atMost(await callsOfPush(["created"]), 4);
    },
  );

  it("is what the log of each run shows", async () => {
    const chat = await rig.chatAndEnd({ email: mintEmail() });
    await rig.workUntilIdle();
    const logged = (await rig.runs()).map(({ calls, contactId }) => ({ contactId, calls: calls.length }));
    const counted = takeCalls(rig);
    const contactId = await contactOf(rig, chat);
    expect(logged).toEqual(CRMS.map((crm) => ({ contactId, calls: counted[crm] })));
  });
});
