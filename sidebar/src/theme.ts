import { effect, signal } from "@preact/signals";
import { readStored, writeStored } from "./stored-choice.ts";

const THEMES = ["auto", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

const stored = readStored("theme");
export const theme = signal<Theme>(THEMES.find((known) => known === stored) ?? "auto");

/** Keeps the document's theme with the choice; "auto" leaves it to the system. */
export function followTheme(): void {
  effect(() => {
    writeStored("theme", theme.value);
    if (theme.value === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme.value;
  });
}
