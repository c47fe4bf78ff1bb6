import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { visitor } from "../../../server/db/schema/conversation.ts";
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

/** A field of interests in each CRM, with how it is seeded and how it is held, as the options' labels. */
const FIELDS: Record<
  Crm,
  () => { property: string; emailProperty: string; seed(labels: string[]): unknown; held(id: string): string[] }
> = {
  hubspot() {
    const options = ["Lamps", "Chairs", "Tables"].map((label, displayOrder) => ({
      ...{ label, value: label.toLowerCase(), hidden: false, displayOrder },
    }));
    rig.hubspot.defineProperty({
      name: "interests",
      label: "Interests",
      type: "enumeration",
      fieldType: "checkbox",
      options,
    });
    return {
      property: "interests",
      emailProperty: "email",
      seed: (labels) => labels.map((label) => label.toLowerCase()).join(";"),
      held: (id) =>
        String(rig.hubspot.record("contact", id)?.values.interests)
          .split(";")
          .map((value) => options.find((option) => option.value === value)?.label ?? value),
    };
  },
  dynamics() {
    const names = ["Lamps", "Chairs", "Tables"];
    return {
      property: "new_interests",
      emailProperty: "emailaddress1",
      seed: (labels) => labels.map((label) => names.indexOf(label) + 1).join(","),
      held: (id) =>
        String(rig.dynamics.record("contact", id)?.values.new_interests)
          .split(",")
          .map((value) => names[Number(value) - 1] ?? value),
    };
  },
  ghl() {
    const picklistOptions = ["Lamps", "Chairs", "Tables"];
    const id = rig.ghl.addCustomField({ name: "Interests", dataType: "MULTIPLE_OPTIONS", picklistOptions });
    return {
      property: `customField:${id}`,
      emailProperty: "email",
      seed: (labels) => labels,
      held: (contactId) => {
        const held = rig.ghl.record("contact", contactId)?.values.customFields;
        return z.array(z.object({ id: z.literal(id), value: z.array(z.string()) })).parse(held)[0]?.value ?? [];
      },
    };
  },
};

async function push(interests: string) {
  const chat = await rig.chat({ email });
  await rig.deps.db.update(visitor).set({ attributes: { interests } }).where(eq(visitor.id, chat.actor.visitorId));
  await rig.end(chat);
  await rig.workUntilIdle();
  return (await rig.runs()).at(-1);
}

describe.each(CRMS)("several choices in one field of %s", (crm) => {
  it("are added to those the CRM has, and none is taken away", async () => {
    const field = FIELDS[crm]();
    const connectionId = await rig.connect(crm);
    const base = { object: "contact", policy: "fill_blank" as const };
    await saveMapping(rig.deps, rig.admin, connectionId, {
      fields: [
        { ...base, field: "email", property: field.emailProperty },
        { ...base, field: "attribute:interests", property: field.property },
        ...(crm === "dynamics" ? [{ ...base, field: "lastName", object: "lead", property: "lastname" }] : []),
      ],
    });
    const seeded = field.seed(["Chairs"]);
    const values =
      crm === "ghl"
        ? { customFields: [{ id: field.property.slice(12), value: seeded }] }
        : { [field.property]: seeded };
    const id = rig[crm].seed("contact", { [field.emailProperty]: email, ...values });

    expect(await push("lamps; Chairs")).toMatchObject({ result: "updated", reason: null });
    expect(field.held(id).toSorted()).toEqual(["Chairs", "Lamps"]);
    expect(await push("Lamps")).toMatchObject({ result: "unchanged", reason: null });
    expect(field.held(id).toSorted()).toEqual(["Chairs", "Lamps"]);
    const wrong = await push("Lamps, Sofas");
    expect(wrong?.reason).toContain("“Sofas” is not one of the options of Interests");
    expect(field.held(id).toSorted()).toEqual(["Chairs", "Lamps"]);
  });
});
