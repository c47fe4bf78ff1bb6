const DAY_MS = 86_400_000;

/**
 * The moments at which days begin in a time zone, from the day `from` to the day after `to` (both `2026-11-01`). A day
 * on which clocks change has 23 or 25 hours.
 */
export function dayStarts(from: string, to: string, timeZone: string): { day: string; at: Date }[] {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  const starts: { day: string; at: Date }[] = [];
  for (let time = Date.parse(from); time <= Date.parse(to) + DAY_MS; time += DAY_MS) {
    const near = time - aheadOfUtc(time, format);
    starts.push({ day: new Date(time).toISOString().slice(0, 10), at: new Date(time - aheadOfUtc(near, format)) });
  }
  return starts;
}

/** By how many ms a zone's clocks are ahead of UTC at a moment. */
function aheadOfUtc(time: number, format: Intl.DateTimeFormat): number {
  const parts = new Map(format.formatToParts(time).map(({ type, value }) => [type, Number(value)]));
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0;
  return Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second")) - time;
}
