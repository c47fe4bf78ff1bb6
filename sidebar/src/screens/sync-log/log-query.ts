import type { RunResult, RunTrigger } from "@rolodesk/shared/vocabulary";
import { RUN_RESULTS, RUN_TRIGGERS } from "@rolodesk/shared/vocabulary";
import type { LogQuery } from "../../endpoints/sync-log.ts";

/** What the log's address asks for: `?outcome=failed&connection=…&within=7&q=ana`. */
export interface LogFilter {
  connection: string;
  outcome: Outcome;
  trigger: RunTrigger | "";
  /** Only the last this many days. */
  within: Within;
  contact: string;
  search: string;
}

export const WITHIN = ["", "1", "7", "30"] as const;
export type Within = (typeof WITHIN)[number];
export type Outcome = RunResult | "unfinished" | "";

const DAY_MS = 86_400_000;

export function readLogFilter(query: URLSearchParams): LogFilter {
  const outcome = query.get("outcome");
  return {
    connection: query.get("connection") ?? "",
    outcome: outcome === "unfinished" ? outcome : (RUN_RESULTS.find((known) => known === outcome) ?? ""),
    trigger: RUN_TRIGGERS.find((known) => known === query.get("trigger")) ?? "",
    within: WITHIN.find((known) => known === query.get("within")) ?? "",
    contact: query.get("contact") ?? "",
    search: query.get("q") ?? "",
  };
}

/** The address's search part; what is not asked is left out. */
export function logSearchOf(filter: LogFilter): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...filter, search: "", q: filter.search })) {
    if (value !== "") params.set(name, value);
  }
  return params.size === 0 ? "" : `?${params}`;
}

/** What is asked of the server. */
export function toLogQuery(
  { connection, outcome, trigger, within, contact, search }: LogFilter,
  now: number,
): LogQuery {
  return {
    ...(connection === "" ? {} : { connection }),
    ...(contact === "" ? {} : { contact }),
    ...(search === "" ? {} : { search }),
    ...(trigger === "" ? {} : { trigger }),
    ...(within === "" ? {} : { from: new Date(now - Number(within) * DAY_MS).toISOString() }),
    ...outcomeQuery(outcome),
  };
}

function outcomeQuery(outcome: Outcome): LogQuery {
  if (outcome === "") return {};
  if (outcome === "unfinished") return { status: "unfinished" };
  return outcome === "failed" ? { status: "failed" } : { result: outcome };
}

export function isNarrowed(filter: LogFilter): boolean {
  return Object.values(filter).some((value) => value !== "");
}
