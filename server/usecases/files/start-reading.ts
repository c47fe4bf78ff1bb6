import type { FileLayout } from "@rolodesk/shared/import-batch";
import type { UserActor } from "../../actor.ts";
import { insertAudit } from "../../db/queries/audit.ts";
import { readFileParts, updateBatch } from "../../db/queries/import-batch.ts";
import type { Deps } from "../../deps.ts";
import { DomainError } from "../../domain/domain-error.ts";
import { columnNames } from "../../files/detect-table.ts";
import { getBatch, lockIdleBatch } from "./batch-access.ts";
import { enqueueWork } from "./enqueue-work.ts";
import { assertMapping, assertUnread } from "./preview-file.ts";
import { publishBatch } from "./publish-batch.ts";
import { firstRows } from "./upload-file.ts";

/** Says how the file is to be read, and has every row of it staged. */
export async function startReading(deps: Deps, actor: UserActor, id: string, layout: FileLayout): Promise<void> {
  const { format } = await getBatch(deps.db, actor, id);
  const { encoding, delimiter, hasHeader, mapping } = layout;
  const [first = []] = await firstRows({ format, encoding, delimiter, bytes: () => readFileParts(deps.db, id) }, 1);
  const columns = columnNames(first, hasHeader);
  if (mapping.length !== columns.length) {
    throw new DomainError(
      "bad_request",
      `The file has ${columns.length} columns. Say of each what it holds, or leave it out.`,
    );
  }
  assertMapping(mapping);
  if (!mapping.some((target) => target === "email" || target === "phone")) {
    throw new DomainError(
      "bad_request",
      "Name the column with the email or the one with the phone number: people are found by them.",
    );
  }
  await deps.db.transaction(async (tx) => {
    const batch = await lockIdleBatch(tx, actor, id);
    assertUnread(batch);
    const read = { encoding, delimiter, hasHeader, columns, mapping: [...mapping], problem: null, total: 0 };
    const said = { defaultCountry: layout.defaultCountry, source: layout.source };
    await updateBatch(tx, id, { ...read, ...said });
    await enqueueWork(tx, deps, id, "staging", 0);
    const deed = { action: "import.mapped", subject: { kind: "import_batch", id }, data: { mapping, columns } };
    await insertAudit(tx, deps, actor, deed);
  });
  await publishBatch(deps, id);
}
