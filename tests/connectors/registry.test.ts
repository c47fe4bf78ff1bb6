import { existsSync, readdirSync } from "node:fs";
import { PROVIDERS } from "@rolodesk/shared/vocabulary";
import { describe, expect, it } from "vitest";
import { moduleOf } from "../../server/integrations/registry.ts";

const integrations = new URL("../../server/integrations/", import.meta.url);
const simulators = new URL("../../server/simulators/", import.meta.url);
const tests = new URL("../", import.meta.url);
const overHttp = PROVIDERS.filter((provider) => provider !== "memory");

function foldersIn(parent: URL): string[] {
  const entries = readdirSync(parent, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
}

describe("the registry of CRMs", () => {
  it("has a folder per provider, and no folder without a provider", () => {
    expect(foldersIn(integrations).sort()).toEqual([...PROVIDERS].sort());
  });

  it("has a simulator for every CRM that is reached over HTTP", () => {
    expect(foldersIn(simulators)).toEqual(expect.arrayContaining([...overHttp]));
  });

  describe.each(overHttp)("%s", (provider) => {
    it.each(["connectors", "simulators"])("has a test in tests/%s", (folder) => {
      expect(existsSync(new URL(`${folder}/${provider}.test.ts`, tests))).toBe(true);
    });

    it("tells how many calls its accounts may make", () => {
      expect(moduleOf(provider).limits).toBeDefined();
    });
  });

  describe.each(PROVIDERS)("%s", (provider) => {
    const module = moduleOf(provider);

    it("is registered under its own name", () => {
      expect(module.provider).toBe(provider);
    });

    it.each(["index.ts", "connector.ts", "README.md"])("has %s", (file) => {
      expect(existsSync(new URL(`${provider}/${file}`, integrations))).toBe(true);
    });

    it("maps the core fields by default, of objects it has", () => {
      const fields = module.defaultMapping.map((mapping) => mapping.field);
      expect(fields).toEqual(expect.arrayContaining(["firstName", "lastName", "email", "phone"]));
      for (const mapping of module.defaultMapping) expect(module.capabilities.objects).toContain(mapping.object);
    });

    it("creates an object that it can find again", () => {
      if (module.capabilities.creates !== null)
        expect(module.capabilities.objects).toContain(module.capabilities.creates);
    });

    it("maps by default what it needs to create somebody", () => {
      const mapped = module.defaultMapping.map((mapping) => mapping.property);
      expect(mapped).toEqual(expect.arrayContaining([...module.capabilities.requiredToCreate]));
    });

    it("asks for each input once, with a label and a hint", () => {
      const names = module.inputs.map((input) => `${input.in}.${input.name}`);
      expect(new Set(names).size).toBe(names.length);
      for (const input of module.inputs) expect(`${input.label} ${input.hint}`).toMatch(/\S.*\S/);
    });

    it("refuses settings and credentials that are no such thing", () => {
      expect(module.settings.safeParse(undefined).success).toBe(false);
      expect(module.credentials.safeParse(undefined).success).toBe(false);
    });
  });
});
