import type { Page } from "@playwright/test";
import { SignJWT } from "jose";
import { openConversation } from "./support/console.ts";
import { shopSite } from "./support/console-api.ts";
import { expect, test } from "./support/journey.ts";
import { callApi } from "./support/page-api.ts";
import { mintPerson, type Person } from "./support/people.ts";
import { bubblesOf, chatOf, launcherOf, openChat, say } from "./support/visitor.ts";

interface Signing {
  readonly siteKey: string;
  readonly secret: string;
}

/** What a shop's own backend hands to its page. */
async function signed({ email, first, last }: Person, { siteKey, secret }: Signing): Promise<string> {
  return await new SignJWT({ email, given_name: first, family_name: last })
    .setProtectedHeader({ alg: "HS256" })
    .setSubject(`customer-${last}`)
    .setAudience(siteKey)
    .setExpirationTime("1h")
    .sign(new TextEncoder().encode(secret));
}

/** What the page's origin keeps in this browser, by the place it is kept in. */
async function stored(page: Page) {
  const frames = await Promise.all(
    page.frames().map((frame) =>
      frame.evaluate(async () => ({
        local: Object.keys(localStorage),
        session: Object.keys(sessionStorage),
        databases: (await indexedDB.databases()).map(({ name }) => name),
        caches: await caches.keys(),
      })),
    ),
  );
  return { cookies: await page.context().cookies(), frames };
}

test.describe("signed identities", () => {
  test.describe.configure({ mode: "serial" });

  test("a token signed by the shop is verified, and says so in the console", async ({
    newVisitor,
    agentPage,
    admin,
    conversationWith,
  }) => {
    const site = await shopSite(admin);
    const { secret } = await admin.send<{ secret: string }>("POST", `/api/sites/${site.id}/identity-secret`);
    const person = mintPerson("Priya");
    const page = await newVisitor();
    await openChat(page);
    await callApi(page, "identify", await signed(person, { siteKey: site.key, secret }));
    await say(page, `The bulb of ${person.last}`);
    await expect(chatOf(page).locator("form.card")).toHaveCount(0);
    await openConversation(agentPage, await conversationWith(person.last));
    await expect(agentPage.locator(".thread-header")).toContainText(`${person.first} ${person.last}`);
    await expect(agentPage.locator(".thread-header")).toContainText("Verified");
    await expect(agentPage.getByRole("button", { name: "Verify this person" })).toHaveCount(0);
  });

  test("a token signed with another secret is refused, and the agent sees that it was", async ({
    newVisitor,
    agentPage,
    admin,
    conversationWith,
  }) => {
    const site = await shopSite(admin);
    const person = mintPerson("Mallory");
    const page = await newVisitor();
    await openChat(page);
    await callApi(
      page,
      "identify",
      await signed(person, { siteKey: site.key, secret: "not the shop's secret, but as long" }),
    );
    await say(page, `I am the boss ${person.last}`);
    await openConversation(agentPage, await conversationWith(`I am the boss ${person.last}`));
    await expect(agentPage.locator(".thread-header")).toContainText("Signature refused");
    await expect(agentPage.locator(".side")).not.toContainText(person.email);
  });

  test("after a log-out the browser is nobody again, and its old messages are gone from it", async ({
    newVisitor,
    agentPage,
    admin,
    conversationWith,
  }) => {
    const site = await shopSite(admin);
    const { secret } = await admin.send<{ secret: string }>("POST", `/api/sites/${site.id}/identity-secret`);
    const person = mintPerson("Priya");
    const page = await newVisitor();
    await openChat(page);
    await callApi(page, "identify", await signed(person, { siteKey: site.key, secret }));
    await say(page, `mine alone ${person.last}`);
    await callApi(page, "logout");
    await expect(chatOf(page).getByText("Send us a message")).toBeVisible();
    expect((await stored(page)).frames.flatMap(({ local }) => local)).toEqual([]);

    await page.reload();
    await openChat(page);
    await expect(bubblesOf(page)).toHaveCount(0);
    const next = mintPerson();
    await say(page, `somebody else ${next.last}`);
    await openConversation(agentPage, await conversationWith(next.last));
    await expect(agentPage.locator(".thread-header")).not.toContainText("Verified");
    await expect(agentPage.locator(".side")).not.toContainText(person.email);
  });
});

test("nothing is stored in a browser before the visitor writes, not even after opening the chat", async ({
  newVisitor,
}) => {
  const page = await newVisitor();
  const nothing = { local: [], session: [], databases: [], caches: [] };
  await page.goto("/demo");
  await expect(launcherOf(page)).toBeVisible();
  expect(await stored(page)).toEqual({ cookies: [], frames: [nothing] });
  await openChat(page);
  expect(await stored(page)).toEqual({ cookies: [], frames: [nothing, nothing] });
  await say(page, "now it is used");
  expect((await stored(page)).frames.flatMap(({ local }) => local)).not.toEqual([]);
});
