import { randomBytes } from "node:crypto";
import { PROVIDERS } from "@rolodesk/shared/vocabulary";
import { type Context, Hono } from "hono";
import { html, raw } from "hono/html";
import { z } from "zod";
import { DomainError, notFound } from "../../domain/domain-error.ts";
import { STATUS_OF_CODE } from "../../to-api-error.ts";
import { finishAuthorization } from "../../usecases/authorizations/finish-authorization.ts";
import type { AppEnv, Area } from "../doors.ts";
import { contentPolicy, socketOrigin } from "../standard-headers.ts";

const Provider = z.enum(PROVIDERS);

const STYLE = `
body { max-width: 34rem; margin: 15vh auto 0; padding: 0 24px; font: 15px/1.6 system-ui, sans-serif; background: #faf9f6; color: #1c1f23; }
h1 { font-size: 24px; }
a { color: #1d6b5f; }
@media (prefers-color-scheme: dark) { body { background: #16181b; color: #eceae5; } a { color: #6cc4b3; } }
`;

/**
 * Where a vendor sends the browser back to. The session cookie says who comes, the state what was begun; nothing else in
 * the address decides where the browser goes next.
 */
export const oauthCallback: Area = (deps, { auth }) =>
  new Hono<AppEnv>().get("/:provider/callback", async (c) => {
    const provider = Provider.safeParse(c.req.param("provider"));
    if (!provider.success) throw notFound("page");
    const session = await auth.session(c.req.raw.headers);
    try {
      if (!session) throw new DomainError("unauthenticated", "Sign in to the console in this browser and begin again.");
      const { state, code, error } = c.req.query();
      const who = { actor: session.actor, sessionId: session.id };
      const { id } = await finishAuthorization(deps, who, { provider: provider.data, state, code, error });
      return c.redirect(`/app/settings/connections/${id}?authorized=1`, 303);
    } catch (refusal) {
      if (!(refusal instanceof DomainError)) throw refusal;
      return refusalPage(c, refusal, deps.config.publicUrl);
    }
  });

function refusalPage(
  c: Context<AppEnv>,
  { code, message }: DomainError,
  publicUrl: string,
): Response | Promise<Response> {
  const nonce = randomBytes(16).toString("base64url");
  const policy = contentPolicy({ connect: socketOrigin(publicUrl), frameAncestors: "'none'", nonce });
  c.header("Content-Security-Policy", policy);
  const page = html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>Not connected</title>
    <style nonce="${nonce}">${raw(STYLE)}</style>
  </head>
  <body>
    <h1>Not connected</h1>
    <p>${message}</p>
    <p><a href="/app/settings/connections">Back to the connections</a></p>
  </body>
</html>`;
  return c.html(page, STATUS_OF_CODE[code]);
}
