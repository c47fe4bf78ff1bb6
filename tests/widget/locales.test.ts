import { describe, expect, test } from "vitest";
import type { Bubble } from "../../widget/src/app/bubbles.ts";
import { eventWords } from "../../widget/src/app/event-words.ts";
import { en, type Words } from "../../widget/src/app/locales/en.ts";
import { fill, loadLanguage } from "../../widget/src/app/locales/language.ts";

const placeholders = (phrase: string) => phrase.match(/\{\w+\}/g)?.toSorted() ?? [];

function phrasesOf({ events, ...rest }: Words): [name: string, phrase: string][] {
  return [...Object.entries(rest), ...Object.entries(events)];
}

describe.each(["de", "es", "ar"])("%s", (tag) => {
  test("says everything English says, in its own words and with the same values", async () => {
    const { words } = await loadLanguage(tag);
    const translations = new Map(phrasesOf(words));
    expect([...translations.keys()]).toEqual(phrasesOf(en).map(([name]) => name));
    for (const [name, phrase] of phrasesOf(en)) {
      const translated = translations.get(name) ?? "";
      expect(translated.trim(), name).not.toBe("");
      expect(placeholders(translated), name).toEqual(placeholders(phrase));
    }
    expect(words.write).not.toBe(en.write);
  });
});

test.each([
  ["de-AT", "de-AT", "ltr"],
  ["ar", "ar", "rtl"],
  ["en-GB", "en-GB", "ltr"],
  ["fr", "en", "ltr"],
  ["", "en", "ltr"],
  ["de_not a tag", "de", "ltr"],
])("a page in %j is answered in %s, %s", async (asked, tag, direction) => {
  expect(await loadLanguage(asked)).toMatchObject({ tag, direction });
});

test("values go in as they are, even when they look like a placeholder or a replacement pattern", () => {
  expect(fill("Save {value}?", { value: "$& {value}" })).toBe("Save $& {value}?");
});

const EVENT: Omit<Bubble, "event"> = {
  ...{ clientId: "e", seq: 1, kind: "event", author: "Sara", text: "Sara joined", at: "2026-03-02T10:00:00Z" },
  ...{ tick: null, reason: null },
};

test("an event is told in the visitor's language, with the agent's name", async () => {
  const { words } = await loadLanguage("de");
  expect(eventWords({ ...EVENT, event: "joined" }, words)).toBe("Sara ist dabei");
});

test.each([null, "put_on_hold" as never, "constructor" as never])(
  "an event of a kind that is not known here (%s) is told in its stored words",
  (event) => expect(eventWords({ ...EVENT, event }, en)).toBe("Sara joined"),
);
