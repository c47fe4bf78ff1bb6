import type { AuditEntry } from "@rolodesk/shared/audit";

/** `api_key.created` as people read it: "API key created". */
export function actionText(action: string): string {
  const words = action
    .replaceAll(/[._]/g, " ")
    .replace("sign in", "sign-in")
    .replaceAll(/\b(api|crm|url)\b/g, (word) => word.toUpperCase());
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function objectText(kind: string): string {
  return actionText(kind);
}

/** Who it was; a program is told beside the person in whose name it came. */
export function actorText({ kind, name, apiKeyName }: AuditEntry["actor"]): string {
  if (kind === "visitor") return "A visitor";
  const who = name ?? "Somebody";
  if (kind === "system") return `Rolodesk (${who})`;
  return apiKeyName === null ? who : `${who} by the key ${apiKeyName}`;
}

export interface Detail {
  readonly name: string;
  readonly value: string;
}

/** What an entry says besides who, what and when. */
export function detailsOf({ data }: AuditEntry): Detail[] {
  return Object.entries(data)
    .filter(([name]) => name !== "apiKey")
    .map(([name, value]) => ({ name: nameText(name), value: valueText(value) }));
}

/** `siteIds` → "Site ids". */
function nameText(name: string): string {
  return actionText(
    name.replaceAll(/([a-z])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`),
  );
}

/** What the object is called, where the entry says so. */
export function objectName({ data }: AuditEntry): string | null {
  return typeof data.name === "string" ? data.name : null;
}

function valueText(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.map(valueText).join(", ");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

const PAGES: Readonly<Record<string, string>> = {
  conversation: "/inbox/",
  contact: "/contacts/",
  conflict: "/conflicts/",
  settlement: "/conflicts/settlements/",
  sync_run: "/sync/",
  import_batch: "/imports/files/",
  connection: "/settings/connections/",
  site: "/settings/sites/",
  webhook_endpoint: "/settings/webhooks/",
};

interface ObjectPage {
  readonly path: string;
  /** What is there, in lower case. */
  readonly of: string;
}

/** Where the object can be looked at, where it has a page and was not taken away; of an erased contact, the proof. */
export function pageOf({ action, object, data }: AuditEntry): ObjectPage | null {
  if (action === "contact.erased" && typeof data.erasureId === "string") {
    return { path: `/contacts/erasures/${data.erasureId}`, of: "erasure" };
  }
  const page = PAGES[object.kind];
  if (page === undefined || /\.(removed|discarded|erased)$/.test(action)) return null;
  return { path: `${page}${object.id}`, of: objectText(object.kind).toLowerCase() };
}
