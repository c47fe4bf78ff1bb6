import type { Site, SiteInput } from "@rolodesk/shared/site";

/** What the form holds: numbers and lists as they are typed. */
export interface SiteDraft extends Omit<SiteInput, "origins" | "idleMinutes" | "defaultCountry"> {
  origins: string;
  idleMinutes: string;
  defaultCountry: string;
}

export const NEW_SITE: SiteDraft = {
  name: "",
  accent: "#1d6b5f",
  greeting: "Hi. How can we help?",
  origins: "",
  defaultCountry: "",
  ask: { firstName: "optional", lastName: "off", email: "optional", phone: "off" },
  idleMinutes: "30",
};

export function draftOf(site: Site): SiteDraft {
  return {
    name: site.name,
    accent: site.accent,
    greeting: site.greeting,
    origins: site.origins.join("\n"),
    defaultCountry: site.defaultCountry ?? "",
    ask: site.ask,
    idleMinutes: String(site.idleMinutes),
  };
}

/** Origins may be separated by lines, commas or spaces. */
export function inputOf(draft: SiteDraft): SiteInput {
  return {
    name: draft.name,
    accent: draft.accent,
    greeting: draft.greeting,
    origins: draft.origins.split(/[\s,]+/).filter((origin) => origin !== ""),
    defaultCountry: draft.defaultCountry === "" ? null : draft.defaultCountry,
    ask: draft.ask,
    idleMinutes: Number.parseInt(draft.idleMinutes, 10),
  };
}

/** The server names an origin as `origins.2`; the form has one box for all of them. */
export function originsError(fields: Readonly<Record<string, string>>, origins: readonly string[]): string | undefined {
  for (const [path, problem] of Object.entries(fields)) {
    if (path === "origins") return problem;
    const index = /^origins\.(\d+)$/.exec(path)?.[1];
    if (index !== undefined) return `${origins[Number(index)] ?? "One origin"}: ${problem}`;
  }
  return undefined;
}
