import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createHubSpotSimulator } from "../../server/simulators/hubspot/hubspot-simulator.ts";

const ORIGIN = "http://hubspot.test";

function openPage() {
  let clock = Date.parse("2026-10-01T15:00:00Z");
  const simulator = createHubSpotSimulator({ token: "pat-na1-simulated", now: () => clock });
  const at = async (path: string) => {
    const answer = await simulator.app.request(ORIGIN + path);
    return { answer, html: await answer.text() };
  };
  const submit = (id: string, fields: Record<string, string>, origin = ORIGIN, act = "") =>
    simulator.app.request(`${ORIGIN}/_records/contact/${id}${act}`, {
      method: "POST",
      headers: { origin },
      body: new URLSearchParams(fields),
    });
  const seed = (values: Record<string, string>) => {
    clock += 1000;
    return simulator.seed("contact", values);
  };
  return { simulator, at, submit, seed };
}

describe("the records page", () => {
  it("shows the records, newest first, with their values, state and notes", async () => {
    const { simulator, at, seed } = openPage();
    seed({ firstname: "Ann", phone: "+12025550100" });
    const bob = seed({ firstname: "Bob" });
    simulator.remove("contact", bob);
    const { html } = await at("/_records");
    expect(html).toContain("<title>HubSpot simulator</title>");
    expect(html.indexOf("Bob")).toBeLessThan(html.indexOf("Ann"));
    expect(html).toContain('value="+12025550100"');
    expect(html).toContain("archived");
    expect(html).toContain("2 records");
  });

  it("finds records by any value, and says how many it found", async () => {
    const { at, seed } = openPage();
    seed({ firstname: "Ann", company: "Acme" });
    const bob = seed({ firstname: "Bob" });
    const { html } = await at("/_records?q=ACME");
    expect(html).toContain("1 of 2 records");
    expect(html).not.toContain(`id="contact-${bob}"`);
    expect((await at("/_records?q=nobody")).html).toContain("No record matches, of 2.");
  });

  it("escapes whatever a visitor wrote, in values, notes and the search box", async () => {
    const { at, seed } = openPage();
    const attack = `"><script>alert(1)</script>`;
    seed({ firstname: attack });
    const { html } = await at(`/_records?q=${encodeURIComponent(attack)}`);
    expect(html).toContain("1 record<");
    expect(html).not.toContain("<script");
    expect(html).toContain("&quot;&gt;&lt;script&gt;");
  });

  it("allows no script and only its own style", async () => {
    const { answer, html } = await openPage().at("/_records");
    const style = /<style>([\s\S]*)<\/style>/.exec(html)?.[1] ?? "";
    const policy = answer.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'`);
  });

  it("changes what was typed differently, as a person in the CRM would, and nothing else", async () => {
    const { simulator, at, submit, seed } = openPage();
    const id = seed({ firstname: "Ann", lastname: "Lee", company: "Acme" });
    const answer = await submit(id, {
      "value:firstname": "Anna",
      "value:lastname": "Lee",
      "value:company": "",
      q: "a&b",
    });
    expect(answer.status).toBe(303);
    expect(answer.headers.get("location")).toBe(`/_records?q=a%26b#contact-${id}`);
    expect(simulator.record("contact", id)?.values).toMatchObject({
      firstname: "Anna",
      lastname: "Lee",
      company: null,
    });
    expect((await at("/_records")).html).toContain('value="Anna"');
  });

  it("adds a property that has had no value", async () => {
    const { simulator, submit, seed } = openPage();
    const id = seed({ firstname: "Ann" });
    await submit(id, { name: "jobtitle", value: "Buyer" });
    expect(simulator.record("contact", id)?.values.jobtitle).toBe("Buyer");
  });

  it("says what the CRM refuses, and what is not there", async () => {
    const { submit, seed } = openPage();
    const refused = await submit(seed({ firstname: "Ann" }), { "value:email": "nonsense" });
    expect(refused.status).toBe(400);
    expect(await refused.text()).toContain("Email address nonsense is invalid");
    expect((await submit("1", { "value:firstname": "Ann" })).status).toBe(404);
  });

  it("takes no form from another site", async () => {
    const { simulator, submit, seed } = openPage();
    const id = seed({ firstname: "Ann" });
    expect((await submit(id, { "value:firstname": "Eve" }, "https://evil.test")).status).toBe(403);
    expect(simulator.record("contact", id)?.values.firstname).toBe("Ann");
  });

  it("deletes a record, and merges one into another", async () => {
    const { simulator, at, submit, seed } = openPage();
    const [ann, bob, eve] = [seed({ firstname: "Ann" }), seed({ firstname: "Bob" }), seed({ firstname: "Eve" })];
    expect((await submit(eve, {}, ORIGIN, "/delete")).status).toBe(303);
    expect(simulator.record("contact", eve)?.state).toBe("archived");
    expect((await submit(bob, { into: ann }, ORIGIN, "/merge")).status).toBe(303);
    const living = simulator.records().filter(({ state }) => state !== "archived");
    expect(living.map(({ state }) => state)).toEqual([`merged from ${ann} and ${bob}`]);
    expect((await at("/_records")).html.match(/Delete or merge/g)).toHaveLength(1);
  });

  it("says why a merge cannot be, and takes none from another site", async () => {
    const { simulator, submit, seed } = openPage();
    const id = seed({ firstname: "Ann" });
    expect((await submit(id, { into: id }, ORIGIN, "/merge")).status).toBe(400);
    expect((await submit(id, {}, "https://evil.test", "/delete")).status).toBe(403);
    expect(simulator.record("contact", id)?.state).toBeNull();
  });

  it("is where a contact's deep link leads", async () => {
    const { simulator, seed } = openPage();
    const id = seed({ firstname: "Ann" });
    const answer = await simulator.app.request(`${ORIGIN}/contacts/891936587/record/0-1/${id}`);
    expect(answer.headers.get("location")).toBe(`/_records?q=${id}`);
  });
});
