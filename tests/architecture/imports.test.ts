import { describe, expect, test } from "vitest";
import { type Import, readImports } from "./read-imports.ts";
import { IMPORT_RULES, type ImportRule, SEPARATE_FOLDERS } from "./rules.ts";

function matches(pattern: string, target: string): boolean {
  if (pattern.endsWith("**"))
    return target === pattern.replace(/.\*\*$/, "") || target.startsWith(pattern.slice(0, -2));
  if (pattern.endsWith("/*"))
    return target.startsWith(pattern.slice(0, -1)) && !target.slice(pattern.length - 1).includes("/");
  return target === pattern;
}

function isAllowed({ target, typesOnly }: Import, { may, mayNameTypesOf = [] }: ImportRule): boolean {
  const patterns = typesOnly ? [...may, ...mayNameTypesOf] : may;
  return patterns.some((pattern) => matches(pattern, target));
}

describe("imports go one way", () => {
  test.each(IMPORT_RULES.map((rule) => [rule.files, rule] as const))("%s", (files, rule) => {
    const stray = readImports(files.replace("/**", "")).filter((one) => !isAllowed(one, rule));
    expect(
      stray.map(({ file, target }) => `${file} imports ${target}`),
      rule.instead,
    ).toEqual([]);
  });

  test.each(SEPARATE_FOLDERS)("the folders of $folder leave each other alone", ({ folder, neighbours, files, but }) => {
    const stray = readImports(folder).filter(({ file, target }) => {
      const [own, ...below] = file.slice(folder.length + 1).split("/");
      if (below.length === 0 || !target.startsWith(`${folder}/`)) return false;
      const [other = "", ...rest] = target.slice(folder.length + 1).split("/");
      if (rest.length === 0) return !files || but.some((one) => one === target);
      return other !== own && !neighbours.some((one) => one === other);
    });
    expect(stray.map(({ file, target }) => `${file} imports ${target}`)).toEqual([]);
  });

  test("a planted import is found", () => {
    const rule = IMPORT_RULES.find(({ files }) => files === "server/domain/**");
    const planted = { file: "server/domain/x.ts", target: "server/db/client", typesOnly: false };
    expect(rule && isAllowed(planted, rule)).toBe(false);
    expect(readImports("tests/architecture")).toContainEqual({
      file: "tests/architecture/imports.test.ts",
      target: "tests/architecture/rules",
      typesOnly: false,
    });
  });
});
