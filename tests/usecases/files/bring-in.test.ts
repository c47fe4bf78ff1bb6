import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { contact, contactIdentity } from "../../../server/db/schema/contact.ts";
import { approveRows, rejectRows } from "../../../server/usecases/files/decide-rows.ts";
import { chooseContact, fixCell } from "../../../server/usecases/files/mend-row.ts";
import { settleDifference } from "../../../server/usecases/files/settle-difference.ts";
import { createFileRig, type FileRig } from "../../support/file-rig.ts";
import { mintEmail } from "../../support/ids.ts";
import { createSyncRig, type SyncRig } from "../../support/sync-rig.ts";

let rig: SyncRig;
let files: FileRig;

beforeAll(async () => {
  rig = await createSyncRig();
  files = createFileRig(rig);
});
afterAll(() => rig.close());

async function contactOf(email: string) {
  const [row] = await rig.deps.db.select().from(contact).where(eq(contact.email, email));
  return row;
}

describe("a file is read into classes", () => {
  test("each row has its class and the reason for it", async () => {
    const [known, twice, other] = [mintEmail("known"), mintEmail("twice"), mintEmail("other")];
    await files.contact({ email: known, firstName: "Ana" });
    await files.contact({ email: other, phone: "+12025550150", firstName: "Greta", lastName: "Other" });
    await files.contact({ email: twice, firstName: "One" });
    await files.contact({ email: twice, firstName: "Two" });
    const id = await files.read(
      [
        "Company name,Contact name,Email,Phone,Title",
        `Northwind,Ana Demo,${known},+12025550111,Buyer`,
        `Northwind,New Person,${mintEmail("new")},,`,
        `Northwind,Ana D.,${known.toUpperCase()},,`,
        `Northwind,Twin,${twice},,`,
        `Northwind,Hal Family,${mintEmail("hal")},+12025550150,`,
        "Northwind,Desk,info@example.com,,",
        "Northwind,Nobody,,,",
        "Northwind,Bad,not an email,,",
        `Northwind,Short,${mintEmail("short")},4.155E+09,`,
        `Northwind,Ragged,${mintEmail("ragged")},,,more,cells`,
      ].join("\n"),
    );
    const rows = await files.rows(id);
    expect(rows.map((row) => [row.line, row.class])).toEqual([
      [1, "matched"],
      [2, "unmatched"],
      [3, "duplicate"],
      [4, "ambiguous"],
      [5, "ambiguous"],
      [6, "ambiguous"],
      [7, "invalid"],
      [8, "invalid"],
      [9, "invalid"],
      [10, "invalid"],
    ]);
    const why = rows.map(({ notes }) => notes.map(({ words }) => words).join(" "));
    expect(why[0]).toBe("Found by the email.");
    expect(why[2]).toContain("Row 1");
    expect(why[3]).toContain("Several contacts have this email");
    expect(why[4]).toContain("Greta Other has this phone number");
    expect(why[5]).toContain("belongs to a desk");
    expect(why[6]).toContain("neither an email nor a phone number");
    expect(why[8]).toContain("shortened this number");
    expect(why[9]).toContain("7 cells");
    expect(await files.batch(id)).toMatchObject({ status: "pending", work: null, total: 10, staged: true });
  });

  test("a number without a country is read with the file's, and is a reason where there is none", async () => {
    const file = "Name;Phone\nAna;(202) 555-0170\n";
    const [without] = await files.rows(await files.read(file));
    expect(without?.class).toBe("invalid");
    expect(without?.notes[0]?.words).toContain("country");
    const [withOne] = await files.rows(await files.read(file, { defaultCountry: "US" }));
    expect(withOne?.class).toBe("unmatched");
  });
});

