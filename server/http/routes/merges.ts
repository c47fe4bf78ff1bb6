import {
  DismissDuplicates,
  ListDuplicates,
  ListMerges,
  MergeContacts,
  PreviewMerge,
} from "@rolodesk/shared/contact-merge";
import { Hono } from "hono";
import { dismissDuplicates } from "../../usecases/contacts/dismiss-duplicates.ts";
import { mergeContacts } from "../../usecases/contacts/merge-contacts.ts";
import { getVisibleJournal, obstacleToUnmerge, unmergeContacts } from "../../usecases/contacts/unmerge-contacts.ts";
import { readDuplicates } from "../../views/duplicate.ts";
import { previewMerge, previewUnmerge, readMerges } from "../../views/merge.ts";
import { readJson, readQuery } from "../body.ts";
import type { AppEnv, Area } from "../doors.ts";
import { readId } from "../path-id.ts";

/** Contacts that may be one person. */
export const duplicateRoutes: Area = (deps) =>
  new Hono<AppEnv>()
    .get("/", async (c) => c.json(await readDuplicates(deps.db, c.get("session").actor, readQuery(c, ListDuplicates))))
    .post("/dismiss", async (c) => {
      await dismissDuplicates(deps, c.get("session").actor, await readJson(c, DismissDuplicates));
      return c.body(null, 204);
    });

/** Contacts that were made one, and made two again. */
export const mergeRoutes: Area = (deps) => {
  const { db } = deps;
  return new Hono<AppEnv>()
    .get("/", async (c) => c.json(await readMerges(db, c.get("session").actor, readQuery(c, ListMerges))))
    .post("/", async (c) =>
      c.json(await mergeContacts(deps, c.get("session").actor, await readJson(c, MergeContacts)), 201),
    )
    .get("/preview", async (c) => c.json(await previewMerge(db, c.get("session").actor, readQuery(c, PreviewMerge))))
    .get("/:id", async (c) => {
      const journal = await getVisibleJournal(db, c.get("session").actor, readId(c, "merge"));
      return c.json(await previewUnmerge(db, journal, await obstacleToUnmerge(db, journal)));
    })
    .post("/:id/undo", async (c) => {
      const { actor } = c.get("session");
      const id = readId(c, "merge");
      await unmergeContacts(deps, actor, id);
      const journal = await getVisibleJournal(db, actor, id);
      return c.json(await previewUnmerge(db, journal, await obstacleToUnmerge(db, journal)));
    });
};
