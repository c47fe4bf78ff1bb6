import type { Page } from "@playwright/test";
import { expectResult, openConversation } from "./support/console.ts";
import { expect, test } from "./support/journey.ts";
import { MARKUP_PAYLOADS } from "./support/markup-payloads.ts";
import { callApi } from "./support/page-api.ts";
import { mintPerson } from "./support/people.ts";
import { bubblesOf, chatOf, composerOf, endChat, openChat, say } from "./support/visitor.ts";

interface Watched {
  /** Dialogs, refusals by a page's content security policy, and requests to anywhere else. */
  readonly incidents: string[];
}

/** Begins to look for signs that a text became code, in the page and in every frame of it. */
async function watch(page: Page): Promise<Watched> {
  const incidents: string[] = [];
  page.on("dialog", (dialog) => {
    incidents.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("console", (message) => {
    if (message.text().startsWith("refused:")) incidents.push(message.text());
  });
  page.on("request", (request) => {
    const { hostname, protocol } = new URL(request.url());
    if (protocol.startsWith("http") && hostname !== "localhost") incidents.push(`request ${request.url()}`);
  });
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      // biome-ignore lint/suspicious/noConsole: the way out of a frame that works under every policy
      console.warn(`refused: ${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  return { incidents };
}

/** The schemes of every link, in all frames. */
async function linkSchemes(page: Page): Promise<string[]> {
  const schemes = await Promise.all(
    page
      .frames()
      .map((frame) =>
        frame.locator("a[href]").evaluateAll((all) => all.map((a) => new URL(Reflect.get(a, "href")).protocol)),
      ),
  );
  return [...new Set(schemes.flat())];
}

const SAFE = ["http:", "https:", "mailto:", "tel:"];

function inParts<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, part) => all.slice(part * size, (part + 1) * size));
}

test(`${MARKUP_PAYLOADS.length} texts that look like code stay text, as messages to both sides`, async ({
  newVisitor,
  agentPage,
  conversationWith,
}) => {
  const page = await newVisitor();
  const [visitorSide, agentSide] = [await watch(page), await watch(agentPage)];
  const { last } = mintPerson();
  await openChat(page);
  await say(page, `Hello ${last}`);
  await openConversation(agentPage, await conversationWith(last));
  const answer = agentPage.getByRole("textbox", { name: "Reply" });
  const parts = inParts(MARKUP_PAYLOADS, 6).map((part) => part.join("\n"));
  for (const part of parts) {
    await composerOf(page).fill(part);
    await composerOf(page).press("Enter");
    await answer.fill(part);
    await answer.press("Enter");
  }
  await expect(bubblesOf(page)).toHaveCount(1 + 2 * parts.length);
  await expect(agentPage.locator(".thread-bubble")).toHaveCount(1 + 2 * parts.length);
  const shown = (await bubblesOf(page).allTextContents()).join("\n");
  const read = (await agentPage.locator(".thread-bubble").allTextContents()).join("\n");
  for (const payload of MARKUP_PAYLOADS) {
    expect(shown).toContain(payload);
    expect(read).toContain(payload);
  }
  await agentPage.goto("/app/inbox");
  await expect(agentPage.locator(".inbox-row").first()).toBeVisible();
  for (const side of [page, agentPage]) {
    for (const scheme of await linkSchemes(side)) expect(SAFE).toContain(scheme);
  }
  expect([...visitorSide.incidents, ...agentSide.incidents]).toEqual([]);
});

test("texts that look like code stay text as names, emails, titles, addresses and attributes", async ({
  newVisitor,
  agentPage,
  crms,
  conversationWith,
}) => {
  const watched = [await watch(agentPage)];
  const batches = inParts(MARKUP_PAYLOADS, 25);
  for (const [at, batch] of batches.entries()) {
    const page = await newVisitor();
    watched.push(await watch(page));
    const { last } = mintPerson();
    const pick = (n: number) => (batch[n] ?? batch[0] ?? "").slice(0, 90);
    await openChat(page, `/demo?q=${encodeURIComponent(pick(1))}#${encodeURIComponent(pick(2))}`);
    await page.evaluate((title) => {
      document.title = title;
    }, batch.join(" "));
    await callApi(page, "setAttributes", Object.fromEntries(batch.map((text, n) => [`field${n}`, text])));
    await say(page, `Look ${last}`);
    const card = chatOf(page).locator("form.card");
    await card.getByLabel("First name").fill(pick(3));
    await card.getByLabel("Last name").fill(pick(at + 5));
    await card.getByLabel("Email").fill(`<img src=x onerror=alert(1)>@example.com`);
    await card.getByRole("button", { name: "Save" }).click();
    await expect(card.getByRole("alert")).toBeVisible();
    await card.getByLabel("Email").fill(`"<script>alert(1)</script>"@example.com`);
    await card.getByRole("button", { name: "Save" }).click();
    await expect(card.getByRole("alert")).toBeVisible();
    await card.getByLabel("Email").fill(`alert.${last}@example.com`);
    await card.getByRole("button", { name: "Save" }).click();
    await expect(chatOf(page).getByText(/^Thanks/)).toBeVisible();

    await openConversation(agentPage, await conversationWith(last));
    await expect(agentPage.locator(".thread-who").getByRole("heading")).toContainText(
      pick(3).replace(/\s+/g, " ").trim(),
    );
    await expect(agentPage.locator(".identity-facts dd").filter({ hasText: /alert/ }).first()).toBeVisible();
    for (const scheme of await linkSchemes(agentPage)) expect(SAFE).toContain(scheme);
    await endChat(page);
    await expectResult(agentPage, "HubSpot", "Created in HubSpot");
    await agentPage.goto(`${crms.recordsUrl.HubSpot}?q=${last}`);
    await expect(agentPage.getByRole("article")).toHaveCount(1);
  }
  expect(watched.flatMap(({ incidents }) => incidents)).toEqual([]);
});
