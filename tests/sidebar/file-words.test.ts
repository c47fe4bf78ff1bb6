import { expect, test } from "vitest";
import { targetOptions } from "../../sidebar/src/screens/imports/file-words.ts";

test.each([
  ["__proto__", "attribute:proto"],
  ["Größe (cm)", "attribute:gro_e_cm"],
  ["2nd number", "attribute:nd_number"],
  [" _ ", undefined],
])("a column named %s can become the field %s", (header, field) => {
  const own = targetOptions(header, null).find(({ value }) => value.startsWith("attribute:"));
  expect(own?.value).toBe(field);
});
