import { ListContactPhoneCalls, ListPhoneCalls, PhoneCallChange } from "@rolodesk/shared/phone-call";
import { Hono } from "hono";
import { givePhoneCall } from "../../usecases/phone-calls/give-phone-call.ts";
import { setDisposition } from "../../usecases/phone-calls/set-disposition.ts";
import { readContactPhoneCalls, readPhoneCall, readPhoneCalls } from "../../views/phone-call.ts";
import { readJson, readQuery } from "../body.ts";
import type { AppEnv, Area } from "../doors.ts";
import { readId } from "../path-id.ts";

/** Telephone calls that CRMs told of. */
export const phoneCallRoutes: Area = (deps) => {
  const { db, connectors } = deps;
  return new Hono<AppEnv>()
    .get("/", async (c) =>
      c.json(await readPhoneCalls(db, connectors, c.get("session").actor, readQuery(c, ListPhoneCalls))),
    )
    .get("/:id", async (c) => c.json(await readPhoneCall(db, connectors, c.get("session").actor, readId(c, "call"))))
    .patch("/:id", async (c) => {
      const id = readId(c, "call");
      const { actor } = c.get("session");
      const change = await readJson(c, PhoneCallChange);
      if ("contactId" in change) await givePhoneCall(deps, actor, id, change.contactId);
      else await setDisposition(deps, actor, id, change.disposition);
      return c.json(await readPhoneCall(db, connectors, actor, id));
    });
};

/** Those of one contact. */
export const contactPhoneCallRoutes: Area = ({ db, connectors }) =>
  new Hono<AppEnv>().get("/:id/phone-calls", async (c) => {
    const { actor } = c.get("session");
    const range = readQuery(c, ListContactPhoneCalls);
    return c.json(await readContactPhoneCalls(db, connectors, actor, readId(c, "contact"), range));
  });
