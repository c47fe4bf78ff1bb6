import { en, type Words } from "./en.ts";

const OTHERS: Record<string, () => Promise<{ words: Words }>> = {
  de: () => import("./de.ts"),
  es: () => import("./es.ts"),
  ar: () => import("./ar.ts"),
};

export interface Language {
  /** BCP 47, for dates and for the document. */
  tag: string;
  direction: "ltr" | "rtl";
  words: Words;
}

/** The language asked for, or English where it is not spoken here (or its file cannot be fetched). */
export async function loadLanguage(asked: string): Promise<Language> {
  const primary = asked.slice(0, 2).toLowerCase();
  const load = OTHERS[primary];
  const words = load
    ? await load().then(
        ({ words }) => words,
        () => null,
      )
    : null;
  if (words) return { tag: validTag(asked) ?? primary, direction: primary === "ar" ? "rtl" : "ltr", words };
  return { tag: primary === "en" ? (validTag(asked) ?? "en") : "en", direction: "ltr", words: en };
}

function validTag(tag: string): string | null {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null;
  } catch {
    return null; // a page may carry any `lang`
  }
}

/** Puts values into the braces of a phrase. */
export function fill(phrase: string, values: Record<string, string | number>): string {
  return phrase.replace(/\{(\w+)\}/g, (braces, name: string) => String(values[name] ?? braces));
}
