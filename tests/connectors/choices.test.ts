import { describe, expect, it } from "vitest";
import { moduleOf } from "../../server/integrations/registry.ts";
import { seeded } from "../support/seeded.ts";
import { type Connectable, createSimulatedCrms } from "../support/simulated-crms.ts";

const { access } = createSimulatedCrms(Date.now, seeded(1));
const CONNECTABLE: readonly Connectable[] = ["hubspot", "dynamics", "ghl", "bigcommerce"];
const choosing = CONNECTABLE.flatMap((provider) =>
  moduleOf(provider).inputs.flatMap(({ name, choices }) => (choices ? [{ provider, name, choices }] : [])),
);

describe.each(choosing)("the choices of $provider's $name", ({ provider, name, choices }) => {
  const { settings } = moduleOf(provider);
  const given = access[provider].settings;

  it("are all taken, and nothing else is", () => {
    for (const { value } of choices) expect(settings.safeParse({ ...given, [name]: value }).success, value).toBe(true);
    expect(settings.safeParse({ ...given, [name]: "perhaps" }).success).toBe(false);
  });

  it("begin with what an empty input stands for", () => {
    expect(settings.parse({ ...given, [name]: choices[0]?.value })).toEqual(settings.parse(given));
  });
});

it("the few values of a setting are chosen, not typed", () => {
  expect(choosing.map(({ provider, name }) => [provider, name])).toEqual([
    ["dynamics", "cloud"],
    ["dynamics", "duplicateDetection"],
    ["bigcommerce", "allowCreate"],
  ]);
});
