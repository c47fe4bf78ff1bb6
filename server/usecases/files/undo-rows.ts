import type { Tx } from "../../db/client.ts";
import { lockContacts } from "../../db/queries/contact-keys.ts";
import { advanceBatch, analyzeRows, type ImportBatchRow } from "../../db/queries/import-batch.ts";
import { deleteMadeContacts, findTouched, listMadeRows, storeKept, type Touch } from "../../db/queries/import-undo.ts";
import type { Deps } from "../../deps.ts";

const CHUNK_ROWS = 500;

const KEPT_WORDS: Readonly<Record<Touch | "referred", string>> = {
  conversation: "Kept: there is a conversation with this contact.",
  linked: "Kept: this contact is linked to a CRM.",
  merged: "Kept: this contact was merged.",
  other_file: "Kept: another file has this contact too.",
  changed: "Kept: this contact was changed since.",
  referred: "Kept: something else belongs to this contact.",
};

/**
 * Takes out again the contacts a batch made that nobody has touched, and says of the others why they stay. After a kill it
 * begins again: what is out is out, what stays is looked at once more.
 */
export async function undoRows(deps: Deps, { id }: ImportBatchRow): Promise<void> {
  await analyzeRows(deps.db);
  let after = 0;
  for (;;) {
    const last = await deps.db.transaction((tx) => undoChunk(tx, id, after));
    if (last === null) return;
    after = last;
  }
}

/** Returns the last line it dealt with; null when there was none. */
async function undoChunk(tx: Tx, batchId: string, after: number): Promise<number | null> {
  const rows = await listMadeRows(tx, batchId, after, CHUNK_ROWS);
  const last = rows.at(-1);
  if (!last) return null;
  const ids = rows.map(({ contactId }) => contactId);
  await lockContacts(tx, ids);
  const touched = await findTouched(tx, batchId, ids);
  const free = ids.filter((id) => !touched.has(id));
  const referred = new Set(await deleteThose(tx, batchId, free));
  const kept = rows.flatMap(({ line, contactId }) => {
    const why = touched.get(contactId) ?? (referred.has(contactId) ? "referred" : null);
    return why ? [{ line, problem: KEPT_WORDS[why] }] : [];
  });
  await storeKept(tx, batchId, kept);
  await advanceBatch(tx, batchId, "undoing", rows.length);
  return last.line;
}

/** All at once; where something else refers to one of them, one by one. Returns those that have to stay. */
async function deleteThose(tx: Tx, batchId: string, ids: readonly string[]): Promise<string[]> {
  if (await tryDelete(tx, batchId, ids)) return [];
  const stay: string[] = [];
  for (const id of ids) if (!(await tryDelete(tx, batchId, [id]))) stay.push(id);
  return stay;
}

const STILL_REFERRED_TO = "23503";

async function tryDelete(tx: Tx, batchId: string, ids: readonly string[]): Promise<boolean> {
  try {
    await tx.transaction((inner) => deleteMadeContacts(inner, batchId, ids));
    return true;
  } catch (error) {
    if (isStillReferredTo(error)) return false;
    throw error;
  }
}

function isStillReferredTo(error: unknown): boolean {
  for (let one = error; one instanceof Error; one = one.cause) {
    if ("code" in one && one.code === STILL_REFERRED_TO) return true;
  }
  return false;
}
