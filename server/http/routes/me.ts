import { PasswordChange } from "@rolodesk/shared/user";
import { Hono } from "hono";
import { takeToken } from "../../limits/rate-limited.ts";
import { createTokenBuckets } from "../../limits/token-buckets.ts";
import { changePassword } from "../../usecases/users/change-password.ts";
import { readMe } from "../../views/user.ts";
import { readJson } from "../body.ts";
import type { AppEnv, Area } from "../doors.ts";

const WRONG_PASSWORDS = { burst: 9, refillMs: 10_000 };

export const meRoutes: Area = (deps) => {
  const wrong = createTokenBuckets(WRONG_PASSWORDS);
  return new Hono<AppEnv>()
    .get("/", async (c) => c.json(await readMe(deps.db, c.get("session").actor, deps.config.demo)))
    .post("/password", async (c) => {
      const { id, actor } = c.get("session");
      const input = await readJson(c, PasswordChange);
      takeToken(wrong, actor.userId, "The current password was wrong too often.");
      await changePassword(deps, actor, id, input);
      wrong.giveBack(actor.userId);
      return c.body(null, 204);
    });
};