describe("approving brings people in", () => {
  test("a new contact has the file's values, its source, and keys by which it is found", async () => {
    const email = mintEmail("made");
    const id = await files.bringIn(
      `Company,Name,Email,Phone,Job title,LinkedIn,Tags,Notes\nNorthwind,Ana Maria Demo,${email},+12025550171,Buyer,https://example.com/ana,"vip; fair","Two\nlines"\n`,
    );
    expect(await files.tally(id)).toEqual({ "unmatched imported": 1 });
    const made = await contactOf(email);
    expect(made).toMatchObject({
      firstName: "Ana",
      lastName: "Maria Demo",
      company: "Northwind",
      title: "Buyer",
      phone: "+12025550171",
      tags: ["vip", "fair"],
      attributes: { linkedin: "https://example.com/ana", notes: "Two\nlines" },
      source: "file",
      sourceDetail: "People",
      engagement: "new",
    });
    const keys = await rig.deps.db
      .select()
      .from(contactIdentity)
      .where(eq(contactIdentity.contactId, made?.id ?? ""));
    expect(keys.map(({ kind, source }) => [kind, source]).toSorted()).toEqual([
      ["email", "file"],
      ["phone", "file"],
    ]);
    expect(await files.batch(id)).toMatchObject({ status: "completed", work: null, created: 1 });
  });

  test("blanks are filled, nothing is replaced, and what differs waits on the row", async () => {
    const email = mintEmail("differs");
    const own = await files.contact({ email, firstName: "Bob", lastName: null, company: "Northwind", title: null });
    const id = await files.bringIn(
      `Name,Email,Phone,Company,Title\nRobert Smythe,${email},+12025550172,Contoso,Buyer\n`,
    );
    expect(await contactOf(email)).toMatchObject({
      id: own,
      firstName: "Bob",
      lastName: null,
      company: "Northwind",
      title: "Buyer",
      phone: "+12025550172",
    });
    const [row] = await files.rows(id);
    expect(row).toMatchObject({ status: "imported", createdContact: false, openDifferences: 2 });
    expect(await files.batch(id)).toMatchObject({ differing: 1 });

    const at = { batchId: id, line: 1 };
    await settleDifference(rig.deps, rig.admin, at, { unit: "company", decision: "file", seenOurs: "Northwind" });
    await settleDifference(rig.deps, rig.admin, at, { unit: "name", decision: "ours", seenOurs: "Bob" });
    expect(await contactOf(email)).toMatchObject({ firstName: "Bob", company: "Contoso" });
    expect(await files.batch(id)).toMatchObject({ differing: 0 });
  });

  test("a value of ours that has changed since it was seen is not replaced, and is shown anew", async () => {
    const email = mintEmail("moved");
    const own = await files.contact({ email, company: "Northwind" });
    const id = await files.bringIn(`Email,Company\n${email},Contoso\n`);
    await rig.deps.db.update(contact).set({ company: "Fabrikam" }).where(eq(contact.id, own));
    const at = { batchId: id, line: 1 };
    const settle = { unit: "company", decision: "file", seenOurs: "Northwind" } as const;
    await expect(settleDifference(rig.deps, rig.admin, at, settle)).rejects.toMatchObject({ code: "conflict" });
    expect(await contactOf(email)).toMatchObject({ company: "Fabrikam" });
    await settleDifference(rig.deps, rig.admin, at, { ...settle, seenOurs: "Fabrikam" });
    expect(await contactOf(email)).toMatchObject({ company: "Contoso" });
  });

  test("a phone number that another contact has is not given to the one the email found", async () => {
    const [email, phone] = [mintEmail("mine"), "+12025550173"];
    const own = await files.contact({ email });
    await files.contact({ email: mintEmail("holder"), phone, firstName: "Greta" });
    const id = await files.bringIn(`Email,Phone\n${email},${phone}\n`);
    expect((await files.rows(id))[0]?.notes.map(({ words }) => words).join(" ")).toContain(
      "Greta has this phone number",
    );
    expect(await contactOf(email)).toMatchObject({ id: own, phone: null });
  });

  test("rows of one person become one contact, the first says what it is, later ones fill", async () => {
    const email = mintEmail("folded");
    const id = await files.bringIn(
      `Email,Name,Company,Phone\n${email},Ana Demo,,\n${email},Ana Demo,Northwind,\n,Ana Demo,,+12025550174\n${email},,,+12025550174\n`,
    );
    const all = await rig.deps.db.select().from(contact).where(eq(contact.email, email));
    expect(all).toHaveLength(1);
    expect(all[0]).toMatchObject({ company: "Northwind" });
    expect((await files.rows(id)).map(({ status }) => status)).toEqual([
      "imported",
      "imported",
      "imported",
      "imported",
    ]);
  });

  test("approving twice is approving once, and the same file again makes nobody twice", async () => {
    const file = `Email\n${mintEmail("again")}\n${mintEmail("again")}\n`;
    const first = await files.read(file);
    const approved = await Promise.all([1, 2, 3].map(() => approveRows(rig.deps, rig.admin, first, { class: null })));
    expect(approved.reduce((sum, one) => sum + one, 0)).toBe(2);
    await rig.work(3);
    const before = await rig.deps.db.$count(contact);
    const second = await files.bringIn(file);
    expect(await rig.deps.db.$count(contact)).toBe(before);
    expect(await files.batch(second)).toMatchObject({ created: 0, sameAs: { id: first } });
    expect(await files.tally(second)).toEqual({ "matched imported": 2 });
  });

  test("who a row is is asked anew: somebody who came meanwhile is found, several wait again", async () => {
    const [came, became] = [mintEmail("came"), mintEmail("became")];
    const id = await files.read(`Email,Company\n${came},Northwind\n${became},Northwind\n`);
    const own = await files.contact({ email: came });
    await files.contact({ email: became });
    await files.contact({ email: became });
    await approveRows(rig.deps, rig.admin, id, { class: "unmatched" });
    await rig.work();
    const [first, second] = await files.rows(id);
    expect(first).toMatchObject({ class: "matched", status: "imported", contact: { id: own } });
    expect(second).toMatchObject({ class: "ambiguous", status: "pending", contact: null });
    expect(await files.batch(id)).toMatchObject({ status: "pending" });
  });
});

