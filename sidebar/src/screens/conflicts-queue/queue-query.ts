import type { ConflictFilter } from "@rolodesk/shared/conflict-queue";

/** What the queue's address asks for. */
export interface QueueFilter {
  state: "open" | "decided";
  connection: string;
  unit: string;
  /** Days a conflict has waited at least. */
  older: Older;
  assignee: string;
  site: string;
}

export const OLDER = ["", "1", "3", "7", "30"] as const;
type Older = (typeof OLDER)[number];

export function readQueueFilter(query: URLSearchParams): QueueFilter {
  return {
    state: query.get("state") === "decided" ? "decided" : "open",
    connection: query.get("connection") ?? "",
    unit: query.get("unit") ?? "",
    older: OLDER.find((known) => known === query.get("older")) ?? "",
    assignee: query.get("assignee") ?? "",
    site: query.get("site") ?? "",
  };
}

/** The address's search part; what is not asked is left out. */
export function queueSearchOf(filter: QueueFilter): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) {
    if (value !== "" && value !== "open") params.set(name, value);
  }
  return params.size === 0 ? "" : `?${params}`;
}

/** What is asked of the server. */
export function toConflictFilter({ state, connection, unit, older, assignee, site }: QueueFilter): ConflictFilter {
  return {
    state,
    ...(connection === "" ? {} : { connection }),
    ...(unit === "" ? {} : { unit }),
    ...(older === "" ? {} : { olderThanDays: Number(older) }),
    ...(assignee === "" ? {} : { assignee }),
    ...(site === "" ? {} : { site }),
  };
}

export function isNarrowed({ state: _shown, ...narrowing }: QueueFilter): boolean {
  return Object.values(narrowing).some((value) => value !== "");
}
