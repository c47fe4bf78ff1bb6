import { PROVIDERS } from "@rolodesk/shared/vocabulary";
import { type Context, Hono } from "hono";
import { html } from "hono/html";
import { z } from "zod";
import { DomainError, notFound } from "../../domain/domain-error.ts";
import { STATUS_OF_CODE } from "../../to-api-error.ts";
import { finishAuthorization } from "../../usecases/authorizations/finish-authorization.ts";
import type { AppEnv, Area } from "../doors.ts";

const Provider = z.enum(PROVIDERS);

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
      return refusalPage(c, refusal);
    }
  });

function refusalPage(c: Context<AppEnv>, { code, message }: DomainError): Response | Promise<Response> {
  const page = html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>Not connected</title>
  </head>
  <body>
    <h1>Not connected</h1>
    <p>${message}</p>
    <p><a href="/app/settings/connections">Back to the connections</a></p>
  </body>
</html>`;
  return c.html(page, STATUS_OF_CODE[code]);
}
