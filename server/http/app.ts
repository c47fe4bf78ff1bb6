import { Hono } from "hono";
import type { Deps } from "../deps.ts";
import { notFound } from "../domain/domain-error.ts";
import { withCommitMarks } from "../usecases/idempotency/commit-marks.ts";
import { AREAS } from "./areas.ts";
import type { AppEnv, Doors } from "./doors.ts";
import { idempotent } from "./idempotent.ts";
import { createKeySession } from "./key-session.ts";
import { onError } from "./on-error.ts";
import { ownOriginOnly } from "./own-origin-only.ts";
import { accountRoutes } from "./routes/accounts.ts";
import { consolePages } from "./routes/console.ts";
import { hookRoutes } from "./routes/hooks.ts";
import { oauthCallback } from "./routes/oauth-callback.ts";
import { openApiRoutes } from "./routes/openapi.ts";
import { widgetApi } from "./routes/widget-api.ts";
import { widgetFiles } from "./routes/widget-files.ts";
import { widgetFrame } from "./routes/widget-frame.ts";
import { signedIn } from "./signed-in.ts";
import { standardHeaders } from "./standard-headers.ts";

/** Everything this server answers over HTTP, apart from the sockets. */
export function createHttpApp(deps: Deps, doors: Doors): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.use(standardHeaders(deps.config.publicUrl));
  const shapeError = onError(deps.log);
  app.onError(shapeError);
  app.notFound((c) => shapeError(notFound("page"), c));

  app.use("/api/*", ownOriginOnly(deps.config.publicUrl));
  app.route("/api", accountRoutes(deps, doors));
  app.route("/api", openApiRoutes(deps, doors));
  const enter = signedIn(doors.auth, createKeySession(deps));
  const once = idempotent(deps);
  for (const path of new Set(AREAS.map((area) => area.path))) app.use(`${path}/*`, enter, once);
  const marked = withCommitMarks(deps);
  for (const { path, area } of AREAS) app.route(path, area(marked, doors));

  app.route("/oauth", oauthCallback(deps, doors));
  app.route("/hooks", hookRoutes(deps, doors));
  app.route("/widget/api", widgetApi(deps, doors));
  app.route("/widget/frame", widgetFrame(deps, doors));
  app.route("/widget", widgetFiles(deps, doors));
  for (const pages of doors.pages ?? []) app.route("/", pages);
  app.route("/", consolePages(deps, doors));
  return app;
}
