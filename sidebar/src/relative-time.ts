const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** "just now", "4 min ago", "3 h ago", "2 days ago", then a date. `short` leaves out "ago". */
export function relativeTime(at: string, now: number, style: "long" | "short" = "long"): string {
  const past = now - Date.parse(at);
  const ago = style === "long" ? " ago" : "";
  if (past < MINUTE_MS) return style === "long" ? "just now" : "now";
  if (past < HOUR_MS) return `${Math.floor(past / MINUTE_MS)} min${ago}`;
  if (past < DAY_MS) return `${Math.floor(past / HOUR_MS)} h${ago}`;
  if (past < 7 * DAY_MS)
    return style === "long" ? daysAgo(Math.floor(past / DAY_MS)) : `${Math.floor(past / DAY_MS)} d`;
  return dateOf(at, now);
}

function daysAgo(days: number): string {
  return days === 1 ? "yesterday" : `${days} days ago`;
}

/** "3 Mar", with the year when it is not this one. */
function dateOf(at: string, now: number): string {
  const date = new Date(at);
  const sameYear = date.getFullYear() === new Date(now).getFullYear();
  return new Intl.DateTimeFormat(undefined, {
    day: "numeric",
    month: "short",
    ...(sameYear ? {} : { year: "numeric" }),
  }).format(date);
}

export function absoluteTime(at: string): string {
  return new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "short" }).format(new Date(at));
}

export function clockTime(at: string): string {
  return new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit" }).format(new Date(at));
}

/** "Today", "Yesterday", else the weekday and date, by the reader's own calendar. */
export function dayLabel(at: string, now: number): string {
  const days = Math.round((startOfDay(now) - startOfDay(Date.parse(at))) / DAY_MS);
  if (days === 0) return "Today";
  if (days === 1) return "Yesterday";
  return new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" }).format(new Date(at));
}

function startOfDay(time: number): number {
  const date = new Date(time);
  date.setHours(0, 0, 0, 0);
  return date.getTime();
}

/** Whole seconds until `at`, never below zero. */
export function secondsUntil(at: string, now: number): number {
  return Math.max(0, Math.ceil((Date.parse(at) - now) / 1000));
}