describe("rows are decided one by one", () => {
  test("an ambiguous row is approved once somebody chose, as that contact or as a new one", async () => {
    const email = mintEmail("choice");
    const one = await files.contact({ email, firstName: "One" });
    await files.contact({ email, firstName: "Two" });
    const id = await files.read(`Email,Company\n${email},Northwind\n${email},Contoso\n`);
    expect(await approveRows(rig.deps, rig.admin, id, { class: "ambiguous" })).toBe(0);
    await chooseContact(rig.deps, rig.admin, { batchId: id, line: 1 }, one);
    await chooseContact(rig.deps, rig.admin, { batchId: id, line: 2 }, null);
    expect(await approveRows(rig.deps, rig.admin, id, { class: null })).toBe(2);
    await rig.work();
    const [first, second] = await files.rows(id);
    expect(first).toMatchObject({ status: "imported", createdContact: false, contact: { id: one } });
    expect(second).toMatchObject({ status: "imported", createdContact: true });
  });

  test("a corrected cell puts the row into another class; a decided row is corrected no more", async () => {
    const email = mintEmail("fixed");
    const own = await files.contact({ email });
    const id = await files.read(`Name,Email\nAna Demo,${email.replace("@", " at ")}\n`);
    const at = { batchId: id, line: 1 };
    expect((await files.rows(id))[0]?.class).toBe("invalid");
    await fixCell(rig.deps, rig.admin, at, { field: "email", value: email });
    expect((await files.rows(id))[0]).toMatchObject({ class: "matched", contact: { id: own } });
    await rejectRows(rig.deps, rig.admin, id, { rows: { lines: [1] }, reason: "Not ours" });
    expect((await files.rows(id))[0]).toMatchObject({ status: "rejected", problem: "Not ours", decidedBy: "Ada" });
    await expect(fixCell(rig.deps, rig.admin, at, { field: "email", value: "" })).rejects.toMatchObject({
      code: "conflict",
    });
    expect(await files.batch(id)).toMatchObject({ status: "completed" });
  });
});
