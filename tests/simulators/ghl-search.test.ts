import { describe, expect, it } from "vitest";
import { ann, openGhlSimulator } from "./ghl-client.ts";

describe("HighLevel simulator, search", () => {
  it("shows an API write only after the lag, while GET shows it at once", async () => {
    const { create, ask, search, advance } = openGhlSimulator();
    const id = (await create(ann)).json.contact?.id;
    advance(11_999);
    expect((await search()).json.contacts).toEqual([]);
    advance(1);
    await ask("PUT", `/contacts/${id}`, { firstName: "Anna" });
    expect((await ask("GET", `/contacts/${id}`)).json.contact?.firstName).toBe("Anna");
    expect((await search()).json.contacts).toMatchObject([{ firstName: "Ann" }]);
    advance(12_000);
    expect((await search()).json.contacts).toMatchObject([{ firstName: "Anna" }]);
    await ask("DELETE", `/contacts/${id}`);
    expect((await search()).json.total).toBe(1);
    advance(12_000);
    expect((await search()).json.total).toBe(0);
  });

  it("gives rows with nulls and other names than GET", async () => {
    const { simulator, search } = openGhlSimulator();
    simulator.seed("contact", { ...ann, address1: "1 Main Street" });
    const [row] = (await search()).json.contacts;
    expect(row).toMatchObject({ address: "1 Main Street", contactName: "ann lee", companyName: null, dnd: false });
    for (const absent of ["address1", "emailLowerCase", "createdBy"]) expect(row).not.toHaveProperty(absent);
  });

  it.each([
    [[{ field: "email", operator: "eq", value: "ANN@example.com" }], ["Ann"]],
    [
      [
        {
          group: "OR",
          filters: [
            { field: "phone", operator: "eq", value: "+12025550102" },
            { field: "tags", operator: "eq", value: "vip" },
          ],
        },
      ],
      ["Ann", "Bob"],
    ],
    [
      [
        { field: "tags", operator: "contains", value: "vi" },
        { field: "city", operator: "exists" },
      ],
      [],
    ],
    [[{ field: "phone", operator: "not_exists" }], ["Ann"]],
    [[{ field: "firstNameLowerCase", operator: "not_eq", value: "ann" }], ["Bob"]],
  ])("answers the filters %j", async (filters, names) => {
    const { simulator, search } = openGhlSimulator();
    simulator.seed("contact", { firstName: "Ann", email: "ann@example.com", tags: ["vip"] });
    simulator.seed("contact", { firstName: "Bob", phone: "+12025550102" });
    const { json } = await search({ filters });
    expect(json.contacts.map((row) => row.firstName).sort()).toEqual(names);
  });

  it.each([
    [{ filters: [{ field: "shoeSize", operator: "eq", value: "1" }] }],
    [{ filters: [{ field: "email", operator: "contains", value: "a" }] }],
    [{ filters: [{ field: "email", operator: "eq", value: "a".repeat(76) }] }],
    [{ sort: [{ field: "phone", direction: "asc" }] }],
    [{ page: 1, searchAfter: [1, "a"] }],
    [{ page: 101 }],
  ])("refuses %j", async (body) => {
    expect(await openGhlSimulator().search(body)).toMatchObject({ status: 400 });
  });

  it("reads date filters on the location's clock", async () => {
    const { simulator, search } = openGhlSimulator({ timezone: "America/New_York" });
    simulator.seed("contact", ann);
    const from = (gte: string) => search({ filters: [{ field: "dateAdded", operator: "range", value: { gte } }] });
    expect((await from("2026-03-01T05:00:00.000Z")).json.total).toBe(1);
    expect((await from("2026-03-01T05:00:01.000Z")).json.total).toBe(0);
  });

  it("walks through everybody by searchAfter, ties included, and resumes from a kept cursor", async () => {
    const { simulator, search, advance } = openGhlSimulator();
    for (let index = 0; index < 7; index += 1) {
      simulator.seed("contact", { firstName: `N${index}` });
      if (index % 3 === 0) advance(1000);
    }
    const sort = [{ field: "dateUpdated", direction: "asc" }];
    const seen: unknown[] = [];
    let searchAfter: unknown;
    for (;;) {
      const { json } = await search({ sort, pageLimit: 2, ...(searchAfter ? { searchAfter } : {}) });
      expect(json.total).toBe(7);
      if (json.contacts.length === 0) break;
      seen.push(...json.contacts.map((row) => row.firstName));
      searchAfter = json.contacts.at(-1)?.searchAfter;
    }
    expect(seen.sort()).toEqual(["N0", "N1", "N2", "N3", "N4", "N5", "N6"]);
  });

  it("lists the newest first when no sort is given", async () => {
    const { simulator, search, advance } = openGhlSimulator();
    simulator.seed("contact", { firstName: "Old" });
    advance(1000);
    simulator.seed("contact", { firstName: "New" });
    expect((await search()).json.contacts).toMatchObject([{ firstName: "New" }, { firstName: "Old" }]);
  });
});
