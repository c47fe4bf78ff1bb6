import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { findGrant, putGrant } from "../../../server/db/queries/authorization.ts";
import { findConnection, updateConnection } from "../../../server/db/queries/connection.ts";
import { webhookEndpoint } from "../../../server/db/schema/outgoing.ts";
import { site } from "../../../server/db/schema/site.ts";
import type { Deps } from "../../../server/deps.ts";
import { createSecretBox } from "../../../server/secret-box.ts";
import { openGrant, sealGrant } from "../../../server/usecases/authorizations/stored-grant.ts";
import { storedCredentials } from "../../../server/usecases/connections/stored-credentials.ts";
import { openEndpointSecrets } from "../../../server/usecases/outgoing/endpoint-secrets.ts";
import { resealSecrets } from "../../../server/usecases/secrets/reseal-secrets.ts";
import { identityAad } from "../../../server/usecases/visitors/read-identity-token.ts";
import { storedWebhookSecrets } from "../../../server/usecases/webhooks/webhook-secrets.ts";
import { CREDENTIAL, createTwoSites, ENDPOINT_SECRET, type TwoSites } from "../../support/two-sites.ts";

const [OLD, NEW] = [Buffer.alloc(32, 7), Buffer.alloc(32, 8)];
/** Gone within a day by themselves. */
const SHORT_LIVED = ["idempotent_request.answer", "pending_authorization.sealed"];

let world: TwoSites;
let connectionId: string;
let identitySecret: string;
const grant = { accessToken: "access", refreshToken: "refresh", expiresAt: 1_800_000_000_000, about: {} };

beforeAll(async () => {
  world = await createTwoSites();
  const { rig, foreign, siteB } = world;
  const admin = await rig.makeUser("admin");
  connectionId = foreign.connections ?? "";
  const made = await admin.request("POST", `/api/sites/${siteB.id}/identity-secret`);
  identitySecret = z.object({ secret: z.string() }).parse(await made.json()).secret;
  const { deps } = rig;
  await updateConnection(rig.db, connectionId, {
    webhookSecret: deps.secrets.encrypt("own", `connection:${connectionId}:webhook-secret`),
    webhookSigning: deps.secrets.encrypt("signing", `connection:${connectionId}:webhook-signing`),
  });
  await rig.db.transaction((tx) => putGrant(tx, { connectionId, ...sealGrant(deps, connectionId, grant) }));
});
afterAll(() => world.rig.close());

/** Columns in which a text begins with the mark of a key, looked for in the database itself. */
async function columnsSealedWith(mark: string): Promise<string[]> {
  const columns = await world.rig.db.execute<{ table_name: string; column_name: string }>(
    sql`select table_name, column_name from information_schema.columns where table_schema = 'public' and data_type = 'text'`,
  );
  const found: string[] = [];
  for (const { table_name: table, column_name: column } of columns) {
    const held = await world.rig.db.execute(
      sql`select 1 from ${sql.identifier(table)} where starts_with(${sql.identifier(column)}, ${mark}) limit 1`,
    );
    if (held.length > 0) found.push(`${table}.${column}`);
  }
  return found.filter((name) => !SHORT_LIVED.includes(name));
}

function markOf(key: Buffer): string {
  return `${createSecretBox([key]).encrypt("", "").split(".")[0]}.`;
}

test("after a rotation every secret is sealed with the new key and opens without the old one", async () => {
  const { rig } = world;
  const before = await columnsSealedWith(markOf(OLD));
  expect(before.length).toBeGreaterThan(5);
  await resealSecrets({ ...rig.deps, secrets: createSecretBox([NEW, OLD]) });
  expect(await columnsSealedWith(markOf(OLD))).toEqual([]);
  expect(await columnsSealedWith(markOf(NEW))).toEqual(before);

  const deps: Deps = { ...rig.deps, secrets: createSecretBox([NEW]) };
  const connection = await findConnection(rig.db, connectionId);
  const stored = await findGrant(rig.db, connectionId);
  const [endpoint] = await rig.db.select().from(webhookEndpoint);
  const [row] = await rig.db.select().from(site).where(eq(site.id, world.siteB.id));
  if (!connection || !stored || !endpoint || !row) throw new Error("They were there before.");
  expect(storedCredentials(deps, connection)).toEqual({ token: CREDENTIAL });
  expect(storedWebhookSecrets(deps, connection)).toEqual({ own: "own", signing: "signing" });
  expect(openGrant(deps, stored)).toEqual(grant);
  expect(openEndpointSecrets(deps, endpoint)).toEqual([ENDPOINT_SECRET]);
  expect(deps.secrets.decrypt(row.identitySecret ?? "", identityAad(row.id))).toBe(identitySecret);
});

test("what was sealed with a key nobody has is left as it is, and the rest is not kept waiting", async () => {
  const lost = createSecretBox([Buffer.alloc(32, 9)]);
  const sealed = lost.encrypt("{}", `connection:${connectionId}:credentials`);
  await updateConnection(world.rig.db, connectionId, { credentials: sealed });
  await resealSecrets({ ...world.rig.deps, secrets: createSecretBox([OLD, NEW]) });
  expect((await findConnection(world.rig.db, connectionId))?.credentials).toBe(sealed);
  expect(await columnsSealedWith(markOf(NEW))).toEqual([]);
});
