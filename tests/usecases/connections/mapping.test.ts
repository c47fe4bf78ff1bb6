import type { MappingInput } from "@rolodesk/shared/connection";
import { eq } from "drizzle-orm";
import { afterEach, beforeEach, expect, it } from "vitest";
import { conversation, visitor } from "../../../server/db/schema/conversation.ts";
import { changesOf } from "../../../server/domain/sync/plan-sync.ts";
import { saveMapping } from "../../../server/usecases/connections/save-mapping.ts";
import { mintEmail } from "../../support/ids.ts";
import { CRMS, type Crm } from "../../support/simulated-crms.ts";
import { createSyncRig, type SyncRig } from "../../support/sync-rig.ts";

let rig: SyncRig;
let email: string;
beforeEach(async () => {
  rig = await createSyncRig();
  email = mintEmail();
});
afterEach(() => rig.close());

type Row = MappingInput["fields"][number];

const KEYS: Record<Crm, string> = { hubspot: "email", dynamics: "emailaddress1", ghl: "email" };

/** Connects a CRM that maps the email and these rows, as somebody saved them. */
async function connectWith(crm: Crm, rows: readonly Partial<Row>[]): Promise<string> {
  const id = await rig.connect(crm);
  const base = { object: "contact", policy: "fill_blank" as const };
  const fields = [{ field: "email", property: KEYS[crm] }, ...rows].map((row) => ({
    field: "",
    property: "",
    ...base,
    ...row,
  }));
  await saveMapping(rig.deps, rig.admin, id, { fields });
  return id;
}

async function push(attributes: Record<string, string> = {}) {
  const chat = await rig.chat({ email, firstName: "ana maria", lastName: "lima" });
  await rig.deps.db.update(visitor).set({ attributes }).where(eq(visitor.id, chat.actor.visitorId));
  const page = { url: "https://shop.example.com/?utm_source=news", title: "Lamps", referrer: "" };
  await rig.deps.db.update(conversation).set({ page }).where(eq(conversation.id, chat.conversationId));
  await rig.end(chat);
  await rig.workUntilIdle();
  return (await rig.runs()).at(-1);
}

it("a push writes attributes, facts of the chat and fixed values as their rows transform them, once", async () => {
  await connectWith("hubspot", [
    { field: "fullName", property: "firstname", transform: { kind: "name", part: "first" } },
    { field: "lastName", property: "lastname", transform: { kind: "case", to: "title" } },
    { field: "attribute:plan", property: "jobtitle", transform: { kind: "options", map: { pro: "Professional" } } },
    { field: "utmSource", property: "city" },
    { field: "fixed", property: "company", transform: { kind: "fixed", value: "Website" } },
  ]);
  const id = rig.hubspot.seed("contact", { email });
  expect(await push({ plan: "PRO" })).toMatchObject({ result: "updated", reason: null });
  expect(rig.hubspot.record("contact", id)?.values).toMatchObject({
    firstname: "ana maria",
    lastname: "Lima",
    jobtitle: "Professional",
    city: "news",
    company: "Website",
  });
  const again = await push({ plan: "PRO" });
  expect([again?.result, again?.plan && changesOf(again.plan)]).toEqual(["unchanged", {}]);
});

it("a value that is too long is left out and told, and the rest is written", async () => {
  const long = "x".repeat(500);
  await connectWith("dynamics", [
    { field: "attribute:role", property: "jobtitle" },
    { field: "lastName", property: "lastname" },
    { field: "lastName", object: "lead", property: "lastname" },
  ]);
  const id = rig.dynamics.seed("contact", { emailaddress1: email });
  const run = await push({ role: long });
  expect(run).toMatchObject({ status: "done", result: "updated" });
  expect(run?.reason).toMatch(
    /^Attribute role was not written: Dynamics 365 takes at most \d+ characters here, and this has 500\.$/,
  );
  expect(rig.dynamics.record("contact", id)?.values).toMatchObject({ lastname: "lima" });
  expect(rig.dynamics.record("contact", id)?.values.jobtitle ?? null).toBeNull();
});

it.each(CRMS)("the mapping that %s begins with fits its own metadata", async (crm) => {
  const id = await rig.connect(crm);
  const { defaultMapping } = rig.deps.connectors.kindOf(crm);
  await saveMapping(rig.deps, rig.admin, id, { fields: [...defaultMapping] });
  const run = await push();
  expect(run).toMatchObject({ status: "done", result: "created", reason: null });
});
