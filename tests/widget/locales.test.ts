import { describe, expect, test } from "vitest";
import { en } from "../../widget/src/app/locales/en.ts";
import { fill, loadLanguage } from "../../widget/src/app/locales/language.ts";

const placeholders = (phrase: string) => phrase.match(/\{\w+\}/g)?.toSorted() ?? [];

describe.each(["de", "es", "ar"])("%s", (tag) => {
  test("says everything English says, in its own words and with the same values", async () => {
    const { words } = await loadLanguage(tag);
    expect(Object.keys(words)).toEqual(Object.keys(en));
    for (const [name, phrase] of Object.entries(en)) {
      const translated = words[name as keyof typeof en];
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
