import { expect, test } from "vitest";
import { readSearch } from "../../../server/domain/contacts/read-search.ts";

test.each([
  ["+44 20 7946 0123", "442079460123"],
  ["020 7946 0123", "2079460123"],
  ["0044-20-7946-0123", "442079460123"],
  ["+44 (0)20 7946 0123", "442079460123"],
  ["(202) 555-0123", "2025550123"],
  ["202.555.0123 ext 5", "2025550123"],
  ["202.555.0123 x5", "2025550123"],
  ["+12025550123;ext=5", "12025550123"],
  ["２０２５５５０１２３", "2025550123"],
  ["\u202a+1 202 555 0123\u202c", "12025550123"],
])("%j is looked for as the phone number %j", (search, digits) => {
  expect(readSearch(search).key).toBe(digits);
});

test.each([
  ["Ana Ruiz", ["Ana", "Ruiz"], [], null],
  ["ANA.Ruiz@Example.com", ["ANA.Ruiz@Example.com"], [], "ana.ruiz@example.com"],
  ["  li ", [], ["li"], null],
  ["3M", [], ["3M"], null],
  ["Max 12", ["Max"], ["12"], null],
  ["O Brien", ["Brien"], ["O"], null],
  ["小明", ["小明"], [], null],
  ["", [], [], null],
])("%j is looked for in names as %j, at the beginning of words as %j and in keys as %j", (search, ...looked) => {
  const [words, beginnings, key] = looked;
  expect(readSearch(search)).toEqual({ words, beginnings, key });
});
