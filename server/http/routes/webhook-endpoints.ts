import { EndpointChange, ListDeliveries, type MadeEndpoint, NewEndpoint } from "@rolodesk/shared/webhook-endpoint";
import { Hono } from "hono";
import { changeEndpoint } from "../../usecases/outgoing/change-endpoint.ts";
import { createEndpoint } from "../../usecases/outgoing/create-endpoint.ts";
import { redeliver } from "../../usecases/outgoing/redeliver.ts";
import { removeEndpoint } from "../../usecases/outgoing/remove-endpoint.ts";
import { rotateEndpointSecret } from "../../usecases/outgoing/rotate-secret.ts";
import { testEndpoint } from "../../usecases/outgoing/test-endpoint.ts";
import { viewDeliveries, viewDelivery, viewEndpoint, viewEndpoints } from "../../views/webhook-endpoint.ts";
import { adminOnly } from "../admin-only.ts";
import { readJson, readQuery } from "../body.ts";
import type { AppEnv, Area } from "../doors.ts";
import { readId } from "../path-id.ts";

export const webhookEndpointRoutes: Area = (deps) =>
  new Hono<AppEnv>()
    .get("/", adminOnly, async (c) => c.json({ endpoints: await viewEndpoints(deps.db, deps.now()) }))
    .post("/", adminOnly, async (c) => {
      const made = await createEndpoint(deps, c.get("session").actor, await readJson(c, NewEndpoint));
      const endpoint = await viewEndpoint(deps.db, made.endpointId, deps.now());
      return c.json({ endpoint, secret: made.secret } satisfies MadeEndpoint, 201);
    })
    .patch("/:id", adminOnly, async (c) => {
      const id = readId(c, "webhook");
      await changeEndpoint(deps, c.get("session").actor, id, await readJson(c, EndpointChange));
      return c.json(await viewEndpoint(deps.db, id, deps.now()));
    })
    .delete("/:id", adminOnly, async (c) => {
      await removeEndpoint(deps, c.get("session").actor, readId(c, "webhook"));
      return c.body(null, 204);
    })
    .post("/:id/secret", adminOnly, async (c) => {
      const id = readId(c, "webhook");
      const secret = await rotateEndpointSecret(deps, c.get("session").actor, id);
      return c.json({ endpoint: await viewEndpoint(deps.db, id, deps.now()), secret } satisfies MadeEndpoint, 201);
    })
    .post("/:id/test", adminOnly, async (c) => {
      const deliveryId = await testEndpoint(deps, c.get("session").actor, readId(c, "webhook"));
      return c.json(await viewDelivery(deps.db, deliveryId), 202);
    })
    .get("/:id/deliveries", adminOnly, async (c) =>
      c.json(await viewDeliveries(deps.db, readId(c, "webhook"), readQuery(c, ListDeliveries))),
    );

export const webhookDeliveryRoutes: Area = (deps) =>
  new Hono<AppEnv>().post("/:id/redeliver", adminOnly, async (c) => {
    const id = readId(c, "delivery");
    await redeliver(deps, c.get("session").actor, id);
    return c.json(await viewDelivery(deps.db, id), 202);
  });
