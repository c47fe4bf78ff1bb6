import { Site } from "@rolodesk/shared/site";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { UserActor } from "../../server/actor.ts";
import type { Db } from "../../server/db/client.ts";
import { site } from "../../server/db/schema/site.ts";
import type { Deps } from "../../server/deps.ts";
import { forgetIdempotentRequests } from "../../server/usecases/idempotency/forget-idempotent-requests.ts";
import { type ConsoleDoor, consoleDoor } from "../support/console-door.ts";
import { eventually } from "../support/eventually.ts";
import { mint, newId } from "../support/ids.ts";
import { createSyncRig, type SyncRig } from "../support/sync-rig.ts";

let rig: SyncRig;
let door: ConsoleDoor;

beforeAll(async () => {
  rig = await createSyncRig();
  door = consoleDoor(rig.deps, rig.admin);
});
afterAll(() => rig.close());

function siteNamed(name: string) {
  const ask = { firstName: "optional", lastName: "optional", email: "optional", phone: "optional" };
  const look = { accent: "#1d6b5f", greeting: "Hello", origins: ["https://shop.example.com"], defaultCountry: "US" };
  return { name, ...look, ask, idleMinutes: 30 };
}

const add = (by: ConsoleDoor, key: string, name: string) =>
  by.send("POST", "/api/sites", siteNamed(name), { "idempotency-key": key });
const sitesNamed = (name: string) => rig.deps.db.$count(site, eq(site.name, name));

describe("a POST with an Idempotency-Key", () => {
  test("sent again gets the same answer, and is carried out once", async () => {
    const [key, name] = [newId(), mint("Site")];
    const first = await add(door, key, name);
    const again = await add(door, key, name);
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(first.headers.get("idempotency-replayed")).toBeNull();
    expect(again.headers.get("idempotency-replayed")).toBe("true");
    expect(Site.parse(await again.json())).toEqual(Site.parse(await first.json()));
    expect(await sitesNamed(name)).toBe(1);
  });

  test("sent twenty times at once through two processes is carried out once", async () => {
    const other = consoleDoor(rig.otherProcess((send) => send()).deps, rig.admin);
    const [key, name] = [newId(), mint("Site")];
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => add(index % 2 === 0 ? door : other, key, name)),
    );
    const ids = await Promise.all(answers.map(async (answer) => Site.parse(await answer.json()).id));
    expect(new Set(ids).size).toBe(1);
    expect(await sitesNamed(name)).toBe(1);
  });

  test("is refused with another body", async () => {
    const [key, name, otherName] = [newId(), mint("Site"), mint("Site")];
    await add(door, key, name);
    const answer = await add(door, key, otherName);
    expect([answer.status, await answer.text()]).toEqual([409, expect.stringContaining("Use a new key")]);
    expect(await sitesNamed(otherName)).toBe(0);
  });

  test("is somebody else's business under the same key, and another route's", async () => {
    const colleague: UserActor = { ...rig.admin, apiKey: { id: newId(), name: "Shop system" } };
    const [key, mine, theirs] = [newId(), mint("Site"), mint("Site")];
    await add(door, key, mine);
    expect((await add(consoleDoor(rig.deps, colleague), key, theirs)).status).toBe(201);
    const { id } = Site.parse(await (await add(door, key, mine)).json());
    const secret = await door.send("POST", `/api/sites/${id}/identity-secret`, undefined, { "idempotency-key": key });
    expect(secret.status).toBe(201);
  });

  test("is not answered any more to an admin who became an agent", async () => {
    const [key, name] = [newId(), mint("Site")];
    await add(door, key, name);
    expect((await add(consoleDoor(rig.deps, { ...rig.admin, role: "agent" }), key, name)).status).toBe(403);
  });

  test("that was refused may be sent again, corrected, under the same key", async () => {
    const [key, name] = [newId(), mint("Site")];
    expect((await add(door, key, "")).status).toBe(400);
    expect((await add(door, key, name)).status).toBe(201);
  });

  test("keeps a secret it answered with encrypted", async () => {
    const { id } = Site.parse(await (await add(door, newId(), mint("Site"))).json());
    const again = { "idempotency-key": newId() };
    const ask = () => door.send("POST", `/api/sites/${id}/identity-secret`, undefined, again);
    const told = await (await ask()).text();
    expect(await (await ask()).text()).toBe(told);
    const rows = JSON.stringify(await rig.deps.db.execute(sql`select answer from idempotent_request`));
    expect(rows).not.toContain(told.slice(11, 40));
  });

  test.each(["", " ", "two words", "é", "x".repeat(256)])("refuses %j as a key", async (key) => {
    const answer = await add(door, key, mint("Site")).catch(() => null);
    expect(answer === null || answer.status === 400).toBe(true);
  });

  test("is forgotten after 24 hours", async () => {
    const [key, name] = [newId(), mint("Site")];
    await add(door, key, name);
    rig.advance(24 * 60 * 60_000 + 1);
    await forgetIdempotentRequests(rig.deps);
    expect((await add(door, key, name)).headers.get("idempotency-replayed")).toBeNull();
    expect(await sitesNamed(name)).toBe(2);
  });
});

describe("a process that is killed", () => {
  /** Sends to a process that stops where `stuck` says, kills it there, and sends the same to another. */
  async function afterKill(stuck: (deps: Deps, reached: () => void) => Deps) {
    const [key, name] = [newId(), mint("Site")];
    const dying = rig.otherProcess((send) => send());
    let isReached = false;
    const lost = add(
      consoleDoor(
        stuck(dying.deps, () => {
          isReached = true;
        }),
        rig.admin,
      ),
      key,
      name,
    );
    lost.catch(() => {});
    await eventually("the process to be where it dies", () => isReached);
    await dying.kill();
    return { answer: await add(door, key, name), sites: await sitesNamed(name) };
  }

  test("before anything was stored leaves the key free", async () => {
    const { answer, sites } = await afterKill((deps, reached) => ({
      ...deps,
      db: withTransaction(deps.db, () => {
        reached();
        return new Promise(() => {});
      }),
    }));
    expect(answer.status).toBe(201);
    expect(sites).toBe(1);
  });

  test("between its work and its answer makes no second one", async () => {
    const { answer, sites } = await afterKill((deps, reached) => ({
      ...deps,
      db: withTransaction(deps.db, async (work, config) => {
        await deps.db.transaction(work, config);
        reached();
        return await new Promise(() => {});
      }),
    }));
    expect([answer.status, await answer.text()]).toEqual([409, expect.stringContaining("its answer was lost")]);
    expect(sites).toBe(1);
  });
});

function withTransaction(db: Db, transaction: Db["transaction"]): Db {
  return Object.create(db, { transaction: { value: transaction } });
}
