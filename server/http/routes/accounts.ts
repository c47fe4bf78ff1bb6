import { setTimeout as delay } from "node:timers/promises";
import { Credentials, type Me, PasswordReset, Setup, type SetupState } from "@rolodesk/shared/user";
import { type Context, Hono } from "hono";
import { DomainError } from "../../domain/domain-error.ts";
import { clientAddress } from "../../limits/client-address.ts";
import { takeToken } from "../../limits/rate-limited.ts";
import { createTokenBuckets } from "../../limits/token-buckets.ts";
import { noteFailedSignIn, noteSession } from "../../usecases/users/note-sign-in.ts";
import { resetPassword } from "../../usecases/users/reset-password.ts";
import { setUpFirstAdmin } from "../../usecases/users/set-up-first-admin.ts";
import { readIsSetUp } from "../../views/setup.ts";
import { readMe } from "../../views/user.ts";
import { readJson } from "../body.ts";
import type { AppEnv, Area } from "../doors.ts";
import { assertMeant } from "../signed-in.ts";

/** Attempts that fail; the tenth is refused. Hashing a password is dear, so this is also what keeps the server alive. */
const FAILED_SIGN_INS = { burst: 9, refillMs: 10_000 };
/** One that failed is answered no sooner, so that the time does not tell whether somebody has this address. */
const FAILURE_TAKES_MS = 250;
const TOO_MANY = "Too many attempts to sign in failed.";

/** What one may do before being signed in. */
export const accountRoutes: Area = (deps, { auth, trustProxy, demoLogins }) => {
  const byAddress = createTokenBuckets(FAILED_SIGN_INS);
  const byEmail = createTokenBuckets(FAILED_SIGN_INS);

  async function signIn(c: Context<AppEnv>, credentials: { email: string; password: string }): Promise<Me> {
    const address = clientAddress(c.env?.incoming, trustProxy);
    takeToken(byAddress, address, TOO_MANY);
    takeToken(byEmail, credentials.email, TOO_MANY);
    const failureIsToldAt = delay(FAILURE_TAKES_MS, undefined, { ref: false });
    const cookies = await auth.signIn(credentials, c.req.raw.headers).catch(async (error: unknown) => {
      if (error instanceof DomainError) await noteFailedSignIn(deps, credentials.email);
      await failureIsToldAt;
      throw error;
    });
    byAddress.giveBack(address);
    byEmail.giveBack(credentials.email);

    for (const cookie of cookies) c.header("Set-Cookie", cookie, { append: true });
    const session = await auth.session(new Headers({ cookie: cookies.map(nameAndValue).join("; ") }));
    if (!session) throw new Error("A session that began is there.");
    await noteSession(deps, session.actor, "user.signed_in");
    return await readMe(deps.db, session.actor, deps.config.demo);
  }

  return new Hono<AppEnv>()
    .get("/setup", async (c) => {
      const needed = !(await readIsSetUp(deps.db));
      return c.json({ needed, demoLogins } satisfies SetupState);
    })
    .post("/setup", async (c) => {
      const input = await readJson(c, Setup);
      await setUpFirstAdmin(deps, input);
      return c.json(await signIn(c, input), 201);
    })
    .post("/auth/sign-in/email", async (c) => c.json(await signIn(c, await readJson(c, Credentials))))
    .post("/auth/sign-out", async (c) => {
      assertMeant(c);
      const { ended, cookies } = await auth.signOut(c.req.raw.headers);
      if (ended) {
        deps.publish.disconnect({ sessionIds: [ended.id] });
        await noteSession(deps, ended.actor, "user.signed_out");
      }
      for (const cookie of cookies) c.header("Set-Cookie", cookie, { append: true });
      return c.body(null, 204);
    })
    .post("/password-reset", async (c) => {
      takeToken(byAddress, clientAddress(c.env?.incoming, trustProxy), TOO_MANY);
      await resetPassword(deps, await readJson(c, PasswordReset));
      byAddress.giveBack(clientAddress(c.env?.incoming, trustProxy));
      return c.body(null, 204);
    });
};

function nameAndValue(setCookie: string): string {
  return setCookie.slice(0, setCookie.indexOf(";"));
}
