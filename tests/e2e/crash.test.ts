import type { Page } from "@playwright/test";
import { type ConsoleApi, connectOnly, conversationsWith, crmPanelOf, signIn } from "./support/console-api.ts";
import { type Crms, onlyRecordWith, recordsWith, startCrms } from "./support/crms.ts";
import { mintPerson, type Person } from "./support/people.ts";
import { expect, test } from "./support/rolodesk.ts";
import { type RolodeskProcess, startRolodesk } from "./support/rolodesk-process.ts";
import { chatOf, composerOf, endChat, fillCard, openChat, say } from "./support/visitor.ts";

interface Scene {
  readonly rolodesk: RolodeskProcess;
  readonly crms: Crms;
  readonly page: Page;
}

/** A server of its own, connected to CRMs that outlive it. */
async function withScene(page: Page, play: (scene: Scene) => Promise<void>): Promise<void> {
  const [rolodesk, crms] = await Promise.all([startRolodesk(), startCrms()]);
  try {
    const admin = await signIn(rolodesk.url);
    await connectOnly(admin, crms.access);
    await admin.dispose();
    await play({ rolodesk, crms, page });
  } finally {
    await rolodesk.destroy();
    await crms.close();
  }
}

async function chatAndEnd({ page, rolodesk }: Scene, { first, last, email, phone }: Person): Promise<void> {
  await openChat(page, `${rolodesk.url}/demo`);
  await say(page, `Hello from ${last}`);
  await fillCard(page, { firstName: first, lastName: last, email, phone });
  await endChat(page);
}

/** Waits until every CRM's push of the conversation is over. Answers the tabs of those that make records of unknown people. */
async function pushed(api: ConsoleApi, last: string) {
  const [id = ""] = await conversationsWith(api, `Hello from ${last}`);
  await expect
    .poll(async () => (await crmPanelOf(api, id)).tabs.map(({ latestRun }) => latestRun?.status))
    .toEqual(["done", "done", "done", "done"]);
  return (await crmPanelOf(api, id)).tabs.filter(({ connection }) => connection.provider !== "bigcommerce");
}

test("killed between the end of a chat and its push, the server pushes after the restart, once", async ({ page }) => {
  await withScene(page, async (scene) => {
    const { rolodesk, crms } = scene;
    const person = mintPerson("Noor");
    for (const simulator of [crms.hubspot, crms.dynamics, crms.highlevel]) {
      simulator.faults.play({ fault: { kind: "hang" } });
    }
    await chatAndEnd(scene, person);
    await expect.poll(() => crms.hubspot.journal.entries.at(-1)?.fault).toBe("hang");
    await rolodesk.kill();
    for (const simulator of [crms.hubspot, crms.dynamics, crms.highlevel]) {
      expect(recordsWith(simulator, person.email)).toEqual([]);
      simulator.faults.clear();
    }
    await rolodesk.start();

    const api = await signIn(rolodesk.url);
    const tabs = await pushed(api, person.last);
    for (const simulator of [crms.hubspot, crms.dynamics, crms.highlevel]) onlyRecordWith(simulator, person.email);
    for (const { link, conflicts } of tabs) {
      expect(link?.matchedBy).toBe("created");
      expect(conflicts).toEqual([]);
    }
    await api.dispose();
  });
});

test("killed after the CRM wrote and before that was noted, the server neither writes twice nor asks twice", async ({
  page,
}) => {
  await withScene(page, async (scene) => {
    const { rolodesk, crms } = scene;
    const person = mintPerson("Ana");
    const { last, email } = person;
    // known to HubSpot under another name, without a number: one blank to fill and one value to ask about
    crms.hubspot.seed("contact", { firstname: "Anna", lastname: last, email });
    const holdWrites = { kind: "hang", after: true } as const;
    crms.hubspot.faults.play({ fault: holdWrites, match: ({ method }) => method === "PATCH" });
    crms.dynamics.faults.play({
      fault: holdWrites,
      match: ({ method, path }) => /^(POST|PATCH)$/.test(method) && /\/(leads|contacts)/.test(path),
    });
    crms.highlevel.faults.play({
      fault: holdWrites,
      match: ({ method, path }) => method === "POST" && /^\/contacts\/(upsert)?$/.test(path),
    });
    await chatAndEnd(scene, person);
    await expect.poll(() => recordsWith(crms.hubspot, person.phone.slice(-9)).length).toBe(1);
    await expect.poll(() => recordsWith(crms.dynamics, email).length).toBe(1);
    await expect.poll(() => recordsWith(crms.highlevel, email).length).toBe(1);
    await rolodesk.kill();
    for (const simulator of [crms.hubspot, crms.dynamics, crms.highlevel]) {
      expect(simulator.journal.entries.filter(({ fault }) => fault === "hang")).toHaveLength(1);
      simulator.faults.clear();
    }
    await rolodesk.start();

    const api = await signIn(rolodesk.url);
    const tabs = await pushed(api, last);
    expect(onlyRecordWith(crms.hubspot, email).values).toMatchObject({ firstname: "Anna" });
    expect(onlyRecordWith(crms.dynamics, email).object).toBe("lead");
    onlyRecordWith(crms.highlevel, email);
    for (const { link } of tabs) expect(link).not.toBeNull();
    const pending = tabs.flatMap(({ conflicts }) => conflicts).filter(({ status }) => status === "pending");
    expect(pending.map(({ field, crmValue, chatValue }) => ({ field, crmValue, chatValue }))).toEqual([
      { field: "firstName", crmValue: "Anna", chatValue: "Ana" },
    ]);
    await api.dispose();
  });
});

test("what a visitor wrote while the server was dead is stored once after it is back, though the tab was closed", async ({
  page,
}) => {
  await withScene(page, async ({ rolodesk }) => {
    await openChat(page, `${rolodesk.url}/demo`);
    await say(page, "before");
    await rolodesk.kill();
    for (const text of ["one", "two"]) {
      await composerOf(page).fill(text);
      await composerOf(page).press("Enter");
    }
    await expect(chatOf(page).locator(".bubble-sending")).toHaveText(["one", "two"]);
    const later = await page.context().newPage();
    await page.close();
    await rolodesk.start();
    await later.goto(`${rolodesk.url}/demo`);
    await later.locator("#rolodesk button.launcher").click();
    await expect(chatOf(later).locator(".bubble-sent, .bubble-seen")).toHaveText(["before", "one", "two"]);
  });
});
