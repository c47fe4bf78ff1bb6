import type { Language } from "../locales/language.ts";

/** "Today", "Yesterday", or the date in the visitor's language. */
export function dayLabel(at: string, now: Date, { tag, words }: Language): string {
  const date = new Date(at);
  const yesterday = new Date(now);
  yesterday.setDate(now.getDate() - 1);
  if (date.toDateString() === now.toDateString()) return words.today;
  if (date.toDateString() === yesterday.toDateString()) return words.yesterday;
  const year = date.getFullYear() === now.getFullYear() ? undefined : "numeric";
  return date.toLocaleDateString(tag, { weekday: "short", day: "numeric", month: "long", year });
}

export function timeLabel(at: string, { tag }: Language): string {
  return new Date(at).toLocaleTimeString(tag, { hour: "numeric", minute: "2-digit" });
}
