import { Hono } from "hono";
import { assertAdmin } from "../../usecases/access.ts";
import { toProviderForm } from "../../views/connection.ts";
import type { AppEnv, Area } from "../doors.ts";

/** The CRMs an admin may connect, each with the form that asks for its account. */
export const providerRoutes: Area = ({ connectors }) =>
  new Hono<AppEnv>().get("/", (c) => {
    assertAdmin(c.get("session").actor);
    return c.json({ providers: connectors.offered.map(toProviderForm) });
  });
