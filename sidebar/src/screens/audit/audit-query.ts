import type { AuditQuery } from "../../endpoints/audit.ts";
import { fromWithin, readWithin, type Within } from "../../filters/within.ts";

/** What the page's address asks for: `?person=…&action=site.changed&within=7&q=shop`. */
export interface AuditFilter {
  person: string;
  action: string;
  object: string;
  objectId: string;
  within: Within;
  search: string;
}

export function readAuditFilter(query: URLSearchParams): AuditFilter {
  return {
    person: query.get("person") ?? "",
    action: query.get("action") ?? "",
    object: query.get("object") ?? "",
    objectId: query.get("id") ?? "",
    within: readWithin(query.get("within")),
    search: query.get("q") ?? "",
  };
}

/** The address's search part; what is not asked is left out. */
export function auditSearchOf({ objectId, search, ...filter }: AuditFilter): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...filter, id: objectId, q: search })) {
    if (value !== "") params.set(name, value);
  }
  return params.size === 0 ? "" : `?${params}`;
}

/** What is asked of the server. */
export function toAuditQuery({ within, ...filter }: AuditFilter, now: number): AuditQuery {
  const given = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== ""));
  return { ...given, ...fromWithin(within, now) };
}
