import type { Site } from "@rolodesk/shared/site";
import { VisitorSession } from "@rolodesk/shared/visitor";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { visitorSession } from "../../server/db/schema/conversation.ts";
import { arrive, connected, connectionOutcome, say } from "../support/chat-client.ts";
import { type ChatRig, createChatRig, send } from "../support/chat-rig.ts";
import { mint } from "../support/ids.ts";
import { standStill } from "../support/stand-still.ts";

let rig: ChatRig;
let site: Site;

beforeAll(async () => {
  rig = await createChatRig({ trustProxy: 1 });
  site = await rig.makeSite();
});
afterAll(() => rig.close());

describe("a visitor's token", () => {
  test("is 256 random bits, stored as a hash, and comes with answers nobody keeps", async () => {
    const answer = await send(rig.url, "POST", "/widget/api/sessions", { body: { siteKey: site.key } });
    expect(answer.headers.get("cache-control")).toBe("no-store");
    const session = VisitorSession.parse(await answer.json());
    expect(Buffer.from(session.token, "base64url")).toHaveLength(32);
    const rows = await rig.db.select().from(visitorSession).where(eq(visitorSession.visitorId, session.visitorId));
    expect(JSON.stringify(rows)).not.toContain(session.token);
    expect(session.identity.state).toBe("anonymous");
  });

  test("is exchanged for a new one of the same visitor; the old one works a minute longer, for a lost answer", async () => {
    const first = await rig.visit(site.key);
    const second = await rig.visit(site.key, { bearer: first.token });
    expect(second.visitorId).toBe(first.visitorId);
    expect(second.token).not.toBe(first.token);
    expect(await connectionOutcome(rig.visitorSocket(first.token))).toBe("connected");
    expect((await rig.visit(site.key, { bearer: first.token })).visitorId).toBe(first.visitorId);

    rig.advance(61_000);
    expect(await connectionOutcome(rig.visitorSocket(first.token))).toBe("unauthenticated");
    expect((await rig.visit(site.key, { bearer: first.token })).visitorId).not.toBe(first.visitorId);
    expect((await rig.visit(site.key, { bearer: second.token })).visitorId).toBe(first.visitorId);
  });

  test("renewed keeps the line that came in by the old one", async () => {
    const { socket, token } = await arrive(rig, site.key);
    const renewed = await rig.visit(site.key, { bearer: token });
    rig.advance(2 * 60_000);
    await connected(rig.visitorSocket(renewed.token));
    expect((await say(socket, "Still on the old line")).message.seq).toBe(2);
  });

  test("can be renewed for ninety days", async () => {
    const { token, visitorId } = await rig.visit(site.key);
    rig.advance(89 * 24 * 3_600_000);
    const later = await rig.visit(site.key, { bearer: token });
    expect(later.visitorId).toBe(visitorId);
    rig.advance(91 * 24 * 3_600_000);
    expect((await rig.visit(site.key, { bearer: later.token })).visitorId).not.toBe(visitorId);
    rig.advance(-180 * 24 * 3_600_000);
  });

  test("of one site is worth nothing on another", async () => {
    const other = await rig.makeSite();
    const { token, visitorId } = await rig.visit(site.key);
    expect((await rig.visit(other.key, { bearer: token })).visitorId).not.toBe(visitorId);
  });

  test.each(["", "Bearer", "Bearer a b", "Basic eDp5", `Bearer ${"x".repeat(300)}`, "Bearer '; select 1; --"])(
    "written as %j is as good as none",
    async (authorization) => {
      const answer = await send(rig.url, "POST", "/widget/api/sessions", {
        body: { siteKey: site.key },
        headers: { authorization },
      });
      expect(answer.status).toBe(200);
      expect((await send(rig.url, "DELETE", "/widget/api/sessions", { headers: { authorization } })).status).toBe(401);
    },
  );

  test("is refused to pages of another origin, and unknown sites are not found", async () => {
    const body = { siteKey: site.key };
    const headers = { origin: "https://shop.example.com" };
    expect((await send(rig.url, "POST", "/widget/api/sessions", { body, headers })).status).toBe(403);
    expect((await send(rig.url, "POST", "/widget/api/sessions", { body: { siteKey: "none" } })).status).toBe(404);
  });
});

test.each(["/widget/api/sites", "/widget/frame"])(
  "%s asked for without end from one address says when to come back, and others notice nothing",
  async (path) => {
    standStill();
    const address = mint("address");
    const ask = async (from: string) =>
      await send(rig.url, "GET", `${path}/${site.key}`, { headers: { "x-forwarded-for": from } });
    let refused: Response | undefined;
    for (let asked = 0; asked < 5_000 && !refused; asked += 50) {
      // what a client writes there itself stands further left and does not help it
      const answers = await Promise.all(Array.from({ length: 50 }, () => ask(`${mint("invented")}, ${address}`)));
      refused = answers.find(({ status }) => status === 429);
    }
    expect(Number(refused?.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await ask(mint("address"))).status).not.toBe(429);
  },
);
