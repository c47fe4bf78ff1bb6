import type { RunResult, RunTrigger } from "@rolodesk/shared/vocabulary";
import { RUN_RESULTS, RUN_TRIGGERS } from "@rolodesk/shared/vocabulary";
import type { LogQuery } from "../../endpoints/sync-log.ts";
import { fromWithin, readWithin, type Within } from "../../filters/within.ts";

/** What the log's address asks for: `?outcome=failed&connection=…&within=7&q=ana`. */
export interface LogFilter {
  connection: string;
  outcome: Outcome;
  trigger: RunTrigger | "";
  within: Within;
  contact: string;
  search: string;
}

export type Outcome = RunResult | "unfinished" | "";

export function readLogFilter(query: URLSearchParams): LogFilter {
  const outcome = query.get("outcome");
  return {
    connection: query.get("connection") ?? "",
    outcome: outcome === "unfinished" ? outcome : (RUN_RESULTS.find((known) => known === outcome) ?? ""),
    trigger: RUN_TRIGGERS.find((known) => known === query.get("trigger")) ?? "",
    within: readWithin(query.get("within")),
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
    ...fromWithin(within, now),
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
