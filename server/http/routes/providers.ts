import { Hono } from "hono";
import type { CrmKind } from "../../integrations/connector-factory.ts";
import { assertAdmin } from "../../usecases/access.ts";
import { toProviderForm } from "../../views/connection.ts";
import type { AppEnv, Area } from "../doors.ts";

/** The CRMs an admin may connect, each with the form that asks for its account. */
export const providerRoutes: Area = ({ connectors, config }, { demoAccounts = {} }) =>
  new Hono<AppEnv>().get("/", (c) => {
    assertAdmin(c.get("session").actor);
    const { publicUrl } = config;
    const toForm = (kind: CrmKind) => toProviderForm(kind, { publicUrl, demo: demoAccounts[kind.provider] ?? null });
    return c.json({ providers: connectors.offered.map(toForm) });
  });
