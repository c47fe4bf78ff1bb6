import { expect, it } from "vitest";
import { type ConversationFacts, NO_FACTS, sourceValue } from "../../../server/domain/mapping/source-value.ts";

const FACTS: ConversationFacts = {
  page: {
    url: "https://shop.example.com/lamps?utm_source=news&utm_medium=email&utm_campaign=May%20sale",
    title: "Lamps",
    referrer: "https://search.example.com/",
  },
  attributes: { plan: "pro", seats: 3, trial: false },
  lines: [
    { by: "agent", text: "Welcome" },
    { by: "visitor", text: "Do you ship to Lisbon?" },
  ],
  agentName: "Ada",
  endedAt: "2026-02-03T10:11:12.000Z",
};

it.each<[source: string, value: string | number | boolean | null]>([
  ["pageUrl", FACTS.page?.url ?? null],
  ["pageTitle", "Lamps"],
  ["referrer", "https://search.example.com/"],
  ["utmSource", "news"],
  ["utmMedium", "email"],
  ["utmCampaign", "May sale"],
  ["firstMessage", "Do you ship to Lisbon?"],
  ["transcriptStart", "Agent: Welcome\nVisitor: Do you ship to Lisbon?"],
  ["agentName", "Ada"],
  ["endedAt", "2026-02-03T10:11:12.000Z"],
  ["attribute:plan", "pro"],
  ["attribute:seats", 3],
  ["attribute:trial", false],
  ["attribute:unknown", null],
  ["attribute:constructor", null],
  ["constructor", null],
])("%s of a conversation is %s", (source, value) => {
  expect(sourceValue(source, FACTS)).toBe(value);
});

it("nothing is known of a conversation that told nothing, nor of an address that is none", () => {
  for (const source of ["pageUrl", "utmSource", "firstMessage", "transcriptStart", "agentName", "endedAt"]) {
    expect(sourceValue(source, NO_FACTS)).toBeNull();
  }
  expect(sourceValue("utmSource", { ...NO_FACTS, page: { url: "about:", title: "", referrer: "" } })).toBeNull();
});
