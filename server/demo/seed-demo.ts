import type { UserActor } from "../actor.ts";
import { listSites } from "../db/queries/site.ts";
import { listUsers, type UserRow } from "../db/queries/user.ts";
import { connection } from "../db/schema/connection.ts";
import type { Deps } from "../deps.ts";
import { addConnection } from "../usecases/connections/add-connection.ts";
import { createSite } from "../usecases/sites/create-site.ts";
import { makeIdentitySecret } from "../usecases/sites/identity-secret.ts";
import { createUser } from "../usecases/users/create-user.ts";
import { resetPassword } from "../usecases/users/reset-password.ts";
import { setUpFirstAdmin } from "../usecases/users/set-up-first-admin.ts";
import { connectWebhooks } from "./connect-webhooks.ts";
import { DEMO_ADMIN, DEMO_AGENT } from "./demo-accounts.ts";
import { repointConnections } from "./repoint-connections.ts";
import type { RunningSimulator } from "./start-simulators.ts";

const SITE = {
  name: "Northwind Lamps",
  accent: "#1d6b5f",
  greeting: "Questions about a lamp? We know them all.",
  origins: [],
  defaultCountry: "US",
  ask: { firstName: "optional", lastName: "optional", email: "optional", phone: "optional" },
  idleMinutes: 30,
} as const;

/**
 * Brings the demo about, through the same usecases an admin uses. Each step is taken only where its result is missing, so
 * a seeding that was cut short goes on at the next start, and what was removed by hand stays removed. Returns the id of
 * the shop's site.
 */
export async function seedDemo(deps: Deps, simulators: readonly RunningSimulator[]): Promise<string> {
  const admin = await seedUsers(deps);
  const siteId = await seedSite(deps, admin);
  await repointConnections(deps, simulators);
  const known = await deps.db.select({ provider: connection.provider }).from(connection);
  for (const { provider, name, settings, credentials } of simulators) {
    if (known.some((one) => one.provider === provider)) continue;
    await addConnection(deps, admin, { provider, name, settings, credentials, siteIds: [] });
  }
  await connectWebhooks(deps, admin, simulators);
  return siteId;
}

async function seedUsers(deps: Deps): Promise<UserActor> {
  if ((await listUsers(deps.db)).length === 0) await setUpFirstAdmin(deps, DEMO_ADMIN);
  const users = await listUsers(deps.db);
  const admin = asActor(users);
  const { name, email, password } = DEMO_AGENT;
  if (!users.some((user) => user.email === email)) {
    const { resetLink } = await createUser(deps, admin, { name, email, role: "agent", siteIds: [] });
    const token = new URLSearchParams(new URL(resetLink).hash.slice(1)).get("token") ?? "";
    await resetPassword(deps, { token, password });
  }
  return admin;
}

function asActor(users: readonly UserRow[]): UserActor {
  const admin = users.find((user) => user.email === DEMO_ADMIN.email) ?? users.find((user) => user.role === "admin");
  if (!admin) throw new Error("The demo found no admin in this database.");
  return { kind: "user", userId: admin.id, name: admin.name, role: "admin", siteIds: null };
}

async function seedSite(deps: Deps, admin: UserActor): Promise<string> {
  const [first] = await listSites(deps.db, null);
  const site = first ?? (await createSite(deps, admin, { ...SITE, origins: [...SITE.origins] }));
  if (site.identitySecret === null) await makeIdentitySecret(deps, admin, site.id);
  return site.id;
}
