import { getRequestListener } from "@hono/node-server";
import type { NewConnection } from "@rolodesk/shared/connection";
import { listenOn } from "../../server/listen.ts";
import { createBigCommerceSimulator } from "../../server/simulators/bigcommerce/simulator.ts";
import { createDynamicsSimulator } from "../../server/simulators/dynamics/dynamics-simulator.ts";
import { createGhlSimulator } from "../../server/simulators/ghl/simulator.ts";
import { createHubSpotSimulator } from "../../server/simulators/hubspot/hubspot-simulator.ts";
import type { Simulator } from "../../server/simulators/kit/simulator.ts";

/** A published limit, checked by counting what came: the simulator's own limiter is not the witness. */
export interface Limit {
  readonly name: string;
  readonly max: number;
  readonly windowMs: number;
  /** Which calls it counts, by their path. */
  readonly counts: (path: string) => boolean;
}

export interface ServedCrm {
  readonly simulator: Simulator;
  readonly limits: readonly Limit[];
  readonly input: Omit<NewConnection, "siteIds">;
}

const isSearch = (path: string) => path.endsWith("/search");
const TENANT = "bench.example.com";

/** The four CRMs on ports of their own, with the limits their vendors publish: HubSpot's of Professional, BigCommerce's of Standard. */
export async function serveCrms(): Promise<readonly ServedCrm[]> {
  const token = "bench-token";
  const hubspot = createHubSpotSimulator({ token, switches: { callsPerTenSeconds: 190, searchesPerSecond: 5 } });
  const ghl = createGhlSimulator({ token, locationId: "benchLocation0000001" });
  const dynamics = createDynamicsSimulator({ tenantId: TENANT, clientId: "bench", clientSecret: token });
  const shop = createBigCommerceSimulator({ accessToken: token, storeHash: "bench" });
  return await Promise.all([
    serve(hubspot, {
      limits: [
        { name: "calls", max: 190, windowMs: 10_000, counts: (path) => !isSearch(path) },
        { name: "searches", max: 5, windowMs: 1_000, counts: isSearch },
      ],
      connect: (baseUrl) => ({ provider: "hubspot", name: "HubSpot", settings: { baseUrl }, credentials: { token } }),
    }),
    serve(ghl, {
      limits: [{ name: "calls", max: 100, windowMs: 10_000, counts: () => true }],
      connect: (baseUrl) => ({
        ...{ provider: "ghl", name: "HighLevel", credentials: { token } },
        settings: { baseUrl, locationId: "benchLocation0000001" },
      }),
    }),
    serve(dynamics, {
      limits: [{ name: "calls", max: 6_000, windowMs: 300_000, counts: (path) => !path.includes("oauth2") }],
      connect: (url) => ({
        ...{ provider: "dynamics", name: "Dynamics 365", credentials: { clientId: "bench", clientSecret: token } },
        settings: { environmentUrl: url, tenantId: TENANT, tokenUrl: `${url}/${TENANT}/oauth2/v2.0/token` },
      }),
    }),
    serve(shop, {
      limits: [{ name: "calls", max: 150, windowMs: 30_000, counts: () => true }],
      connect: (baseUrl) => ({
        ...{ provider: "bigcommerce", name: "BigCommerce", credentials: { accessToken: token } },
        settings: { baseUrl, storeHash: "bench" },
      }),
    }),
  ]);
}

async function serve(
  simulator: Simulator,
  { limits, connect }: { limits: readonly Limit[]; connect: (url: string) => ServedCrm["input"] },
): Promise<ServedCrm> {
  const { server, port } = await listenOn("127.0.0.1", 0);
  server.on("request", getRequestListener(simulator.app.fetch));
  const input = connect(`http://127.0.0.1:${port}`);
  return { simulator, limits, input };
}
