import type { Table } from "./columns.ts";
import { ODataError, syntaxError } from "./odata-error.ts";
import type { Row } from "./rows.ts";

/** A position in the changes of a table: `919042!2026-08-22T08:10:44.000Z`. Opaque to clients. */
interface Position {
  readonly version: number;
  /** Epoch ms. */
  readonly at: number;
}

/** What a client asks for with `Prefer: odata.track-changes`, or with a link it was given. */
export interface Tracking {
  /** Null: everybody, from the beginning. */
  readonly since: Position | null;
  /** The position that the last page's delta link names. */
  readonly until: Position;
  /** The row the page before ended with; null: the first page. */
  readonly afterId: string | null;
}

/** Dataverse, change tracking: ExpireChangeTrackingInDays, seven by default. */
const EXPIRES_AFTER_MS = 7 * 24 * 60 * 60_000;
const REFUSED = ["$filter", "$orderby", "$expand", "$top"];
const COOKIE = /^<cookie pagenumber="\d+" pagingcookie="([^"]*)" istracking="True" \/>$/;

/** Undefined for a request that tracks nothing. `now`: epoch ms; `version`: the newest of the environment. */
export function readTracking(
  query: URLSearchParams,
  prefer: string | undefined,
  { now, version }: { readonly now: number; readonly version: number },
): Tracking | undefined {
  const cookie = COOKIE.exec(query.get("$skiptoken") ?? "");
  const token = query.get("$deltatoken");
  if (!cookie && token === null && !/\bodata\.track-changes\b/.test(prefer ?? "")) return undefined;
  const refused = REFUSED.find((name) => query.has(name));
  if (refused) throw syntaxError(`The ${refused} query option is not supported when change tracking is requested.`);
  const newest = { version, at: now };
  if (cookie) {
    const [afterId = "", until = "", since = ""] = decodeURIComponent(cookie[1] ?? "").split(" ");
    return { since: since === "" ? null : positionOf(since, now), until: positionOf(until, now), afterId };
  }
  return { since: token === null ? null : positionOf(token, now), until: newest, afterId: null };
}

/** A page of what changed. New and changed rows come first, deletions last. */
export function trackedPage(
  rows: readonly Row[],
  deleted: Readonly<Record<string, number>>,
  { since, until, afterId }: Tracking,
  size: number,
): { readonly rows: readonly Row[]; readonly deletedIds: readonly string[]; readonly nextAfter: string | null } {
  const from = since?.version ?? 0;
  const changed = rows
    .filter((row) => row.version > from && row.version <= until.version && (afterId === null || row.id > afterId))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const page = changed.slice(0, size);
  const last = page.at(-1);
  if (last && changed.length > size) return { rows: page, deletedIds: [], nextAfter: last.id };
  const gone = since === null ? [] : Object.entries(deleted).filter(([, version]) => version > from);
  return { rows: page, deletedIds: gone.map(([id]) => id), nextAfter: null };
}

/** In a link it is encoded once more, which clients must leave as it is. */
export function trackedCookie({ since, until }: Tracking, afterId: string): string {
  const inner = encodeURIComponent([afterId, textOf(until), since ? textOf(since) : ""].join(" "));
  return `<cookie pagenumber="2" pagingcookie="${inner}" istracking="True" />`;
}

export function textOf({ version, at }: Position): string {
  return `${version}!${new Date(at).toISOString()}`;
}

export function deletedEntry(root: string, table: Table, id: string) {
  return { "@odata.context": `${root}/$metadata#${table.setName}/$deletedEntity`, id, reason: "deleted" };
}

function positionOf(text: string, now: number): Position {
  const [version = "", time = ""] = text.split("!");
  const at = Date.parse(time);
  if (!/^\d+$/.test(version) || Number.isNaN(at)) throw syntaxError("The delta token is not valid.");
  if (now - at > EXPIRES_AFTER_MS) {
    const message = "Version stamp associated with the client has expired. Please perform a full sync.";
    throw new ODataError(400, "0x80044352", message);
  }
  return { version: Number(version), at };
}
