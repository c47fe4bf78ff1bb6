import { NewUser, UserChange } from "@rolodesk/shared/user";
import { Hono } from "hono";
import { changeUser } from "../../usecases/users/change-user.ts";
import { createUser } from "../../usecases/users/create-user.ts";
import { makeResetLink } from "../../usecases/users/make-reset-link.ts";
import { readUser, readUsers } from "../../views/user.ts";
import { adminOnly } from "../admin-only.ts";
import { readJson } from "../body.ts";
import type { AppEnv, Area } from "../doors.ts";
import { readId } from "../path-id.ts";

export const userRoutes: Area = (deps, { presence }) => {
  const read = { db: deps.db, presence };
  return new Hono<AppEnv>()
    .get("/", async (c) => c.json({ users: await readUsers(read) }))
    .post("/", adminOnly, async (c) => {
      const { actor } = c.get("session");
      const { userId, resetLink } = await createUser(deps, actor, await readJson(c, NewUser));
      return c.json({ user: await readUser(read, userId), resetLink }, 201);
    })
    .patch("/:id", adminOnly, async (c) => {
      const id = readId(c, "user");
      await changeUser(deps, c.get("session").actor, id, await readJson(c, UserChange));
      return c.json(await readUser(read, id));
    })
    .post("/:id/reset-link", adminOnly, async (c) => {
      const resetLink = await makeResetLink(deps, c.get("session").actor, readId(c, "user"));
      return c.json({ resetLink });
    });
};
