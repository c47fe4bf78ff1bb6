import {
  ApproveRows,
  ChooseContact,
  FileLayout,
  FixCell,
  ListBatches,
  ListImportRows,
  PushBatch,
  RejectRows,
  SettleDifference,
  UploadQuery,
} from "@rolodesk/shared/import-batch";
import { FILE_MAX_BYTES } from "@rolodesk/shared/vocabulary";
import { type Context, Hono } from "hono";
import type { UserActor } from "../../actor.ts";
import { notFound } from "../../domain/domain-error.ts";
import { EXAMPLE_CSV } from "../../domain/imports/example-file.ts";
import { approveRows, rejectRows } from "../../usecases/files/decide-rows.ts";
import { chooseContact, fixCell } from "../../usecases/files/mend-row.ts";
import { previewFile } from "../../usecases/files/preview-file.ts";
import { settleDifference } from "../../usecases/files/settle-difference.ts";
import { startPush } from "../../usecases/files/start-push.ts";
import { startReading } from "../../usecases/files/start-reading.ts";
import { checkAgain, discardImport, undoImport } from "../../usecases/files/start-work.ts";
import { uploadFile } from "../../usecases/files/upload-file.ts";
import { batchRowsAsCsv } from "../../views/export-csv.ts";
import { viewBatch, viewBatches } from "../../views/import-batch.ts";
import { viewImportRow, viewImportRows } from "../../views/import-row.ts";
import { adminOnly } from "../admin-only.ts";
import { readJson, readQuery } from "../body.ts";
import type { AppEnv, Area } from "../doors.ts";
import { readId } from "../path-id.ts";
import { streamedCsv } from "../streamed-csv.ts";
import { readUpload } from "../upload.ts";

/** Files of people, from upload to undo. */
export const batchRoutes: Area = (deps) => {
  const { db } = deps;
  const actorOf = (c: Context<AppEnv>) => c.get("session").actor;

  /** Does something to a batch and shows how it stands then. */
  function shown(
    work: (actor: UserActor, id: string, c: Context<AppEnv>) => Promise<unknown>,
    status: 200 | 202 = 200,
  ) {
    return async (c: Context<AppEnv>) => {
      const id = readId(c, "import");
      await work(actorOf(c), id, c);
      return c.json(await viewBatch(db, actorOf(c), id), status);
    };
  }

  function rowShown(
    work: (actor: UserActor, at: { batchId: string; line: number }, c: Context<AppEnv>) => Promise<void>,
  ) {
    return async (c: Context<AppEnv>) => {
      const at = { batchId: readId(c, "import"), line: readLine(c) };
      await work(actorOf(c), at, c);
      return c.json(await viewImportRow(db, actorOf(c), at));
    };
  }

  return new Hono<AppEnv>()
    .use(adminOnly)
    .get("/", async (c) => c.json(await viewBatches(db, actorOf(c), readQuery(c, ListBatches))))
    .post("/", async (c) => {
      const { name: fileName } = readQuery(c, UploadQuery);
      const id = await readUpload(c, FILE_MAX_BYTES, (bytes) => uploadFile(deps, actorOf(c), { fileName, bytes }));
      return c.json(await viewBatch(db, actorOf(c), id), 201);
    })
    .get("/example.csv", (c) => streamedCsv(c, "rolodesk-example.csv", lines(EXAMPLE_CSV)))
    .get(
      "/:id",
      shown(async () => {}),
    )
    .delete("/:id", async (c) => {
      await discardImport(deps, actorOf(c), readId(c, "import"));
      return c.body(null, 204);
    })
    .post("/:id/preview", async (c) => {
      const id = readId(c, "import");
      return c.json(await previewFile(deps, actorOf(c), id, await readJson(c, FileLayout)));
    })
    .post(
      "/:id/read",
      shown(async (actor, id, c) => startReading(deps, actor, id, await readJson(c, FileLayout)), 202),
    )
    .get("/:id/rows", async (c) =>
      c.json(await viewImportRows(db, actorOf(c), readId(c, "import"), readQuery(c, ListImportRows))),
    )
    .get("/:id/rows.csv", async (c) => {
      const batch = await viewBatch(db, actorOf(c), readId(c, "import"));
      return streamedCsv(c, `import-${batch.id}.csv`, batchRowsAsCsv(db, batch, readQuery(c, ListImportRows)));
    })
    .get(
      "/:id/rows/:line",
      rowShown(async () => {}),
    )
    .patch(
      "/:id/rows/:line",
      rowShown(async (actor, at, c) => fixCell(deps, actor, at, await readJson(c, FixCell))),
    )
    .post(
      "/:id/rows/:line/choice",
      rowShown(async (actor, at, c) => {
        const { contactId } = await readJson(c, ChooseContact);
        await chooseContact(deps, actor, at, contactId);
      }),
    )
    .post(
      "/:id/rows/:line/differences",
      rowShown(async (actor, at, c) => settleDifference(deps, actor, at, await readJson(c, SettleDifference))),
    )
    .post("/:id/approve", async (c) => {
      const { rows } = await readJson(c, ApproveRows);
      return c.json({ rows: await approveRows(deps, actorOf(c), readId(c, "import"), rows) }, 202);
    })
    .post("/:id/reject", async (c) => {
      const input = await readJson(c, RejectRows);
      return c.json({ rows: await rejectRows(deps, actorOf(c), readId(c, "import"), input) });
    })
    .post(
      "/:id/check",
      shown((actor, id) => checkAgain(deps, actor, id), 202),
    )
    .post("/:id/push", async (c) => {
      const rows = await startPush(deps, actorOf(c), readId(c, "import"), await readJson(c, PushBatch));
      return c.json({ rows }, 202);
    })
    .post(
      "/:id/undo",
      shown((actor, id) => undoImport(deps, actor, id), 202),
    );
};

function readLine(c: Context<AppEnv>): number {
  const line = Number(c.req.param("line"));
  if (!Number.isSafeInteger(line) || line < 1 || line > 2_147_483_647) throw notFound("row");
  return line;
}

async function* lines(text: string): AsyncGenerator<string> {
  yield text;
}
