import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { pendingAuthorization } from "../../../server/db/schema/authorization.ts";
import { beginAuthorization } from "../../../server/usecases/authorizations/begin-authorization.ts";
import { finishAuthorization } from "../../../server/usecases/authorizations/finish-authorization.ts";
import { changeConnection } from "../../../server/usecases/connections/change-connection.ts";
import { removeConnection } from "../../../server/usecases/connections/remove-connection.ts";
import { authorize, begun, consent, signedIn } from "../../support/authorize.ts";
import { mintEmail } from "../../support/ids.ts";
import type { Authorizable } from "../../support/simulated-crms.ts";
import { createSyncRig, type SyncRig } from "../../support/sync-rig.ts";
import { peopleIn } from "../../support/sync-state.ts";

let rig: SyncRig;
beforeEach(async () => {
  rig = await createSyncRig();
});
afterEach(() => rig.close());

const CRMS: readonly Authorizable[] = ["hubspot", "ghl"];
const grants = () => rig.deps.db.$client`select * from connection_grant`;

describe.each(CRMS)("authorizing an account of %s", (crm) => {
  it("connects it: the account is named, and a conversation reaches it", async () => {
    const row = await authorize(rig, crm);
    expect(row).toMatchObject({ access: "oauth", status: "active", accountName: expect.stringMatching(/./) });
    await rig.chatAndEnd({ lastName: "Reyes", email: mintEmail() });
    await rig.workUntilIdle();
    expect((await rig.runs()).map(({ result }) => result)).toEqual(["created"]);
    expect(peopleIn(rig, crm)).toHaveLength(1);
  });

  it("asks with PKCE by S256, with a state nobody can guess, for this server's own address", async () => {
    const first = await begun(rig, crm);
    const second = await begun(rig, crm);
    expect(first.url.searchParams.get("code_challenge_method")).toBe("S256");
    expect(first.url.searchParams.get("code_challenge")).toMatch(/^[\w-]{43}$/);
    expect(first.state).toMatch(/^[\w-]{43}$/);
    expect(second.state).not.toBe(first.state);
    expect(first.url.searchParams.get("redirect_uri")).toBe(`http://rolodesk.test/oauth/${crm}/callback`);
    expect(first.url.href).not.toContain(rig.apps[crm].credentials.clientSecret);
  });

  it("keeps tokens, secrets and states unreadable in the database", async () => {
    const { state = "" } = await begun(rig, crm);
    await authorize(rig, crm);
    const tables = ["connection", "connection_grant", "pending_authorization", "audit"];
    const dump = JSON.stringify(
      await Promise.all(tables.map((table) => rig.deps.db.$client.unsafe(`select * from ${table}`))),
    );
    for (const secret of [
      rig.apps[crm].credentials.clientSecret ?? "",
      state,
      '"na1-at',
      "ghl-at",
      "na1-rt",
      "ghl-rt",
    ]) {
      expect(dump).not.toContain(secret);
    }
  });

  it.each([
    ["without a state", { state: undefined }],
    ["with a state nobody was given", { state: "A".repeat(43) }],
    ["without a code", { code: undefined }],
    ["with a code of somebody else's", { code: "made-up-code" }],
    ["with a refusal", { code: undefined, error: "access_denied" }],
  ])("stores nothing when the browser comes back %s", async (_how, change) => {
    const { state, code, error } = await begun(rig, crm);
    const answer = { provider: crm, state, code, error, ...change };
    await expect(finishAuthorization(rig.deps, signedIn(rig), answer)).rejects.toMatchObject({ code: "bad_request" });
    expect(await grants()).toHaveLength(0);
    expect(await rig.deps.db.$client`select * from connection`).toHaveLength(0);
  });

  it("works once, whatever comes of it", async () => {
    const { state, code, error } = await begun(rig, crm);
    const answer = { provider: crm, state, code, error };
    await finishAuthorization(rig.deps, signedIn(rig), answer);
    await expect(finishAuthorization(rig.deps, signedIn(rig), answer)).rejects.toMatchObject({ code: "bad_request" });
    const denied = await begun(rig, crm);
    const refused = { provider: crm, state: denied.state, code: undefined, error: "access_denied" };
    await expect(finishAuthorization(rig.deps, signedIn(rig), refused)).rejects.toMatchObject({ code: "bad_request" });
    const after = finishAuthorization(rig.deps, signedIn(rig), { ...refused, code: denied.code, error: undefined });
    await expect(after).rejects.toMatchObject({ code: "bad_request" });
    expect(await grants()).toHaveLength(1);
  });

  it("is for the session that began it, which a stranger's attempt leaves alone", async () => {
    const { state, code, error } = await begun(rig, crm);
    const answer = { provider: crm, state, code, error };
    const stranger = finishAuthorization(rig.deps, signedIn(rig, "session-2"), answer);
    await expect(stranger).rejects.toMatchObject({ code: "bad_request" });
    expect(await finishAuthorization(rig.deps, signedIn(rig), answer)).toMatchObject({ access: "oauth" });
  });

  it("is not to be ended at the other vendor's address", async () => {
    const { state, code, error } = await begun(rig, crm);
    const other = crm === "ghl" ? "hubspot" : "ghl";
    const swapped = finishAuthorization(rig.deps, signedIn(rig), { provider: other, state, code, error });
    await expect(swapped).rejects.toMatchObject({ code: "bad_request" });
    expect(await grants()).toHaveLength(0);
  });

  it("ends after ten minutes, and nothing of it is kept", async () => {
    const { state, code, error } = await begun(rig, crm);
    rig.advance(10 * 60_000);
    const late = finishAuthorization(rig.deps, signedIn(rig), { provider: crm, state, code, error });
    await expect(late).rejects.toMatchObject({ code: "bad_request" });
    await begun(rig, crm);
    expect(await rig.deps.db.select().from(pendingAuthorization)).toHaveLength(1);
  });

  it("with a secret that is wrong says so in the vendor's words, without the secret", async () => {
    const { settings, credentials } = rig.apps[crm];
    const entered = { settings, credentials: { ...credentials, clientSecret: "SENTINEL_SECRET_1" } };
    const input = { provider: crm, name: crm, siteIds: [], ...entered };
    const { url } = await beginAuthorization(rig.deps, signedIn(rig), input);
    const back = await consent(rig[crm], url, crm === "ghl" ? rig.ghl.location.name : "Connect app");
    const { state, code } = Object.fromEntries(back.searchParams);
    const end = finishAuthorization(rig.deps, signedIn(rig), { provider: crm, state, code, error: undefined });
    await expect(end).rejects.toMatchObject({
      code: "bad_request",
      message: expect.stringMatching(/^(?!.*SENTINEL)(HubSpot|HighLevel) refuses: .+/),
    });
  });

  it("takes the place of a key, keeps to its account, and gives way to a key again", async () => {
    const id = await rig.connect(crm);
    expect(await authorize(rig, crm, { connectionId: id })).toMatchObject({ id, access: "oauth", status: "active" });
    const changed = await changeConnection(rig.deps, rig.admin, id, { credentials: rig.access[crm].credentials });
    expect(changed).toMatchObject({ access: "key", settings: expect.objectContaining(rig.access[crm].settings) });
    expect(await grants()).toHaveLength(0);
  });

  it("is gone with the connection", async () => {
    const { id } = await authorize(rig, crm);
    await begun(rig, crm, { connectionId: id });
    await removeConnection(rig.deps, rig.admin, id);
    expect(await grants()).toHaveLength(0);
    expect(await rig.deps.db.select().from(pendingAuthorization)).toHaveLength(0);
  });
});

describe("authorizing HighLevel for a whole agency", () => {
  it("gets at the one sub-account there is", async () => {
    const row = await authorize(rig, "ghl", { label: "The whole agency" });
    expect(row).toMatchObject({ accountId: rig.ghl.location.id, settings: { locationId: rig.ghl.location.id } });
  });

  it("asks which one is meant where there are several, and takes the one that was entered", async () => {
    rig.ghl.oauth.switches.otherLocations = [{ id: "otherLocation0000001", name: "Elsewhere" }];
    await expect(authorize(rig, "ghl", { label: "The whole agency" })).rejects.toMatchObject({
      code: "bad_request",
      message: expect.stringContaining("Elsewhere (otherLocation0000001)"),
    });
    const settings = { locationId: rig.ghl.location.id };
    expect(await authorize(rig, "ghl", { label: "The whole agency", settings })).toMatchObject({
      accountId: rig.ghl.location.id,
    });
  });
});
