import type { Bubble } from "./bubbles.ts";
import type { Words } from "./locales/en.ts";
import { fill } from "./locales/language.ts";

/** An event in the visitor's language; in the words it was stored with where its kind is not known here. */
export function eventWords({ event, author, text }: Bubble, words: Words): string {
  if (!event || !Object.hasOwn(words.events, event)) return text;
  return fill(words.events[event], { name: author ?? "" }).trim();
}
