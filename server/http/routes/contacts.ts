import {
  ChangeContact,
  CreateContact,
  FindSimilar,
  ListContacts,
  TagContacts,
  WriteContactNote,
} from "@rolodesk/shared/contact";
import { ListTimeline } from "@rolodesk/shared/contact-timeline";
import { Hono } from "hono";
import { changeContact } from "../../usecases/contacts/change-contact.ts";
import { createContact } from "../../usecases/contacts/create-contact.ts";
import { removeContactKey } from "../../usecases/contacts/remove-contact-key.ts";
import { tagContacts } from "../../usecases/contacts/tag-contacts.ts";
import { writeContactNote } from "../../usecases/contacts/write-contact-note.ts";
import { readContactDetail } from "../../views/contact-detail.ts";
import {
  readContactPage,
  readContactTags,
  readSimilarContacts,
  toDirectoryFilter,
} from "../../views/contact-directory.ts";
import { readContactTimeline } from "../../views/contact-timeline.ts";
import { readJson, readQuery } from "../body.ts";
import type { AppEnv, Area } from "../doors.ts";
import { readId } from "../path-id.ts";

/** The directory of contacts, and each of them. */
export const contactRoutes: Area = (deps) => {
  const { db } = deps;
  return new Hono<AppEnv>()
    .get("/", async (c) =>
      c.json(await readContactPage(db, c.get("session").actor, readQuery(c, ListContacts), deps.now())),
    )
    .post("/", async (c) => {
      const { actor } = c.get("session");
      const id = await createContact(deps, actor, await readJson(c, CreateContact));
      return c.json(await readContactDetail(db, actor, id), 201);
    })
    .get("/similar", async (c) =>
      c.json(await readSimilarContacts(db, c.get("session").actor, readQuery(c, FindSimilar))),
    )
    .get("/tags", async (c) => c.json(await readContactTags(db, c.get("session").actor)))
    .post("/tags", async (c) => {
      const { actor } = c.get("session");
      const { contacts, ...tags } = await readJson(c, TagContacts);
      const whom =
        contacts.kind === "ids"
          ? { ids: contacts.ids }
          : { filter: toDirectoryFilter(actor, contacts.filter, deps.now()) };
      return c.json({ changed: await tagContacts(deps, actor, whom, tags) });
    })
    .get("/:id", async (c) => c.json(await readContactDetail(db, c.get("session").actor, readId(c, "contact"))))
    .patch("/:id", async (c) => {
      const { actor } = c.get("session");
      const id = readId(c, "contact");
      await changeContact(deps, actor, id, await readJson(c, ChangeContact));
      return c.json(await readContactDetail(db, actor, id));
    })
    .delete("/:id/identities/:keyId", async (c) => {
      const { actor } = c.get("session");
      const keyId = readId(c, "email or phone", "keyId");
      const contactId = await removeContactKey(deps, actor, readId(c, "contact"), keyId);
      return c.json(await readContactDetail(db, actor, contactId));
    })
    .get("/:id/timeline", async (c) =>
      c.json(await readContactTimeline(db, c.get("session").actor, readId(c, "contact"), readQuery(c, ListTimeline))),
    )
    .post("/:id/notes", async (c) => {
      const { actor } = c.get("session");
      const id = readId(c, "contact");
      const contactId = await writeContactNote(deps, actor, id, await readJson(c, WriteContactNote));
      return c.json(await readContactTimeline(db, actor, contactId, { kind: "note", limit: 1 }), 201);
    });
};
